#include "core/models/conv.h"

#include "core/models/compute.h"
#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/torch_compat.h"

#include <gtest/gtest.h>

#include <tuple>

namespace latent {
namespace {

using testing::Combine;
using testing::Values;

at::Generator seeded(uint64_t seed) {
  return compat::makeGenerator(torch::kCPU, seed);
}

Parameters small(const std::string& architecture) {
  Parameters parameters;
  parameters.set("architecture", architecture);
  parameters.set("channels", std::vector<int64_t>{8, 12});
  parameters.set("conv_hidden", std::vector<int64_t>{16});
  parameters.set("latent", int64_t{3});
  return parameters;
}

/// Bars of random place and direction: structure that a model can learn in few steps.
torch::Tensor bars(int64_t n, const ImageShape& shape) {
  at::Generator generator = seeded(11);
  torch::Tensor images = torch::zeros({n, shape.channels, shape.height, shape.width});
  const torch::Tensor places = torch::randint(0, std::min(shape.height, shape.width) - 2, {n}, generator);
  for (int64_t i = 0; i < n; ++i) images[i].narrow(i % 2 ? 1 : 2, places[i].item<int64_t>(), 2).fill_(1);
  return images;
}

class Convolutional
    : public testing::TestWithParam<std::tuple<std::string, std::string, std::array<int, 3>>> {
 protected:
  void SetUp() override { setComputeThreads(1); }

  ImageShape shape() const {
    const auto [channels, height, width] = std::get<2>(GetParam());
    return {channels, height, width};
  }
  ModelSpec spec() const {
    auto made = makeModelSpec(std::get<0>(GetParam()), shape(), small(std::get<1>(GetParam())));
    EXPECT_TRUE(made.ok());
    return *made;
  }
};

TEST_P(Convolutional, MapsImagesToPointsAndBack) {
  FlatModel flat(spec(), torch::kCPU, FlatModel::Gradients::flat);
  at::Generator generator = seeded(1);
  initialise(flat.model(), generator);
  const torch::Tensor x = bars(4, shape());
  const Posterior q = flat.model().encode(x);
  EXPECT_EQ(q.mu.sizes(), (std::vector<int64_t>{4, 3}));
  const torch::Tensor decoded = flat.model().decode(q.mu);
  EXPECT_EQ(decoded.sizes(), x.sizes());
  EXPECT_GE(decoded.min().item<float>(), 0);
  EXPECT_LE(decoded.max().item<float>(), 1);

  ObjectiveContext context{seeded(2)};
  flat.model().objective(x, context)[0].backward();
  for (const auto& item : flat.model().named_parameters()) {
    EXPECT_TRUE(item.value().grad().is_alias_of(flat.gradients())) << item.key();
    EXPECT_GT(item.value().grad().abs().max().item<float>(), 0) << item.key();
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, Convolutional,
                         Combine(Values("ae", "vae"), Values("conv", "resnet"),
                                 Values(std::array{1, 28, 28}, std::array{3, 32, 32}, std::array{1, 64, 64},
                                        std::array{3, 64, 64}, std::array{1, 9, 13}, std::array{1, 8, 11})));

class Both : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { setComputeThreads(1); }

  static constexpr ImageShape kShape{1, 9, 14};
  ModelSpec spec() const { return *makeModelSpec("vae", kShape, small(GetParam())); }
};

TEST_P(Both, LearnsBars) {
  FlatModel flat(spec(), torch::kCPU, FlatModel::Gradients::flat);
  at::Generator generator = seeded(1);
  initialise(flat.model(), generator);
  const torch::Tensor& all = flat.parameters();
  all.mutable_grad() = flat.gradients();
  torch::optim::Adam optimiser({all}, torch::optim::AdamOptions(3e-3));
  const torch::Tensor x = bars(64, kShape);
  ObjectiveContext context{seeded(2)};
  double first = 0, last = 0;
  for (int step = 0; step < 150; ++step) {
    const torch::Tensor loss = flat.model().objective(x, context)[0];
    last = loss.item<double>();
    if (step == 0) first = last;
    flat.gradients().zero_();
    loss.backward();
    optimiser.step();
  }
  EXPECT_NEAR(first, kShape.pixels() * std::log(2.0), 0.1 * first); // it begins knowing nothing
  EXPECT_LT(last, 0.6 * first);
}

TEST_P(Both, EqualSeedsGiveEqualBits) {
  std::vector<torch::Tensor> results;
  for (int i = 0; i < 2; ++i) {
    FlatModel flat(spec(), torch::kCPU, FlatModel::Gradients::flat);
    at::Generator generator = seeded(1);
    torch::manual_seed(static_cast<uint64_t>(i)); // the global generator plays no part
    initialise(flat.model(), generator);
    ObjectiveContext context{seeded(2)};
    flat.model().objective(bars(16, kShape), context)[0].backward();
    results.push_back(torch::cat({flat.values(), flat.gradients()}).clone());
  }
  EXPECT_TRUE(results[0].equal(results[1]));
}

TEST_P(Both, WeightsGoThroughFlatValuesAndBack) {
  FlatModel from(spec(), torch::kCPU, FlatModel::Gradients::flat);
  at::Generator generator = seeded(1);
  initialise(from.model(), generator);
  std::vector<float> values(static_cast<size_t>(from.size()));
  from.read(values);
  FlatModel to(spec(), torch::kCPU, FlatModel::Gradients::none);
  to.write(values);
  const torch::Tensor x = bars(3, kShape);
  const torch::Tensor expected = from.model().encode(x).mu;
  EXPECT_TRUE(to.model().encode(x).mu.equal(expected));
  EXPECT_TRUE(to.model().decode(expected.detach()).equal(from.model().decode(expected)));
}

TEST_P(Both, AnImageDecodesAloneAsInABatch) {
  FlatModel flat(spec(), torch::kCPU, FlatModel::Gradients::none);
  at::Generator generator = seeded(1);
  initialise(flat.model(), generator);
  const torch::Tensor z = torch::randn({20, 3}, generator);
  const torch::Tensor batch = flat.model().decode(z);
  for (int64_t i = 0; i < 20; ++i)
    EXPECT_LE((flat.model().decode(z.narrow(0, i, 1))[0] - batch[i]).abs().max().item<double>(), 1e-5);
}

TEST_P(Both, RefusesImagesThatCannotBeHalvedSoOften) {
  Parameters deep = small(GetParam());
  deep.set("channels", std::vector<int64_t>{4, 4, 4, 4}); // 9 -> 5 -> 3 -> 2 -> 1
  EXPECT_TRUE(makeModelSpec("vae", kShape, deep).ok());
  deep.set("channels", std::vector<int64_t>{4, 4, 4, 4, 4});
  const auto refused = makeModelSpec("vae", kShape, deep);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().fault, Fault::usage);
  EXPECT_EQ(refused.error().message, "channels: images of 9 x 14 pixels cannot be halved 5 times; give at "
                                     "most 4, one for each halving.");

  const auto flat = makeModelSpec("vae", {1, 1, 30}, small(GetParam()));
  ASSERT_FALSE(flat.ok());
  EXPECT_NE(flat.error().message.find("use the architecture mlp"), std::string::npos);

  Parameters dense = small(GetParam());
  dense.set("conv_hidden", std::vector<int64_t>(9, 4));
  EXPECT_FALSE(makeModelSpec("vae", kShape, dense).ok());
}

TEST_P(Both, DenseLayersMayBeMissing) {
  Parameters parameters = small(GetParam());
  parameters.set("conv_hidden", std::vector<int64_t>{});
  const ModelSpec spec = *makeModelSpec("ae", kShape, parameters);
  FlatModel flat(spec, torch::kCPU, FlatModel::Gradients::none);
  at::Generator generator = seeded(1);
  initialise(flat.model(), generator);
  const torch::Tensor x = bars(2, kShape);
  EXPECT_EQ(flat.model().decode(flat.model().encode(x).mu).sizes(), x.sizes());
}

INSTANTIATE_TEST_SUITE_P(Architectures, Both, Values("conv", "resnet"));

TEST(ConvArchitecture, StagesHalveAndDoublingRestoresEverySize) {
  for (int height = 3; height <= 40; ++height) {
    const ModelSpec spec = *makeModelSpec("ae", {1, height, 43 - height}, small("conv"));
    for (const Stage& stage : stagesOf(spec)) {
      Sequence down({stage.from.channels, stage.from.height, stage.from.width}, torch::kMeta);
      down.conv(stage.to.channels, stage.kernel, 2, 1);
      EXPECT_EQ(down.shape(), (std::vector{stage.to.channels, stage.to.height, stage.to.width}));
      EXPECT_EQ(stage.to.height, (stage.from.height + 1) / 2);
      EXPECT_EQ(stage.to.width, (stage.from.width + 1) / 2);
      addDoubling(down, stage);
      EXPECT_EQ(down.shape(), (std::vector{stage.from.channels, stage.from.height, stage.from.width}));
    }
  }
}

/// Doubling a constant map gives each pixel inside the same number of terms: none is favoured before
/// training.
TEST(ConvArchitecture, DoublingCoversAllPixelsEvenly) {
  for (const int side : {16, 15}) {
    const ModelSpec spec = *makeModelSpec("ae", {1, side, side}, small("conv"));
    const Stage stage = stagesOf(spec).front();
    Sequence up({stage.to.channels, stage.to.height, stage.to.width}, torch::kCPU);
    addDoubling(up, stage);
    torch::NoGradGuard noGrad;
    for (torch::Tensor& parameter : up.parameters()) parameter.fill_(1);
    const torch::Tensor y = up.forward(torch::ones({1, stage.to.channels, stage.to.height, stage.to.width}));
    const torch::Tensor inside = y.narrow(2, 2, side - 4).narrow(3, 2, side - 4);
    EXPECT_EQ(inside.min().item<float>(), inside.max().item<float>()) << side;
  }
}

void copyByName(const torch::nn::Module& from, torch::nn::Module& to) {
  torch::NoGradGuard noGrad;
  const auto given = from.named_parameters();
  const auto wanted = to.named_parameters();
  ASSERT_EQ(given.size(), wanted.size());
  for (const auto& item : wanted) {
    ASSERT_TRUE(given.contains(item.key())) << item.key();
    ASSERT_EQ(given[item.key()].sizes(), item.value().sizes()) << item.key();
    torch::Tensor(item.value()).copy_(given[item.key()]);
  }
}

/// What conv.cpp tells people to write in PyTorch has the names of these weights and computes the same.
TEST(ConvArchitecture, IsTheSequentialOfItsDescription) {
  namespace nn = torch::nn;
  setComputeThreads(1);
  nn::Sequential encoder(nn::Conv2d(nn::Conv2dOptions(1, 32, 4).stride(2).padding(1)), nn::ReLU(),
                         nn::Conv2d(nn::Conv2dOptions(32, 64, 4).stride(2).padding(1)), nn::ReLU(),
                         nn::Flatten(), nn::Linear(3136, 256), nn::ReLU());
  nn::Sequential decoder(
      nn::Linear(20, 256), nn::ReLU(), nn::Linear(256, 3136),
      nn::Unflatten(nn::UnflattenOptions(1, {64, 7, 7})), nn::ReLU(),
      nn::ConvTranspose2d(nn::ConvTranspose2dOptions(64, 32, 4).stride(2).padding(1)), nn::ReLU(),
      nn::ConvTranspose2d(nn::ConvTranspose2dOptions(32, 1, 4).stride(2).padding(1)), nn::Flatten());
  Parameters parameters;
  parameters.set("architecture", std::string("conv"));
  const ModelSpec spec = *makeModelSpec("vae", {1, 28, 28}, parameters);
  const Architecture& architecture = architectureOf(spec);
  const auto ours = architecture.encoder(spec, torch::kCPU);
  copyByName(*encoder, *ours);
  const torch::Tensor x = bars(5, spec.shape);
  const torch::Tensor features = ours->forward(x);
  EXPECT_TRUE(features.allclose(encoder->forward(x), 1e-5, 1e-6));
  EXPECT_EQ(features.size(1), architecture.features(spec));

  const auto back = architecture.decoder(spec, 20, torch::kCPU);
  copyByName(*decoder, *back);
  at::Generator generator = seeded(1);
  const torch::Tensor z = torch::randn({5, 20}, generator);
  EXPECT_TRUE(back->forward(z).allclose(decoder->forward(z), 1e-5, 1e-6));
}

} // namespace
} // namespace latent
