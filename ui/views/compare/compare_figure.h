// What Compare shows, as a figure to be exported.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/library_bridge.h"
#include "ui/views/compare/compare_columns.h"
#include "ui/views/compare/compare_grid.h"
#include "ui/views/compare/compare_rows.h"
#include "ui/views/compare/compare_settings.h"

#include <vector>

namespace latent::ui {

FigureRequest::Kind figureKind(CompareMode mode);

/// The rows that can be shown and the columns that are seen. Usage error for what a figure cannot hold:
/// images of one's own, pins and the point as an end or a start.
Result<FigureRequest> compareFigure(const CompareSettings& settings, const std::vector<CompareRow>& rows,
                                    const ColumnsContext& context, const GridWindow& seen);

} // namespace latent::ui
