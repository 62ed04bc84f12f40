// What a training run reports while it runs.
#pragma once

#include <cstdint>
#include <string>

namespace latent {

/// One number of one curve. `batch`: mean over the updates since the previous `batch` row (every 10 updates);
/// `train`: mean over the images as seen during the epoch; `test`: the whole test split after it.
struct Metric {
  int64_t step = 0;
  double epoch = 0;   ///< passes over the training set done
  std::string split;  ///< "batch", "train", "test"
  std::string series; ///< "loss", "recon", "kl", "elbo" ...
  double value = 0;

  bool operator==(const Metric&) const = default;
};

} // namespace latent
