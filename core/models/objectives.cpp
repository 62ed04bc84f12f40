#include "core/models/objectives.h"

#include <cmath>
#include <numbers>

namespace latent {

namespace {

const double kHalfLogTwoPi = 0.5 * std::log(2 * std::numbers::pi);

/// Two transcendental passes instead of the five and more of binary_cross_entropy_with_logits and its
/// gradient.
class BernoulliNll : public torch::autograd::Function<BernoulliNll> {
 public:
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& logits,
                               const torch::Tensor& x) {
    context->save_for_backward({logits, x});
    // Past the threshold softplus is the identity: at 40 that is exact even in float64.
    return torch::softplus(logits, 1, 40).addcmul_(x, logits, -1).sum(1);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    return {torch::sigmoid(saved[0]).sub_(saved[1]).mul_(gradients[0].unsqueeze(1)), torch::Tensor()};
  }
};

} // namespace

torch::Tensor reparameterise(const torch::Tensor& mu, const torch::Tensor& logVar, const torch::Tensor& eps) {
  return torch::addcmul(mu, torch::exp(logVar * 0.5), eps);
}

torch::Tensor klPerLatent(const torch::Tensor& mu, const torch::Tensor& logVar) {
  return (mu.square() + logVar.exp() - logVar - 1) * 0.5;
}

torch::Tensor kl(const torch::Tensor& mu, const torch::Tensor& logVar) {
  return klPerLatent(mu, logVar).sum(1);
}

torch::Tensor capacityPressure(const torch::Tensor& meanKl, double gamma, double capacity) {
  return (meanKl - capacity).abs() * gamma;
}

torch::Tensor bernoulliNll(const torch::Tensor& logits, const torch::Tensor& x) {
  return BernoulliNll::apply(logits, x);
}

torch::Tensor gaussianNll(const torch::Tensor& mean, const torch::Tensor& x, double sigma) {
  return ((x - mean) / sigma).square().mul(0.5).add(std::log(sigma) + kHalfLogTwoPi).sum(1);
}

torch::Tensor gaussianNll(const torch::Tensor& mean, const torch::Tensor& x, const torch::Tensor& logSigma) {
  return ((x - mean) * torch::exp(-logSigma)).square().mul(0.5).add(logSigma + kHalfLogTwoPi).sum(1);
}

} // namespace latent
