#include "core/models/evaluation.h"

#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/torch_compat.h"
#include "tests/core/fixtures/model_specs.h"
#include "tests/core/fixtures/tiny_dataset.h"

#include <gtest/gtest.h>

#include <cmath>

namespace latent {
namespace {

using fixtures::blobs;
using fixtures::parameter;
using fixtures::tinySpec;

Weights initialWeights(const ModelSpec& spec) {
  FlatModel model(spec, torch::kCPU, FlatModel::Gradients::none);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  initialise(model.model(), generator);
  Weights weights;
  weights.layout = model.layout();
  weights.values.resize(static_cast<size_t>(model.size()));
  model.read(weights.values);
  return weights;
}

TEST(Evaluation, ReportsTheTermsOfTheFamily) {
  const auto split = blobs(40, {1, 8, 8}, 3);
  const auto vae = *evaluateSplit(tinySpec("vae"), initialWeights(tinySpec("vae")), *split, 1);
  EXPECT_EQ(vae.size(), 4U);
  EXPECT_DOUBLE_EQ(vae.at("elbo"), -(vae.at("recon") + vae.at("kl")));
  EXPECT_NEAR(vae.at("loss"), vae.at("recon") + vae.at("kl"), 1e-4);
  EXPECT_GT(vae.at("kl"), 0);
  const auto ae = *evaluateSplit(tinySpec("ae"), initialWeights(tinySpec("ae")), *split, 1);
  EXPECT_EQ(ae.size(), 2U);
  EXPECT_EQ(ae.at("loss"), ae.at("recon"));
}

TEST(Evaluation, OfADecoderThatSaysOneHalfIsPixelsTimesLogTwo) {
  const ModelSpec spec = tinySpec("ae");
  Weights weights = initialWeights(spec);
  std::fill(weights.values.begin(), weights.values.end(), 0.0F); // logits 0: p = 1/2 for every pixel
  // More than one batch of 500 and a smaller last one: every image counts once.
  const auto measures = *evaluateSplit(spec, weights, *blobs(1234, {1, 8, 8}, 3), 1);
  EXPECT_NEAR(measures.at("recon"), 64 * std::log(2.0), 1e-4);
}

TEST(Evaluation, NoiseComesFromTheSeedAlone) {
  const auto split = blobs(40, {1, 8, 8}, 3);
  const ModelSpec spec = tinySpec("vae", parameter("pixels", std::string("rebinarised")));
  const Weights weights = initialWeights(spec);
  EXPECT_EQ(*evaluateSplit(spec, weights, *split, 1), *evaluateSplit(spec, weights, *split, 1));
  EXPECT_NE(evaluateSplit(spec, weights, *split, 1)->at("recon"),
            evaluateSplit(spec, weights, *split, 2)->at("recon"));
}

TEST(Evaluation, SplitsThatAreReadGiveTheSameAsResidentOnes) {
  const ModelSpec spec = tinySpec("vae");
  const Weights weights = initialWeights(spec);
  EXPECT_EQ(*evaluateSplit(spec, weights, *blobs(700, {1, 8, 8}, 3, true), 1),
            *evaluateSplit(spec, weights, *blobs(700, {1, 8, 8}, 3, false), 1));
}

TEST(Evaluation, SaysWhatIsWrong) {
  const ModelSpec spec = tinySpec("vae");
  const Weights weights = initialWeights(spec);
  EXPECT_EQ(evaluateSplit(spec, weights, *blobs(0, {1, 8, 8}, 3), 1).error().fault, Fault::input);
  EXPECT_EQ(evaluateSplit(spec, weights, *blobs(9, {1, 9, 9}, 3), 1).error().fault, Fault::input);
  EXPECT_EQ(evaluateSplit(tinySpec("ae"), weights, *blobs(9, {1, 8, 8}, 3), 1).error().fault, Fault::input);
  JobControl control;
  control.cancel();
  EXPECT_EQ(evaluateSplit(spec, weights, *blobs(9, {1, 8, 8}, 3), 1, "cpu", &control).error().fault,
            Fault::interrupted);
}

} // namespace
} // namespace latent
