#include "ui/views/shared/runs_copy.h"

#include "ui/bridge/report_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/messages.h"

#include <algorithm>

namespace latent::ui {

std::vector<RunId> shownRuns(const Workbench& bench) {
  const std::vector<RunId>& shown = bench.focus->focus().shown;
  std::vector<RunId> runs;
  for (const RunItem& run : bench.runs->items())
    if (!run.queued && std::ranges::find(shown, run.id) != shown.end()) runs.push_back(run.id);
  return runs;
}

void copyRuns(const Workbench& bench, const std::vector<RunId>& runs, TableText text) {
  if (runs.empty()) {
    bench.messages->error(
        Messages::tr("No run is shown: open the eye of the runs that the table is to list."));
    return;
  }
  bench.report->tableOf(runs, bench.messages, [bench, text](const Result<Table>& table) {
    if (!table) return bench.messages->error(QString::fromStdString(table.error().message));
    copyTable(*table, text);
    bench.messages->tell(Messages::tr("Copied the table of the runs."));
  });
}

} // namespace latent::ui
