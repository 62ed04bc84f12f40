#include "core/models/likelihood.h"

#include "core/models/objectives.h"

#include <cmath>
#include <stdexcept>

namespace latent {

namespace {

constexpr double kLeastLogSigma = -6; // below 1/255 a constant pixel would earn without end

} // namespace

Likelihood::Likelihood(const ModelSpec& spec, const torch::Device& device)
    : m_shape(spec.shape), m_sigma(spec.parameters.real("sigma")) {
  const std::string& name = spec.parameters.choice("likelihood");
  if (name == "bernoulli") {
    m_kind = Kind::bernoulli;
  } else if (name == "gaussian") {
    m_kind = Kind::gaussian;
  } else if (name == "gaussian_learned") {
    m_kind = Kind::gaussianLearned;
    m_logSigma = register_parameter("log_sigma", torch::empty({1}, torch::TensorOptions().device(device)));
  } else {
    throw std::logic_error("Likelihood: there is no likelihood '" + name + "'");
  }
}

torch::Tensor Likelihood::nll(const torch::Tensor& raw, const torch::Tensor& x) const {
  switch (m_kind) {
  case Kind::bernoulli:
    return bernoulliNll(raw, x);
  case Kind::gaussian:
    return gaussianNll(raw, x, m_sigma);
  case Kind::gaussianLearned:
    return gaussianNll(raw, x, m_logSigma.clamp_min(kLeastLogSigma));
  }
  throw std::logic_error("Likelihood::nll: unknown kind");
}

torch::Tensor Likelihood::mean(const torch::Tensor& raw) const {
  const torch::Tensor flat = m_kind == Kind::bernoulli ? torch::sigmoid(raw) : raw.clamp(0, 1);
  return flat.view({raw.size(0), m_shape.channels, m_shape.height, m_shape.width});
}

void Likelihood::initialise(at::Generator&) {
  torch::NoGradGuard noGrad;
  if (m_logSigma.defined()) m_logSigma.fill_(std::log(m_sigma));
}

} // namespace latent
