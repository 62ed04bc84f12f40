#include "core/models/conv_layers.h"

#include "core/models/torch_compat.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

at::Generator seeded(uint64_t seed) {
  return compat::makeGenerator(torch::kCPU, seed);
}

torch::Tensor doubles(const std::vector<int64_t>& shape, uint64_t seed) {
  at::Generator generator = seeded(seed);
  return torch::randn(shape, generator, torch::kFloat64);
}

void fill(torch::nn::Module& module, uint64_t seed) {
  torch::NoGradGuard noGrad;
  at::Generator generator = seeded(seed);
  for (torch::Tensor& parameter : module.parameters()) parameter.normal_(0, 1, generator);
}

/// Values and gradients of `layer` are those of PyTorch's `reference` with the same weights.
template<class Layer, class Reference>
void expectSame(Layer& layer, Reference& reference, const torch::Tensor& input) {
  layer.to(torch::kFloat64);
  reference->to(torch::kFloat64);
  fill(layer, 3);
  const auto ours = layer.named_parameters();
  const auto theirs = reference->named_parameters();
  ASSERT_EQ(ours.size(), theirs.size());
  for (const auto& item : ours) {
    torch::NoGradGuard noGrad;
    ASSERT_TRUE(theirs.contains(item.key())) << item.key();
    ASSERT_EQ(theirs[item.key()].sizes(), item.value().sizes()) << item.key();
    theirs[item.key()].copy_(item.value());
  }
  const torch::Tensor x = input.clone().set_requires_grad(true);
  const torch::Tensor y = input.clone().set_requires_grad(true);
  const torch::Tensor found = layer.forward(x);
  const torch::Tensor expected = reference->forward(y);
  EXPECT_TRUE(found.allclose(expected, 1e-12, 1e-12));
  const torch::Tensor seed = torch::ones_like(expected).cumsum(-1);
  found.backward(seed);
  expected.backward(seed);
  EXPECT_TRUE(x.grad().allclose(y.grad(), 1e-12, 1e-12));
  for (const auto& item : ours)
    EXPECT_TRUE(item.value().grad().allclose(theirs[item.key()].grad(), 1e-12, 1e-12)) << item.key();
}

TEST(ConvLayers, ConvIsThatOfPyTorch) {
  Conv2d layer(3, 5, Kernel(4, 3), 2, 1, torch::kCPU);
  torch::nn::Conv2d reference(torch::nn::Conv2dOptions(3, 5, {4, 3}).stride(2).padding(1));
  expectSame(layer, reference, doubles({2, 3, 8, 9}, 1));
  EXPECT_EQ(layer.kind(), "Conv 4x3 /2");
}

TEST(ConvLayers, TransposedConvIsThatOfPyTorch) {
  ConvTranspose2d layer(3, 5, Kernel(4, 3), 2, 1, torch::kCPU);
  torch::nn::ConvTranspose2d reference(torch::nn::ConvTranspose2dOptions(3, 5, {4, 3}).stride(2).padding(1));
  expectSame(layer, reference, doubles({2, 3, 4, 5}, 1));
  EXPECT_EQ(layer.kind(), "Transposed conv 4x3 /2");
}

TEST(ConvLayers, GroupNormIsThatOfPyTorch) {
  GroupNorm layer(2, 6, torch::kCPU);
  torch::nn::GroupNorm reference(torch::nn::GroupNormOptions(2, 6));
  expectSame(layer, reference, doubles({3, 6, 4, 5}, 1));
}

/// The gradients of sum(forward(x) * seed) against central differences, in double precision.
void expectGradientsOfDifferences(ResidualBlock& block, const torch::Tensor& input) {
  const torch::Tensor seed = doubles(input.sizes().vec(), 5);
  const auto loss = [&](const torch::Tensor& x) { return (block.forward(x) * seed).sum(); };
  const torch::Tensor x = input.clone().set_requires_grad(true);
  std::vector<torch::Tensor> variables = block.parameters();
  variables.push_back(x);
  const auto gradients = torch::autograd::grad({loss(x)}, variables);
  torch::NoGradGuard noGrad;
  constexpr double h = 1e-5;
  for (size_t i = 0; i < variables.size(); ++i) {
    double* values = variables[i].data_ptr<double>();
    const torch::Tensor gradient = gradients[i].contiguous();
    for (int64_t k = 0; k < variables[i].numel(); ++k) {
      const double before = values[k];
      values[k] = before + h;
      const double above = loss(x).item<double>();
      values[k] = before - h;
      const double below = loss(x).item<double>();
      values[k] = before;
      EXPECT_NEAR(gradient.data_ptr<double>()[k], (above - below) / (2 * h), 1e-6) << i << " " << k;
    }
  }
}

TEST(ConvLayers, GradientsOfAResidualBlockAreDifferences) {
  for (const ResidualBlock::Shape shape : {ResidualBlock::Shape{.inner = 0, .groups = 2, .lastKernel = 3},
                                           ResidualBlock::Shape{.inner = 3, .groups = 0, .lastKernel = 1}}) {
    ResidualBlock block(4, shape, Activation::tanh, torch::kCPU);
    block.to(torch::kFloat64);
    fill(block, 7);
    expectGradientsOfDifferences(block, doubles({2, 4, 3, 4}, 2));
  }
}

TEST(ConvLayers, AResidualBlockAddsToWhatItIsGiven) {
  ResidualBlock block(8, {.inner = 0, .groups = 2, .lastKernel = 3}, Activation::relu, torch::kCPU);
  fill(block, 7);
  const auto named = block.named_parameters();
  std::vector<std::string> names;
  for (const auto& item : named) names.push_back(item.key());
  EXPECT_EQ(names, (std::vector<std::string>{"norm1.weight", "norm1.bias", "conv1.weight", "conv1.bias",
                                             "norm2.weight", "norm2.bias", "conv2.weight", "conv2.bias"}));
  const torch::Tensor x = doubles({2, 8, 5, 4}, 2).to(torch::kFloat32);
  torch::Tensor y = torch::relu(torch::group_norm(x, 2, named["norm1.weight"], named["norm1.bias"]));
  y = torch::conv2d(y, named["conv1.weight"], named["conv1.bias"], 1, 1);
  y = torch::relu(torch::group_norm(y, 2, named["norm2.weight"], named["norm2.bias"]));
  y = torch::conv2d(y, named["conv2.weight"], named["conv2.bias"], 1, 1);
  EXPECT_TRUE(block.forward(x).equal(x + y));

  torch::NoGradGuard noGrad;
  named["conv2.weight"].zero_();
  named["conv2.bias"].zero_();
  EXPECT_TRUE(block.forward(x).equal(x));
}

void expectUniform(const torch::Tensor& tensor, double bound) {
  EXPECT_LE(tensor.abs().max().item<double>(), bound);
  EXPECT_GT(tensor.abs().max().item<double>(), 0.95 * bound);
  // Standard deviation of U(-a, a) is a / sqrt(3).
  EXPECT_NEAR(tensor.std().item<double>(), bound / std::sqrt(3.0), 0.06 * bound);
}

TEST(ConvLayers, InitialisationIsUniformWithTheBoundsOfPyTorch) {
  at::Generator generator = seeded(5);
  Conv2d conv(20, 400, Kernel(4, 3), 2, 1, torch::kCPU);
  conv.initialise(generator);
  for (const torch::Tensor& tensor : conv.parameters()) expectUniform(tensor, 1 / std::sqrt(20.0 * 12));
  ConvTranspose2d transposed(20, 400, Kernel(4, 3), 2, 1, torch::kCPU);
  transposed.initialise(generator);
  for (const torch::Tensor& tensor : transposed.parameters())
    expectUniform(tensor, 1 / std::sqrt(400.0 * 12));

  // The same bound as the library's own layer draws from, found from many of its values.
  torch::manual_seed(1);
  torch::nn::ConvTranspose2d reference(torch::nn::ConvTranspose2dOptions(20, 400, {4, 3}));
  EXPECT_NEAR(reference->weight.abs().max().item<double>(),
              transposed.named_parameters()["weight"].abs().max().item<double>(), 1e-4);
}

TEST(ConvLayers, ANormBeginsAsTheIdentityOfNormedValuesAndDrawsNothing) {
  at::Generator generator = seeded(5);
  const torch::Tensor before = compat::generatorState(generator);
  GroupNorm norm(2, 8, torch::kCPU);
  norm.initialise(generator);
  EXPECT_TRUE(compat::generatorState(generator).equal(before));
  const torch::Tensor y = norm.forward(torch::arange(64, torch::kFloat32).reshape({1, 8, 2, 4}));
  EXPECT_NEAR(y.narrow(1, 0, 4).mean().item<double>(), 0, 1e-6);
  EXPECT_NEAR(y.narrow(1, 0, 4).square().mean().item<double>(), 1, 1e-4);
}

TEST(ConvLayers, GroupsDivideChannelsAndHoldAtLeastFour) {
  for (int64_t channels = 4; channels <= 200; ++channels) {
    const int64_t groups = normGroups(channels);
    EXPECT_EQ(channels % groups, 0);
    EXPECT_GE(channels / groups, 4);
    EXPECT_LE(groups, 8);
  }
  EXPECT_EQ(normGroups(64), 8);
  EXPECT_EQ(normGroups(24), 6);
  EXPECT_EQ(normGroups(7), 1);
}

} // namespace
} // namespace latent
