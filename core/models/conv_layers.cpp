#include "core/models/conv_layers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace latent {

namespace {

constexpr int64_t kMostGroups = 8;
constexpr int64_t kLeastInGroup = 4; // a group of one value is 0 whatever the value
constexpr double kNormEpsilon = 1e-5;

torch::TensorOptions floatsOn(const torch::Device& device) {
  return torch::TensorOptions().dtype(torch::kFloat32).device(device);
}

/// PyTorch's bound of a convolution, kaiming_uniform(a = sqrt 5) with the fan-in that it reads off dimension
/// 1 of the weight, transposed or not.
double convolutionBound(const torch::Tensor& weight) {
  return 1 / std::sqrt(static_cast<double>(weight[0].numel()));
}

/// The transposed convolution as what it is, a convolution's gradient: computed so, the library takes its
/// quick convolutions forward and back, which LibTorch 1.13's conv_transpose2d does not on a CPU (13 ms
/// against 23 for [100, 64, 7, 7] -> [100, 32, 14, 14]).
class TransposedConvolution : public torch::autograd::Function<TransposedConvolution> {
 public:
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                               const torch::Tensor& weight, const torch::Tensor& bias, int64_t stride,
                               int64_t padding) {
    context->save_for_backward({x, weight});
    context->saved_data["stride"] = stride;
    context->saved_data["padding"] = padding;
    const auto size = [&](int64_t dimension) {
      return (x.size(dimension) - 1) * stride - 2 * padding + weight.size(dimension);
    };
    // Only the shape of the convolution's input matters for the gradient of that input.
    const torch::Tensor input = torch::empty({x.size(0), weight.size(1), size(2), size(3)}, x.options());
    return gradients(x, input, weight, stride, padding, {true, false, false})[0].add_(
        bias.view({1, -1, 1, 1}));
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list outputs) {
    const auto saved = context->get_saved_variables();
    const torch::Tensor &x = saved[0], &weight = saved[1], &g = outputs[0];
    const int64_t stride = context->saved_data["stride"].toInt();
    const int64_t padding = context->saved_data["padding"].toInt();
    torch::NoGradGuard noGrad;
    torch::Tensor toInput;
    if (context->needs_input_grad(0)) toInput = torch::conv2d(g, weight, {}, stride, padding);
    torch::Tensor toWeight, toBias;
    if (context->needs_input_grad(1))
      toWeight = gradients(x, g, weight, stride, padding, {false, true, false})[1];
    if (context->needs_input_grad(2)) toBias = g.sum(at::IntArrayRef({0, 2, 3}));
    return {toInput, toWeight, toBias, torch::Tensor(), torch::Tensor()};
  }

 private:
  /// With respect to input and weight of the convolution that is being transposed, as asked for.
  static std::array<torch::Tensor, 2> gradients(const torch::Tensor& g, const torch::Tensor& input,
                                                const torch::Tensor& weight, int64_t stride, int64_t padding,
                                                std::array<bool, 3> wanted) {
    auto result = at::convolution_backward(g, input, weight, c10::nullopt, {stride, stride},
                                           {padding, padding}, /*dilation=*/{1, 1}, /*transposed=*/false,
                                           /*output_padding=*/{0, 0}, /*groups=*/1, wanted);
    return {std::get<0>(result), std::get<1>(result)};
  }
};

std::string kindText(const std::string& name, const torch::Tensor& weight, int64_t stride) {
  std::string text = name + " " + std::to_string(weight.size(2)) + "x" + std::to_string(weight.size(3));
  if (stride > 1) text += " /" + std::to_string(stride);
  return text;
}

} // namespace

Conv2d::Conv2d(int64_t in, int64_t out, Kernel kernel, int64_t stride, int64_t padding,
               const torch::Device& device)
    : m_stride(stride), m_padding(padding) {
  m_weight =
      register_parameter("weight", torch::empty({out, in, kernel.height, kernel.width}, floatsOn(device)));
  m_bias = register_parameter("bias", torch::empty({out}, floatsOn(device)));
}

std::string Conv2d::kind() const {
  return kindText("Conv", m_weight, m_stride);
}

torch::Tensor Conv2d::forward(const torch::Tensor& x) const {
  return torch::conv2d(x, m_weight, m_bias, m_stride, m_padding);
}

void Conv2d::initialise(at::Generator& generator) {
  const double bound = convolutionBound(m_weight);
  drawUniform(m_weight, bound, generator);
  drawUniform(m_bias, bound, generator);
}

ConvTranspose2d::ConvTranspose2d(int64_t in, int64_t out, Kernel kernel, int64_t stride, int64_t padding,
                                 const torch::Device& device)
    : m_stride(stride), m_padding(padding) {
  m_weight =
      register_parameter("weight", torch::empty({in, out, kernel.height, kernel.width}, floatsOn(device)));
  m_bias = register_parameter("bias", torch::empty({out}, floatsOn(device)));
}

std::string ConvTranspose2d::kind() const {
  return kindText("Transposed conv", m_weight, m_stride);
}

torch::Tensor ConvTranspose2d::forward(const torch::Tensor& x) const {
  return TransposedConvolution::apply(x, m_weight, m_bias, m_stride, m_padding);
}

void ConvTranspose2d::initialise(at::Generator& generator) {
  const double bound = convolutionBound(m_weight);
  drawUniform(m_weight, bound, generator);
  drawUniform(m_bias, bound, generator);
}

GroupNorm::GroupNorm(int64_t groups, int64_t channels, const torch::Device& device) : m_groups(groups) {
  m_weight = register_parameter("weight", torch::empty({channels}, floatsOn(device)));
  m_bias = register_parameter("bias", torch::empty({channels}, floatsOn(device)));
}

torch::Tensor GroupNorm::forward(const torch::Tensor& x) const {
  return torch::group_norm(x, m_groups, m_weight, m_bias, kNormEpsilon);
}

void GroupNorm::initialise(at::Generator& /*generator*/) {
  torch::NoGradGuard noGrad;
  m_weight.fill_(1);
  m_bias.zero_();
}

int64_t normGroups(int64_t channels) {
  int64_t groups = std::clamp<int64_t>(channels / kLeastInGroup, 1, kMostGroups);
  while (channels % groups != 0) --groups;
  return groups;
}

ResidualBlock::ResidualBlock(int64_t channels, const Shape& shape, Activation activation,
                             const torch::Device& device)
    : m_activation(activation) {
  const int64_t inner = shape.inner > 0 ? shape.inner : channels;
  if (shape.groups > 0)
    m_norm1 = register_module("norm1", std::make_shared<GroupNorm>(shape.groups, channels, device));
  m_conv1 = register_module("conv1", std::make_shared<Conv2d>(channels, inner, 3, 1, 1, device));
  if (shape.groups > 0)
    m_norm2 = register_module("norm2", std::make_shared<GroupNorm>(shape.groups, inner, device));
  m_conv2 = register_module("conv2", std::make_shared<Conv2d>(inner, channels, shape.lastKernel, 1,
                                                              (shape.lastKernel - 1) / 2, device));
}

torch::Tensor ResidualBlock::forward(const torch::Tensor& x) const {
  torch::Tensor y = activate(m_activation, m_norm1 ? m_norm1->forward(x) : x);
  y = m_conv1->forward(y);
  y = activate(m_activation, m_norm2 ? m_norm2->forward(y) : y);
  return x + m_conv2->forward(y);
}

} // namespace latent
