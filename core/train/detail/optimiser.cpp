#include "core/train/detail/optimiser.h"

#include "core/train/detail/update_kernels.h"

#include <stdexcept>

namespace latent {

Optimiser::Optimiser(const Parameters& parameters, const FlatModel& model)
    : m_momentum(parameters.real("momentum")),
      m_decay(parameters.real("weight_decay")),
      m_clip(parameters.real("clip")) {
  const auto remember = [&](const char* name) {
    m_moments.push_back({name, torch::zeros_like(model.gradients())});
  };
  const std::string& method = parameters.choice("optimiser");
  if (method == "adam" || method == "adamw") {
    m_method = method == "adam" ? Method::adam : Method::adamw;
    remember("adam.first");
    remember("adam.second");
  } else if (method == "adagrad") {
    m_method = Method::adagrad;
    remember("adagrad.sum");
  } else if (method == "sgd") {
    m_method = Method::sgd;
    if (m_momentum > 0) remember("sgd.momentum");
  } else {
    throw std::logic_error("Optimiser: there is no '" + method + "'");
  }
}

void Optimiser::update(FlatModel& model, double learningRate, int64_t step) {
  auto* p = model.parameters().data_ptr<float>();
  auto* g = model.gradients().data_ptr<float>();
  const int64_t count = model.parameters().numel();
  const auto moment = [this](size_t i) { return m_moments[i].values.data_ptr<float>(); };
  if (m_clip > 0) clipNorm(g, count, m_clip);
  switch (m_method) {
  case Method::adam:
    return adamStep(p, g, moment(0), moment(1), count, {learningRate, step, Decay::added, m_decay});
  case Method::adamw:
    return adamStep(p, g, moment(0), moment(1), count, {learningRate, step, Decay::shrinking, m_decay});
  case Method::adagrad:
    return adagradStep(p, g, moment(0), count, {learningRate, m_decay});
  case Method::sgd:
    return sgdStep(p, g, m_moments.empty() ? nullptr : moment(0), count, {learningRate, m_momentum, m_decay});
  }
}

void Optimiser::updateWhile(const torch::Tensor& good, FlatModel& model, double learningRate, int64_t step) {
  torch::NoGradGuard noGrad;
  const torch::Tensor on = good.to(torch::kFloat32);
  const torch::Tensor& p = model.parameters();
  torch::Tensor g = model.gradients();
  if (m_clip > 0) g = g * (m_clip / (g.norm(at::Scalar(2), torch::kFloat64) + 1e-6)).clamp_max(1);
  if (m_decay > 0 && m_method != Method::adamw) g = g.add(p, m_decay);
  g = torch::where(good, g, torch::zeros({}, p.options())); // selected, not multiplied: NaN times zero is NaN
  switch (m_method) {
  case Method::adam:
  case Method::adamw: {
    torch::Tensor first = m_moments[0].values, second = m_moments[1].values;
    const AdamUpdate update(learningRate, step);
    first.mul_(1 - on * (1 - update.beta1)).add_(g * (1 - update.beta1));
    second.mul_(1 - on * (1 - update.beta2)).add_(g.square() * (1 - update.beta2));
    const torch::Tensor denominator = second.sqrt().div_(update.rootCorrection).add_(update.epsilon);
    if (m_decay > 0 && m_method == Method::adamw) p.mul_(1 - on * (learningRate * m_decay));
    p.sub_(first.div(denominator).mul_(on * update.stepSize));
    break;
  }
  case Method::adagrad: {
    torch::Tensor sum = m_moments[0].values.add_(g.square());
    p.sub_(g.div(sum.sqrt().add_(AdagradUpdate{}.epsilon)).mul_(learningRate));
    break;
  }
  case Method::sgd:
    if (m_moments.empty()) {
      p.sub_(g, learningRate);
    } else {
      torch::Tensor moved = m_moments[0].values;
      moved.mul_(1 - on * (1 - m_momentum)).add_(g);
      p.sub_(moved * (on * learningRate));
    }
    break;
  }
  model.gradients().zero_();
}

} // namespace latent
