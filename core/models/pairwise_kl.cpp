#include "core/models/pairwise_kl.h"

#include "core/models/latent_ranges.h"

namespace latent {

namespace {

/// Quantities of some latents over all pairs, [k, B (i), B (j)]; the diagonal of `kl` is exactly zero.
struct Pairs {
  torch::Tensor difference;      ///< mu_i - mu_j
  torch::Tensor inverseVariance; ///< 1 / sigma_j^2, [k, 1, B]
  torch::Tensor ratio;           ///< sigma_i^2 / sigma_j^2
  torch::Tensor kl;

  Pairs(const torch::Tensor& mu, const torch::Tensor& logVar, int64_t first, int64_t count) {
    const torch::Tensor m = mu.narrow(1, first, count).t();
    const torch::Tensor v = logVar.narrow(1, first, count).t();
    const torch::Tensor logRatio = v.unsqueeze(2) - v.unsqueeze(1);
    difference = m.unsqueeze(2) - m.unsqueeze(1);
    inverseVariance = torch::exp(-v).unsqueeze(1);
    ratio = torch::exp(logRatio);
    kl = (ratio - 1 - logRatio + difference.square() * inverseVariance) * 0.5;
  }
};

class PairwiseKlFunction : public torch::autograd::Function<PairwiseKlFunction> {
 public:
  static torch::autograd::variable_list forward(torch::autograd::AutogradContext* context,
                                                const torch::Tensor& mu, const torch::Tensor& logVar) {
    const int64_t batch = mu.size(0), latents = mu.size(1);
    const auto pairs = static_cast<double>(batch * (batch - 1));
    const torch::Tensor offDiagonal = 1 - torch::eye(batch, mu.options());
    torch::Tensor mean = torch::empty({latents}, mu.options());
    torch::Tensor softplusSum = torch::zeros({}, mu.options().dtype(torch::kFloat64));
    // In float64: squares of large divergences pass the range of float32 long before their root does.
    torch::Tensor sums = torch::zeros({batch, batch}, mu.options().dtype(torch::kFloat64));
    forRangesOfLatents(batch, latents, [&](int64_t first, int64_t count) {
      const Pairs p(mu, logVar, first, count);
      mean.narrow(0, first, count).copy_(p.kl.sum({1, 2}) / pairs);
      sums.add_(p.kl.sum(0));
      softplusSum.add_((torch::softplus(-p.kl) * offDiagonal).sum());
    });
    const torch::Tensor deviation = (sums - sums.sum() / pairs) * offDiagonal;
    const torch::Tensor spread = (deviation.square().sum() / (pairs - 1)).sqrt();
    // d spread / d S_ij; zero where all S are equal, where the root has no derivative.
    const torch::Tensor slope =
        torch::where(spread > 0, deviation / (spread * (pairs - 1)), torch::zeros_like(deviation));
    context->save_for_backward({mu, logVar, slope.to(mu.scalar_type()), offDiagonal / pairs});
    return {mean, spread.to(mu.scalar_type()), (softplusSum / pairs).to(mu.scalar_type())};
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    torch::NoGradGuard noGrad;
    const auto saved = context->get_saved_variables();
    const torch::Tensor &mu = saved[0], &logVar = saved[1], &slope = saved[2], &share = saved[3];
    const torch::Tensor fromSpread = slope * gradients[1];
    torch::Tensor toMu = torch::empty_like(mu), toLogVar = torch::empty_like(logVar);
    forRangesOfLatents(mu.size(0), mu.size(1), [&](int64_t first, int64_t count) {
      const Pairs p(mu, logVar, first, count);
      const torch::Tensor toMean = gradients[0].narrow(0, first, count).view({count, 1, 1});
      // d / d KL_ijk of all three results
      const torch::Tensor g = fromSpread + share * (toMean - torch::sigmoid(-p.kl) * gradients[2]);
      const torch::Tensor pull = g * p.difference * p.inverseVariance;
      toMu.narrow(1, first, count).copy_((pull.sum(2) - pull.sum(1)).t());
      const torch::Tensor excess = g * (p.ratio - 1);
      toLogVar.narrow(1, first, count)
          .copy_(((excess.sum(2) - excess.sum(1) - (pull * p.difference).sum(1)) * 0.5).t());
    });
    return {toMu, toLogVar};
  }
};

} // namespace

PairwiseKl pairwiseKl(const torch::Tensor& mu, const torch::Tensor& logVar) {
  if (mu.size(0) < 2) {
    const torch::Tensor zero = torch::zeros({}, mu.options().requires_grad(false));
    return {torch::zeros({mu.size(1)}, mu.options().requires_grad(false)), zero, zero};
  }
  const torch::autograd::variable_list results = PairwiseKlFunction::apply(mu, logVar);
  return {results[0], results[1], results[2]};
}

} // namespace latent
