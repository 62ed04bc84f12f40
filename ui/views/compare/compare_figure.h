// What Compare shows, as a figure to be exported.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/library_bridge.h"
#include "ui/views/compare/compare_columns.h"
#include "ui/views/compare/compare_grid.h"
#include "ui/views/compare/compare_rows.h"
#include "ui/views/compare/compare_settings.h"

#include <functional>
#include <vector>

namespace latent::ui {

FigureRequest::Kind figureKind(CompareMode mode);

/// Point that a row shows in a column; empty while it is not known.
using PointAt = std::function<LatentPoint(const CompareRow& row, int column)>;

/// The rows that can be shown and the columns that are seen. Usage error: nothing can be shown, or points
/// that are still being worked out.
Result<FigureRequest> compareFigure(const CompareSettings& settings, const std::vector<CompareRow>& rows,
                                    const ColumnsContext& context, const GridWindow& seen,
                                    const PointAt& pointAt);

} // namespace latent::ui
