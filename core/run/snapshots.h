// The kept snapshots of a run: their names, and the bound on how many stay on the disk.
#pragma once

#include "core/base/result.h"
#include "core/train/steps.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace latent {

/// snapshots/step-000600.safetensors: at least six digits.
std::filesystem::path snapshotPath(const std::filesystem::path& runFolder, int64_t step);
/// Steps of the files with such names, ascending; other files are ignored.
std::vector<int64_t> listSnapshots(const std::filesystem::path& runFolder);

/// Ends of epochs of which a snapshot is kept on the disk: 200, and together at most 1 GiB, but never
/// under 8.
int64_t snapshotLimit(int64_t bytesEach);

/// The first steps (kEarlySnapshots, counted from where the run began) always stay; of the ends of epochs
/// every one, every second, every fourth
/// ... so that at most `limit` remain. Depends on the newest step alone, not on how often the run was
/// interrupted.
std::vector<int64_t> snapshotsToDrop(const std::vector<int64_t>& steps, const StepCount& count,
                                     int64_t limit);

} // namespace latent
