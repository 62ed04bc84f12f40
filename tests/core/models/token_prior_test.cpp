// The prior over tokens: what it may see, and that it learns a distribution that is known.
#include "core/models/token_prior.h"

#include "core/models/token_draw.h"
#include "core/models/torch_compat.h"

#include <gtest/gtest.h>

#include <cmath>

namespace latent {
namespace {

std::shared_ptr<TokenPrior> madePrior(const TokenPrior::Shape& shape) {
  auto prior = std::make_shared<TokenPrior>(shape, torch::kCPU);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  for (const auto& module : prior->modules()) {
    if (auto* layer = dynamic_cast<Layer*>(module.get())) layer->initialise(generator);
  }
  return prior;
}

torch::Tensor someTokens(int64_t n, const TokenPrior::Shape& shape, uint64_t seed) {
  at::Generator generator = compat::makeGenerator(torch::kCPU, seed);
  return torch::randint(0, shape.codes, {n, shape.rows, shape.columns}, generator,
                        torch::TensorOptions().dtype(torch::kInt64));
}

torch::Tensor drawn(const TokenPrior& prior, const TokenPrior::Shape& shape, int64_t n, double temperature,
                    uint64_t seed) {
  const auto logits = [&](const torch::Tensor& map, int64_t cell) { return prior.logitsAt(map, cell); };
  return drawTokenMaps(logits, shape.rows, shape.columns, 0, n, temperature, seed);
}

TEST(TokenPrior, ATokenDependsOnAllThatComeBeforeItAndOnNoOther) {
  // Enough layers to reach every place of the map: whatever has no influence is masked, not far away.
  for (const auto& [rows, columns] : {std::pair<int64_t, int64_t>{4, 5}, {1, 7}, {5, 1}}) {
    const TokenPrior::Shape shape{.codes = 3, .rows = rows, .columns = columns, .width = 6, .layers = 6};
    const auto prior = madePrior(shape);
    torch::NoGradGuard noGrad;
    const torch::Tensor tokens = someTokens(8, shape, 2);
    const torch::Tensor before = prior->logits(tokens);
    ASSERT_EQ(before.sizes(), (std::vector<int64_t>{8, 3, rows, columns}));
    const int64_t places = rows * columns;
    for (int64_t place = 0; place < places; ++place) {
      torch::Tensor changed = tokens.clone();
      torch::Tensor token = changed.select(1, place / columns).select(1, place % columns);
      token.copy_((token + 1) % 3);
      const torch::Tensor influence = (prior->logits(changed) - before).abs().amax({0, 1}).flatten();
      for (int64_t other = 0; other < places; ++other) {
        if (other <= place) {
          EXPECT_EQ(influence[other].item<float>(), 0) << place << " on " << other;
        } else {
          EXPECT_GT(influence[other].item<float>(), 0) << place << " on " << other;
        }
      }
    }
  }
}

TEST(TokenPrior, CrossEntropyIsTheMeanOfMinusLogP) {
  const TokenPrior::Shape shape{.codes = 4, .rows = 2, .columns = 3, .width = 4, .layers = 2};
  const auto prior = madePrior(shape);
  const torch::Tensor tokens = someTokens(5, shape, 3);
  const torch::Tensor p = torch::softmax(prior->logits(tokens), 1).gather(1, tokens.unsqueeze(1));
  EXPECT_NEAR(prior->crossEntropy(tokens).item<float>(), -p.log().mean().item<float>(), 1e-6);
}

TEST(TokenPrior, LearnsWhichTokenFollowsWhichAndDrawsIt) {
  // Each token is the one to its left plus one, the first of a row the one above it plus one; only the very
  // first is free: log(4) / 6 nats a token.
  const TokenPrior::Shape shape{.codes = 4, .rows = 2, .columns = 3, .width = 8, .layers = 2};
  const auto prior = madePrior(shape);
  const torch::Tensor pattern = torch::tensor({{0, 1, 2}, {1, 2, 3}}, torch::kInt64);
  const torch::Tensor maps = (torch::arange(4).view({4, 1, 1}) + pattern) % 4;
  torch::optim::Adam adam(prior->parameters(), 1e-2);
  for (int step = 0; step < 300; ++step) {
    adam.zero_grad();
    prior->crossEntropy(maps).backward();
    adam.step();
  }
  EXPECT_NEAR(prior->crossEntropy(maps).item<float>(), std::log(4.0) / 6, 0.01);

  const torch::Tensor sample = drawn(*prior, shape, 200, 1, 5);
  const torch::Tensor right = (sample.select(1, 0).select(1, 0).view({-1, 1, 1}) + pattern) % 4;
  EXPECT_GT(sample.eq(right).to(torch::kFloat32).mean().item<float>(), 0.98);
  const torch::Tensor first = sample.select(1, 0).select(1, 0);
  for (int64_t token = 0; token < 4; ++token) {
    EXPECT_NEAR(first.eq(token).sum().item<int64_t>(), 50, 25) << token; // four standard deviations
  }
}

TEST(TokenPrior, SamplesFollowSeedAndTemperature) {
  // More rows than a token depends on, so that only a part of the map is computed.
  const TokenPrior::Shape shape{.codes = 5, .rows = 6, .columns = 2, .width = 4, .layers = 2};
  const auto prior = madePrior(shape);
  const auto draw = [&](uint64_t seed, double temperature) {
    return drawn(*prior, shape, 20, temperature, seed);
  };
  EXPECT_TRUE(draw(1, 1).equal(draw(1, 1)));
  EXPECT_FALSE(draw(1, 1).equal(draw(2, 1)));
  // Cold: always the likeliest next token.
  const torch::Tensor cold = draw(1, 1e-6);
  EXPECT_TRUE(cold.equal(draw(2, 1e-6)));
  torch::NoGradGuard noGrad;
  EXPECT_TRUE(prior->logits(cold).argmax(1).equal(cold));
  // Hot: all alike.
  const torch::Tensor hot = draw(3, 1e6);
  for (int64_t token = 0; token < 5; ++token) {
    EXPECT_NEAR(hot.eq(token).sum().item<int64_t>(), 48, 25) << token;
  }
  EXPECT_THROW(draw(1, 0), std::logic_error);
  EXPECT_THROW(draw(1, std::nan("")), std::logic_error);
}

} // namespace
} // namespace latent
