// Sentences that several views share.
#pragma once

#include "ui/models/runs_model.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace latent::ui {

/// Updates in one epoch of a run, as far as it trained; 0 while that is not known.
int64_t stepsPerEpoch(const RunItem& run);
/// "Live" or "Epoch 3 of 12" (or "Step 30 of 7,200" inside the first epoch).
QString timeText(const RunItem& run, std::optional<int64_t> step);
/// "11 MB", "940 kB".
QString epochsText(int64_t epochs); ///< "1 epoch", "40 epochs"
QString sizeText(int64_t bytes);
/// Up to four significant digits with a true minus sign.
QString numberText(double value);

} // namespace latent::ui
