// Runs as a table and as the report "AE against VAE". Reads run folders: call it on a worker.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/report_entry.h"

#include <vector>

namespace latent::ui {

Result<Table> tableOfRuns(const std::vector<RunId>& runs);
Result<RecipePlan> planRecipe(const std::vector<RunId>& runs);

} // namespace latent::ui
