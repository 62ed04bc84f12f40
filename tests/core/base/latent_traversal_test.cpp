#include "core/base/latent_traversal.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

namespace latent {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(LatentTraversal, onlyItsLatentMoves) {
  const LatentPoint start{0.1F, -0.0F, 1e-40F, 7};
  for (int j = 0; j < 4; ++j) {
    const auto strip = traversalStrip(start, j, {-1, 2}, 7);
    ASSERT_EQ(strip.size(), 28U);
    for (size_t i = 0; i < 7; ++i)
      for (size_t k = 0; k < 4; ++k) {
        const float value = strip[4 * i + k];
        if (k == static_cast<size_t>(j))
          EXPECT_FLOAT_EQ(value, -1 + 0.5F * static_cast<float>(i));
        else
          EXPECT_EQ(std::bit_cast<uint32_t>(value), std::bit_cast<uint32_t>(start[k]));
      }
  }
}

TEST(LatentTraversal, endsAreTheIntervalsOwn) {
  const auto strip = traversalStrip(LatentPoint{0}, 0, {-0.1, 0.7}, 11);
  EXPECT_EQ(strip.front(), -0.1F);
  EXPECT_EQ(strip.back(), 0.7F);
}

TEST(LatentTraversal, aGridMovesTwoLatentsLowestRowFirst) {
  const auto grid = traversalGrid(LatentPoint{9, 0, 0}, 2, {0, 2}, 3, 1, {-1, 1}, 2);
  EXPECT_EQ(grid, (std::vector<float>{9, -1, 0, 9, -1, 1, 9, -1, 2, //
                                      9, 1, 0, 9, 1, 1, 9, 1, 2}));
}

TEST(LatentTraversal, rangesAreByPriorDataOrValue) {
  std::vector<float> codes;
  for (int i = 0; i <= 100; ++i) codes.push_back(static_cast<float>(i));
  EXPECT_EQ(traversalInterval({RangeKind::priorSigma, -2, 2}, {}).value(), (Interval{-2, 2}));
  EXPECT_EQ(traversalInterval({RangeKind::value, 5, 6}, codes).value(), (Interval{5, 6}));
  const Interval byData = traversalInterval({RangeKind::dataQuantile, 0.01, 0.95}, codes).value();
  EXPECT_NEAR(byData.low, 1, 1e-9);
  EXPECT_NEAR(byData.high, 95, 1e-9);
  const Interval still =
      traversalInterval(defaultRange(RangeKind::dataQuantile), std::vector<float>(9, 4)).value();
  EXPECT_LT(still.low, 4); // a latent that never moves still has a track
  EXPECT_GT(still.high, 4);
}

TEST(LatentTraversal, rangesThatMeanNothingAreRefused) {
  const std::vector<float> codes{1, 2};
  for (const TraversalRange& range :
       {TraversalRange{RangeKind::value, 1, 1}, TraversalRange{RangeKind::value, 2, 1},
        TraversalRange{RangeKind::priorSigma, nan, 1}, TraversalRange{RangeKind::dataQuantile, -0.1, 0.5},
        TraversalRange{RangeKind::dataQuantile, 0.5, 1.1}}) {
    const auto interval = traversalInterval(range, codes);
    ASSERT_FALSE(interval.ok());
    EXPECT_EQ(interval.error().fault, Fault::usage);
  }
  EXPECT_FALSE(traversalInterval(defaultRange(RangeKind::dataQuantile), {}).ok());
}

TEST(LatentTraversal, theFirstRangeIsThePriorsWhereThereIsOne) {
  EXPECT_EQ(defaultRange(true).kind, RangeKind::priorSigma);
  EXPECT_EQ(defaultRange(false).kind, RangeKind::dataQuantile);
  for (const RangeKind kind : {RangeKind::priorSigma, RangeKind::dataQuantile, RangeKind::value}) {
    EXPECT_TRUE(checkRange(defaultRange(kind)).ok());
    EXPECT_EQ(rangeKindFromName(rangeKindName(kind)).value(), kind);
  }
  EXPECT_FALSE(rangeKindFromName("sigma").ok());
}

} // namespace
} // namespace latent
