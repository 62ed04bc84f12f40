#include "core/models/layers.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

TEST(Layers, InitialisationIsUniformWithTheBoundOfPyTorch) {
  at::Generator generator = at::detail::createCPUGenerator(5);
  Dense layer(400, 300, torch::kCPU);
  layer.initialise(generator);
  const double bound = 1 / std::sqrt(400.0);
  for (const torch::Tensor& tensor : layer.parameters()) {
    EXPECT_LE(tensor.abs().max().item<double>(), bound);
    EXPECT_GT(tensor.abs().max().item<double>(), 0.95 * bound);
    // Standard deviation of U(-a, a) is a / sqrt(3).
    EXPECT_NEAR(tensor.std().item<double>(), bound / std::sqrt(3.0), 0.06 * bound);
  }
}

TEST(Layers, DenseIsAnAffineMap) {
  Dense layer(3, 2, torch::kCPU);
  torch::NoGradGuard noGrad;
  const auto named = layer.named_parameters();
  named["weight"].copy_(torch::tensor({{1.0F, 2.0F, 3.0F}, {-1.0F, 0.0F, 1.0F}}));
  named["bias"].copy_(torch::tensor({10.0F, 20.0F}));
  const torch::Tensor y = layer.forward(torch::tensor({{1.0F, 1.0F, 2.0F}}));
  EXPECT_TRUE(y.equal(torch::tensor({{19.0F, 21.0F}})));
}

TEST(Layers, GradientsAreThoseOfTheLibrarysLinear) {
  at::Generator generator = at::detail::createCPUGenerator(7);
  Dense layer(6, 5, torch::kCPU);
  layer.initialise(generator);
  const torch::Tensor x = torch::randn({4, 6}, generator).requires_grad_(true);
  const torch::Tensor seed = torch::randn({4, 5}, generator);
  const auto named = layer.named_parameters();
  const torch::Tensor weight = named["weight"].detach().clone().requires_grad_(true);
  const torch::Tensor bias = named["bias"].detach().clone().requires_grad_(true);
  const torch::Tensor y = x.detach().clone().requires_grad_(true);

  layer.forward(x).backward(seed);
  torch::linear(y, weight, bias).backward(seed);
  EXPECT_TRUE(named["weight"].grad().allclose(weight.grad(), 1e-5, 1e-6));
  EXPECT_TRUE(named["bias"].grad().allclose(bias.grad(), 1e-5, 1e-6));
  EXPECT_TRUE(x.grad().allclose(y.grad(), 1e-5, 1e-6));
}

TEST(Layers, StackCountsActivationsInItsNames) {
  const DenseStack stack({4, 3, 2}, Activation::tanh, true, torch::kCPU);
  const auto named = stack.named_parameters();
  ASSERT_EQ(named.size(), 4U);
  EXPECT_EQ(named[0].key(), "0.weight");
  EXPECT_EQ(named[2].key(), "2.weight");
}

TEST(Layers, StackActivatesBetweenAndIfAskedAtTheEnd) {
  for (const bool last : {false, true}) {
    DenseStack stack({1, 1, 1}, Activation::relu, last, torch::kCPU);
    torch::NoGradGuard noGrad;
    for (torch::Tensor& parameter : stack.parameters()) parameter.zero_();
    const auto named = stack.named_parameters();
    named["0.bias"].fill_(-1); // cut off by the activation between
    named["2.weight"].fill_(5);
    named["2.bias"].fill_(-3);
    EXPECT_EQ(stack.forward(torch::zeros({1, 1})).item<float>(), last ? 0 : -3);
  }
}

} // namespace
} // namespace latent
