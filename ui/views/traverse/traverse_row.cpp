#include "ui/views/traverse/traverse_row.h"

#include "ui/widgets/histogram_slider.h"
#include "ui/widgets/image_matrix.h"
#include "ui/widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>

namespace latent::ui {
namespace {

constexpr int gap = 8;
constexpr int above = 3, below = 1; // around the strip
constexpr int sliderHeight = 44;

} // namespace

TraverseRow::TraverseRow(QWidget* parent)
    : QWidget(parent), m_slider(new HistogramSlider(this)), m_strip(new ImageMatrix(this)) {
  m_slider->setFocusPolicy(Qt::NoFocus); // the list of rows has it and hands the keys on
}

void TraverseRow::setPlan(const RowPlan& plan) {
  m_plan = plan;
  resizeEvent(nullptr);
  update();
}

void TraverseRow::setWords(const QString& name, const QString& use, bool dead) {
  if (name == m_name && use == m_use && dead == m_dead) return;
  m_name = name;
  m_use = use;
  m_dead = dead;
  m_slider->setAccessibleName(name);
  m_strip->setAccessibleName(tr("Images over %1").arg(name));
  update();
}

void TraverseRow::setValue(float z) {
  m_slider->setValue(z);
  const QString text = QString::number(double(z), 'f', 2).replace(QLatin1Char('-'), QChar(0x2212));
  if (text == m_value) return;
  m_value = text;
  update();
}

void TraverseRow::setCurrent(bool current, bool focused) {
  if (current == m_current && focused == m_focused) return;
  m_current = current;
  m_focused = focused;
  update();
}

void TraverseRow::resizeEvent(QResizeEvent*) {
  const int tall = std::min(sliderHeight, m_plan.height - 8);
  m_slider->setGeometry(m_plan.label, (m_plan.height - tall) / 2, m_plan.slider, tall);
  const int left = m_plan.label + m_plan.slider + gap;
  m_strip->setGeometry(left, above, std::max(0, width() - left - gap), m_plan.height - above - below);
}

void TraverseRow::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  if (m_current) {
    painter.fillRect(rect(), theme.selection);
    painter.fillRect(QRect(0, 0, 3, height()), theme.accent);
  }
  painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
  const int top = height() / 2 - 18;
  painter.setFont(textFont());
  painter.setPen(m_dead ? theme.muted : theme.text);
  painter.drawText(QRect(12, top, m_plan.label - 12, 18), Qt::AlignLeft | Qt::AlignVCenter, m_name);
  painter.drawText(QRect(12, top, m_plan.label - 20, 18), Qt::AlignRight | Qt::AlignVCenter, m_value);
  painter.setFont(captionFont());
  painter.setPen(theme.muted);
  painter.drawText(QRect(12, top + 18, m_plan.label - 12, 16), Qt::AlignLeft | Qt::AlignVCenter, m_use);
  if (!m_focused) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.accent, 2));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -2), 4, 4);
}

void TraverseRow::mousePressEvent(QMouseEvent* event) {
  emit pressed();
  event->ignore(); // the list takes the focus
}

} // namespace latent::ui
