// Terms of objectives as NUMBERS.md writes them: sums over pixels and latents, in nats, one value an image.
// Generic in the element type; the reference tests run them in float64.
#pragma once

#include <torch/torch.h>

namespace latent {

/// z = mu + exp(logVar / 2) * eps, all [B, K]; eps ~ N(0, 1). Kingma & Welling 2013, section 2.4.
torch::Tensor reparameterise(const torch::Tensor& mu, const torch::Tensor& logVar, const torch::Tensor& eps);

/// KL(N(mu, sigma^2) || N(0, 1)) of each latent: 1/2 (mu^2 + sigma^2 - logVar - 1), [B, K] -> [B, K].
/// Kingma & Welling 2013, appendix B.
torch::Tensor klPerLatent(const torch::Tensor& mu, const torch::Tensor& logVar);

/// The same summed over latents: [B].
torch::Tensor kl(const torch::Tensor& mu, const torch::Tensor& logVar);

/// gamma |KL - C| of a mean KL, 0-dim. Burgess et al. 2018, eq. 8.
torch::Tensor capacityPressure(const torch::Tensor& meanKl, double gamma, double capacity);

/// -log p(x) under Bernoulli pixels with these logits, [B, D] -> [B]; for grey x in (0, 1) the cross-entropy.
/// Stable for any finite logit: softplus(l) - x l, with the gradient sigmoid(l) - x. No gradient reaches x.
torch::Tensor bernoulliNll(const torch::Tensor& logits, const torch::Tensor& x);

/// -log N(x; mean, sigma^2), [B, D] -> [B]; sigma > 0.
torch::Tensor gaussianNll(const torch::Tensor& mean, const torch::Tensor& x, double sigma);
/// The same with a learnt log sigma, [1].
torch::Tensor gaussianNll(const torch::Tensor& mean, const torch::Tensor& x, const torch::Tensor& logSigma);

} // namespace latent
