// The noise curves as a table.
#pragma once

#include "core/base/noise_curve.h"
#include "core/figure/table.h"
#include "ui/views/compare/compare_rows.h"

#include <vector>

namespace latent::ui {

/// One row for each sigma of each run that is measured. `note` says of what the means are.
Table noiseTable(const NoiseCurves& curves, const std::vector<CompareRow>& rows, NoiseScale scale,
                 const QString& note);

} // namespace latent::ui
