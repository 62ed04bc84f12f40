#include "core/models/layers.h"

#include <cmath>
#include <stdexcept>

namespace latent {

namespace {

/// Puts a gradient where it belongs: straight into the flat buffer where there is one (`accumulate` adds to
/// it), which saves autograd's temporary of the weight's size and the pass that adds it; else hands it to
/// autograd.
template<class Accumulate, class Compute>
torch::Tensor deliver(const torch::Tensor& parameter, Accumulate&& accumulate, Compute&& compute) {
  torch::Tensor gradient = parameter.grad();
  if (!gradient.defined()) return compute();
  accumulate(gradient);
  return {};
}

/// x W' + b. W: [out, in]. Where the parameters have gradient tensors already, backward adds to those and
/// gives autograd none, so torch::autograd::grad with respect to them needs parameters without.
class Affine : public torch::autograd::Function<Affine> {
 public:
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                               const torch::Tensor& weight, const torch::Tensor& bias) {
    context->save_for_backward({x, weight, bias});
    return torch::addmm(bias, x, weight.t());
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const torch::Tensor &x = saved[0], &weight = saved[1], &bias = saved[2], &g = gradients[0];
    torch::NoGradGuard noGrad;
    torch::Tensor toInput = context->needs_input_grad(0) ? g.mm(weight) : torch::Tensor();
    torch::Tensor toWeight = deliver(
        weight, [&](torch::Tensor& into) { into.addmm_(g.t(), x); }, [&] { return g.t().mm(x); });
    torch::Tensor toBias = deliver(
        bias, [&](torch::Tensor& into) { into.add_(g.sum(0)); }, [&] { return g.sum(0); });
    return {toInput, toWeight, toBias};
  }
};

} // namespace

void drawUniform(const torch::Tensor& tensor, double bound, at::Generator& generator) {
  torch::NoGradGuard noGrad;
  const auto options = tensor.options().device(generator.device()).requires_grad(false);
  tensor.copy_(torch::empty(tensor.sizes(), options).uniform_(-bound, bound, generator));
}

Dense::Dense(int64_t in, int64_t out, const torch::Device& device) {
  const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(device);
  m_weight = register_parameter("weight", torch::empty({out, in}, options));
  m_bias = register_parameter("bias", torch::empty({out}, options));
}

torch::Tensor Dense::forward(const torch::Tensor& x) const {
  return Affine::apply(x, m_weight, m_bias);
}

void Dense::initialise(at::Generator& generator) {
  const double bound = 1 / std::sqrt(static_cast<double>(m_weight.size(1)));
  drawUniform(m_weight, bound, generator);
  drawUniform(m_bias, bound, generator);
}

Activation activationFromName(const std::string& name) {
  if (name == "relu") return Activation::relu;
  if (name == "tanh") return Activation::tanh;
  if (name == "elu") return Activation::elu;
  if (name == "leaky_relu") return Activation::leakyRelu;
  throw std::logic_error("activationFromName: there is no activation '" + name + "'");
}

torch::Tensor activate(Activation activation, const torch::Tensor& x) {
  switch (activation) {
  case Activation::relu:
    return torch::relu(x);
  case Activation::tanh:
    return torch::tanh(x);
  case Activation::elu:
    return torch::elu(x);
  case Activation::leakyRelu:
    return torch::leaky_relu(x, 0.01);
  }
  throw std::logic_error("activate: unknown activation");
}

DenseStack::DenseStack(const std::vector<int64_t>& sizes, Activation activation, bool activateLast,
                       const torch::Device& device)
    : m_activation(activation), m_activateLast(activateLast) {
  for (size_t i = 0; i + 1 < sizes.size(); ++i) {
    auto layer = std::make_shared<Dense>(sizes[i], sizes[i + 1], device);
    m_layers.push_back(register_module(std::to_string(2 * i), layer));
  }
}

torch::Tensor DenseStack::forward(const torch::Tensor& images) const {
  torch::Tensor x = images.flatten(1);
  for (size_t i = 0; i < m_layers.size(); ++i) {
    x = m_layers[i]->forward(x);
    if (m_activateLast || i + 1 < m_layers.size()) x = activate(m_activation, x);
  }
  return x;
}

} // namespace latent
