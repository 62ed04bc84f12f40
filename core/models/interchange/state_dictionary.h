// Weights as PyTorch keeps them: the bytes of a .pt file. No torch in this header.
#pragma once

#include "core/base/result.h"
#include "core/base/weights.h"

#include <cstddef>
#include <vector>

namespace latent {

/// The zip archive that torch.save(model.state_dict()) would write: a dictionary of float32 tensors by their
/// names, which torch.load reads also with weights_only=True. Work error if LibTorch cannot write it.
Result<std::vector<std::byte>> toStateDictionary(const Weights& weights);

} // namespace latent
