// Forks: runs that begin from a kept snapshot of another run, with changed parameters.
#pragma once

#include "core/base/metric.h"
#include "core/base/result.h"
#include "core/base/weights.h"
#include "core/run/run_folder.h"
#include "core/run/run_record.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace latent {

/// What a fork takes over.
struct ForkStart {
  ForkPoint point;                        ///< complete
  std::shared_ptr<const Weights> weights; ///< in the layout of the fork's model
  /// Where its curves begin: the parent's values of that step, and the newest of its `batch` rows. None where
  /// another data set or pixel mode makes them values of something else.
  std::vector<Metric> rows;
};

/// Whether values of the parent stand for the fork too: both measure the same thing on the same images.
bool measuresTheSame(const RunRecord& parent, const RunConfig& config, const ModelSpec& spec);

/// The choices of a run for a fork of it to change: its parameters, data, seed and number of epochs, and no
/// name.
RunConfig forkConfig(const RunFolder& parent, int64_t step);

/// Reads config.parent, of which run and step are given. Usage error where the snapshot's weights are not
/// those of `spec`, where `spec` is solved in closed form, or where config.epochs, which counts the parent's
/// epochs too, leaves nothing to train; input error where the run or its snapshot cannot be read.
Result<ForkStart> openFork(const RunConfig& config, const ModelSpec& spec);

/// The start of a fork that was interrupted before its first state: the snapshot in its own folder, else its
/// parent's. Input error where neither is left.
Result<ForkStart> reopenFork(const std::filesystem::path& folder, const RunRecord& record);

} // namespace latent
