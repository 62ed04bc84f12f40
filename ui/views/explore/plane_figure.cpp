// What the planes that are seen are as a figure.
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_field_feed.h"
#include "ui/views/explore/plane_group.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_view.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/source_keeper.h"

namespace latent::ui {
namespace {

PlaneLook lookOf(const PlaneLayers& layers, const PointColouring& colouring) {
  PlaneLook look;
  static_cast<LayersLook&>(look) = layers;
  look.column = colouring.column.toStdString();
  look.filter = colouring.filter.toStdString();
  look.value = colouring.value.toStdString();
  look.low = colouring.low;
  look.high = colouring.high;
  return look;
}

} // namespace

Result<FigureRequest> PlanePanel::figure() const {
  if (!item()) return usageError("This run has no plane of two latents; look at its codes instead.");
  if (item()->latentSize() < 2) return usageError("This run has one latent; a plane needs two.");
  FigureRequest request;
  request.kind = FigureRequest::Kind::plane;
  request.runs = {m_run};
  request.rows = {{m_run, m_bench.sources->stepFor(m_run)}};
  request.step = request.rows.front().step;
  request.look = lookOf(m_layers, m_colouring);
  request.look.selected = m_bench.navigator->selection();

  FigureRequest::Plane plane;
  plane.rect = m_plane->frame().visible();
  plane.axes = axes();
  if (m_map.alignment()) { // turned axes have no latent's name
    const auto name = [&](int latent, int main) {
      const QString word =
          m_map.isMain() ? QStringLiteral("main %1").arg(main) : QStringLiteral("z%1").arg(latent + 1);
      return (word + QChar(0x2032)).toStdString(); // z1′
    };
    plane.xLabel = name(m_map.first(), 1);
    plane.yLabel = name(m_map.second(), 2);
  }
  if (m_tileGrid.rows > 0 && m_tileGrid.rect == plane.rect) {
    plane.rows = m_tileGrid.rows;
    plane.columns = m_tileGrid.columns;
  }
  const TileGrid density = PlaneFieldFeed::densityGrid(m_plane->frame());
  const TileGrid magnification = PlaneFieldFeed::magnificationGrid(m_plane->frame());
  plane.densityRows = density.rows;
  plane.densityColumns = density.columns;
  plane.magnificationRows = magnification.rows;
  plane.magnificationColumns = magnification.columns;
  plane.z = point();
  plane.linked = !isActive();
  plane.isolated = m_plane->isolatedClass();
  request.planes = {std::move(plane)};

  if (m_bench.input->answer(m_run)) {
    Subject input = m_bench.focus->focus().subject;
    if (input.index < 0) input.image = m_bench.input->image(); // of the size that runs read
    request.subjects = {std::move(input)};
  }
  return request;
}

Result<FigureRequest> PlaneView::figure() const {
  auto whole = planePanel()->figure();
  if (!whole) return whole;
  FigureRequest request = *std::move(whole);
  request.rows.clear();
  request.planes.clear();
  for (size_t i = 0; i < static_cast<size_t>(m_planes->count()); ++i) {
    const PlanePanel* panel = m_planes->panels()[i];
    const auto one = panel->figure();
    if (!one) continue; // an empty place, or one without a plane
    request.rows.push_back(one->rows.front());
    request.planes.push_back(one->planes.front());
    if (panel != planePanel()) request.runs.push_back(panel->run());
  }
  return request;
}

} // namespace latent::ui
