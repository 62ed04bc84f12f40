// What PlanePanel hands the plane to draw: points, posterior, selection, notes, layers.
#include "ui/views/explore/plane_panel.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_ellipse.h"
#include "ui/views/explore/plane_fit.h"
#include "ui/views/explore/plane_tools.h"
#include "ui/views/explore/step_match.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/source_keeper.h"

#include <tuple>

namespace latent::ui {

void PlanePanel::showPoints() {
  const auto codes = m_bench.codes->codes();
  const RunItem* run = m_bench.runs->find(m_run);
  PlanePoints points;
  m_pointStep.reset();
  if (run && codes && codes->run == m_run) {
    std::tie(points.x, points.y) = m_map.project(codes->codes.points());
    points.labels = codes->labels;
    for (const std::string& name : m_bench.library->classNames(run->config.dataset))
      points.classes << QString::fromStdString(name);
    m_pointStep = codes->codes.step();
  }
  m_plane->setPoints(points);
  m_plane->setSpread(m_map.isMain() ? spreadOf(points.x, points.y) : latentSpread());
  showSelection();
  matchSteps();
  updateHome();
}

// Arrow keys move by a part of the data's spread along both axes; without codes by a part of the prior's.
PlanePoint PlanePanel::latentSpread() const {
  const auto codes = m_bench.codes->codes();
  if (!codes || codes->run != m_run) return {1, 1};
  const auto& all = codes->codes.summary().spread;
  const auto along = [&](int latent) {
    const auto i = static_cast<size_t>(latent);
    return i < all.size() && all[i] > 0 ? double{all[i]} : 1.0;
  };
  return {along(m_map.first()), along(m_map.second())};
}

void PlanePanel::showSelection() {
  const auto& chosen = m_bench.navigator->selection();
  m_plane->setSelection({chosen.begin(), chosen.end()});
  showNotes();
}

void PlanePanel::showNotes() {
  QStringList notes;
  const auto selected = static_cast<int>(m_bench.navigator->selection().size());
  if (selected > 0) notes << tr("%Ln selected · Esc clears", nullptr, selected);
  if (m_layers.points && !m_match->note().isEmpty()) notes << m_match->note();
  if (const RunItem* run = m_bench.runs->find(m_run); run && !m_bench.codes->problem().isEmpty())
    notes << m_bench.codes->problem();
  m_plane->setNotes(notes);
}

void PlanePanel::matchSteps() {
  const RunItem* run = m_bench.runs->find(m_run);
  const auto weights = m_bench.sources->shown(m_run);
  if (!run || !weights) return m_match->set({}, {}, 0);
  m_match->setMoving(run->training && !m_bench.focus->focus().step);
  // Without tiles the points stand beside the input's posterior, which follows the weights at once.
  m_match->set(m_layers.tiles ? m_tileStep : weights->step, m_pointStep, weights->step);
}

void PlanePanel::showInput() {
  const RunItem* run = m_bench.runs->find(m_run);
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

void PlanePanel::setLayers(const PlaneLayers& layers) {
  const bool tilesBack = layers.tiles && !m_plane->layers().tiles;
  m_layers = layers;
  PlaneLayers painted = layers;
  painted.classNames = layers.classNames && layers.points;
  m_plane->setLayers(painted);
  m_tools->setLayers(layers);
  if (tilesBack) askTiles();
  matchSteps();
  showNotes();
  emit layersChanged(m_layers);
}

} // namespace latent::ui
