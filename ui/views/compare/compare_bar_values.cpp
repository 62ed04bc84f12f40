// What the controls of Compare's bar hold: shown from the settings and read back.
#include "ui/views/compare/compare_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace latent::ui {
namespace {

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
  m_rows->setCurrentIndex(s.snapshots ? 1 : 0);
  m_epochs->setText(QString::fromStdString(writeNumbers(s.epochs)));
  setInvalid(m_epochs, false);
  m_epochsField->setVisible(s.snapshots);
  showInputs();
  showNoise();
  showSample();
  showInterpolate();
  showSweep();
  const bool sweep = s.mode == CompareMode::sweep;
  m_framesField->setVisible(sweep || s.mode == CompareMode::interpolate);
  m_frames->setValue(sweep ? s.sweep.frames : s.interpolate.path.frames);
  m_seedField->setVisible(hasSeed(s));
  m_seed->setValue(static_cast<int>(std::min<uint64_t>(*seed(), std::numeric_limits<int>::max())));
  m_note->setVisible(!m_note->text().isEmpty());
  m_filling = false;
  updateGeometry();
}

void CompareBar::showInputs() {
  const InputChoice* images = inputs();
  m_inputsField->setVisible(images != nullptr);
  m_errorMap->setVisible(m_settings.mode == CompareMode::reconstruct);
  m_errorMap->setChecked(m_settings.reconstruct.errorMap);
  if (images) {
    m_inputs->setCurrentIndex(static_cast<int>(images->kind));
    m_inputCount->setValue(images->count);
    m_inputCount->setVisible(images->kind != InputChoice::Kind::input);
    m_again->setVisible(images->kind == InputChoice::Kind::best || images->kind == InputChoice::Kind::worst);
  }
}

void CompareBar::showNoise() {
  const CompareSettings& s = m_settings;
  const bool noise = s.mode == CompareMode::noise;
  m_sigmasField->setVisible(noise);
  m_sigmas->setText(QString::fromStdString(writeNumbers(s.noise.sigmas)));
  setInvalid(m_sigmas, false);
  m_scale->setCurrentIndex(static_cast<int>(s.noise.scale));
  m_drawsField->setVisible(noise);
  m_drawCount->setValue(s.noise.draws);
  m_draws->setCurrentIndex(s.noise.mean ? 1 : 0);
  m_draws->setVisible(s.noise.draws > 1);
}

void CompareBar::showSample() {
  const CompareSettings& s = m_settings;
  const bool sample = s.mode == CompareMode::sample;
  m_sampleField->setVisible(sample);
  m_sampleCount->setValue(s.sample.count);
  m_temperatureField->setVisible(sample);
  m_temperature->setValue(s.sample.temperature);
  m_bernoulli->setVisible(sample);
  m_bernoulli->setCurrentIndex(s.sample.bernoulli ? 1 : 0);
}

void CompareBar::showInterpolate() {
  const CompareSettings& s = m_settings;
  for (QWidget* each : {m_fromField, m_toField, static_cast<QWidget*>(m_path), static_cast<QWidget*>(m_loop)})
    each->setVisible(s.mode == CompareMode::interpolate);
  fillEnd(m_from, s.interpolate.from);
  fillEnd(m_to, s.interpolate.to);
  m_fromItem->setValue(static_cast<int>(s.interpolate.from.item));
  m_toItem->setValue(static_cast<int>(s.interpolate.to.item));
  m_fromItem->setVisible(s.interpolate.from.kind == PathEnd::Kind::item);
  m_toItem->setVisible(s.interpolate.to.kind == PathEnd::Kind::item);
  m_path->setCurrentIndex(static_cast<int>(s.interpolate.path.kind));
  m_loop->setChecked(s.interpolate.path.loop);
}

void CompareBar::showSweep() {
  const CompareSettings& s = m_settings;
  for (QWidget* each : {m_latentField, m_startField, m_rangeField})
    each->setVisible(s.mode == CompareMode::sweep);
  m_latent->setMaximum(std::max(m_latent->maximum(), s.sweep.latent + 1));
  m_latent->setValue(s.sweep.latent + 1);
  m_start->setCurrentIndex(static_cast<int>(s.sweep.start));
  m_range->setCurrentIndex(static_cast<int>(s.sweep.range.kind));
  m_low->setValue(s.sweep.range.low);
  m_high->setValue(s.sweep.range.high);
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
