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
#include <QStyle>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace latent::ui {
namespace {

constexpr int gap = 12, rowGap = 4;

bool hasSeed(const CompareSettings& s) {
  return s.mode == CompareMode::noise || s.mode == CompareMode::sample ||
         (s.mode == CompareMode::reconstruct && s.reconstruct.inputs.kind == InputChoice::Kind::random);
}

void setInvalid(QLineEdit* line, bool invalid) {
  if (line->property("invalid").toBool() == invalid) return;
  line->setProperty("invalid", invalid);
  // The style sheet looks at properties only when a widget is polished.
  line->style()->unpolish(line);
  line->style()->polish(line);
}

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

InputChoice* CompareBar::inputs() {
  if (m_settings.mode == CompareMode::reconstruct) return &m_settings.reconstruct.inputs;
  return m_settings.mode == CompareMode::noise ? &m_settings.noise.subjects : nullptr;
}

uint64_t* CompareBar::seed() {
  if (m_settings.mode == CompareMode::noise) return &m_settings.noise.seed;
  return m_settings.mode == CompareMode::sample ? &m_settings.sample.seed
                                                : &m_settings.reconstruct.inputs.seed;
}

void CompareBar::reseed() {
  ++*seed();
  m_settings.noise.subjects.seed = m_settings.noise.seed;
  refresh();
  emit edited();
}

void CompareBar::setSettings(const CompareSettings& settings) {
  m_settings = settings;
  refresh();
}

void CompareBar::setChoices(int64_t testImages, int latents, const QStringList& pins,
                            const QString& keptEpochs, const QString& activeTitle) {
  m_pins = pins;
  const int lastImage =
      static_cast<int>(std::clamp<int64_t>(testImages - 1, 0, std::numeric_limits<int>::max()));
  m_filling = true;
  m_fromItem->setMaximum(std::max(lastImage, static_cast<int>(m_settings.interpolate.from.item)));
  m_toItem->setMaximum(std::max(lastImage, static_cast<int>(m_settings.interpolate.to.item)));
  m_latent->setMaximum(std::max({1, latents, m_settings.sweep.latent + 1}));
  m_filling = false;
  m_rows->setItemText(1, activeTitle.isEmpty() ? tr("Snapshots") : tr("Snapshots of %1").arg(activeTitle));
  m_epochs->setToolTip(keptEpochs.isEmpty()
                           ? tr("This run kept no snapshots.")
                           : tr("Epochs such as 0, 20, 40; empty: a spread. Kept: %1").arg(keptEpochs));
  refresh();
}

void CompareBar::setNote(const QString& note) {
  m_note->setText(note);
  m_note->setVisible(!note.isEmpty());
}

QString CompareBar::note() const {
  return m_note->text();
}

void CompareBar::fillEnd(QComboBox* box, const PathEnd& end) const {
  QStringList items{tr("Input x"), tr("Test image")};
  for (const QString& pin : m_pins) items << tr("Pin %1").arg(pin);
  const auto pin = m_pins.indexOf(QString::fromStdString(end.pin));
  const bool gone = end.kind == PathEnd::Kind::pin && pin < 0;
  if (gone) items << tr("Pin %1 (gone)").arg(QString::fromStdString(end.pin));
  box->clear();
  box->addItems(items);
  box->setCurrentIndex(end.kind == PathEnd::Kind::input  ? 0
                       : end.kind == PathEnd::Kind::item ? 1
                       : gone                            ? box->count() - 1
                                                         : 2 + static_cast<int>(pin));
}

PathEnd CompareBar::readEnd(const QComboBox* box, const QSpinBox* item) const {
  PathEnd end;
  end.item = item->value();
  const int index = box->currentIndex();
  if (index == 0) return end;
  end.kind = index == 1 ? PathEnd::Kind::item : PathEnd::Kind::pin;
  if (index >= 2 && index - 2 < m_pins.size()) end.pin = m_pins[index - 2].toStdString();
  return end;
}

void CompareBar::refresh() {
  m_filling = true;
  const CompareSettings& s = m_settings;
  const auto in = [&s](CompareMode mode) { return s.mode == mode; };
  const bool noise = in(CompareMode::noise), sample = in(CompareMode::sample);
  const bool interpolate = in(CompareMode::interpolate), sweep = in(CompareMode::sweep);

  m_rows->setCurrentIndex(s.snapshots ? 1 : 0);
  m_epochs->setText(QString::fromStdString(writeNumbers(s.epochs)));
  setInvalid(m_epochs, false);
  m_epochsField->setVisible(s.snapshots);

  const InputChoice* images = inputs();
  m_inputsField->setVisible(images != nullptr);
  m_errorMap->setVisible(in(CompareMode::reconstruct));
  m_errorMap->setChecked(s.reconstruct.errorMap);
  if (images) {
    m_inputs->setCurrentIndex(static_cast<int>(images->kind));
    m_inputCount->setValue(images->count);
    m_inputCount->setVisible(images->kind != InputChoice::Kind::input);
    m_again->setVisible(images->kind == InputChoice::Kind::best || images->kind == InputChoice::Kind::worst);
  }

  m_sigmasField->setVisible(noise);
  m_sigmas->setText(QString::fromStdString(writeNumbers(s.noise.sigmas)));
  setInvalid(m_sigmas, false);
  m_scale->setCurrentIndex(static_cast<int>(s.noise.scale));
  m_drawsField->setVisible(noise);
  m_drawCount->setValue(s.noise.draws);
  m_draws->setCurrentIndex(s.noise.mean ? 1 : 0);
  m_draws->setVisible(s.noise.draws > 1);

  m_sampleField->setVisible(sample);
  m_sampleCount->setValue(s.sample.count);
  m_temperatureField->setVisible(sample);
  m_temperature->setValue(s.sample.temperature);
  m_bernoulli->setVisible(sample);
  m_bernoulli->setCurrentIndex(s.sample.bernoulli ? 1 : 0);

  for (QWidget* each : {m_fromField, m_toField, static_cast<QWidget*>(m_path), static_cast<QWidget*>(m_loop)})
    each->setVisible(interpolate);
  fillEnd(m_from, s.interpolate.from);
  fillEnd(m_to, s.interpolate.to);
  m_fromItem->setValue(static_cast<int>(s.interpolate.from.item));
  m_toItem->setValue(static_cast<int>(s.interpolate.to.item));
  m_fromItem->setVisible(s.interpolate.from.kind == PathEnd::Kind::item);
  m_toItem->setVisible(s.interpolate.to.kind == PathEnd::Kind::item);
  m_path->setCurrentIndex(static_cast<int>(s.interpolate.path.kind));
  m_loop->setChecked(s.interpolate.path.loop);

  for (QWidget* each : {m_latentField, m_startField, m_rangeField}) each->setVisible(sweep);
  m_latent->setMaximum(std::max(m_latent->maximum(), s.sweep.latent + 1));
  m_latent->setValue(s.sweep.latent + 1);
  m_start->setCurrentIndex(static_cast<int>(s.sweep.start));
  m_range->setCurrentIndex(static_cast<int>(s.sweep.range.kind));
  m_low->setValue(s.sweep.range.low);
  m_high->setValue(s.sweep.range.high);

  m_framesField->setVisible(interpolate || sweep);
  m_frames->setValue(sweep ? s.sweep.frames : s.interpolate.path.frames);
  m_seedField->setVisible(hasSeed(s));
  m_seed->setValue(static_cast<int>(std::min<uint64_t>(*seed(), std::numeric_limits<int>::max())));
  m_note->setVisible(!m_note->text().isEmpty());
  m_filling = false;
  updateGeometry();
}

// A text that is no list stays, marked, until it is one.
void CompareBar::read() {
  if (m_filling) return;
  CompareSettings s = m_settings;
  s.snapshots = m_rows->currentIndex() == 1;
  std::vector<double> numbers;
  bool sound = readNumbers(m_epochs->text().toStdString(), mostSigmas, numbers);
  setInvalid(m_epochs, !sound);
  if (sound) s.epochs = numbers;
  const bool list = readNumbers(m_sigmas->text().toStdString(), mostSigmas, numbers) && !numbers.empty();
  setInvalid(m_sigmas, !list);
  if (list) s.noise.sigmas = numbers;
  sound = sound && list;

  if (InputChoice* images = inputs()) {
    InputChoice taken = *images;
    taken.kind = static_cast<InputChoice::Kind>(m_inputs->currentIndex());
    taken.count = m_inputCount->value();
    (s.mode == CompareMode::noise ? s.noise.subjects : s.reconstruct.inputs) = taken;
  }
  s.reconstruct.errorMap = m_errorMap->isChecked();
  s.noise.scale = static_cast<NoiseScale>(m_scale->currentIndex());
  s.noise.draws = m_drawCount->value();
  s.noise.mean = m_draws->currentIndex() == 1;
  s.sample.count = m_sampleCount->value();
  s.sample.temperature = m_temperature->value();
  s.sample.bernoulli = m_bernoulli->currentIndex() == 1;
  s.interpolate.from = readEnd(m_from, m_fromItem);
  s.interpolate.to = readEnd(m_to, m_toItem);
  s.interpolate.path.kind = static_cast<PathKind>(m_path->currentIndex());
  s.interpolate.path.loop = m_loop->isChecked();
  s.sweep.latent = m_latent->value() - 1;
  s.sweep.start = static_cast<SweepSettings::Start>(m_start->currentIndex());
  const auto kind = static_cast<RangeKind>(m_range->currentIndex());
  const TraversalRange typed{kind, m_low->value(), m_high->value()};
  if (kind != s.sweep.range.kind)
    s.sweep.range = defaultRange(kind);
  else if (checkRange(typed))
    s.sweep.range = typed;
  (s.mode == CompareMode::sweep ? s.sweep.frames : s.interpolate.path.frames) = m_frames->value();
  if (hasSeed(s)) {
    const auto value = static_cast<uint64_t>(m_seed->value());
    if (s.mode == CompareMode::noise) s.noise.seed = s.noise.subjects.seed = value;
    if (s.mode == CompareMode::sample) s.sample.seed = value;
    if (s.mode == CompareMode::reconstruct) s.reconstruct.inputs.seed = value;
  }
  const bool other = !(s == m_settings);
  m_settings = s;
  if (sound) refresh();
  if (other) emit edited();
}

} // namespace latent::ui
