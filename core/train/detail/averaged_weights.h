// A running average of the weights, for viewing and testing: calmer than the weights of any one step.
#pragma once

#include "core/models/flat_model.h"

namespace latent {

class AveragedWeights {
 public:
  /// 0 < decay < 1. values() are undefined until begin().
  AveragedWeights(double decay, const FlatModel& model);

  /// The average of a run that has done no step is its weights.
  void begin(const FlatModel& model);

  /// After update number `step` (1 = the first). Parameters: a <- a + (1 - d) (p - a) with d = min(decay, (1
  /// + step) / (10 + step)), so that the initial weights are soon forgotten. Float buffers are copied. Where
  /// `good` (0-dim bool on the device; undefined = true) is false the parameters' average stays.
  void follow(const FlatModel& model, int64_t step, const torch::Tensor& good);

  const torch::Tensor& values() const { return m_values; } ///< [P + F], as FlatModel::values()

 private:
  double m_decay;
  torch::Tensor m_values;
};

} // namespace latent
