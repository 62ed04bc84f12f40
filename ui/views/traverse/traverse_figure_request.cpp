// What the page Traverse shows, as a figure.
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/traverse/grid_panel.h"
#include "ui/views/traverse/latent_facts.h"
#include "ui/views/traverse/traverse_row.h"
#include "ui/views/traverse/traverse_rows.h"
#include "ui/views/traverse/traverse_view.h"

#include <QStackedWidget>

namespace latent::ui {

Result<FigureRequest> TraverseView::figure() const {
  const RunItem* item = run();
  if (!item) return usageError("This run has no latents to traverse.");
  const Focus& focus = m_bench.focus->focus();
  FigureRequest request;
  request.kind = FigureRequest::Kind::traverse;
  request.runs = {focus.active};
  request.rows = {{focus.active, focus.step}};
  request.range = rangeFor(m_choice, item->hasPrior, m_facts->facts() != nullptr);
  request.grid = m_pages->currentWidget() == m_grid;
  request.frames = request.grid ? m_grid->side() : m_frames;
  if (request.grid)
    request.latents = {m_choice.latent, secondLatent()};
  else
    for (const TraverseRow* row : m_rows->seen()) request.latents.push_back(row->latent());
  const LatentPoint from = start();
  if (m_choice.from == TraverseChoice::From::input && from == m_bench.navigator->inputCode()) {
    request.start.subject = focus.subject;
    if (focus.subject.index < 0) request.start.subject->image = m_bench.input->image();
  } else if (m_choice.from != TraverseChoice::From::mean) {
    request.start.z = {from};
    request.start.name = "z";
  }
  return request;
}

} // namespace latent::ui
