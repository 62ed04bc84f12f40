// New images of each kind of model: what they are drawn from, and that equal seeds give equal images.
#include "core/models/sampling.h"

#include "core/base/latent_statistics.h"
#include "core/models/compute.h"
#include "core/models/flat_model.h"
#include "core/models/torch_compat.h"
#include "tests/core/fixtures/model_specs.h"
#include "tests/core/fixtures/tiny_dataset.h"

#include <gtest/gtest.h>

#include <cmath>

namespace latent {
namespace {

using fixtures::parameter;
using fixtures::tinySpec;

Weights someWeights(const ModelSpec& spec) {
  FlatModel model(spec, torch::kCPU, FlatModel::Gradients::none);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  initialise(model.model(), generator);
  Weights weights;
  weights.layout = model.layout();
  weights.values.resize(static_cast<size_t>(model.size()));
  model.read(weights.values);
  return weights;
}

std::vector<float> drawn(const ModelSpec& spec, const SampleOptions& options) {
  JobControl control;
  const auto images =
      sampleImages(spec, someWeights(spec), *fixtures::tinyDataset()->train, options, control);
  EXPECT_TRUE(images.ok()) << images.error().message;
  return images.ok() ? *images : std::vector<float>();
}

double spread(const std::vector<float>& images, int64_t pixels) {
  const torch::Tensor x = torch::tensor(images).view({-1, pixels});
  return x.var(0).mean().item<double>();
}

TEST(Sampling, EverySourceFollowsSeedAndTemperature) {
  setComputeThreads(1);
  const std::pair<const char*, SampleSource> kinds[] = {
      {"vae", SampleSource::prior}, {"ae", SampleSource::codes}, {"vq-vae", SampleSource::tokenPrior}};
  for (const auto& [family, source] : kinds) {
    SCOPED_TRACE(family);
    const ModelSpec spec =
        tinySpec(family, std::string(family) == "vq-vae" ? parameter("stride", int64_t{4}) : Parameters());
    EXPECT_EQ(*sampleSource(spec), source);
    const std::vector<float> images = drawn(spec, {.count = 130, .seed = 4});
    EXPECT_EQ(images.size(), 130U * 64);
    for (const float pixel : images) EXPECT_TRUE(pixel >= 0 && pixel <= 1);
    EXPECT_EQ(images, drawn(spec, {.count = 130, .seed = 4}));
    EXPECT_NE(images, drawn(spec, {.count = 130, .seed = 5}));
    const std::vector<float> few = drawn(spec, {.count = 2, .seed = 4}); // the same whatever follows them
    for (size_t i = 0; i < few.size(); ++i) ASSERT_NEAR(few[i], images[i], 1e-6);
    EXPECT_LT(spread(drawn(spec, {.count = 130, .seed = 4, .temperature = 1e-3}), 64), spread(images, 64));
  }
}

TEST(Sampling, WithoutAPriorImagesAreLikeThoseOfTheCodes) {
  setComputeThreads(1);
  // A linear autoencoder: moments of decoded samples are those of the decoded codes, but for the sigmoid,
  // which is nearly linear at its first weights.
  const ModelSpec spec = tinySpec("ae", parameter("hidden", std::vector<int64_t>{}));
  const Weights weights = someWeights(spec);
  FlatModel model(spec, torch::kCPU, FlatModel::Gradients::none);
  model.write(weights.values);
  const auto data = fixtures::tinyDataset();
  std::vector<uint8_t> bytes(static_cast<size_t>(data->train->size() * 64));
  std::vector<int64_t> all(static_cast<size_t>(data->train->size()));
  for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int64_t>(i);
  data->train->read(all, bytes.data());
  torch::NoGradGuard noGrad;
  const torch::Tensor x =
      torch::tensor(std::vector<float>(bytes.begin(), bytes.end())).div(255).view({-1, 1, 8, 8});
  const torch::Tensor wanted = model.model().decode(model.model().encode(x).mu).flatten(1);

  JobControl control;
  const auto images = sampleImages(spec, weights, *data->train, {.count = 4000}, control);
  ASSERT_TRUE(images.ok());
  const torch::Tensor got = torch::tensor(*images).view({-1, 64});
  EXPECT_LT((got.mean(0) - wanted.mean(0)).abs().max().item<float>(), 0.01);
  EXPECT_LT((got.std(0) - wanted.std(0)).abs().max().item<float>(), 0.1 * wanted.std(0).max().item<float>());
}

TEST(Sampling, EveryModelOfOneSizeGetsTheSameLatents) {
  setComputeThreads(1);
  const ModelSpec vae = tinySpec("vae"), ae = tinySpec("ae");
  for (const ModelSpec& spec : {vae, ae}) {
    FlatModel model(spec, torch::kCPU, FlatModel::Gradients::none);
    const Weights weights = someWeights(spec);
    model.write(weights.values);
    const int64_t latent = model.model().latentSize();
    std::vector<float> z = drawPrior(static_cast<int>(latent), 3, 4, 0.5);
    const torch::NoGradGuard noGrad;
    const torch::Tensor wanted = model.model().decode(torch::from_blob(z.data(), {3, latent})).contiguous();
    const auto images = drawn(spec, {.count = 3, .seed = 4, .temperature = 0.5, .from = SampleSource::prior});
    ASSERT_EQ(images.size(), 192U);
    for (size_t i = 0; i < images.size(); ++i) EXPECT_NEAR(images[i], wanted.data_ptr<float>()[i], 1e-6);
  }
}

TEST(Sampling, DrawnPixelsHaveTheirMeans) {
  setComputeThreads(1);
  const ModelSpec spec = tinySpec("vae");
  const auto means = drawn(spec, {.count = 500, .seed = 4});
  const auto draws = drawn(spec, {.count = 500, .seed = 4, .draws = true});
  double sum = 0, expected = 0;
  for (size_t i = 0; i < draws.size(); ++i) {
    ASSERT_TRUE(draws[i] == 0 || draws[i] == 1);
    sum += draws[i];
    expected += means[i];
  }
  EXPECT_NEAR(sum / static_cast<double>(draws.size()), expected / static_cast<double>(draws.size()), 0.012);
  EXPECT_EQ(draws, drawn(spec, {.count = 500, .seed = 4, .draws = true}));
}

TEST(Sampling, RefusesWhatHasNothingToDrawFrom) {
  setComputeThreads(1);
  JobControl refused;
  const auto refusal = [&](const ModelSpec& of, const SampleOptions& options) {
    const auto images = sampleImages(of, someWeights(of), *fixtures::tinyDataset()->train, options, refused);
    return images ? Fault::work : images.error().fault;
  };
  const ModelSpec tokens = tinySpec("vq-vae", parameter("stride", int64_t{4}));
  EXPECT_EQ(refusal(tokens, {.count = 1, .from = SampleSource::prior}), Fault::usage);
  EXPECT_EQ(refusal(tokens, {.count = 1, .draws = true}), Fault::usage);
  EXPECT_EQ(refusal(tinySpec("vae"), {.count = 1, .from = SampleSource::tokenPrior}), Fault::usage);
  EXPECT_EQ(
      refusal(tinySpec("vae", parameter("likelihood", std::string("gaussian"))), {.count = 1, .draws = true}),
      Fault::usage);

  const auto without = sampleSource(tinySpec("vq-vae", parameter("prior", false)));
  ASSERT_FALSE(without.ok());
  EXPECT_EQ(without.error().fault, Fault::usage);

  const ModelSpec spec = tinySpec("ae");
  JobControl control;
  const auto other =
      sampleImages(spec, someWeights(spec), *fixtures::tinyDataset(10, 10, {1, 4, 4})->train, {}, control);
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().fault, Fault::input);
  control.cancel();
  const auto cancelled = sampleImages(spec, someWeights(spec), *fixtures::tinyDataset()->train, {}, control);
  ASSERT_FALSE(cancelled.ok());
  EXPECT_EQ(cancelled.error().fault, Fault::interrupted);
}

} // namespace
} // namespace latent
