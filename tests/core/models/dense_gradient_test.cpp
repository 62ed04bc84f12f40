#include "core/models/layers.h"

#include "core/models/torch_compat.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

struct Filled {
  Dense layer{5, 3, torch::kCPU};
  torch::Tensor x = torch::arange(20, torch::kFloat32).reshape({4, 5}).div(10).set_requires_grad(true);
  torch::Tensor weight, bias;

  Filled() {
    at::Generator generator = compat::makeGenerator(torch::kCPU, 3);
    layer.initialise(generator);
    weight = layer.named_parameters()["weight"];
    bias = layer.named_parameters()["bias"];
  }
  torch::Tensor loss() { return torch::tanh(layer.forward(x)).square().sum(); }
  /// What autograd makes of the plain formula.
  torch::autograd::variable_list expected() {
    const torch::Tensor w = weight.detach().clone().set_requires_grad(true);
    const torch::Tensor b = bias.detach().clone().set_requires_grad(true);
    const torch::Tensor input = x.detach().clone().set_requires_grad(true);
    return torch::autograd::grad({torch::tanh(torch::addmm(b, input, w.t())).square().sum()}, {input, w, b});
  }
};

TEST(Dense, gradientsAreThoseOfTheFormula) {
  Filled f;
  const auto expected = f.expected();
  const auto found = torch::autograd::grad({f.loss()}, {f.x, f.weight, f.bias});
  for (size_t i = 0; i < 3; ++i) EXPECT_TRUE(torch::allclose(found[i], expected[i], 1e-6, 1e-7)) << i;
}

TEST(Dense, gradientsAddUpInTheBuffersThatAreThere) {
  Filled f;
  const auto expected = f.expected();
  torch::Tensor buffer = torch::ones({5 * 3 + 3});
  f.weight.mutable_grad() = buffer.narrow(0, 0, 15).view({3, 5});
  f.bias.mutable_grad() = buffer.narrow(0, 15, 3);
  f.loss().backward();
  f.loss().backward();
  EXPECT_TRUE(f.weight.grad().is_alias_of(buffer));
  EXPECT_TRUE(torch::allclose(f.weight.grad(), expected[1] * 2 + 1, 1e-6, 1e-6));
  EXPECT_TRUE(torch::allclose(f.bias.grad(), expected[2] * 2 + 1, 1e-6, 1e-6));
  EXPECT_TRUE(torch::allclose(f.x.grad(), expected[0] * 2, 1e-6, 1e-6));
}

} // namespace
} // namespace latent
