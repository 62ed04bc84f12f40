// What the page Codes shows, as a figure.
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/codes/codes_view.h"
#include "ui/views/shared/input_feed.h"

namespace latent::ui {

Result<FigureRequest> CodesView::figure() const {
  if (!run()) return usageError("This run has no map of codes; look at its plane or its strips instead.");
  const Focus& focus = m_bench.focus->focus();
  FigureRequest request;
  request.kind = FigureRequest::Kind::codes;
  request.runs = {focus.active};
  request.step = focus.step;
  Subject input = focus.subject;
  if (input.index < 0) input.image = m_bench.input->image(); // of the size that the run reads
  request.subjects = {std::move(input)};
  request.tokens = focus.tokens;
  return request;
}

} // namespace latent::ui
