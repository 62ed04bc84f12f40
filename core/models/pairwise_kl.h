// KL divergences between the posteriors of a batch, pair by pair: what MAE is made of (Ma, Zhou & Hovy 2019,
// section 3). Generic in the element type.
#pragma once

#include <torch/torch.h>

namespace latent {

/// Over the B (B - 1) ordered pairs i != j of KL_ijk = KL(q_i || q_j) in latent k. A batch of one image has
/// no pairs: all zero.
struct PairwiseKl {
  torch::Tensor meanPerLatent; ///< m_k, [K]
  torch::Tensor spread; ///< sample standard deviation of S_ij = sum_k KL_ijk, 0-dim; gradient 0 where it is 0
  torch::Tensor softplusSum; ///< mean over the pairs of sum_k softplus(-KL_ijk), 0-dim
};

/// mu, logVar: [B, K]. Memory: S [B, B] in float64 and, whatever K is, temporaries of kPairElements
/// (latent_ranges.h) or B^2 elements, the larger; gradients are computed the same way, so no tensor [B, B, K]
/// ever exists.
PairwiseKl pairwiseKl(const torch::Tensor& mu, const torch::Tensor& logVar);

} // namespace latent
