// The weights of a model at one step, as a plain value that may cross threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace latent {

/// One named tensor inside the flat array; PyTorch's names, a linear weight is [out, in].
struct WeightEntry {
  std::string name;
  std::vector<int64_t> shape;
  int64_t offset = 0; ///< first element in Weights::values

  int64_t count() const {
    int64_t n = 1;
    for (int64_t d : shape) n *= d;
    return n;
  }
  bool operator==(const WeightEntry&) const = default;
};

using WeightLayout = std::vector<WeightEntry>;

/// A snapshot: parameters and float buffers, flat. Shared as std::shared_ptr<const Weights>, never changed
/// after.
struct Weights {
  int64_t step = 0; ///< optimiser updates done; 0 = initial weights
  double epoch = 0; ///< passes over the training set done, fractional inside one
  std::shared_ptr<const WeightLayout> layout;
  std::vector<float> values;
};

} // namespace latent
