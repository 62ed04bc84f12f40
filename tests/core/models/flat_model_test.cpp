#include "core/models/flat_model.h"

#include "core/models/families.h"
#include "core/models/torch_compat.h"
#include "tests/core/fixtures/model_specs.h"

#include <gtest/gtest.h>

#include <numeric>

namespace latent {
namespace {

using fixtures::tinySpec;

TEST(FlatModel, TensorsAreViewsOfTheFlatOnes) {
  FlatModel flat(tinySpec("vae"), torch::kCPU, FlatModel::Gradients::flat);
  std::vector<float> values(static_cast<size_t>(flat.size()));
  std::iota(values.begin(), values.end(), 0.0F);
  flat.write(values);
  for (const auto& item : flat.model().named_parameters()) {
    const auto entry = std::find_if(flat.layout()->begin(), flat.layout()->end(),
                                    [&](const WeightEntry& e) { return e.name == item.key(); });
    ASSERT_NE(entry, flat.layout()->end());
    EXPECT_EQ(item.value().flatten()[0].item<float>(), static_cast<float>(entry->offset));
    EXPECT_TRUE(item.value().is_alias_of(flat.values()));
    EXPECT_TRUE(item.value().grad().is_alias_of(flat.gradients()));
  }
  std::vector<float> back(values.size());
  flat.read(back);
  EXPECT_EQ(back, values);
}

TEST(FlatModel, BackwardFillsTheFlatGradientAndKeepsTheViews) {
  FlatModel flat(tinySpec("vae"), torch::kCPU, FlatModel::Gradients::flat);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  initialise(flat.model(), generator);
  ObjectiveContext context{compat::makeGenerator(torch::kCPU, 2)};
  const torch::Tensor x = torch::full({4, 1, 8, 8}, 0.5F);
  flat.model().objective(x, context)[0].backward();
  EXPECT_GT(flat.gradients().abs().max().item<float>(), 0);
  const torch::Tensor first = flat.gradients().clone();
  flat.gradients().zero_();
  for (const torch::Tensor& parameter : flat.model().parameters()) {
    EXPECT_EQ(parameter.grad().abs().max().item<float>(), 0);
  }
  // A second pass adds to the same memory.
  context.noise.set_current_seed(2);
  flat.model().objective(x, context)[0].backward();
  EXPECT_TRUE(flat.gradients().equal(first));
}

TEST(FlatModel, WithoutGradientsNothingRequiresThem) {
  FlatModel flat(tinySpec("ae"), torch::kCPU, FlatModel::Gradients::none);
  for (const torch::Tensor& parameter : flat.model().parameters()) EXPECT_FALSE(parameter.requires_grad());
  EXPECT_FALSE(flat.gradients().defined());
}

TEST(FlatModel, RefusesAnotherNumberOfValues) {
  FlatModel flat(tinySpec("ae"), torch::kCPU, FlatModel::Gradients::none);
  std::vector<float> wrong(static_cast<size_t>(flat.size()) + 1);
  EXPECT_THROW(flat.write(wrong), std::logic_error);
  EXPECT_THROW(flat.read(wrong), std::logic_error);
}

} // namespace
} // namespace latent
