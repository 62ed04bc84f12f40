// What a figure is made of: the weights of a run at one moment.
#pragma once

#include "core/run/run_folder.h"

#include <cstdint>
#include <optional>

namespace latent {

struct FigureSource {
  RunFolder run;
  std::optional<int64_t> step; ///< a kept snapshot, nothing = newest weights
};

} // namespace latent
