#include "core/models/layers.h"

#include <cmath>

namespace latent {

Dense::Dense(int64_t in, int64_t out, const torch::Device& device) {
  const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(device);
  m_weight = register_parameter("weight", torch::empty({out, in}, options));
  m_bias = register_parameter("bias", torch::empty({out}, options));
}

torch::Tensor Dense::forward(const torch::Tensor& x) const {
  return torch::addmm(m_bias, x, m_weight.t());
}

void Dense::initialise(at::Generator& generator) {
  torch::NoGradGuard noGrad;
  const double bound = 1 / std::sqrt(static_cast<double>(m_weight.size(1)));
  for (const torch::Tensor& tensor : {m_weight, m_bias}) {
    // Drawn where the generator lives, so that a seed means the same weights on every device.
    const auto options = tensor.options().device(generator.device()).requires_grad(false);
    tensor.copy_(torch::empty(tensor.sizes(), options).uniform_(-bound, bound, generator));
  }
}

Activation activationFromName(const std::string& name) {
  return name == "tanh" ? Activation::tanh : Activation::relu;
}

torch::Tensor activate(Activation activation, const torch::Tensor& x) {
  return activation == Activation::tanh ? torch::tanh(x) : torch::relu(x);
}

DenseStack::DenseStack(const std::vector<int64_t>& sizes, Activation activation, bool activateLast,
                       const torch::Device& device)
    : m_activation(activation), m_activateLast(activateLast) {
  for (size_t i = 0; i + 1 < sizes.size(); ++i) {
    auto layer = std::make_shared<Dense>(sizes[i], sizes[i + 1], device);
    m_layers.push_back(register_module(std::to_string(2 * i), layer));
  }
}

torch::Tensor DenseStack::forward(torch::Tensor x) const {
  for (size_t i = 0; i < m_layers.size(); ++i) {
    x = m_layers[i]->forward(x);
    if (m_activateLast || i + 1 < m_layers.size()) x = activate(m_activation, x);
  }
  return x;
}

} // namespace latent
