#include "core/explore/viewer.h"

#include "core/explore/replicas.h"
#include "tests/core/explore/tiny_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace latent {
namespace {

using test::tinySpec;
using test::tinyWeights;

Viewer viewerWith(const ModelSpec& spec, const std::shared_ptr<const Weights>& weights) {
  Result<Viewer> viewer = Viewer::create(spec);
  EXPECT_TRUE(viewer.ok());
  EXPECT_TRUE(viewer->setWeights(weights).ok());
  return *std::move(viewer);
}

std::vector<float> someNumbers(size_t count, float scale) {
  std::vector<float> numbers(count);
  for (size_t i = 0; i < count; ++i) numbers[i] = scale * static_cast<float>(i % 13) / 13;
  return numbers;
}

const std::vector<float>& tensor(const Weights& weights, const std::string& name,
                                 std::vector<float>& storage) {
  for (const WeightEntry& entry : *weights.layout) {
    if (entry.name != name) continue;
    const auto first = weights.values.begin() + entry.offset;
    storage.assign(first, first + entry.count());
    return storage;
  }
  ADD_FAILURE() << name << " is not a tensor of the model";
  return storage;
}

/// y = W x + b with W [out, in].
std::vector<double> affine(const Weights& weights, const std::string& layer, const std::vector<double>& x) {
  std::vector<float> w, b;
  tensor(weights, layer + ".weight", w);
  tensor(weights, layer + ".bias", b);
  std::vector<double> y(b.begin(), b.end());
  for (size_t i = 0; i < y.size(); ++i)
    for (size_t j = 0; j < x.size(); ++j) y[i] += double{w[i * x.size() + j]} * x[j];
  return y;
}

TEST(Viewer, DecodesAsTheFormulaSays) {
  const ModelSpec spec = tinySpec();
  const auto weights = tinyWeights(spec, 3, 1);
  const std::vector<float> pixels = viewerWith(spec, weights).decode(std::vector<float>{0.4f, -1.3f}, 1);

  std::vector<double> hidden = affine(*weights, "decoder.0", {0.4f, -1.3f});
  for (double& value : hidden) value = std::max(value, 0.0);
  const std::vector<double> logits = affine(*weights, "decoder.2", hidden);
  ASSERT_EQ(pixels.size(), logits.size());
  for (size_t i = 0; i < pixels.size(); ++i) EXPECT_NEAR(pixels[i], 1 / (1 + std::exp(-logits[i])), 1e-6);
}

TEST(Viewer, EncodesAndReconstructs) {
  for (const char* family : {"ae", "vae"}) {
    const ModelSpec spec = tinySpec(family, 3);
    const Viewer viewer = viewerWith(spec, tinyWeights(spec, 1, 2));
    const std::vector<float> images = someNumbers(4 * 20, 1);
    const Encoded codes = viewer.encode(images, 4);
    EXPECT_EQ(codes.count, 4);
    EXPECT_EQ(codes.latent, 3);
    EXPECT_EQ(codes.mu.size(), 12u);
    EXPECT_EQ(codes.logVar.size(), std::string(family) == "vae" ? 12u : 0u);
    EXPECT_EQ(viewer.reconstruct(images, 4), viewer.decode(codes.mu, 4));
  }
}

TEST(Viewer, RepeatsItsBitsForEqualShapes) {
  const ModelSpec spec = tinySpec("vae", 5);
  const auto weights = tinyWeights(spec, 1, 2);
  const std::vector<float> z = someNumbers(5 * 30, 2);
  EXPECT_EQ(viewerWith(spec, weights).decode(z, 30), viewerWith(spec, weights).decode(z, 30));
}

TEST(Viewer, TakesNewWeightsAndKeepsTheOldOnesOnError) {
  const ModelSpec spec = tinySpec();
  Viewer viewer = viewerWith(spec, tinyWeights(spec, 1, 1));
  const std::vector<float> z{1, 1};
  const std::vector<float> before = viewer.decode(z, 1);

  const ModelSpec other = tinySpec("vae", 3);
  const Status refused = viewer.setWeights(tinyWeights(other, 2, 2));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().fault, Fault::input);
  auto cut = tinyWeights(spec, 2, 2);
  cut->values.pop_back();
  EXPECT_FALSE(viewer.setWeights(cut).ok());
  EXPECT_FALSE(viewer.setWeights(nullptr).ok());
  EXPECT_EQ(viewer.decode(z, 1), before);
  EXPECT_EQ(viewer.weights()->step, 1);

  EXPECT_TRUE(viewer.setWeights(tinyWeights(spec, 2, 2)).ok());
  EXPECT_NE(viewer.decode(z, 1), before);
  EXPECT_EQ(viewer.weights()->step, 2);
}

TEST(Viewer, MatchesWeightsInAnotherOrderByName) {
  const ModelSpec spec = tinySpec();
  const auto weights = tinyWeights(spec, 1, 1);
  auto reversed = std::make_shared<Weights>();
  auto layout = std::make_shared<WeightLayout>();
  for (auto entry = weights->layout->rbegin(); entry != weights->layout->rend(); ++entry) {
    layout->push_back({entry->name, entry->shape, static_cast<int64_t>(reversed->values.size())});
    const auto first = weights->values.begin() + entry->offset;
    reversed->values.insert(reversed->values.end(), first, first + entry->count());
  }
  reversed->layout = layout;
  const std::vector<float> z{0.2f, 0.7f};
  EXPECT_EQ(viewerWith(spec, reversed).decode(z, 1), viewerWith(spec, weights).decode(z, 1));
}

TEST(Viewer, RefusesASpecThatCannotBeBuilt) {
  ModelSpec spec = tinySpec();
  spec.family = "no-such-family";
  const Result<Viewer> viewer = Viewer::create(spec);
  ASSERT_FALSE(viewer.ok());
  EXPECT_EQ(viewer.error().fault, Fault::usage);
}

TEST(PixelMode, ThresholdsWhereTheRunDoes) {
  const std::vector<float> grey{0, 0.49f, 0.5f, 1};
  std::vector<float> pixels = grey;
  applyPixelMode(tinySpec(), pixels);
  EXPECT_EQ(pixels, grey);
  for (const char* mode : {"thresholded", "rebinarised"}) {
    pixels = grey;
    applyPixelMode(tinySpec("vae", 2, mode), pixels);
    EXPECT_EQ(pixels, (std::vector<float>{0, 0, 1, 1})) << mode;
  }
}

TEST(Replicas, StayFew) {
  Replicas replicas;
  const ModelSpec spec = tinySpec();
  const std::vector<float> z{0.5f, -0.5f};
  std::vector<std::shared_ptr<const Weights>> weights;
  for (int i = 0; i < 40; ++i) weights.push_back(tinyWeights(spec, i, static_cast<uint64_t>(i)));
  for (int round = 0; round < 2; ++round) {
    for (size_t i = 0; i < weights.size(); ++i) {
      const Viewer& replica = replicas.get(std::to_string(i), spec, weights[i]);
      EXPECT_EQ(replica.weights(), weights[i]);
      EXPECT_EQ(replica.decode(z, 1), viewerWith(spec, weights[i]).decode(z, 1));
    }
  }
  EXPECT_EQ(replicas.size(), 32u);
  replicas.remove([](const SourceId& id) { return id == "39"; });
  EXPECT_EQ(replicas.size(), 31u);
}

TEST(Replicas, FollowASourceThatBecameAnotherModel) {
  Replicas replicas;
  const ModelSpec two = tinySpec(), three = tinySpec("ae", 3);
  EXPECT_EQ(replicas.get("run", two, tinyWeights(two, 1, 1)).latentSize(), 2);
  EXPECT_EQ(replicas.get("run", three, tinyWeights(three, 1, 1)).latentSize(), 3);
  EXPECT_EQ(replicas.size(), 1u);
}

} // namespace
} // namespace latent
