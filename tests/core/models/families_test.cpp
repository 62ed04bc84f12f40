#include "core/models/families.h"

#include "tests/core/fixtures/model_specs.h"

#include <gtest/gtest.h>

#include <set>

namespace latent {
namespace {

using fixtures::parameter;
using fixtures::tinySpec;

std::vector<std::string> names(const WeightLayout& layout) {
  std::vector<std::string> list;
  for (const WeightEntry& entry : layout) list.push_back(entry.name);
  return list;
}

TEST(Families, AreListedInTheOrderOfTheMenu) {
  ASSERT_GE(families().size(), 2U);
  EXPECT_EQ(families()[0].id, "ae");
  EXPECT_EQ(families()[1].id, "vae");
  EXPECT_FALSE(findFamily("ae")->hasPrior);
  EXPECT_TRUE(findFamily("vae")->hasPrior);
  EXPECT_EQ(findFamily("gan"), nullptr);
}

TEST(Families, EveryParameterReadsWellInAForm) {
  for (const FamilyInfo& family : families()) {
    EXPECT_FALSE(family.name.empty() || family.shortName.empty() || family.summary.empty() ||
                 family.objective.empty());
    std::set<std::string> keys;
    for (const ParameterSpec& spec : family.schema) {
      SCOPED_TRACE(family.id + " " + spec.key);
      EXPECT_TRUE(keys.insert(spec.key).second);
      EXPECT_FALSE(spec.label.empty() || spec.group.empty() || spec.help.empty());
      EXPECT_TRUE(checkParameter(spec, spec.standard).ok());
    }
    if (family.closedForm) continue; // nothing is optimised
    for (const char* key : {"activation", "pixels", "batch", "learning_rate"}) {
      EXPECT_TRUE(keys.contains(key)) << family.id << " " << key;
    }
  }
}

TEST(Families, DefaultsAreThoseOfTheInterface) {
  const ModelSpec spec = *makeModelSpec("vae", {1, 28, 28}, {});
  EXPECT_EQ(spec.parameters.integer("latent"), 20);
  EXPECT_EQ(spec.parameters.list("hidden"), std::vector<int64_t>{500});
  EXPECT_EQ(spec.parameters.choice("activation"), "relu");
  EXPECT_EQ(spec.parameters.choice("pixels"), "grey");
  EXPECT_EQ(spec.parameters.integer("batch"), 100);
  EXPECT_EQ(spec.parameters.real("learning_rate"), 1e-3);
}

TEST(Families, LayoutNamesFollowTheInterface) {
  const ModelSpec vae = *makeModelSpec("vae", {1, 28, 28}, {});
  const auto layout = weightLayout(vae);
  EXPECT_EQ(names(*layout),
            (std::vector<std::string>{"encoder.0.weight", "encoder.0.bias", "mu.weight", "mu.bias",
                                      "logvar.weight", "logvar.bias", "decoder.0.weight", "decoder.0.bias",
                                      "decoder.2.weight", "decoder.2.bias"}));
  EXPECT_EQ((*layout)[0].shape, (std::vector<int64_t>{500, 784}));
  EXPECT_EQ((*layout)[8].shape, (std::vector<int64_t>{784, 500}));
  int64_t offset = 0;
  for (const WeightEntry& entry : *layout) {
    EXPECT_EQ(entry.offset, offset);
    offset += entry.count();
  }

  const auto ae = weightLayout(tinySpec("ae", parameter("hidden", std::vector<int64_t>{16, 12})));
  EXPECT_EQ(names(*ae), (std::vector<std::string>{"encoder.0.weight", "encoder.0.bias", "encoder.2.weight",
                                                  "encoder.2.bias", "z.weight", "z.bias", "decoder.0.weight",
                                                  "decoder.0.bias", "decoder.2.weight", "decoder.2.bias",
                                                  "decoder.4.weight", "decoder.4.bias"}));
  EXPECT_EQ((*ae)[6].shape, (std::vector<int64_t>{12, 2})); // reversed: 2 - 12 - 16 - 64
}

TEST(Families, RefusesWhatCannotBeBuilt) {
  const ImageShape shape{1, 28, 28};
  const auto faultOf = [&](const std::string& family, const ImageShape& s, const Parameters& p) {
    const Result<ModelSpec> spec = makeModelSpec(family, s, p);
    EXPECT_FALSE(spec.ok());
    if (spec.ok()) return Fault::work;
    EXPECT_FALSE(spec.error().message.empty());
    return spec.error().fault;
  };
  EXPECT_EQ(faultOf("gan", shape, {}), Fault::usage);
  EXPECT_EQ(faultOf("vae", {1, 0, 28}, {}), Fault::usage);
  EXPECT_EQ(faultOf("vae", shape, parameter("latent", int64_t{0})), Fault::usage);
  EXPECT_EQ(faultOf("vae", shape, parameter("latent", int64_t{513})), Fault::usage);
  EXPECT_EQ(faultOf("vae", shape, parameter("depth", int64_t{3})), Fault::usage);
  EXPECT_EQ(faultOf("vae", shape, parameter("hidden", std::vector<int64_t>(9, 10))), Fault::usage);
  EXPECT_EQ(faultOf("vae", {4, 4096, 4096}, parameter("hidden", std::vector<int64_t>{4096})), Fault::usage);
}

TEST(Families, MatchWeightsReordersByName) {
  const ModelSpec spec = tinySpec("ae");
  const auto layout = weightLayout(spec);
  // The same tensors, last first, with a gap before each.
  Weights shuffled;
  shuffled.step = 7;
  auto reversed = std::make_shared<WeightLayout>(layout->rbegin(), layout->rend());
  for (WeightEntry& entry : *reversed) {
    shuffled.values.push_back(-1);
    const auto first = static_cast<float>(entry.offset);
    entry.offset = static_cast<int64_t>(shuffled.values.size());
    for (int64_t i = 0; i < entry.count(); ++i) shuffled.values.push_back(first + static_cast<float>(i));
  }
  shuffled.layout = reversed;
  const auto matched = matchWeights(spec, shuffled);
  ASSERT_TRUE(matched.ok());
  EXPECT_EQ((*matched)->step, 7);
  for (size_t i = 0; i < (*matched)->values.size(); ++i)
    ASSERT_EQ((*matched)->values[i], static_cast<float>(i));
}

TEST(Families, MatchWeightsNamesWhatDoesNotFit) {
  const ModelSpec spec = tinySpec("ae");
  const auto messageFor = [&](const WeightLayout& layout, size_t count) {
    Weights weights;
    weights.layout = std::make_shared<const WeightLayout>(layout);
    weights.values.resize(count);
    const auto matched = matchWeights(spec, weights);
    EXPECT_FALSE(matched.ok());
    if (matched.ok()) return std::string();
    EXPECT_EQ(matched.error().fault, Fault::input);
    return matched.error().message;
  };
  WeightLayout layout = *weightLayout(spec);
  const auto count = static_cast<size_t>(layout.back().offset + layout.back().count());

  WeightLayout missing = layout;
  missing.erase(missing.begin() + 2);
  EXPECT_NE(messageFor(missing, count).find("z.weight"), std::string::npos);
  WeightLayout extra = layout;
  extra.push_back({"logvar.bias", {2}, 0});
  EXPECT_NE(messageFor(extra, count).find("logvar.bias"), std::string::npos);
  WeightLayout shape = layout;
  shape[0].shape = {64, 16};
  EXPECT_NE(messageFor(shape, count).find("encoder.0.weight"), std::string::npos);
  EXPECT_NE(messageFor(layout, count - 1).find("decoder.2.bias"), std::string::npos);
}

} // namespace
} // namespace latent
