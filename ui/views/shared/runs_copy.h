// The table of runs and their measures, on the clipboard.
#pragma once

#include "core/base/focus.h"
#include "ui/views/shared/copy_table.h"
#include "ui/views/shared/workbench.h"

#include <vector>

namespace latent::ui {

/// Those with an open eye that do not wait in the queue, in the order of the list.
std::vector<RunId> shownRuns(const Workbench& bench);
/// Read on a worker; what was copied, or why not, is said.
void copyRuns(const Workbench& bench, const std::vector<RunId>& runs, TableText text);

} // namespace latent::ui
