// Optimisers over the flat tensors of a model.
#pragma once

#include "core/base/parameter.h"
#include "core/models/flat_model.h"

#include <string>
#include <vector>

namespace latent {

/// Adam, AdamW, Adagrad or SGD as optimiserSchema() describes them, with weight decay and a limit on the
/// gradient's norm.
class Optimiser {
 public:
  Optimiser(const Parameters& parameters, const FlatModel& model);

  /// Update number `step` (1 = the first) from model.gradients(), which are zero afterwards. CPU: one fused
  /// pass, one more each to measure and to shorten a gradient whose norm is limited.
  void update(FlatModel& model, double learningRate, int64_t step);

  /// The same by tensor operations on any device, for as long as `good` (0-dim, bool, on the device) is true:
  /// once it is false nothing changes any more. Nothing waits for the device.
  void updateWhile(const torch::Tensor& good, FlatModel& model, double learningRate, int64_t step);

  /// What it remembers of earlier gradients, by the name in a checkpoint: "adam.first".
  struct Moment {
    std::string name;
    torch::Tensor values; ///< [P]
  };
  const std::vector<Moment>& moments() const { return m_moments; }

 private:
  enum class Method { adam, adamw, adagrad, sgd };

  Method m_method;
  double m_momentum;
  double m_decay;
  double m_clip; ///< 0 = off
  std::vector<Moment> m_moments;
};

} // namespace latent
