// The strongest exact test of the ELBO: the bound of a linear Gaussian VAE is tight, and its optimum is known
// in closed form (Dai et al. 2018, section 3; Lucas, Tucker, Grosse and Norouzi 2019, "Don't blame the
// ELBO!").
#include "core/models/evaluation.h"
#include "tests/core/train/recording_listener.h"
#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

using fixtures::RecordingListener;
using fixtures::tinySpec;

constexpr ImageShape shape{1, 6, 6};

/// x = 0.5 + W z + noise of standard deviation 0.1, z ~ N(0, I) of two directions of unequal length.
std::shared_ptr<const Dataset> gaussianImages(int64_t count) {
  Random random(5);
  std::vector<double> w;
  for (int64_t j = 0; j < 2 * shape.pixels(); ++j) w.push_back((j % 2 == 0 ? 0.08 : 0.06) * random.normal());
  std::vector<uint8_t> pixels;
  for (int64_t i = 0; i < count; ++i) {
    const double a = random.normal(), b = random.normal();
    for (int64_t d = 0; d < shape.pixels(); ++d) {
      const auto at = static_cast<size_t>(2 * d);
      const double value = 0.5 + w[at] * a + w[at + 1] * b + 0.1 * random.normal();
      pixels.push_back(static_cast<uint8_t>(std::lround(255 * std::clamp(value, 0.0, 1.0))));
    }
  }
  auto dataset = std::make_shared<Dataset>();
  dataset->id = dataset->name = "gaussian";
  dataset->shape = shape;
  dataset->train = std::make_shared<fixtures::VectorSplit>(
      shape, std::move(pixels), std::vector<int64_t>(static_cast<size_t>(count), 0));
  dataset->test = dataset->train;
  return dataset;
}

Weights trained(const TrainerConfig& config, const std::shared_ptr<const Dataset>& data) {
  RecordingListener listener;
  Trainer trainer(config, data, &listener);
  trainer.start();
  EXPECT_EQ(trainer.wait(), TrainerState::finished) << trainer.progress().message;
  return listener.kept.back();
}

TEST(LinearVae, ReachesTheLikelihoodOfProbabilisticPca) {
  const auto data = gaussianImages(2000);
  TrainerConfig exact;
  exact.model = tinySpec("ppca", {}, shape);
  const Weights solution = trained(exact, data);
  const double nll = evaluateSplit(exact.model, solution, *data->train, 1)->at("loss");

  TrainerConfig linear;
  Parameters changes;
  changes.set("hidden", std::vector<int64_t>{});
  changes.set("likelihood", std::string("gaussian_learned"));
  changes.set("sigma", 0.2);
  changes.set("batch", int64_t{100});
  changes.set("learning_rate", 0.01);
  changes.set("schedule", std::string("cosine"));
  linear.model = tinySpec("vae", std::move(changes), shape);
  linear.epochs = 300;
  const Weights weights = trained(linear, data);
  double bound = 0; // over several draws of the noise: one alone strays by 0.1 nats
  constexpr int draws = 25;
  for (uint64_t seed = 1; seed <= draws; ++seed)
    bound -= evaluateSplit(linear.model, weights, *data->train, seed)->at("elbo") / draws;

  EXPECT_LT(nll, -20); // far below what pixels without any shared direction would cost
  EXPECT_GT(bound, nll - 0.05);
  EXPECT_LT(bound, nll + 0.1);
}

} // namespace
} // namespace latent
