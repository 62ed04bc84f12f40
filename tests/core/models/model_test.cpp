// What every family must do in every structure, whatever it is: taken from the registry, so a new one is
// tested by being listed. What training must do with them: tests/core/train/every_family_test.cpp.
#include "core/models/model.h"

#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/torch_compat.h"
#include "tests/core/fixtures/family_cases.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

using fixtures::FamilyCase;
using fixtures::parameter;
using fixtures::tinySpec;

FlatModel built(const ModelSpec& spec, uint64_t seed = 1) {
  FlatModel model(spec, torch::kCPU, FlatModel::Gradients::flat);
  at::Generator generator = compat::makeGenerator(torch::kCPU, seed);
  initialise(model.model(), generator);
  return model;
}

torch::Tensor someImages(int64_t count, const ImageShape& shape) {
  at::Generator generator = compat::makeGenerator(torch::kCPU, 9);
  return torch::empty({count, shape.channels, shape.height, shape.width}).uniform_(0, 1, generator);
}

class EveryFamily : public testing::TestWithParam<FamilyCase> {
 protected:
  const FamilyInfo& info() const { return GetParam().info(); }

  /// A parameter of the spec, where the family has it.
  ModelSpec specWith(const std::string& key, ParameterValue value) const {
    return GetParam().spec(findParameter(info().schema, key) ? parameter(key, std::move(value))
                                                             : Parameters{});
  }
};

TEST_P(EveryFamily, EncodesAndDecodesAnyShape) {
  int accepted = 0;
  for (const ImageShape& shape :
       {ImageShape{1, 8, 8}, ImageShape{3, 8, 12}, ImageShape{3, 5, 7}, ImageShape{1, 1, 1}}) {
    const Result<ModelSpec> spec = GetParam().trySpec({}, shape);
    if (!spec) {
      EXPECT_EQ(spec.error().fault, Fault::usage);
      continue;
    }
    ++accepted;
    const FlatModel flat = built(*spec);
    const torch::Tensor x = someImages(4, shape);
    const Posterior posterior = flat.model().encode(x);
    EXPECT_EQ(posterior.mu.sizes(), (std::vector<int64_t>{4, flat.model().latentSize()}));
    EXPECT_EQ(posterior.logVar.defined(), info().hasPrior);
    if (posterior.logVar.defined()) {
      EXPECT_EQ(posterior.logVar.sizes(), posterior.mu.sizes());
    }
    const torch::Tensor images = flat.model().decode(posterior.mu);
    EXPECT_EQ(images.sizes(), x.sizes());
    EXPECT_GE(images.min().item<float>(), 0);
    EXPECT_LE(images.max().item<float>(), 1);
    if (spec->parameters.has("latent")) {
      EXPECT_EQ(flat.model().latentSize(), spec->parameters.integer("latent"));
    }
    EXPECT_EQ(flat.model().closedForm() != nullptr, info().closedForm);
    EXPECT_EQ(flat.model().tokenModel() != nullptr, info().discrete);
  }
  EXPECT_GE(accepted, 2);
}

TEST_P(EveryFamily, WorksAtTheSizesThatDataSetsHave) {
  for (const ImageShape& shape : {ImageShape{1, 28, 28}, ImageShape{3, 32, 32}, ImageShape{1, 64, 64}}) {
    const Result<ModelSpec> spec = GetParam().trySpec({}, shape);
    ASSERT_TRUE(spec) << spec.error().message;
    const FlatModel flat = built(*spec);
    const torch::Tensor x = someImages(2, shape);
    EXPECT_EQ(flat.model().decode(flat.model().encode(x).mu).sizes(), x.sizes());
  }
}

TEST_P(EveryFamily, ObjectiveNamesItsTermsAndReachesEveryWeight) {
  const FlatModel flat = built(GetParam().spec());
  ObjectiveContext context{compat::makeGenerator(torch::kCPU, 2), 0, 20};
  const auto values = flat.model().objective(someImages(20, {1, 8, 8}), context);
  const auto terms = flat.model().terms();
  ASSERT_EQ(values.size(), terms.size());
  EXPECT_EQ(terms[0], "loss");
  EXPECT_EQ(terms[1], "recon");
  if (info().closedForm) return; // it has a loss to report, and no gradient to follow
  values[0].backward();
  // A prior over the tokens of one row has nothing above them to look at.
  const TokenModel* tokens = flat.model().tokenModel();
  const bool oneRow = tokens && tokens->rows() == 1;
  for (const auto& item : flat.model().named_parameters()) {
    if (oneRow && item.key().find("vertical.weight") != std::string::npos) continue;
    EXPECT_GT(item.value().grad().abs().sum().item<float>(), 0) << item.key();
  }
}

TEST_P(EveryFamily, GradientOfTheLossMatchesDifferences) {
  if (info().closedForm) GTEST_SKIP() << "nothing is trained by gradients";
  if (info().discrete) GTEST_SKIP() << "the straight-through gradient is not that of the loss";
  const FlatModel flat = built(specWith("activation", std::string("tanh")));
  const torch::Tensor x = someImages(8, {1, 8, 8});
  const auto loss = [&] {
    ObjectiveContext context{compat::makeGenerator(torch::kCPU, 4), 0, 8};
    return flat.model().objective(x, context)[0];
  };
  loss().backward();
  // Along one random direction, in float32: the mean slope over a small step is the directional derivative.
  at::Generator generator = compat::makeGenerator(torch::kCPU, 6);
  const torch::Tensor direction = torch::empty_like(flat.gradients()).normal_(0, 1, generator);
  const double slope = flat.gradients().dot(direction).item<double>();
  torch::NoGradGuard noGrad;
  constexpr double h = 1e-3;
  torch::Tensor parameters = flat.parameters();
  parameters.add_(direction, h);
  const double up = loss().item<double>();
  parameters.add_(direction, -2 * h);
  const double down = loss().item<double>();
  EXPECT_NEAR((up - down) / (2 * h), slope, 0.02 * std::abs(slope) + 0.05);
}

TEST_P(EveryFamily, EqualSeedsGiveEqualWeightsAndOthersDoNot) {
  const ModelSpec spec = GetParam().spec();
  EXPECT_TRUE(built(spec, 1).values().equal(built(spec, 1).values()));
  if (info().closedForm) return;
  EXPECT_FALSE(built(spec, 1).values().equal(built(spec, 2).values()));
}

TEST_P(EveryFamily, NeverTouchesTheGlobalGenerator) {
  const torch::Tensor before = at::globalContext().defaultGenerator(torch::kCPU).get_state().clone();
  const FlatModel flat = built(GetParam().spec());
  ObjectiveContext context{compat::makeGenerator(torch::kCPU, 2), 0, 8};
  const auto values = flat.model().objective(someImages(8, {1, 8, 8}), context);
  if (!info().closedForm) values[0].backward();
  flat.model().decode(flat.model().encode(someImages(8, {1, 8, 8})).mu);
  EXPECT_TRUE(at::globalContext().defaultGenerator(torch::kCPU).get_state().equal(before));
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryFamily, testing::ValuesIn(fixtures::familyCases()),
                         [](const auto& test) { return fixtures::caseName(test); });

TEST(Model, VaeLossIsReconPlusKl) {
  const FlatModel flat = built(tinySpec("vae"));
  ObjectiveContext context{compat::makeGenerator(torch::kCPU, 2)};
  const auto values = flat.model().objective(someImages(20, {1, 8, 8}), context);
  EXPECT_FLOAT_EQ(values[0].item<float>(), values[1].item<float>() + values[2].item<float>());
  EXPECT_GT(values[2].item<float>(), 0);
}

TEST(PixelModes, GreyThresholdedAndRebinarised) {
  at::Generator generator = compat::makeGenerator(torch::kCPU, 3);
  const torch::Tensor bytes = torch::arange(0, 256, torch::kInt32).to(torch::kUInt8);
  const torch::Tensor grey = pixelsFromBytes(bytes, PixelMode::grey, generator);
  EXPECT_FLOAT_EQ(grey[51].item<float>(), 0.2F);
  EXPECT_EQ(grey[255].item<float>(), 1);
  const torch::Tensor hard = pixelsFromBytes(bytes, PixelMode::thresholded, generator);
  EXPECT_TRUE(hard.equal(grey.ge(0.5).to(torch::kFloat32)));

  const torch::Tensor state = generator.get_state().clone();
  pixelsFromBytes(bytes, PixelMode::grey, generator);
  pixelsFromBytes(bytes, PixelMode::thresholded, generator);
  EXPECT_TRUE(generator.get_state().equal(state)) << "only rebinarised draws";

  const torch::Tensor many = torch::full({20000}, 64, torch::kUInt8);
  const torch::Tensor binary = pixelsFromBytes(many, PixelMode::rebinarised, generator);
  EXPECT_TRUE(binary.mul(1 - binary).eq(0).all().item<bool>());
  EXPECT_NEAR(binary.mean().item<double>(), 64 / 255.0, 0.01);
  EXPECT_FALSE(pixelsFromBytes(many, PixelMode::rebinarised, generator).equal(binary));
  const torch::Tensor ends = torch::tensor({0, 255}, torch::kUInt8).repeat({5000});
  EXPECT_TRUE(pixelsFromBytes(ends, PixelMode::rebinarised, generator).equal(ends.to(torch::kFloat32) / 255));
}

} // namespace
} // namespace latent
