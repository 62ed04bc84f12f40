// What PlanePanel hands the plane to draw: points, posteriors, fields, selection, notes, layers.
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_ellipse.h"
#include "ui/views/explore/plane_field_feed.h"
#include "ui/views/explore/plane_fit.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_tools.h"
#include "ui/views/explore/step_match.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/source_keeper.h"

#include <algorithm>
#include <tuple>

namespace latent::ui {
namespace {

constexpr size_t mostEllipses = 300; ///< more would be one dark patch

} // namespace

std::shared_ptr<const RunCodes> PlanePanel::codes() const {
  auto known = m_bench.codes->codes(m_run);
  return known && item() && known->codes.points().latent == item()->latentSize() ? known : nullptr;
}

void PlanePanel::codesChanged() {
  m_pointsStale = !isVisible();
  if (m_pointsStale) return; // showEvent catches up
  if (m_map.isMain() || m_tools->first() < 0 || m_aligned) takeAxes();
  showPoints();
}

void PlanePanel::takeColumns() {
  const RunItem* run = item();
  const std::string dataset = run ? run->config.dataset : std::string();
  if (dataset == m_columnsOf) return;
  m_columnsOf = dataset;
  m_columns = dataColumns(*m_bench.library, dataset, "test");
}

void PlanePanel::showPoints() {
  const auto known = codes();
  const RunItem* run = item();
  PlanePoints points;
  m_pointStep.reset();
  takeColumns();
  if (run && known) {
    std::tie(points.x, points.y) = m_map.project(known->codes.points());
    points.labels = known->labels;
    for (const std::string& name : m_bench.library->classNames(run->config.dataset))
      points.classes << QString::fromStdString(name);
    colourPoints(points, m_columns, m_colouring);
    m_pointStep = known->codes.step();
  }
  m_plane->setPoints(points);
  m_plane->setSpread(m_map.isMain() || m_map.alignment() ? spreadOf(points.x, points.y) : latentSpread());
  showSelection();
  matchSteps();
  updateHome();
  showFields();
}

void PlanePanel::setColouring(const PointColouring& colouring) {
  if (colouring == m_colouring) return;
  if (colouring.column != m_colouring.column) setIsolated({}); // classes of something else
  m_colouring = colouring;
  showPoints();
}

// The file of an image and all that is known of it.
QString PlanePanel::wordsOf(int point) const {
  const RunItem* run = item();
  if (!run) return {};
  QStringList words;
  const QString file = m_bench.library->file(run->config.dataset, "test", point);
  if (!file.isEmpty()) words << file;
  for (const DataColumn& column : m_columns) {
    const QString value = column.text(point);
    if (!value.isEmpty()) words << tr("%1: %2").arg(column.name, value);
  }
  return words.join(QLatin1Char('\n'));
}

// Arrow keys move by a part of the data's spread along both axes; without codes by a part of the prior's.
PlanePoint PlanePanel::latentSpread() const {
  const auto known = codes();
  if (!known) return {1, 1};
  const auto& all = known->codes.summary().spread;
  const auto along = [&](int latent) {
    const auto i = static_cast<size_t>(latent);
    return i < all.size() && all[i] > 0 ? double{all[i]} : 1.0;
  };
  return {along(m_map.first()), along(m_map.second())};
}

// The selection is one of test images: it holds on every plane of the same data.
void PlanePanel::showSelection() {
  const RunItem* run = item();
  const RunItem* active = m_bench.runs->find(m_bench.focus->focus().active);
  const bool sameData = run && active && run->config.dataset == active->config.dataset;
  const std::vector<int64_t> chosen = sameData ? m_bench.navigator->selection() : std::vector<int64_t>();
  m_plane->setSelection({chosen.begin(), chosen.end()});

  std::vector<PlaneEllipse> ellipses;
  m_ellipsesNote.clear();
  const auto known = codes();
  if (m_layers.ellipses && known && !known->codes.points().logVar.empty()) {
    const Encoded& q = known->codes.points();
    const auto latents = static_cast<size_t>(q.latent);
    const size_t count = std::min(chosen.size(), mostEllipses);
    for (size_t i = 0; i < count; ++i) {
      const auto image = static_cast<size_t>(chosen[i * chosen.size() / count]);
      if (image >= static_cast<size_t>(q.count)) continue;
      const auto mu = q.mu.begin() + static_cast<ptrdiff_t>(image * latents);
      const PlanePoint centre = m_map.project({mu, mu + q.latent});
      ellipses.push_back(
          ellipseOf(centre, m_map.projectVariance({q.logVar.data() + image * latents, latents})));
    }
    if (count < chosen.size())
      m_ellipsesNote = tr("posteriors of %L1 of them").arg(static_cast<qlonglong>(count));
  }
  m_plane->setEllipses(std::move(ellipses));
  showNotes();
}

void PlanePanel::isolate(std::optional<int64_t> label) {
  if (label)
    m_isolated[m_run] = *label;
  else
    m_isolated.erase(m_run);
  showIsolated();
}

void PlanePanel::setIsolated(const std::map<RunId, int64_t>& classes) {
  m_isolated = classes;
  showIsolated();
}

void PlanePanel::showIsolated() {
  const auto known = m_isolated.find(m_run);
  m_plane->setIsolatedClass(known == m_isolated.end() ? std::nullopt : std::optional(known->second));
}

// Fields follow points, view and weights, and are made only where they are seen.
void PlanePanel::showFields() {
  if (!isVisible() || !item()) return;
  const PlanePoints& points = m_plane->points();
  if (m_layers.density && !points.x.empty()) {
    std::vector<float> x, y; // of the points that are shown
    for (size_t i = 0; i < points.x.size(); ++i) {
      if (points.kept && (*points.kept)[i] == 0) continue;
      x.push_back(points.x[i]);
      y.push_back(points.y[i]);
    }
    m_fields->showDensity(std::move(x), std::move(y));
  }
}

void PlanePanel::showNotes() {
  QStringList notes;
  const RunItem* run = item();
  if (!m_noLink.isEmpty() && run && !isActive()) notes << m_noLink;
  const auto selected = static_cast<int>(m_bench.navigator->selection().size());
  if (selected > 0) {
    const QString words = tr("%Ln selected · Esc clears", nullptr, selected);
    notes << (m_ellipsesNote.isEmpty() ? words : tr("%1 · %2").arg(words, m_ellipsesNote));
  } else if (m_layers.ellipses && noEllipse().isEmpty() && run) {
    notes << tr("Shift-drag selects points to see their posteriors");
  }
  if (!m_alignmentNote.isEmpty()) notes << m_alignmentNote;
  if (m_layers.points && !m_match->note().isEmpty()) notes << m_match->note();
  if (m_layers.magnification && !m_fields->problem().isEmpty()) notes << m_fields->problem();
  if (run && !m_bench.codes->problem(m_run).isEmpty()) notes << m_bench.codes->problem(m_run);
  m_plane->setNotes(notes);
}

void PlanePanel::matchSteps() {
  const RunItem* run = item();
  const auto weights = m_bench.sources->shown(m_run);
  if (!run || !weights) return m_match->set({}, {}, 0);
  m_match->setMoving(run->training && !m_bench.focus->focus().step);
  // Without tiles the points stand beside the input's posterior, which follows the weights at once.
  m_match->set(m_layers.tiles ? m_tileStep : weights->step, m_pointStep, weights->step);
}

void PlanePanel::showInput() {
  const RunItem* run = item();
  const ReconstructFrame* answer = m_bench.input->answer(m_run);
  if (!run || !answer || answer->posteriors.count < 1) {
    m_plane->setSubjectPoint(std::nullopt);
    m_plane->setEllipse(std::nullopt);
    return;
  }
  const Encoded& q = answer->posteriors;
  const PlanePoint centre = m_map.project({q.mu.begin(), q.mu.begin() + q.latent});
  m_plane->setSubjectPoint(centre);
  if (q.logVar.empty())
    m_plane->setEllipse(std::nullopt);
  else
    m_plane->setEllipse(
        ellipseOf(centre, m_map.projectVariance({q.logVar.data(), static_cast<size_t>(q.latent)})));
}

// ---- layers ----

QString PlanePanel::noRings() const {
  const RunItem* run = m_bench.runs->find(m_run);
  if (!run || run->hasPrior) return {};
  return tr("%1 has no prior.").arg(run->shortFamily);
}

QString PlanePanel::noEllipse() const {
  const RunItem* run = m_bench.runs->find(m_run);
  if (!run || run->hasPrior) return {};
  return tr("%1 encodes an image as a point, without a posterior.").arg(run->shortFamily);
}

void PlanePanel::setLayers(const PlaneLayers& layers) {
  const PlaneLayers before = std::exchange(m_layers, layers);
  PlaneLayers painted = layers;
  painted.classNames = layers.classNames && layers.points;
  m_plane->setLayers(painted);
  m_tools->setLayers(layers);
  if (layers.quantiles != before.quantiles) nameAxes();
  if (layers.density && !before.density) showFields();
  if (!layers.density && before.density) m_fields->clearDensity();
  if (!layers.magnification && before.magnification) m_fields->clearMagnification();
  if ((layers.tiles && !before.tiles) || (layers.magnification && !before.magnification)) askTiles();
  if (layers.ellipses != before.ellipses) showSelection();
  matchSteps();
  showNotes();
  emit layersChanged(m_layers);
}

} // namespace latent::ui
