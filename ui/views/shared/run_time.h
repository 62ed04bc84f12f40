// Where a kept snapshot lies in time, in a unit that runs of different batch sizes and speeds share.
#pragma once

#include "ui/models/runs_model.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace latent::ui {

enum class TimeUnit { steps, epochs, images, seconds };

/// "steps", "epochs", "images", "seconds": what a saved window holds. Unknown names are epochs.
std::string timeUnitName(TimeUnit unit);
TimeUnit timeUnitFromName(const std::string& name);

/// Training done after `step` updates. Images: as many as were seen, the last batch of an epoch being smaller
/// where the training split has `trainImages` (0 = not known: full batches). Seconds: at the run's mean
/// speed, since the record keeps one wall time for all. Nothing where the run does not tell (no epoch was
/// trained, no time was measured).
std::optional<double> timeOf(const RunItem& run, int64_t step, TimeUnit unit, int64_t trainImages = 0);

/// The newest kept step at or before a moment, damaged ones left out; nothing where there is none.
std::optional<int64_t> keptAt(const RunItem& run, double moment, TimeUnit unit,
                              const std::set<int64_t>& damaged, int64_t trainImages = 0);

} // namespace latent::ui
