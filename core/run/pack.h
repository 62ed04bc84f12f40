// A small copy of a finished run to give away: chosen snapshots in half precision, curves by epoch, no
// optimiser.
#pragma once

#include "core/base/result.h"
#include "core/run/run_folder.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace latent {

/// Writes run.json, metrics.csv (without the `batch` rows), weights and the snapshots of `steps` as f16 to
/// `target`, which must not exist (usage error). Every step must be a kept snapshot (usage error names those
/// there are). The copy can be looked at like any run; it cannot be resumed, because the optimiser's state
/// stays behind.
Status packRun(const RunFolder& run, const std::vector<int64_t>& steps, const std::filesystem::path& target);

} // namespace latent
