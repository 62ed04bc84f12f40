#include "core/train/detail/optimiser.h"

#include "core/train/detail/adam_kernel.h"

namespace latent {

Adam::Adam(const FlatModel& model)
    : m_first(torch::zeros_like(model.gradients())), m_second(torch::zeros_like(model.gradients())) {}

void Adam::update(FlatModel& model, double learningRate, int64_t step) {
  adamStep(model.parameters().data_ptr<float>(), model.gradients().data_ptr<float>(),
           m_first.data_ptr<float>(), m_second.data_ptr<float>(), model.parameters().numel(),
           AdamUpdate(learningRate, step));
}

void Adam::updateWhile(const torch::Tensor& good, FlatModel& model, double learningRate, int64_t step) {
  torch::NoGradGuard noGrad;
  const AdamUpdate update(learningRate, step);
  const torch::Tensor on = good.to(torch::kFloat32);
  torch::Tensor p = model.parameters();
  // Selected, not multiplied: NaN times zero is NaN.
  const torch::Tensor g = torch::where(good, model.gradients(), torch::zeros({}, p.options()));
  m_first.mul_(1 - on * (1 - update.beta1)).add_(g * (1 - update.beta1));
  m_second.mul_(1 - on * (1 - update.beta2)).add_(g.square() * (1 - update.beta2));
  const torch::Tensor denominator = m_second.sqrt().div_(update.rootCorrection).add_(update.epsilon);
  p.sub_(m_first.div(denominator).mul_(on * update.stepSize));
  model.gradients().zero_();
}

} // namespace latent
