// What the columns of Compare take from the window, as it is now.
#pragma once

#include "ui/views/compare/compare_columns.h"
#include "ui/views/shared/workbench.h"

namespace latent::ui {

/// Uses focus, runs, library, pins and input of the workbench. Only its default while no run is active.
ColumnsContext columnsContext(const Workbench& bench, const CompareSettings& settings,
                              const std::vector<CompareInput>& inputs);

} // namespace latent::ui
