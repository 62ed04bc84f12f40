#include "core/base/json.h"
#include "core/models/torch_compat.h"
#include "core/train/detail/adam_kernel.h"
#include "core/train/detail/optimiser.h"
#include "tests/core/fixtures/model_specs.h"

#include <gtest/gtest.h>

#include <fstream>
#include <limits>

namespace latent {
namespace {

using fixtures::tinySpec;

TEST(Adam, FollowsTheReferenceTrajectory) {
  const Json json =
      Json::parse(std::ifstream(LATENT_SOURCE_DIR "/tests/reference/objectives.json")).at("adam");
  auto p = json.at("p0").get<std::vector<double>>();
  std::vector<double> m(p.size()), v(p.size());
  int64_t step = 0;
  for (const Json& gradients : json.at("grads")) {
    auto g = gradients.get<std::vector<double>>();
    const auto expected = json.at("trajectory").at(static_cast<size_t>(step)).get<std::vector<double>>();
    ++step;
    adamStep(p.data(), g.data(), m.data(), v.data(), static_cast<int64_t>(p.size()),
             AdamUpdate(json.at("lr").get<double>(), step));
    for (size_t i = 0; i < p.size(); ++i) {
      EXPECT_NEAR(p[i], expected[i], 1e-9);
      EXPECT_EQ(g[i], 0);
    }
  }
}

TEST(Adam, FloatAgreesWithTheLibrarysOptimiser) {
  constexpr int64_t count = 1003; // not a multiple of any vector width
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  torch::Tensor library = torch::randn({count}, generator).requires_grad_(true);
  torch::Tensor own = library.detach().clone();
  torch::Tensor m = torch::zeros({count}), v = torch::zeros({count});
  torch::optim::Adam adam({library}, torch::optim::AdamOptions(1e-2));
  for (int64_t step = 1; step <= 50; ++step) {
    torch::Tensor g = torch::randn({count}, generator);
    library.mutable_grad() = g.clone();
    adam.step();
    adamStep(own.data_ptr<float>(), g.data_ptr<float>(), m.data_ptr<float>(), v.data_ptr<float>(), count,
             AdamUpdate(1e-2, step));
  }
  EXPECT_LT((own - library).abs().max().item<float>(), 1e-5);
}

TEST(Adam, TensorOperationsAgreeWithTheFusedPassAndStopWhenToldTo) {
  FlatModel fused(tinySpec("ae"), torch::kCPU, FlatModel::Gradients::flat);
  FlatModel masked(tinySpec("ae"), torch::kCPU, FlatModel::Gradients::flat);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  initialise(fused.model(), generator);
  generator.set_current_seed(1);
  initialise(masked.model(), generator);
  Adam a(fused), b(masked);
  const torch::Tensor good = torch::ones({}, torch::kBool);
  for (int64_t step = 1; step <= 20; ++step) {
    const torch::Tensor g = torch::empty_like(fused.gradients()).normal_(0, 1, generator);
    torch::Tensor first = fused.gradients(), second = masked.gradients();
    first.copy_(g);
    second.copy_(g);
    a.update(fused, 1e-2, step);
    b.updateWhile(good, masked, 1e-2, step);
  }
  EXPECT_LT((fused.values() - masked.values()).abs().max().item<float>(), 1e-5);

  const torch::Tensor values = masked.values().clone(), m = b.first().clone(), v = b.second().clone();
  torch::Tensor gradients = masked.gradients();
  gradients.fill_(std::numeric_limits<float>::quiet_NaN());
  b.updateWhile(torch::zeros({}, torch::kBool), masked, 1e-2, 21);
  EXPECT_TRUE(masked.values().equal(values));
  EXPECT_TRUE(b.first().equal(m));
  EXPECT_TRUE(b.second().equal(v));
  EXPECT_EQ(masked.gradients().abs().max().item<float>(), 0);
}

TEST(Adam, AllFiniteSeesEveryElement) {
  for (const size_t count : {1U, 16U, 37U}) {
    std::vector<float> values(count, 3e38F);
    EXPECT_TRUE(allFinite(values.data(), static_cast<int64_t>(count)));
    for (size_t i = 0; i < count; ++i) {
      for (const float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                              std::numeric_limits<float>::quiet_NaN()}) {
        std::vector<float> damaged = values;
        damaged[i] = bad;
        EXPECT_FALSE(allFinite(damaged.data(), static_cast<int64_t>(count))) << i;
      }
    }
  }
}

} // namespace
} // namespace latent
