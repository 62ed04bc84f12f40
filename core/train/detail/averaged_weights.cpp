#include "core/train/detail/averaged_weights.h"

#include "core/train/detail/update_kernels.h"

#include <algorithm>

namespace latent {

AveragedWeights::AveragedWeights(double decay, const FlatModel& model)
    : m_decay(decay), m_values(torch::empty_like(model.values())) {}

void AveragedWeights::begin(const FlatModel& model) {
  torch::NoGradGuard noGrad;
  m_values.copy_(model.values());
}

void AveragedWeights::follow(const FlatModel& model, int64_t step, const torch::Tensor& good) {
  torch::NoGradGuard noGrad;
  const auto n = static_cast<double>(step);
  const double decay = std::min(m_decay, (1 + n) / (10 + n));
  const torch::Tensor& p = model.parameters();
  if (good.defined()) {
    torch::Tensor average = m_values.narrow(0, 0, p.numel());
    average.add_((p - average).mul_(good.to(torch::kFloat32) * (1 - decay)));
  } else {
    averageStep(m_values.data_ptr<float>(), p.data_ptr<float>(), p.numel(), decay);
  }
  const int64_t buffers = m_values.numel() - p.numel();
  m_values.narrow(0, p.numel(), buffers).copy_(model.values().narrow(0, p.numel(), buffers));
}

} // namespace latent
