// p(x|z): what the decoder's raw values mean, and what an image costs under them.
#pragma once

#include "core/base/model_spec.h"
#include "core/models/layers.h"

namespace latent {

/// `bernoulli`: raw values are logits; grey pixels cost their cross-entropy. `gaussian`: raw values are
/// means, one standard deviation for all pixels, fixed (`sigma`). `gaussian_learned`: the same with sigma a
/// parameter of the model, log_sigma [1], which counts as -6 where it is less.
class Likelihood : public Layer {
 public:
  Likelihood(const ModelSpec& spec, const torch::Device& device);

  /// raw, x: [B, D] -> -log p(x) in nats, [B]
  torch::Tensor nll(const torch::Tensor& raw, const torch::Tensor& x) const;

  /// raw [B, D] -> E[x], images [B, C, H, W] limited to [0, 1]
  torch::Tensor mean(const torch::Tensor& raw) const;

  /// log_sigma starts at log(`sigma`).
  void initialise(at::Generator& generator) override;

 private:
  enum class Kind { bernoulli, gaussian, gaussianLearned };
  Kind m_kind;
  ImageShape m_shape;
  double m_sigma;
  torch::Tensor m_logSigma; ///< [1], only of gaussianLearned
};

} // namespace latent
