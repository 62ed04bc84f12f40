// Magnification against Jacobians that are known.
#include "core/explore/magnification_work.h"
#include "tests/core/explore/explorer_bench.h"
#include "tests/core/explore/tiny_model.h"

#include <gtest/gtest.h>

#include <cmath>

namespace latent {
namespace {

using namespace test;

const TileGrid grid{{-2, 3, -1, 1.5}, 6, 9};

std::vector<float> tensor(const Weights& weights, const std::string& name) {
  for (const WeightEntry& entry : *weights.layout)
    if (entry.name == name) {
      const auto first = weights.values.begin() + entry.offset;
      return {first, first + entry.count()};
    }
  ADD_FAILURE() << name << " is not a tensor of the model";
  return {};
}

/// y = W x (+ b), W [out, in].
std::vector<double> product(const std::vector<float>& w, const std::vector<double>& x,
                            const std::vector<float>& b = {}) {
  std::vector<double> y(w.size() / x.size());
  for (size_t i = 0; i < y.size(); ++i) {
    if (!b.empty()) y[i] = b[i];
    for (size_t j = 0; j < x.size(); ++j) y[i] += double{w[i * x.size() + j]} * x[j];
  }
  return y;
}

/// Of a dense decoder with one hidden layer: x = sigmoid(W2 relu(W1 z + b1) + b2), so that
/// dx/dz v = s (1 - s) * W2 [W1 z + b1 > 0] W1 v.
std::vector<float> derivative(const Weights& weights, const std::vector<double>& z,
                              const std::vector<double>& v) {
  const std::vector<float> w1 = tensor(weights, "decoder.0.weight"), w2 = tensor(weights, "decoder.2.weight");
  std::vector<double> hidden = product(w1, z, tensor(weights, "decoder.0.bias"));
  std::vector<double> moved = product(w1, v);
  for (size_t i = 0; i < hidden.size(); ++i) {
    if (hidden[i] <= 0) moved[i] = 0;
    hidden[i] = std::max(hidden[i], 0.0);
  }
  const std::vector<double> logits = product(w2, hidden, tensor(weights, "decoder.2.bias"));
  const std::vector<double> slopes = product(w2, moved);
  std::vector<float> pixels;
  for (size_t i = 0; i < logits.size(); ++i) {
    const double s = 1 / (1 + std::exp(-logits[i]));
    pixels.push_back(static_cast<float>(s * (1 - s) * slopes[i]));
  }
  return pixels;
}

MagnificationFrame magnify(Bench& bench, const PlaneAxes& axes, const TileGrid& cells) {
  bench.explorer.request(MagnificationRequest{bench.head(1), axes, cells});
  bench.waitUntilIdle();
  EXPECT_FALSE(bench.magnifications.empty());
  return bench.magnifications.empty() ? MagnificationFrame{} : bench.magnifications.back();
}

TEST(Magnification, LargestSingularValueIsKnown) {
  EXPECT_DOUBLE_EQ(largestSingularValue(std::vector<float>{3, 0}, std::vector<float>{0, 4}), 4);
  EXPECT_DOUBLE_EQ(largestSingularValue(std::vector<float>{1, 2, 2}, std::vector<float>{2, 4, 4}),
                   3 * std::sqrt(5.0)); // rank one
  EXPECT_DOUBLE_EQ(largestSingularValue(std::vector<float>{0, 0}, std::vector<float>{0, 0}), 0);
}

TEST(Magnification, OfADenseDecoderIsItsJacobian) {
  for (const int64_t latents : {2, 3}) {
    Bench bench(tinySpec("vae", latents));
    PlaneAxes axes = planeAxes;
    if (latents == 3) axes = {{0.3f, -0.2f, 0.1f}, {0.6f, 0, 0.8f}, {0, 2, 0}};
    const MagnificationFrame frame = magnify(bench, axes, grid);
    ASSERT_EQ(frame.error, "");
    EXPECT_EQ(frame.step, 1);
    EXPECT_EQ(frame.axes, axes);
    EXPECT_EQ(frame.grid, grid);
    ASSERT_EQ(frame.values.size(), 54u);
    const auto weights = tinyWeights(bench.spec, 1, 1);
    int atAKink = 0;
    for (int row = 0; row < grid.rows; ++row) {
      for (int column = 0; column < grid.columns; ++column) {
        const PlanePoint centre = grid.centre(row, column);
        std::vector<double> z;
        for (size_t j = 0; j < static_cast<size_t>(latents); ++j)
          z.push_back(axes.origin[j] + centre.x * axes.axis1[j] + centre.y * axes.axis2[j]);
        const double known =
            largestSingularValue(derivative(*weights, z, {axes.axis1.begin(), axes.axis1.end()}),
                                 derivative(*weights, z, {axes.axis2.begin(), axes.axis2.end()}));
        const double value = frame.values[static_cast<size_t>(row * grid.columns + column)];
        EXPECT_GT(value, 0);
        if (std::abs(value - known) > 0.002 * known) ++atAKink;
      }
    }
    EXPECT_LE(atAKink, 2); // of 54 cells; a kink lies within h of a centre by chance
  }
}

/// A linear decoder whose pixels stay inside of [0, 1]: x = 1/2 + W z with small W.
std::shared_ptr<const Weights> linearWeights(const ModelSpec& spec) {
  const auto weights = tinyWeights(spec, 1, 4);
  for (const WeightEntry& entry : *weights->layout)
    for (int64_t i = 0; i < entry.count(); ++i) {
      float& value = weights->values[static_cast<size_t>(entry.offset + i)];
      value = entry.name == "decoder.bias" ? 0.5f : value * 0.02f;
    }
  return weights;
}

TEST(Magnification, OfALinearDecoderIsTheSameEverywhere) {
  Parameters given;
  given.set("latent", int64_t{3});
  const ModelSpec spec = *makeModelSpec("pca", {1, 5, 4}, given);
  Bench bench(spec);
  const auto weights = linearWeights(spec);
  bench.explorer.setSource("run", spec, weights);
  const std::vector<float> w = tensor(*weights, "decoder.weight"); // [D, K]
  std::vector<float> first, second;
  for (size_t i = 0; i < w.size(); i += 3) {
    first.push_back(w[i] + 2 * w[i + 1]);
    second.push_back(w[i + 2]);
  }
  const double known = largestSingularValue(first, second);
  for (const LatentPoint& origin : {LatentPoint{0, 0, 0}, LatentPoint{0.5f, -1, 2}}) {
    const MagnificationFrame frame = magnify(bench, {origin, {1, 2, 0}, {0, 0, 1}}, grid);
    ASSERT_EQ(frame.error, "");
    for (const float value : frame.values) EXPECT_NEAR(value, known, 0.002 * known);
  }
  // Along an axis that is twice as long, a step of the plane goes twice as far.
  const MagnificationFrame longer = magnify(bench, {{0, 0, 0}, {2, 4, 0}, {0, 0, 2}}, grid);
  for (const float value : longer.values) EXPECT_NEAR(value, 2 * known, 0.004 * known);
}

TEST(Magnification, IsDroppedForANewerOneAndSaysWhyThereIsNone) {
  Bench bench;
  const ModelSpec tokens = tinyTokenSpec();
  bench.explorer.setSource("tokens", tokens, tinyWeights(tokens, 1, 1));
  const auto held = std::make_shared<HeldSplit>(1, bench.spec.shape);
  bench.explorer.request(EncodeRequest{bench.head(9), held, 0});
  held->waitUntilHeld();
  bench.explorer.request(MagnificationRequest{bench.head(1), planeAxes, {grid.rect, 400, 400}});
  bench.explorer.request(MagnificationRequest{bench.head(1), planeAxes, grid});
  bench.explorer.request(MagnificationRequest{bench.head(2), {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, grid});
  bench.explorer.request(MagnificationRequest{bench.head(3), {{0, 0}, {1, 0}, {0, 0}}, grid});
  bench.explorer.request(MagnificationRequest{bench.head(4), planeAxes, {grid.rect, 0, 1}});
  const PlaneAxes ofTokens{LatentPoint(18), LatentPoint(18, 1), LatentPoint(18, 2)};
  bench.explorer.request(MagnificationRequest{bench.head(5, "tokens"), ofTokens, grid});
  held->release();
  bench.waitUntilIdle();
  ASSERT_EQ(bench.order, "emmmmm");
  EXPECT_EQ(bench.magnifications.at(0).error, "");
  EXPECT_EQ(bench.magnifications.at(0).grid, grid);
  for (size_t i = 1; i < 5; ++i) {
    EXPECT_FALSE(bench.magnifications.at(i).error.empty());
    EXPECT_EQ(bench.magnifications.at(i).error.find('\n'), std::string::npos);
    EXPECT_TRUE(bench.magnifications.at(i).values.empty());
  }
}

} // namespace
} // namespace latent
