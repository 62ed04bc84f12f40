#include "ui/bridge/figure_steps.h"

#include "core/run/run_folder.h"

namespace latent::ui {
namespace {

Status pin(const RunId& id, std::optional<int64_t>& step) {
  if (step) return done();
  const Result<RunFolder> run = RunFolder::open(id);
  if (!run) return run.error();
  if (!run->lockedByAnother()) return done();
  if (const std::vector<int64_t> kept = run->snapshots(); !kept.empty()) step = kept.back();
  return done();
}

} // namespace

Result<FigureRequest> withSteps(FigureRequest request) {
  using Kind = FigureRequest::Kind;
  // Of curves a row's step is the last to be shown; nothing is all there is, and is read at once.
  if (request.kind == Kind::curves || request.runs.empty()) return request;
  if (request.rows.empty() && request.kind != Kind::plane) {
    for (const RunId& run : request.runs)
      request.rows.push_back({run, request.rows.empty() ? request.step : std::nullopt});
  }
  if (request.rows.empty())
    if (const Status pinned = pin(request.runs.front(), request.step); !pinned) return pinned.error();
  for (FigureRequest::Row& row : request.rows)
    if (const Status pinned = pin(row.run, row.step); !pinned) return pinned.error();
  return request;
}

} // namespace latent::ui
