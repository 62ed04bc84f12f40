// What the planes that are seen are as a figure.
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_group.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_view.h"

namespace latent::ui {

Result<FigureRequest> PlanePanel::figure() const {
  if (!item()) return usageError("This run has no plane of two latents; look at its codes instead.");
  const Focus& focus = m_bench.focus->focus();
  FigureRequest request;
  request.kind = FigureRequest::Kind::plane;
  request.runs = {m_run};
  request.step = focus.step;
  request.rect = m_plane->frame().visible();
  const PlaneLayers& layers = m_plane->layers();
  request.tiles = layers.tiles;
  request.points = layers.points;
  request.rings = layers.rings;
  if (item()->latentSize() > 2) request.axes = axes();
  return request;
}

Result<FigureRequest> PlaneView::figure() const {
  return planePanel()->figure();
}

} // namespace latent::ui
