// Weights from PyTorch as a run to look at, and the weights of a run for PyTorch.
#pragma once

#include "core/base/result.h"
#include "core/base/run_config.h"
#include "core/data/dataset.h"
#include "core/run/run_folder.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace latent {

struct ImportReport {
  std::filesystem::path folder;
  int64_t step = 0; ///< that the file tells, else 0
  int64_t tensors = 0;
  int64_t values = 0;
  std::vector<std::string> notes; ///< sentences: what was converted, dropped or unwrapped
};

/// Makes a finished run of a safetensors file or a state dictionary that torch.save wrote (StateFile). The
/// model is config's family and parameters for images of `data`. Nothing is written before every name, shape
/// and type was found to fit (input error that names up to ten that do not) and `out` to be free (usage
/// error).
Result<ImportReport> importWeights(const std::filesystem::path& file, const RunConfig& config,
                                   const Dataset& data, const std::filesystem::path& out);

/// Writes a kept snapshot, or the newest weights, with PyTorch's names to FILE.safetensors or FILE.pt (a
/// state dictionary), atomically; of a TorchScript run its archive to FILE.pt. Usage error for other endings.
Status exportWeights(const RunFolder& run, std::optional<int64_t> step, const std::filesystem::path& file);

} // namespace latent
