#include "ui/views/compare/noise_panel.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/plots/band_curves.h"
#include "ui/views/compare/noise_table.h"
#include "ui/views/shared/copy_table.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr int settleMs = 150; ///< a field that is being edited asks once
constexpr int liveMs = 1000;  ///< between two measurements of a run that trains

const NoiseCurve* curveOf(const NoiseCurves& curves, const SourceId& source) {
  const auto found = std::ranges::find(curves.curves, source, &NoiseCurve::source);
  return found == curves.curves.end() ? nullptr : &*found;
}

/// Half of the 95 % interval of the mean over the images: their deviation itself says how images differ, and
/// for a share of yes and no it would span the whole axis.
std::vector<double> intervalOf(std::vector<double> deviation, const NoiseCurve& curve) {
  const double images =
      static_cast<double>(curve.subjectError.size()) / static_cast<double>(deviation.size());
  for (double& value : deviation) value *= 1.96 / std::sqrt(std::max(1.0, images));
  return deviation;
}

} // namespace

NoisePanel::NoisePanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_view(new BandCurvesView(this)), m_note(new QLabel(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_view, 1);
  column->addWidget(m_note);
  m_note->setContentsMargins(8, 0, 8, 4);
  setRole(m_note, "caption");
  m_note->setWordWrap(true);
  m_note->setTextFormat(Qt::PlainText);
  m_note->setObjectName("noiseNote");
  m_view->setObjectName("noiseCurves");
  m_view->setAccessibleName(tr("Reconstruction error and kept classes over sigma"));
  offerTable(
      this,
      [this]() -> std::optional<Table> {
        if (m_curves.curves.empty()) return std::nullopt;
        return noiseTable(m_curves, m_rows, m_settings.scale, m_note->text());
      },
      TableKey::pictures);
  setHelp(
      this,
      {tr("Standing the noise"),
       tr("Left: the squared error of the image, summed over its pixels. Right: the share of images in which "
          "a small network reads the class that it reads in the clean input. The line is the mean over %1 "
          "test images, the same images and the same eps for every run; the band is the 95 % interval of "
          "that mean: where bands do not meet, the runs differ.")
           .arg(curveImages),
       tr("E(σ) = mean over x of Σ (x − decoder(mu(x) + σ s eps))²")});
  m_curvePart.view = bench.explorer->newView();
  m_gridPart.view = bench.explorer->newView();
  m_pace.setSingleShot(true);
  connect(&m_pace, &QTimer::timeout, this, &NoisePanel::ask);
  connect(bench.measure, &MeasureBridge::noiseMeasured, this, &NoisePanel::take);
}

// A person's choice is asked at once. Weights that change all the time wait for the answer under way: a newer
// question would take its place, and none would ever be answered.
void NoisePanel::show(const std::vector<CompareRow>& rows, const NoiseSettings& settings,
                      const std::string& dataset, const std::vector<CompareInput>& subjects) {
  std::vector<CompareRow> measured;
  for (const CompareRow& row : rows) {
    const bool measurable = !row.discrete && row.weights && row.dataset == dataset && row.problem.isEmpty() &&
                            (measured.empty() || row.spec.shape == measured.front().spec.shape);
    if (measurable) measured.push_back(row);
  }
  const bool sameSubjects = std::ranges::equal(subjects, m_subjects, [](const auto& a, const auto& b) {
    return a.item == b.item && a.image == b.image;
  });
  const bool sameQuestion =
      settings == m_settings && dataset == m_dataset && sameSubjects &&
      std::ranges::equal(measured, m_rows, {}, &CompareRow::source, &CompareRow::source);
  const bool sameWeights =
      sameQuestion && std::ranges::equal(measured, m_rows, {}, &CompareRow::weights, &CompareRow::weights);
  m_rows = std::move(measured);
  m_settings = settings;
  m_dataset = dataset;
  m_subjects = subjects;
  if (!sameQuestion) {
    m_read = {}; // what was read there is of other pictures
    m_pace.start(settleMs);
  } else if (!sameWeights) {
    m_again = true;
    if (!m_waiting && !m_pace.isActive()) m_pace.start(liveMs);
  }
  draw();
}

void NoisePanel::setWatched(bool watched) {
  if (watched == m_watched) return;
  m_watched = watched;
  if (watched) {
    m_pace.start(settleMs);
  } else {
    m_waiting = m_again = false;
    m_bench.measure->forget(m_curvePart.view);
    m_bench.measure->forget(m_gridPart.view);
  }
}

void NoisePanel::setMarker(std::optional<double> sigma) const {
  m_view->setMarker(sigma);
}

QString NoisePanel::note() const {
  return m_note->text();
}

NoiseRequest NoisePanel::question(Part& part, int images, int draws) const {
  NoiseRequest request;
  request.view = part.view;
  request.generation = ++part.generation;
  request.data = m_bench.library->dataset(m_dataset);
  request.question.sigmas = m_settings.sigmas;
  request.question.scale = m_settings.scale;
  request.question.draws = draws;
  request.question.seed = m_settings.seed;
  for (const CompareRow& row : m_rows)
    request.question.runs.push_back({row.source, row.spec, row.weights, {}});
  const int64_t size = m_bench.library->itemCount(m_dataset, "test");
  for (int64_t i = 0; i < std::min<int64_t>(images, size); ++i)
    request.question.subjects.push_back({i, m_bench.library->image(m_dataset, "test", i)});
  return request;
}

int NoisePanel::curveDraws() const {
  return std::min(m_settings.draws, mostCurveDraws);
}

void NoisePanel::ask() {
  if (!m_watched || m_rows.empty() || m_settings.sigmas.empty()) return;
  NoiseRequest curves = question(m_curvePart, curveImages, curveDraws());
  if (curves.question.subjects.empty()) return; // the data is on its way
  NoiseRequest shown = question(m_gridPart, 0, 1);
  for (const CompareInput& subject : m_subjects)
    if (!subject.image.empty() && subject.image.shape == m_rows.front().spec.shape)
      shown.question.subjects.push_back({subject.item, subject.image});
  if (shown.question.subjects.size() == m_subjects.size() && !m_subjects.empty())
    m_bench.measure->requestNoise(std::move(shown));
  m_bench.measure->requestNoise(std::move(curves));
  m_waiting = true;
  m_again = false;
}

void NoisePanel::take(const NoiseFrame& frame) {
  if (frame.view == m_gridPart.view && frame.generation == m_gridPart.generation) {
    m_read = frame.error.isEmpty() ? frame.result : NoiseCurves();
    emit classesRead();
  }
  if (frame.view != m_curvePart.view || frame.generation != m_curvePart.generation) return;
  m_waiting = false;
  if (m_again) m_pace.start(liveMs);
  m_error = frame.error;
  m_curves = frame.error.isEmpty() ? frame.result : NoiseCurves();
  m_withoutClasses = frame.withoutClasses;
  m_classesFollow = frame.classesFollow;
  draw();
}

std::optional<ClassRead> NoisePanel::readIn(const SourceId& source, size_t sigma, size_t subject) const {
  const NoiseCurve* curve = curveOf(m_read, source);
  const size_t at = sigma * m_subjects.size() + subject;
  if (!curve || m_read.sigmas != m_settings.sigmas || at >= curve->firstClass.size()) return std::nullopt;
  const auto names = m_bench.library->classNames(m_dataset);
  const auto read = static_cast<size_t>(curve->firstClass[at]);
  return ClassRead{read < names.size() ? QString::fromStdString(names[read]) : QString::number(read),
                   at < curve->subjectKept.size() && curve->subjectKept[at] > 0.5F};
}

void NoisePanel::draw() {
  BandAxes error, kept;
  error.title = tr("Squared error of an image, sum over pixels");
  error.lower = 0;
  error.missing = m_error.isEmpty() ? tr("Measuring…") : m_error;
  kept.title = tr("Images that keep their class");
  kept.lower = 0;
  kept.upper = 1;
  kept.percent = true;
  kept.missing = !m_error.isEmpty()           ? QString()
                 : m_classesFollow            ? tr("Learning to read the classes…")
                 : m_withoutClasses.isEmpty() ? tr("Measuring…")
                                              : m_withoutClasses;
  for (const CompareRow& row : m_rows) {
    const NoiseCurve* curve = curveOf(m_curves, row.source);
    if (!curve || m_curves.sigmas.size() != curve->error.size()) continue;
    BandLine line;
    line.label = QStringLiteral("%1 %2").arg(row.letter, row.label);
    if (row.snapshot) line.label += QStringLiteral(" · ") + row.note;
    line.colour = row.snapshot ? snapshotColour(row) : row.mark;
    line.pattern = row.pattern;
    line.x = m_curves.sigmas;
    line.y = curve->error;
    line.spread = intervalOf(curve->errorDeviation, *curve);
    error.lines.push_back(line);
    if (curve->kept.size() != m_curves.sigmas.size()) continue;
    line.y = curve->kept;
    line.spread = intervalOf(curve->keptDeviation, *curve);
    kept.lines.push_back(std::move(line));
  }
  m_view->setAxes({error, kept}, m_settings.scale == NoiseScale::raw ? tr("σ, raw") : tr("σ, × spread"));
  const QString draws = curveDraws() == 1 ? tr("one draw each") : tr("%1 draws each").arg(curveDraws());
  QString note =
      tr("Mean over the first %1 test images, %2, the same eps for every run; band: 95 % interval of "
         "that mean.")
          .arg(std::min<int64_t>(curveImages, m_bench.library->itemCount(m_dataset, "test")))
          .arg(draws);
  if (const auto dataset = m_bench.library->dataset(m_dataset)) {
    const QString words = m_bench.measure->classifierWords(*dataset);
    if (!words.isEmpty() && !kept.lines.empty()) note += QLatin1Char(' ') + tr("Classes: %1.").arg(words);
  }
  m_note->setText(note);
}

// Snapshots of one run share its colour: from pale, the oldest, to full.
QColor NoisePanel::snapshotColour(const CompareRow& row) const {
  const auto place = std::ranges::find(m_rows, row.source, &CompareRow::source) - m_rows.begin();
  const double age =
      m_rows.size() < 2 ? 1 : static_cast<double>(place) / static_cast<double>(m_rows.size() - 1);
  QColor colour = row.mark;
  colour.setAlphaF(0.35 + 0.65 * age);
  return colour;
}

} // namespace latent::ui
