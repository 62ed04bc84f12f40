// Tensors as named arrays of a checkpoint and back, each checked for name, type and shape.
#pragma once

#include "core/base/array.h"
#include "core/base/weights.h"
#include "core/train/detail/checkpoint_error.h"

#include <torch/torch.h>

#include <string>

namespace latent {

/// float32, int64 or uint8, any device.
Array toArray(const torch::Tensor& tensor);

/// On the CPU. Throws CheckpointError if the name is missing or the type another.
torch::Tensor fromArray(const NamedArrays& arrays, const std::string& name, torch::ScalarType type);

/// The pieces of `flat` named by the layout (entries past its end are left out: moments have no buffers).
void appendNamed(NamedArrays& arrays, const std::string& prefix, const WeightLayout& layout,
                 const torch::Tensor& flat);

/// The reverse, into `flat`. Throws CheckpointError on a missing name or another type or shape.
void copyNamed(const NamedArrays& arrays, const std::string& prefix, const WeightLayout& layout,
               const torch::Tensor& flat);

} // namespace latent
