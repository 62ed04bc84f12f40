#include "core/models/elbo_decomposition.h"

#include "core/models/latent_ranges.h"

#include <cmath>
#include <numbers>

namespace latent {

namespace {

const double kLogTwoPi = std::log(2 * std::numbers::pi);

/// log q(z_ik | x_j) of some latents, [k, B (i), B (j)], and what its gradient needs.
struct Densities {
  torch::Tensor scaled; ///< (z_ik - mu_jk) / sigma_jk^2
  torch::Tensor square; ///< (z_ik - mu_jk)^2 / sigma_jk^2
  torch::Tensor log;

  Densities(const torch::Tensor& z, const torch::Tensor& mu, const torch::Tensor& logVar, int64_t first,
            int64_t count) {
    const auto rows = [&](const torch::Tensor& t) { return t.narrow(1, first, count).t(); };
    const torch::Tensor difference = rows(z).unsqueeze(2) - rows(mu).unsqueeze(1);
    const torch::Tensor v = rows(logVar).unsqueeze(1);
    scaled = difference * torch::exp(-v);
    square = difference * scaled;
    log = (square + v + kLogTwoPi) * -0.5;
  }
};

/// -> log q(z_i | x_j) [B, B] and log q(z_ik) [B, K]
class MixtureFunction : public torch::autograd::Function<MixtureFunction> {
 public:
  static torch::autograd::variable_list forward(torch::autograd::AutogradContext* context,
                                                const torch::Tensor& z, const torch::Tensor& mu,
                                                const torch::Tensor& logVar,
                                                const torch::Tensor& logWeights) {
    torch::Tensor joint = torch::zeros_like(logWeights);
    torch::Tensor marginal = torch::empty_like(z);
    forRangesOfLatents(z.size(0), z.size(1), [&](int64_t first, int64_t count) {
      const Densities d(z, mu, logVar, first, count);
      joint.add_(d.log.sum(0));
      marginal.narrow(1, first, count).copy_(torch::logsumexp(d.log + logWeights, 2).t());
    });
    context->save_for_backward({z, mu, logVar, logWeights, marginal});
    return {joint, marginal};
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    torch::NoGradGuard noGrad;
    const auto saved = context->get_saved_variables();
    const torch::Tensor &z = saved[0], &mu = saved[1], &logVar = saved[2], &logWeights = saved[3];
    const torch::Tensor& marginal = saved[4];
    torch::Tensor toZ = torch::empty_like(z), toMu = torch::empty_like(z), toLogVar = torch::empty_like(z);
    forRangesOfLatents(z.size(0), z.size(1), [&](int64_t first, int64_t count) {
      const Densities d(z, mu, logVar, first, count);
      const auto column = [&](const torch::Tensor& t) { return t.narrow(1, first, count).t().unsqueeze(2); };
      const torch::Tensor responsibility = torch::exp(d.log + logWeights - column(marginal));
      const torch::Tensor g = gradients[0] + column(gradients[1]) * responsibility;
      const torch::Tensor pull = g * d.scaled;
      toZ.narrow(1, first, count).copy_(pull.sum(2).neg().t());
      toMu.narrow(1, first, count).copy_(pull.sum(1).t());
      toLogVar.narrow(1, first, count).copy_((g * (d.square - 1)).sum(1).mul(0.5).t());
    });
    return {toZ, toMu, toLogVar, torch::Tensor()};
  }
};

} // namespace

torch::Tensor stratifiedLogWeights(int64_t batch, int64_t images, const torch::TensorOptions& options) {
  if (batch < 2) return torch::zeros({batch, batch}, options);
  const auto n = static_cast<double>(images), m = static_cast<double>(batch - 1);
  torch::Tensor weights = torch::full({batch, batch}, 1 / m, options);
  weights.fill_diagonal_(1 / n);
  // The entry after the diagonal; of the last row, the first.
  weights.diagonal(1).fill_((n - m) / (n * m));
  weights[batch - 1][0] = (n - m) / (n * m);
  return weights.log_();
}

ElboDecomposition elboDecomposition(const torch::Tensor& z, const torch::Tensor& mu,
                                    const torch::Tensor& logVar, const torch::Tensor& logWeights) {
  const torch::autograd::variable_list densities = MixtureFunction::apply(z, mu, logVar, logWeights);
  const torch::Tensor& joint = densities[0];
  const torch::Tensor logConditional = joint.diagonal();
  const torch::Tensor logAggregate = torch::logsumexp(joint + logWeights, 1);
  const torch::Tensor logMarginals = densities[1].sum(1);
  const torch::Tensor logPrior = (z.square() + kLogTwoPi).sum(1) * -0.5;
  return {(logConditional - logAggregate).mean(), (logAggregate - logMarginals).mean(),
          (logMarginals - logPrior).mean()};
}

} // namespace latent
