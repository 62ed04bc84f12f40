// A table of a report as blocks: a head, rows and notes. Private to ui/plots.
#pragma once

#include "core/figure/table.h"
#include "ui/plots/report_flow.h"

#include <vector>

namespace latent::ui {

/// Rules above, below the head and at the end, as LaTeX's booktabs has them. Columns of words share what
/// numbers leave of the width; a table that is still too wide is set smaller.
void appendTable(const Table& table, double width, std::vector<ReportBlock>& blocks);

} // namespace latent::ui
