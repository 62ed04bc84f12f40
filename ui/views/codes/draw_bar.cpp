#include "ui/views/codes/draw_bar.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <limits>

namespace latent::ui {

DrawBar::DrawBar(QWidget* parent)
    : QWidget(parent),
      m_reason(new QLabel(this)),
      m_temperatureCaption(new QLabel(tr("Temperature"), this)),
      m_temperature(new QDoubleSpinBox(this)),
      m_seedCaption(new QLabel(tr("Seed"), this)),
      m_seed(new QSpinBox(this)),
      m_draw(new QPushButton(tr("Draw"), this)),
      m_fromCell(new QPushButton(tr("From this cell on"), this)),
      m_progress(new QLabel(this)),
      m_own(new QPushButton(tr("The input's codes"), this)) {
  setRole(m_reason, "muted");
  m_reason->setObjectName("whyNoDraw");
  for (QLabel* label : {m_temperatureCaption, m_seedCaption, m_progress}) setRole(label, "caption");
  m_temperature->setAccessibleName(tr("Temperature"));
  m_temperature->setObjectName("drawTemperature");
  m_temperature->setRange(0.05, 5);
  m_temperature->setSingleStep(0.1);
  m_temperature->setDecimals(2);
  m_temperature->setValue(1);
  m_temperature->setFixedWidth(56);
  m_temperature->setButtonSymbols(QAbstractSpinBox::NoButtons);
  m_seed->setAccessibleName(tr("Seed"));
  m_seed->setObjectName("drawSeed");
  m_seed->setRange(0, std::numeric_limits<int>::max());
  m_seed->setValue(1);
  m_seed->setFixedWidth(72);
  m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
  m_draw->setObjectName("draw");
  m_fromCell->setObjectName("drawFromCell");
  m_own->setObjectName("ownCodes");
  m_own->setToolTip(tr("Back to the codes of the input (E)"));
  m_draw->setFixedWidth(72);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  row->addWidget(m_reason);
  row->addWidget(m_draw);
  row->addWidget(m_fromCell);
  row->addSpacing(8);
  row->addWidget(m_temperatureCaption);
  row->addWidget(m_temperature);
  row->addSpacing(8);
  row->addWidget(m_seedCaption);
  row->addWidget(m_seed);
  row->addSpacing(8);
  row->addWidget(m_progress);
  row->addStretch(1);
  row->addWidget(m_own);
  const HelpText draw{
      tr("Draw from the prior"),
      tr("Fills the map token by token, row by row, each given those before it, as the prior learnt it from "
         "the codes of the training images. The same seed and temperature give the same map; each draw takes "
         "the next seed. From this cell on: the cells before the chosen one are kept."),
      tr("k(i) ~ p( k(i) | k(1), …, k(i−1) )")};
  setHelp(m_draw, draw);
  setHelp(m_fromCell, draw);
  setHelp(m_seed, draw);
  setHelp(m_temperature, {tr("Temperature"),
                          tr("Below 1 the likely codes become likelier and draws more alike; above 1 rare "
                             "codes come more often."),
                          tr("p(k) ∝ exp( logit_k / T )")});
  setHelp(m_own, {tr("The input's codes"),
                  tr("Forgets what was edited or drawn: the map is again the one that the encoder gives the "
                     "input x. Undo brings the edits back."),
                  tr("k(i) = argmin_k ‖encoder(x)_i − e_k‖")});
  connect(m_draw, &QPushButton::clicked, this, [this] {
    if (m_drawing)
      emit stopAsked();
    else
      emit drawAsked(false);
  });
  connect(m_fromCell, &QPushButton::clicked, this, [this] { emit drawAsked(true); });
  connect(m_own, &QPushButton::clicked, this, &DrawBar::ownAsked);
  refresh();
}

void DrawBar::refresh() {
  m_reason->setVisible(!m_can);
  for (QWidget* part : std::initializer_list<QWidget*>{m_draw, m_fromCell, m_temperatureCaption,
                                                       m_temperature, m_seedCaption, m_seed})
    part->setVisible(m_can);
  m_draw->setText(m_drawing ? tr("Stop") : tr("Draw"));
  m_fromCell->setEnabled(m_cell && !m_drawing);
}

void DrawBar::setReason(const QString& whyNot) {
  m_can = whyNot.isEmpty();
  m_reason->setText(whyNot);
  refresh();
}

void DrawBar::setDrawing(bool drawing, const QString& progress) {
  m_drawing = drawing;
  m_progress->setText(progress);
  refresh();
}

void DrawBar::setCell(bool chosen) {
  m_cell = chosen;
  refresh();
}

void DrawBar::setEdited(bool edited) {
  m_own->setEnabled(edited);
}

double DrawBar::temperature() const {
  return m_temperature->value();
}

uint64_t DrawBar::seed() const {
  return static_cast<uint64_t>(m_seed->value());
}

void DrawBar::setValues(double temperature, uint64_t seed) {
  m_temperature->setValue(temperature);
  m_seed->setValue(static_cast<int>(seed & std::numeric_limits<int>::max()));
}

void DrawBar::nextSeed() {
  m_seed->setValue(m_seed->value() == m_seed->maximum() ? 0 : m_seed->value() + 1);
}

} // namespace latent::ui
