#include "core/models/sequence.h"

#include <utility>

namespace latent {

namespace {

int64_t elements(const std::vector<int64_t>& shape) {
  int64_t count = 1;
  for (const int64_t size : shape) count *= size;
  return count;
}

int64_t shrunk(int64_t size, int64_t kernel, int64_t stride, int64_t padding) {
  return (size + 2 * padding - kernel) / stride + 1;
}

int64_t grown(int64_t size, int64_t kernel, int64_t stride, int64_t padding) {
  return (size - 1) * stride - 2 * padding + kernel;
}

} // namespace

Sequence::Sequence(std::vector<int64_t> input, const torch::Device& device)
    : m_input(std::move(input)), m_device(device) {}

template<class Part>
void Sequence::add(std::shared_ptr<Part> part, std::string kind, std::vector<int64_t> shape) {
  register_module(std::to_string(m_steps.size()), part);
  m_steps.push_back(
      {std::move(kind), std::move(shape), [part](const torch::Tensor& x) { return part->forward(x); }});
}

void Sequence::linear(int64_t out) {
  add(std::make_shared<Dense>(shape().at(0), out, m_device), "Linear", {out});
}

void Sequence::conv(int64_t out, Kernel kernel, int64_t stride, int64_t padding) {
  const std::vector<int64_t>& from = shape();
  const std::vector<int64_t> to{out, shrunk(from.at(1), kernel.height, stride, padding),
                                shrunk(from.at(2), kernel.width, stride, padding)};
  auto layer = std::make_shared<Conv2d>(from.at(0), out, kernel, stride, padding, m_device);
  add(layer, layer->kind(), to);
}

void Sequence::convTranspose(int64_t out, Kernel kernel, int64_t stride, int64_t padding) {
  const std::vector<int64_t>& from = shape();
  const std::vector<int64_t> to{out, grown(from.at(1), kernel.height, stride, padding),
                                grown(from.at(2), kernel.width, stride, padding)};
  auto layer = std::make_shared<ConvTranspose2d>(from.at(0), out, kernel, stride, padding, m_device);
  add(layer, layer->kind(), to);
}

void Sequence::groupNorm() {
  const int64_t channels = shape().at(0);
  add(std::make_shared<GroupNorm>(normGroups(channels), channels, m_device), "Group norm", shape());
}

void Sequence::residual(const ResidualBlock::Shape& block, Activation activation) {
  add(std::make_shared<ResidualBlock>(shape().at(0), block, activation, m_device), "Residual block", shape());
}

void Sequence::activation(Activation activation) {
  m_steps.push_back(
      {"Activation", shape(), [activation](const torch::Tensor& x) { return activate(activation, x); }});
}

void Sequence::upsample(int64_t height, int64_t width) {
  m_steps.push_back({"Upsample", {shape().at(0), height, width}, [height, width](const torch::Tensor& x) {
                       return torch::upsample_nearest2d(x, {height, width});
                     }});
}

void Sequence::flatten() {
  m_steps.push_back({"Flatten", {elements(shape())}, [](const torch::Tensor& x) { return x.flatten(1); }});
}

void Sequence::unflatten(int64_t channels, int64_t height, int64_t width) {
  m_steps.push_back({"Unflatten", {channels, height, width}, [=](const torch::Tensor& x) {
                       return x.view({x.size(0), channels, height, width});
                     }});
}

torch::Tensor Sequence::forward(const torch::Tensor& input) const {
  torch::Tensor x = input;
  for (const Step& step : m_steps) x = step.run(x);
  return x;
}

} // namespace latent
