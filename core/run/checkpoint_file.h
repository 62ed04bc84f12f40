// state.safetensors: a trainer's checkpoint in a file.
#pragma once

#include "core/base/result.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace latent {

struct CheckpointFile {
  Checkpoint checkpoint;
  std::string runId;   ///< a state of another run is no state of this one
  int64_t changes = 0; ///< rows of events.csv when it was written
};

Status writeCheckpoint(const std::filesystem::path& path, const CheckpointFile& content);
/// Input error names the file and what is missing; a newer format is named as such.
Result<CheckpointFile> readCheckpoint(const std::filesystem::path& path);

} // namespace latent
