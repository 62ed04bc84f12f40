#include "ui/views/traverse/traverse_bar.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QToolButton>

namespace latent::ui {
namespace {

constexpr int fieldWidth = 62;

void enable(QComboBox* box, int item, bool on, const QString& reason) {
  auto* model = qobject_cast<QStandardItemModel*>(box->model());
  model->item(item)->setEnabled(on);
  model->item(item)->setToolTip(on ? QString() : reason);
}

} // namespace

QComboBox* TraverseBar::makeBox(const QString& caption, const QString& name) {
  auto* label = new QLabel(caption, this);
  setRole(label, "caption");
  auto* box = new QComboBox(this);
  box->setAccessibleName(caption);
  box->setObjectName(name);
  box->setFocusPolicy(Qt::StrongFocus);
  label->setBuddy(box);
  auto* row = static_cast<QHBoxLayout*>(layout());
  row->addWidget(label);
  row->addWidget(box);
  return box;
}

TraverseBar::TraverseBar(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 0, 0, 0);
  row->setSpacing(4);
  m_sort = makeBox(tr("Sort"), QStringLiteral("traverseSort"));
  m_sort->addItem(tr("by KL"));
  m_sort->addItem(tr("by index"));
  row->addSpacing(8);
  m_from = makeBox(tr("Start"), QStringLiteral("traverseFrom"));
  m_from->addItems({tr("the point"), tr("the input's code"), tr("the prior mean")});
  row->addSpacing(8);
  m_kind = makeBox(tr("Range"), QStringLiteral("traverseRange"));
  m_kind->addItems({tr("prior σ"), tr("data quantile"), tr("value")});
  m_low = new QDoubleSpinBox(this);
  m_high = new QDoubleSpinBox(this);
  auto* to = new QLabel(tr("to"), this);
  setRole(to, "caption");
  m_low->setAccessibleName(tr("Lower end"));
  m_high->setAccessibleName(tr("Upper end"));
  m_low->setObjectName("traverseLow");
  m_high->setObjectName("traverseHigh");
  for (QDoubleSpinBox* field : {m_low, m_high}) {
    field->setFixedWidth(fieldWidth);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setKeyboardTracking(false);
    field->setDecimals(2);
    connect(field, &QDoubleSpinBox::valueChanged, this, [this] {
      const TraversalRange typed{m_range.kind, m_low->value(), m_high->value()};
      if (!checkRange(typed)) { // the ends crossed: back to what was
        setChoice(m_choice, m_range);
        return;
      }
      m_choice.range = m_range = typed;
      emit choiceChanged();
    });
  }
  row->addWidget(m_low);
  row->addWidget(to);
  row->addWidget(m_high);
  row->addStretch(1);
  m_grid = new QToolButton(this);
  m_grid->setText(tr("Grid"));
  m_grid->setObjectName("traverseGrid");
  m_grid->setCheckable(true);
  m_grid->setToolTip(tr("Two latents against each other"));
  m_play = new QToolButton(this);
  m_play->setObjectName("traversePlay");
  m_play->setCheckable(true);
  m_play->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_play->setToolTip(tr("Move the current latent through its range and back (hold S)"));
  for (QToolButton* button : {m_grid, m_play}) {
    button->setFocusPolicy(Qt::TabFocus);
    setRole(button, "text");
    row->addWidget(button);
  }
  setPlaying(false);

  setHelp(
      m_sort,
      {tr("Order of the latents"),
       tr("By KL: the latents that tell most about the image stand first; KL is the mean over the encoded "
          "test images. A model without a posterior is ranked by the variance of its codes. By index: z1, "
          "z2, z3 … Latents that carry nothing are folded away: the means of their posteriors hardly "
          "differ between images."),
       tr("KL_j = E_x KL( q(z_j|x) ‖ N(0, 1) );  folded: Var_x( mu_j(x) ) ≤ 0.01")});
  setHelp(m_from, {tr("Start of the strips"),
                   tr("Each strip moves one latent; all others keep the values of the start: the point, the "
                      "code of the input x, or the prior's mean (without a prior the mean of the codes)."),
                   tr("z = start + (value − start_j) e_j")});
  const HelpText range{
      tr("Range of the strips"),
      tr("From one end of the slider to the other. Prior σ: standard deviations of the prior, the same for "
         "all "
         "latents. Data quantile: so much of the encoded test images lies below, each latent with its own "
         "ends. Value: values of z."),
      tr("z_j from low to high;  quantile q: F_j⁻¹(q) of the codes mu_j(x)")};
  for (QWidget* part : std::initializer_list<QWidget*>{m_kind, m_low, m_high}) setHelp(part, range);
  setHelp(m_grid,
          {tr("Two latents against each other"),
           tr("The current latent from left to right, a second one from bottom to top; all others stay "
              "at the start. A click takes the point of an image."),
           tr("x̂ = decoder(start with z_j, z_k)")});
  setHelp(m_play,
          {tr("Play the sweep"),
           tr("Moves the point along the current latent through the whole range and back, until it is "
              "stopped. Hold S to play while the key is down. One undo takes all of it back."),
           {}});

  connect(m_sort, &QComboBox::activated, this, [this](int item) {
    m_choice.sort = item == 0 ? TraverseChoice::Sort::byUse : TraverseChoice::Sort::byIndex;
    emit choiceChanged();
  });
  connect(m_from, &QComboBox::activated, this, [this](int item) {
    m_choice.from = static_cast<TraverseChoice::From>(item);
    emit choiceChanged();
  });
  connect(m_kind, &QComboBox::activated, this, [this](int item) { takeRange(static_cast<RangeKind>(item)); });
  connect(m_grid, &QToolButton::clicked, this, [this](bool on) {
    m_choice.grid = on;
    emit choiceChanged();
  });
  connect(m_play, &QToolButton::clicked, this, &TraverseBar::playToggled);
  setChoice({}, defaultRange(true));
}

void TraverseBar::takeRange(RangeKind kind) {
  if (kind == m_range.kind) return;
  m_choice.range = defaultRange(kind);
  setChoice(m_choice, *m_choice.range);
  emit choiceChanged();
}

void TraverseBar::setChoice(const TraverseChoice& choice, const TraversalRange& range) {
  m_choice = choice;
  m_range = range;
  m_sort->setCurrentIndex(choice.sort == TraverseChoice::Sort::byUse ? 0 : 1);
  m_from->setCurrentIndex(static_cast<int>(choice.from));
  m_kind->setCurrentIndex(static_cast<int>(range.kind));
  m_grid->setChecked(choice.grid);
  const bool quantile = range.kind == RangeKind::dataQuantile;
  for (QDoubleSpinBox* field : {m_low, m_high}) {
    const QSignalBlocker quiet(field);
    field->setRange(quantile ? 0 : -1000, quantile ? 1 : 1000);
    field->setDecimals(quantile ? 3 : 2);
    field->setSingleStep(quantile ? 0.01 : 0.5);
    field->setSuffix(range.kind == RangeKind::priorSigma ? tr(" σ") : QString());
    field->setValue(field == m_low ? range.low : range.high);
  }
}

void TraverseBar::setPossible(bool prior, bool codes, bool byKl, bool twoLatents) {
  enable(m_kind, 0, prior, tr("This model has no prior."));
  enable(m_kind, 1, codes, tr("Nothing is encoded: the images of this run are not here."));
  m_sort->setItemText(0, byKl ? tr("by KL") : tr("by variance"));
  m_from->setItemText(2, prior ? tr("the prior mean") : tr("the mean code"));
  m_grid->setEnabled(twoLatents);
  m_grid->setToolTip(twoLatents ? tr("Two latents against each other") : tr("This model has one latent."));
}

void TraverseBar::setPlaying(bool playing) {
  m_play->setChecked(playing);
  m_play->setText(playing ? tr("Stop") : tr("Play"));
  m_play->setIcon(themedIcon(playing ? QStringLiteral("stop") : QStringLiteral("play")));
  m_play->setFixedWidth(72);
}

} // namespace latent::ui
