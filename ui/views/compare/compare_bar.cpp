#include "ui/views/compare/compare_bar.h"

#include "ui/views/compare/flow_layout.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace latent::ui {
namespace {

constexpr int gap = 12, rowGap = 4;

} // namespace

CompareBar::CompareBar(QWidget* parent) : QWidget(parent) {
  auto* flow = new FlowLayout(this, gap, rowGap);
  flow->setContentsMargins(8, 4, 8, 4);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  makeRows();
  makeSweep();
  makeInterpolate();
  makeNoise();
  makeInputs();
  makeSample();
  makeSeed();
  m_note = new QLabel(this);
  m_note->setObjectName("compareNote");
  m_note->setMinimumHeight(controlHeight);
  setRole(m_note, "caption");
  flow->addWidget(m_note);
  explain();
  refresh();
}

// A control with its caption before it; "" = the control alone.
QWidget* CompareBar::field(const QString& caption, QWidget* control) {
  auto* box = new QWidget(this);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  if (!caption.isEmpty()) {
    auto* label = new QLabel(caption, box);
    setRole(label, "caption");
    label->setBuddy(control);
    row->addWidget(label);
  }
  row->addWidget(control);
  layout()->addWidget(box);
  return box;
}

QComboBox* CompareBar::choice(const QString& name, const QString& words, const QStringList& items) {
  auto* box = new QComboBox(this);
  box->setObjectName(name);
  box->setAccessibleName(words);
  box->setToolTip(words);
  box->setFocusPolicy(Qt::StrongFocus);
  box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  box->addItems(items);
  connect(box, &QComboBox::activated, this, &CompareBar::read);
  return box;
}

QSpinBox* CompareBar::number(const QString& name, const QString& words, int low, int high) {
  auto* box = new QSpinBox(this);
  box->setObjectName(name);
  box->setAccessibleName(words);
  box->setToolTip(words);
  box->setRange(low, high);
  box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  box->setKeyboardTracking(false);
  box->setFixedWidth(high > 9999 ? 72 : 48);
  connect(box, &QSpinBox::valueChanged, this, &CompareBar::read);
  return box;
}

QDoubleSpinBox* CompareBar::real(const QString& name, const QString& words, double low, double high) {
  auto* box = new QDoubleSpinBox(this);
  box->setObjectName(name);
  box->setAccessibleName(words);
  box->setToolTip(words);
  box->setRange(low, high);
  box->setDecimals(2);
  box->setSingleStep(0.1);
  box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  box->setKeyboardTracking(false);
  box->setFixedWidth(60);
  connect(box, &QDoubleSpinBox::valueChanged, this, &CompareBar::read);
  return box;
}

void CompareBar::makeRows() {
  m_rows = choice("compareRows", tr("What the rows are"), {tr("Shown runs"), tr("Snapshots")});
  field(tr("Rows"), m_rows);
  m_epochs = new QLineEdit(this);
  m_epochs->setObjectName("compareEpochs");
  m_epochs->setAccessibleName(tr("Epochs of the snapshots"));
  m_epochs->setPlaceholderText(tr("spread"));
  m_epochs->setFixedWidth(96);
  connect(m_epochs, &QLineEdit::editingFinished, this, &CompareBar::read);
  m_epochsField = field(tr("Epochs"), m_epochs);
}

void CompareBar::makeInputs() {
  m_inputs = choice("compareInputs", tr("Which test images"),
                    {tr("Input x"), tr("First"), tr("Random"), tr("By class"), tr("Best"), tr("Worst")});
  m_inputCount = number("compareInputCount", tr("How many test images"), 1, mostInputs);
  m_inputsField = field(tr("Images"), m_inputs);
  m_inputsField->layout()->addWidget(m_inputCount);
  m_again = new QToolButton(this);
  m_again->setText(tr("Again"));
  m_again->setObjectName("compareAgain");
  m_again->setToolTip(tr("Sort the test set anew by the errors of the active run as it is now"));
  m_again->setFocusPolicy(Qt::TabFocus);
  setRole(m_again, "text");
  m_inputsField->layout()->addWidget(m_again);
  connect(m_again, &QToolButton::clicked, this, &CompareBar::againRequested);
  m_errorMap = new QCheckBox(tr("Error map"), this);
  m_errorMap->setObjectName("compareErrorMap");
  connect(m_errorMap, &QCheckBox::clicked, this, &CompareBar::read);
  layout()->addWidget(m_errorMap);
}

void CompareBar::makeNoise() {
  m_sigmas = new QLineEdit(this);
  m_sigmas->setObjectName("compareSigmas");
  m_sigmas->setAccessibleName(tr("Levels of noise"));
  m_sigmas->setFixedWidth(190);
  connect(m_sigmas, &QLineEdit::editingFinished, this, &CompareBar::read);
  m_sigmasField = field(QStringLiteral("σ"), m_sigmas);
  m_scale = choice("compareScale", tr("In which unit σ is"), {tr("raw"), tr("× spread")});
  m_sigmasField->layout()->addWidget(m_scale);
  m_draws = choice("compareDraws", tr("What is shown of several draws"), {tr("each"), tr("mean")});
  m_drawCount = number("compareDrawCount", tr("Draws of noise for each picture"), 1, mostDraws);
  m_drawsField = field(tr("Draws"), m_drawCount);
  m_drawsField->layout()->addWidget(m_draws);
}

void CompareBar::makeSample() {
  m_sampleCount = number("compareSamples", tr("How many draws"), 1, mostSamples);
  m_sampleField = field(tr("Draws"), m_sampleCount);
  m_temperature = real("compareTemperature", tr("Factor of the standard deviation"), 0.01, 10);
  m_temperatureField = field(tr("Temperature"), m_temperature);
  m_bernoulli =
      choice("compareBernoulli", tr("What is shown of a draw"), {tr("Means"), tr("Bernoulli draws")});
  layout()->addWidget(m_bernoulli);
}

void CompareBar::makeInterpolate() {
  m_from = choice("compareFrom", tr("Where the path begins"), {});
  m_to = choice("compareTo", tr("Where the path ends"), {});
  m_fromItem =
      number("compareFromItem", tr("Test image at the beginning"), 0, std::numeric_limits<int>::max());
  m_toItem = number("compareToItem", tr("Test image at the end"), 0, std::numeric_limits<int>::max());
  m_fromField = field(tr("From"), m_from);
  m_fromField->layout()->addWidget(m_fromItem);
  m_toField = field(tr("To"), m_to);
  m_toField->layout()->addWidget(m_toItem);
  m_path = choice("comparePath", tr("The way between them"), {tr("Straight"), tr("Spherical")});
  layout()->addWidget(m_path);
  m_loop = new QCheckBox(tr("Loop"), this);
  m_loop->setObjectName("compareLoop");
  connect(m_loop, &QCheckBox::clicked, this, &CompareBar::read);
  layout()->addWidget(m_loop);
}

void CompareBar::makeSweep() {
  m_latent = number("compareLatent", tr("The latent that moves ([ and ])"), 1, 1);
  m_latent->setPrefix(QStringLiteral("z"));
  m_latentField = field(tr("Latent"), m_latent);
  m_start = choice("compareStart", tr("What stays: where the sweep starts from"),
                   {tr("the input's code"), tr("the point"), tr("the prior mean")});
  m_startField = field(tr("Start"), m_start);
  m_range = choice("compareRange", tr("In which unit the range is"),
                   {tr("prior σ"), tr("data quantile"), tr("value")});
  m_low = real("compareLow", tr("Lower end"), -1e6, 1e6);
  m_high = real("compareHigh", tr("Upper end"), -1e6, 1e6);
  m_rangeField = field(tr("Range"), m_range);
  m_rangeField->layout()->addWidget(m_low);
  m_rangeField->layout()->addWidget(m_high);
}

void CompareBar::makeSeed() {
  m_frames = number("compareFrames", tr("How many frames"), kFewestFrames, kMostFrames);
  m_framesField = field(tr("Frames"), m_frames);
  m_seed = number("compareSeed", tr("Equal seeds give equal pictures"), 0, std::numeric_limits<int>::max());
  m_seedField = field(tr("Seed"), m_seed);
  m_reseed = new QToolButton(this);
  m_reseed->setText(tr("Reseed"));
  m_reseed->setObjectName("compareReseed");
  m_reseed->setToolTip(tr("The next seed"));
  m_reseed->setFocusPolicy(Qt::TabFocus);
  setRole(m_reseed, "text");
  m_seedField->layout()->addWidget(m_reseed);
  connect(m_reseed, &QToolButton::clicked, this, &CompareBar::reseed);
}

} // namespace latent::ui
