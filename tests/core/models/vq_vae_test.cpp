// The vector-quantised autoencoder as a whole: its objective, its maps, what it counts and how it resumes.
#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/model.h"
#include "core/models/quantiser.h"
#include "core/models/token_draw.h"
#include "core/models/torch_compat.h"
#include "tests/core/fixtures/model_specs.h"
#include "tests/core/fixtures/tiny_dataset.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace latent {
namespace {

using fixtures::parameter;
using fixtures::tinySpec;

Parameters small(const Parameters& changes = {}) {
  Parameters parameters;
  parameters.set("channels", int64_t{4});
  parameters.set("blocks", int64_t{1});
  parameters.set("codes", int64_t{8});
  parameters.set("code_size", int64_t{3});
  parameters.set("prior_width", int64_t{4});
  parameters.set("prior_layers", int64_t{2});
  parameters.set("network", std::string("conv"));
  parameters.set("stride", int64_t{2});
  for (const auto& [key, value] : changes.all()) parameters.set(key, value);
  return parameters;
}

Parameters dense() {
  Parameters parameters = parameter("network", std::string("dense"));
  parameters.set("tokens", int64_t{5});
  return parameters;
}

FlatModel built(const ModelSpec& spec) {
  FlatModel model(spec, torch::kCPU, FlatModel::Gradients::flat);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  initialise(model.model(), generator);
  return model;
}

torch::Tensor images(int64_t count, const ImageShape& shape = {1, 8, 8}, uint64_t seed = 9) {
  at::Generator generator = compat::makeGenerator(torch::kCPU, seed);
  return torch::empty({count, shape.channels, shape.height, shape.width}).uniform_(0, 1, generator);
}

ObjectiveContext contextOf(int64_t step, int64_t splitSize = 1000) {
  return {compat::makeGenerator(torch::kCPU, 2), step, splitSize};
}

std::map<std::string, double> valuesOf(Model& model, const torch::Tensor& x, ObjectiveContext& context) {
  const auto values = model.objective(x, context);
  const auto terms = model.terms();
  std::map<std::string, double> named;
  for (size_t i = 0; i < terms.size(); ++i) named[terms[i]] = values[i].item<double>();
  return named;
}

torch::Tensor tensorNamed(Model& model, const std::string& name) {
  for (const auto& list : {model.named_parameters(), model.named_buffers()}) {
    if (const torch::Tensor* found = list.find(name)) return *found;
  }
  throw std::logic_error("no tensor " + name);
}

TEST(VqVae, MapFollowsTheImageAndTheStride) {
  const auto mapOf = [](const ImageShape& shape, int64_t stride) {
    const ModelSpec spec = *makeModelSpec("vq-vae", shape, small(parameter("stride", stride)));
    const FlatModel flat = built(spec);
    TokenModel& tokens = *flat.model().tokenModel();
    const torch::Tensor x = images(2, shape);
    EXPECT_EQ(tokens.tokens(x).sizes(), (std::vector<int64_t>{2, tokens.rows(), tokens.columns()}));
    EXPECT_EQ(flat.model().decode(flat.model().encode(x).mu).sizes(), x.sizes());
    EXPECT_EQ(flat.model().latentSize(), tokens.rows() * tokens.columns() * 3);
    return std::pair(tokens.rows(), tokens.columns());
  };
  using Map = std::pair<int64_t, int64_t>;
  EXPECT_EQ(mapOf({1, 28, 28}, 4), Map(7, 7));
  EXPECT_EQ(mapOf({3, 32, 32}, 4), Map(8, 8));
  EXPECT_EQ(mapOf({1, 28, 28}, 14), Map(2, 2)); // factors 2 and 7
  EXPECT_EQ(mapOf({1, 9, 6}, 3), Map(3, 2));
  EXPECT_EQ(mapOf({1, 5, 7}, 1), Map(5, 7));
  EXPECT_EQ(mapOf({3, 5, 7}, 1), Map(5, 7));
}

TEST(VqVae, RefusesAMapThatDoesNotDivideTheImage) {
  const auto spec = makeModelSpec("vq-vae", {1, 28, 28}, parameter("stride", int64_t{5}));
  ASSERT_FALSE(spec.ok());
  EXPECT_EQ(spec.error().fault, Fault::usage);
  EXPECT_EQ(spec.error().message,
            "stride: tokens of 5x5 pixels do not divide images of 28x28; use 1, 2, 4, 7, 14 or 28.");
  EXPECT_FALSE(makeModelSpec("vq-vae", {1, 28, 30}, parameter("stride", int64_t{4})).ok());
  // The dense network has no map to divide.
  Parameters free = dense();
  free.set("stride", int64_t{5});
  EXPECT_TRUE(makeModelSpec("vq-vae", {1, 28, 28}, free).ok());
}

TEST(VqVae, DecodingACodeIsReconstructing) {
  for (const Parameters& network : {Parameters(), dense()}) {
    const FlatModel flat = built(tinySpec("vq-vae", small(network)));
    TokenModel& tokens = *flat.model().tokenModel();
    const torch::Tensor x = images(6);
    ObjectiveContext context = contextOf(0);
    flat.model().objective(x, context); // places the codes
    torch::NoGradGuard noGrad;
    const torch::Tensor map = tokens.tokens(x);
    const torch::Tensor mu = flat.model().encode(x).mu;
    EXPECT_TRUE(mu.equal(tokens.codebook().index_select(0, map.flatten()).view({6, -1})));
    const torch::Tensor reconstruction = flat.model().decode(mu);
    EXPECT_TRUE(reconstruction.equal(tokens.decodeTokens(map)));
    // A point near a code is that code.
    const torch::Tensor distances = torch::cdist(tokens.codebook(), tokens.codebook());
    const double nearest = distances.masked_select(distances > 0).min().item<double>();
    const torch::Tensor moved = mu + 0.2 * nearest / std::sqrt(3.0);
    EXPECT_TRUE(flat.model().decode(moved).equal(reconstruction));
  }
}

TEST(VqVae, LossIsTheSumOfItsTermsInTheirScale) {
  for (const char* codebook : {"ema", "gradient"}) {
    SCOPED_TRACE(codebook);
    const FlatModel flat = built(tinySpec("vq-vae", small(parameter("codebook", std::string(codebook)))));
    const torch::Tensor x = images(20);
    ObjectiveContext context = contextOf(0);
    auto value = valuesOf(flat.model(), x, context);
    EXPECT_EQ(value.contains("codebook"), std::string(codebook) == "gradient");
    const double variance = x.var(/*unbiased=*/false).item<double>();
    const double expected = value["recon"] / (64 * variance) + 0.25 * value["commitment"] +
                            value["codebook"] + value["prior_bits"] * std::numbers::ln2;
    EXPECT_NEAR(value["loss"], expected, 1e-4 * expected);
    EXPECT_GE(value["perplexity"], 1);
    EXPECT_LE(value["perplexity"], 8.001);
  }
}

TEST(VqVae, EachTermReachesOnlyItsOwnWeights) {
  const FlatModel flat = built(tinySpec("vq-vae", small(parameter("codebook", std::string("gradient")))));
  ObjectiveContext context = contextOf(0);
  const torch::Tensor x = images(20);
  flat.model().objective(x, context);
  context.step = 1;
  const auto gradientOf = [&](const std::string& group) {
    double sum = 0;
    for (const auto& item : flat.model().named_parameters()) {
      if (item.key().starts_with(group)) sum += item.value().grad().abs().sum().item<double>();
    }
    return sum;
  };
  // The loss less the prior's part is the same with and without a prior: its gradient ends at the tokens.
  flat.model().objective(x, context)[0].backward();
  const torch::Tensor encoder = tensorNamed(flat.model(), "encoder.z.weight").grad().clone();
  EXPECT_GT(gradientOf("encoder"), 0);
  EXPECT_GT(gradientOf("decoder"), 0);
  EXPECT_GT(gradientOf("codebook"), 0);
  EXPECT_GT(gradientOf("prior"), 0);

  Parameters changes = parameter("codebook", std::string("gradient"));
  changes.set("prior", false);
  const FlatModel without = built(tinySpec("vq-vae", small(changes)));
  torch::NoGradGuard noGrad;
  for (const auto& item : without.model().named_parameters()) {
    item.value().copy_(tensorNamed(flat.model(), item.key()));
  }
  for (const auto& item : without.model().named_buffers()) {
    item.value().copy_(tensorNamed(flat.model(), item.key()));
  }
  {
    torch::AutoGradMode grad(true);
    without.model().objective(x, context)[0].backward();
  }
  EXPECT_TRUE(tensorNamed(without.model(), "encoder.z.weight").grad().equal(encoder));
}

TEST(VqVae, CodesFollowTheirVectorsAfterAnUpdateOnly) {
  const FlatModel flat = built(tinySpec("vq-vae", small()));
  ObjectiveContext context = contextOf(0);
  const torch::Tensor x = images(20);
  flat.model().objective(x, context);
  const torch::Tensor placed = tensorNamed(flat.model(), "codebook.weight").clone();
  context.step = 1;
  flat.model().objective(x, context);
  EXPECT_TRUE(tensorNamed(flat.model(), "codebook.weight").equal(placed));
  torch::NoGradGuard noGrad;
  flat.model().afterUpdate(context, {});
  EXPECT_FALSE(tensorNamed(flat.model(), "codebook.weight").equal(placed));
}

TEST(VqVae, EvaluationChangesNoWeightAndNoBuffer) {
  const FlatModel flat = built(tinySpec("vq-vae", small()));
  ObjectiveContext context = contextOf(0);
  flat.model().objective(images(20), context);
  const torch::Tensor before = flat.values().clone();
  flat.model().eval();
  const torch::Tensor state = context.noise.get_state().clone();
  flat.model().objective(images(20, {1, 8, 8}, 5), context);
  flat.model().decode(flat.model().encode(images(3)).mu);
  flat.model().takePassMeasures();
  EXPECT_TRUE(flat.values().equal(before));
  EXPECT_TRUE(context.noise.get_state().equal(state)) << "evaluation draws nothing";
}

TEST(VqVae, VarianceIsThatOfTheWholeSplitAndThenStays) {
  const FlatModel flat = built(tinySpec("vq-vae", small()));
  const torch::Tensor split = images(50) * torch::linspace(0.1, 1, 50).view({50, 1, 1, 1});
  ObjectiveContext context = contextOf(0, 50);
  for (const auto& batch : split.split(20)) { // 20, 20, 10
    flat.model().objective(batch, context);
    ++context.step;
  }
  const torch::Tensor variance = tensorNamed(flat.model(), "pixels.variance").clone();
  EXPECT_NEAR(variance.item<double>(), split.var(/*unbiased=*/false).item<double>(), 1e-6);
  flat.model().objective(images(20), context);
  EXPECT_TRUE(tensorNamed(flat.model(), "pixels.variance").equal(variance));
}

TEST(VqVae, MeasuresOfAPassCountAllItsTokens) {
  const FlatModel flat = built(tinySpec("vq-vae", small()));
  TokenModel& tokens = *flat.model().tokenModel();
  ObjectiveContext context = contextOf(0);
  flat.model().objective(images(20), context);
  flat.model().eval();
  EXPECT_TRUE(flat.model().takePassMeasures().empty());
  const torch::Tensor a = images(30, {1, 8, 8}, 5), b = images(10, {1, 8, 8}, 6);
  for (const torch::Tensor& x : {a, b}) flat.model().objective(x, context);
  const Measures measures = flat.model().takePassMeasures();

  const torch::Tensor use = tokens.tokens(torch::cat({a, b})).flatten().bincount({}, 8).to(torch::kFloat64);
  EXPECT_NEAR(measures.at("epoch_perplexity"), perplexity(use).item<double>(), 1e-9);
  EXPECT_NEAR(measures.at("usage"), use.gt(0).sum().item<double>() / 8, 1e-9);
  EXPECT_NEAR(std::exp2(measures.at("marginal_bits")), measures.at("epoch_perplexity"), 1e-9);
  EXPECT_TRUE(flat.model().takePassMeasures().empty()) << "counted since the last call";
  flat.model().train();
  EXPECT_FALSE(flat.model().takePassMeasures().empty()) << "the training batch has its own count";
}

TEST(VqVae, DrawsMapsFromItsPrior) {
  const FlatModel flat = built(tinySpec("vq-vae", small()));
  TokenModel& tokens = *flat.model().tokenModel();
  ASSERT_TRUE(tokens.hasTokenPrior());
  const torch::Tensor maps = drawTokenMaps(tokens, 0, 7, 1, 3);
  EXPECT_EQ(maps.sizes(), (std::vector<int64_t>{7, 4, 4}));
  EXPECT_GE(maps.min().item<int64_t>(), 0);
  EXPECT_LT(maps.max().item<int64_t>(), 8);
  torch::NoGradGuard noGrad;
  const torch::Tensor drawn = tokens.decodeTokens(maps);
  EXPECT_EQ(drawn.sizes(), (std::vector<int64_t>{7, 1, 8, 8}));

  const FlatModel without = built(tinySpec("vq-vae", small(parameter("prior", false))));
  EXPECT_FALSE(without.model().tokenModel()->hasTokenPrior());
  EXPECT_THROW(drawTokenMaps(*without.model().tokenModel(), 0, 1, 1, 3), std::logic_error);
}

} // namespace
} // namespace latent
