// The KL term of the ELBO taken apart (Chen et al. 2018, eq. 2): index-code mutual information, total
// correlation, dimension-wise KL. Generic in the element type.
#pragma once

#include <torch/torch.h>

namespace latent {

/// log W_ij, [B, B]: weights with which the posteriors of a batch stand for the aggregate posterior of N
/// images, minibatch-stratified (Chen et al. 2018, appendix C.2). With M = B - 1: W_ii = 1/N, one other entry
/// of each row, W_i,i+1 = (N - M) / (N M), the rest 1/M; rows sum to 1. B <= N; a batch of one has weight 1.
torch::Tensor stratifiedLogWeights(int64_t batch, int64_t images, const torch::TensorOptions& options);

/// Means over the batch, 0-dim, in nats; each may be negative, being estimated from samples.
struct ElboDecomposition {
  torch::Tensor mutualInformation; ///< E[log q(z|x) - log q(z)]
  torch::Tensor totalCorrelation;  ///< E[log q(z) - sum_k log q(z_k)]
  torch::Tensor dimensionwiseKl;   ///< E[sum_k log q(z_k) - log p(z)]
};

/// z, mu, logVar: [B, K], z_i drawn from q(z|x_i). log q(z_i) = logsumexp_j (log W_ij + log q(z_i|x_j)), and
/// so for each dimension. No tensor [B, B, K] is ever held, neither for the gradient.
ElboDecomposition elboDecomposition(const torch::Tensor& z, const torch::Tensor& mu,
                                    const torch::Tensor& logVar, const torch::Tensor& logWeights);

} // namespace latent
