// The folder of a run whose weights came from elsewhere.
#pragma once

#include "core/base/result.h"
#include "core/base/weights.h"
#include "core/run/run_record.h"

#include <filesystem>

namespace latent {

/// Writes a finished run with these weights as its only snapshot and without curves; step, epoch and state of
/// the record follow from them. Returns its path. Usage error if `out` exists and is not empty; after a work
/// error nothing stays behind.
Result<std::filesystem::path> writeImportedRun(const std::filesystem::path& out, RunRecord record,
                                               const Weights& weights);

} // namespace latent
