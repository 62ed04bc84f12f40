// Whether tensors from a file are those of a model: names, shapes and types, told all at once. No torch here.
#pragma once

#include "core/base/result.h"
#include "core/base/weights.h"

#include <string>
#include <vector>

namespace latent {

struct OfferedTensor {
  std::string name;
  std::vector<int64_t> shape;
  std::string type = "float32"; ///< for the message
  bool floating = true;         ///< can be converted to a weight
};

/// Input error unless each tensor of `wanted` is offered once, with its shape and as floats, and none is left
/// over. Its one sentence names up to ten that are missing, left over, of another shape or type, and how many
/// more.
Status checkTensors(const WeightLayout& wanted, const std::vector<OfferedTensor>& offered);

} // namespace latent
