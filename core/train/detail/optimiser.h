// Adam over the flat tensors of a model.
#pragma once

#include "core/models/flat_model.h"

namespace latent {

class Adam {
 public:
  explicit Adam(const FlatModel& model);

  /// Update number `step` (1 = the first) from model.gradients(), which are zero afterwards. CPU: one fused
  /// pass.
  void update(FlatModel& model, double learningRate, int64_t step);

  /// The same by tensor operations on any device, for as long as `good` (0-dim, bool, on the device) is true:
  /// once it is false nothing changes any more. Nothing waits for the device.
  void updateWhile(const torch::Tensor& good, FlatModel& model, double learningRate, int64_t step);

  const torch::Tensor& first() const { return m_first; }   ///< m, [P]
  const torch::Tensor& second() const { return m_second; } ///< v, [P]

 private:
  torch::Tensor m_first;
  torch::Tensor m_second;
};

} // namespace latent
