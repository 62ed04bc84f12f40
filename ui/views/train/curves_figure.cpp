// What the curves panel shows, as a figure.
#include "ui/models/focus_store.h"
#include "ui/models/metrics_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/train/curves_panel.h"

#include <algorithm>

namespace latent::ui {

Result<FigureRequest> CurvesPanel::figure() const {
  const Focus& focus = m_bench.focus->focus();
  FigureRequest request;
  request.kind = FigureRequest::Kind::curves;
  request.runs = {focus.active};
  for (const RunId& run : focus.shown) {
    const RunItem* item = m_bench.runs->find(run);
    if (item && !item->queued && run != focus.active) request.runs.push_back(run);
  }
  std::erase_if(request.runs, [this](const RunId& run) { return !m_bench.metrics->hasCurves(run); });
  if (request.runs.empty()) return usageError("None of the shown runs has curves to export.");
  // In the order of the eyes, which is that of the colours.
  for (const RunId& run : focus.shown)
    if (std::ranges::find(request.runs, run) != request.runs.end()) request.rows.push_back({run, {}});
  if (request.rows.empty())
    for (const RunId& run : request.runs) request.rows.push_back({run, {}});
  request.curves = m_choice;
  request.area = m_view->area();
  return request;
}

} // namespace latent::ui
