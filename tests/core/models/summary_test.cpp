#include "core/models/summary.h"

#include "tests/core/fixtures/model_specs.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

std::vector<std::string> lines(const ModelSummary& summary) {
  std::vector<std::string> all;
  for (const SummaryRow& row : summary.rows)
    all.push_back(row.name + " | " + row.kind + " | " + sizesText(row.shape) + " | " +
                  std::to_string(row.weights));
  return all;
}

TEST(Summary, CountsAllWeightsOfEveryFamily) {
  for (const FamilyInfo& family : families()) {
    const ModelSpec spec = fixtures::tinySpec(family.id);
    const ModelSummary summary = modelSummary(spec);
    EXPECT_EQ(summary.weights, countWeights(spec)) << family.id;
    for (const SummaryRow& row : summary.rows) {
      EXPECT_FALSE(row.name.empty() || row.kind.empty()) << family.id;
      EXPECT_GT(row.weights, 0) << family.id << " " << row.name;
    }
  }
}

TEST(Summary, ListsAPerceptronFromTheImageToTheImage) {
  const ModelSpec spec = *makeModelSpec("vae", {1, 28, 28}, {});
  EXPECT_EQ(lines(modelSummary(spec)), (std::vector<std::string>{
                                           "encoder.0 | Linear | 500 | 392500",
                                           "mu | Linear | 20 | 10020",
                                           "logvar | Linear | 20 | 10020",
                                           "decoder.0 | Linear | 500 | 10500",
                                           "decoder.2 | Linear | 784 | 392784",
                                       }));
}

TEST(Summary, ListsConvolutionsWithTheMapsThatTheyMake) {
  Parameters parameters = fixtures::parameter("architecture", std::string("conv"));
  parameters.set("channels", std::vector<int64_t>{8, 16});
  parameters.set("conv_hidden", std::vector<int64_t>{10});
  parameters.set("likelihood", std::string("gaussian_learned"));
  const ModelSpec spec = *makeModelSpec("ae", {3, 10, 12}, parameters);
  EXPECT_EQ(lines(modelSummary(spec)), (std::vector<std::string>{
                                           "encoder.0 | Conv 4x4 /2 | 8x5x6 | 392",
                                           "encoder.2 | Conv 3x4 /2 | 16x3x3 | 1552",
                                           "encoder.5 | Linear | 10 | 1450",
                                           "z | Linear | 20 | 220",
                                           "decoder.0 | Linear | 10 | 210",
                                           "decoder.2 | Linear | 144 | 1584",
                                           "decoder.6 | Conv 3x3 | 8x5x6 | 1160",
                                           "decoder.8 | Transposed conv 4x4 /2 | 3x10x12 | 387",
                                           "likelihood.log_sigma | Weights | 1 | 1",
                                       }));
}

TEST(Summary, GivesAResidualBlockOneRow) {
  Parameters parameters = fixtures::parameter("architecture", std::string("resnet"));
  parameters.set("channels", std::vector<int64_t>{8});
  parameters.set("blocks", int64_t{2});
  const ModelSpec spec = *makeModelSpec("ae", {1, 8, 8}, parameters);
  const ModelSummary summary = modelSummary(spec);
  ASSERT_GE(summary.rows.size(), 4U);
  for (const size_t i : {1U, 2U}) {
    EXPECT_EQ(summary.rows[i].kind, "Residual block");
    EXPECT_EQ(sizesText(summary.rows[i].shape), "8x4x4");
    EXPECT_EQ(summary.rows[i].weights, 2 * (8 * 8 * 9 + 8) + 2 * 16);
  }
  EXPECT_EQ(summary.rows[3].kind, "Group norm");
}

} // namespace
} // namespace latent
