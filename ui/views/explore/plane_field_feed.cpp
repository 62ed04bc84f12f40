#include "ui/views/explore/plane_field_feed.h"

#include "core/base/plane_density.h"
#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/job_result.h"
#include "ui/widgets/latent_plane.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr double densityCell = 6;        ///< pixels: the bandwidth is wider
constexpr double magnificationCell = 20; ///< each costs two passes through the decoder

TileGrid gridOf(const PlaneFrame& frame, double cell) {
  const auto cells = [cell](double length) {
    return std::max(2, static_cast<int>(std::lround(length / cell)));
  };
  return {frame.visible(), cells(frame.height()), cells(frame.width())};
}

} // namespace

PlaneFieldFeed::PlaneFieldFeed(const Workbench& bench, LatentPlane* plane, QObject* parent)
    : QObject(parent), m_bench(bench), m_view(bench.explorer->newView()), m_plane(plane) {
  connect(bench.explorer, &ExplorerBridge::magnificationReady, this, &PlaneFieldFeed::receive);
}

TileGrid PlaneFieldFeed::densityGrid(const PlaneFrame& frame) {
  return gridOf(frame, densityCell);
}

TileGrid PlaneFieldFeed::magnificationGrid(const PlaneFrame& frame) {
  return gridOf(frame, magnificationCell);
}

void PlaneFieldFeed::showDensity(std::vector<float> x, std::vector<float> y) {
  m_densityWanted = true;
  m_points = Points{std::move(x), std::move(y), densityGrid(m_plane->frame())};
  if (!m_densityRuns) startDensity();
}

void PlaneFieldFeed::clearDensity() {
  m_densityWanted = false;
  m_points.reset();
  m_plane->setDensity(std::nullopt);
}

void PlaneFieldFeed::startDensity() {
  m_densityRuns = true;
  const TileGrid grid = m_points->grid;
  startJob<std::vector<float>>(
      *m_bench.jobs, JobBridge::Lane::quick, tr("Density of the codes").toStdString(), this,
      [points = std::exchange(m_points, std::nullopt)](JobControl&) -> Result<std::vector<float>> {
        return planeDensity(points->x, points->y, points->grid);
      },
      [this, grid](const Result<std::vector<float>>& density) {
        m_densityRuns = false;
        if (density && m_densityWanted)
          m_plane->setDensity(PlaneField{grid, *density, tr("Share of the data per unit area")});
        if (m_points) startDensity();
      });
}

void PlaneFieldFeed::showMagnification(const RunId& run, const PlaneAxes& axes) {
  m_wanted = Wanted{run, axes, magnificationGrid(m_plane->frame())};
  if (m_askedRun.empty() || m_askedRun != run) startMagnification(); // a new request replaces the old one
}

void PlaneFieldFeed::clearMagnification() {
  m_bench.explorer->cancel(m_view);
  m_wanted.reset();
  m_askedRun.clear();
  m_plane->setMagnification(std::nullopt);
  setProblem({});
}

void PlaneFieldFeed::startMagnification() {
  const Wanted wanted = *std::exchange(m_wanted, std::nullopt);
  m_askedRun = wanted.run;
  m_bench.explorer->requestMagnification(m_view, wanted.run, wanted.axes, wanted.grid);
}

void PlaneFieldFeed::receive(const MagnificationFrame& frame) {
  if (frame.head.view != m_view || frame.head.source != m_askedRun) return;
  m_askedRun.clear();
  setProblem(QString::fromStdString(frame.error));
  if (frame.error.empty())
    m_plane->setMagnification(PlaneField{frame.grid, frame.values, tr("Largest gradient σ₁ of the decoder")});
  else
    m_plane->setMagnification(std::nullopt);
  if (m_wanted) startMagnification();
}

void PlaneFieldFeed::setProblem(const QString& problem) {
  if (problem == m_problem) return;
  m_problem = problem;
  emit problemChanged();
}

} // namespace latent::ui
