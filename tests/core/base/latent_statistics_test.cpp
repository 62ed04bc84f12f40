#include "core/base/latent_noise.h"
#include "core/base/latent_statistics.h"
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace latent {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

TEST(LatentStatistics, quantilesAreLinearBetweenTheValues) {
  const std::vector<float> sorted{1, 2, 4, 8};
  // R: quantile(c(1,2,4,8), c(0,.1,.5,.9,1), type = 7)
  EXPECT_DOUBLE_EQ(quantile(sorted, 0), 1);
  EXPECT_NEAR(quantile(sorted, 0.1), 1.3, 1e-12);
  EXPECT_NEAR(quantile(sorted, 0.5), 3, 1e-12);
  EXPECT_NEAR(quantile(sorted, 0.9), 6.8, 1e-12);
  EXPECT_DOUBLE_EQ(quantile(sorted, 1), 8);
  EXPECT_DOUBLE_EQ(quantile(std::vector<float>{5}, 0.3), 5);
}

TEST(LatentStatistics, fractionIsTheInverseOfQuantile) {
  const std::vector<float> sorted{-3, -1, 0.5F, 2, 2.25F, 9};
  for (int i = 0; i <= 100; ++i)
    EXPECT_NEAR(fractionAt(sorted, quantile(sorted, i / 100.0)), i / 100.0, 1e-9);
  EXPECT_EQ(fractionAt(sorted, -4), 0);
  EXPECT_EQ(fractionAt(sorted, 10), 1);
}

TEST(LatentStatistics, fractionNeverFalls) {
  const std::vector<float> sorted{0, 1, 1, 1, 1, 2, 2, 5};
  double before = 0;
  for (int i = -10; i <= 600; ++i) {
    const double fraction = fractionAt(sorted, i / 100.0);
    EXPECT_GE(fraction, before);
    EXPECT_LE(fraction, 1);
    before = fraction;
  }
  EXPECT_NEAR(fractionAt(sorted, 1), 2.5 / 7, 1e-12); // the middle of the equal ones
  EXPECT_EQ(fractionAt(std::vector<float>{4, 4, 4}, 4), 0.5);
  EXPECT_EQ(fractionAt(std::vector<float>{4}, 4), 0.5);
}

TEST(LatentStatistics, codesAreSortedLatentByLatentWithoutWhatIsNoNumber) {
  const Encoded points{4, 2, {3, 30, nan, 10, 1, INFINITY, 2, 20}, {}};
  EXPECT_EQ(sortedCodes(points, 0), (std::vector<float>{1, 2, 3}));
  EXPECT_EQ(sortedCodes(points, 1), (std::vector<float>{10, 20, 30}));
  const SortedCodes all(points);
  EXPECT_EQ(all.latent(), 2);
  EXPECT_FALSE(all.empty());
  EXPECT_EQ(std::vector<float>(all.of(1).begin(), all.of(1).end()), sortedCodes(points, 1));
  EXPECT_TRUE(SortedCodes().empty());
  EXPECT_TRUE(SortedCodes(Encoded{1, 1, {nan}, {}}).empty());
}

TEST(LatentStatistics, aHistogramCountsWhatLiesInside) {
  const Encoded points{7, 1, {-1, 0, 0.49F, 0.5F, 1, 1.01F, nan}, {}};
  EXPECT_EQ(histogram(points, 0, {0, 1}, 2).counts, (std::vector<int64_t>{2, 2}));
  EXPECT_EQ(histogram(Encoded{0, 1, {}, {}}, 0, {0, 1}, 3).counts, (std::vector<int64_t>{0, 0, 0}));
}

TEST(LatentStatistics, useOfAPosteriorIsItsKl) {
  // Latent 0 holds the prior, 1 is used, 2 has a narrow posterior that never moves.
  const float ln4 = std::log(4.0F);
  const Encoded points{2, 3, {0, 1, 0, 0, -1, 0}, {0, 0, -ln4, 0, 0, -ln4}};
  const LatentUse use = latentUse(points);
  EXPECT_TRUE(use.byKl);
  EXPECT_NEAR(use.value[0], 0, 1e-7);
  EXPECT_NEAR(use.value[1], 0.5, 1e-7);
  EXPECT_NEAR(use.value[2], 0.5 * (0.25 + ln4 - 1), 1e-6);
  EXPECT_EQ(use.dead, (std::vector<bool>{true, false, true}));
  EXPECT_EQ(use.order, (std::vector<int>{1, 2, 0}));
}

TEST(LatentStatistics, useWithoutAPosteriorIsTheVarianceOfTheCodes) {
  const Encoded points{2, 4, {0, 100, 5, -0.1F, 0, -100, 5, 0.1F}, {}};
  const LatentUse use = latentUse(points);
  EXPECT_FALSE(use.byKl);
  EXPECT_EQ(use.order, (std::vector<int>{1, 3, 0, 2}));
  EXPECT_EQ(use.dead, (std::vector<bool>{true, false, true, true})); // 0.01 of 10,000: a share of 1e-6
  EXPECT_EQ(latentUse(Encoded{0, 2, {}, {}}).dead, (std::vector<bool>{true, true}));
}

TEST(LatentStatistics, aCodeThatIsNoNumberDoesNotUpsetTheOrder) {
  const LatentUse use = latentUse(Encoded{2, 3, {nan, 1, 2, 1, -1, -2}, {}});
  EXPECT_EQ(use.order, (std::vector<int>{2, 1, 0}));
  EXPECT_TRUE(use.dead[0]);
}

/// Codes of a Gaussian with a known root [2 0; 3 1] and mean (1, -1).
Encoded gaussianCodes(int64_t count) {
  Random random(3);
  Encoded points{count, 2, {}, {}};
  for (int64_t i = 0; i < count; ++i) {
    const double e = random.normal(), f = random.normal();
    points.mu.push_back(static_cast<float>(1 + 2 * e));
    points.mu.push_back(static_cast<float>(-1 + 3 * e + f));
  }
  return points;
}

TEST(LatentStatistics, aFitRecoversTheGaussianThatMadeTheCodes) {
  const auto fit = fitGaussian(gaussianCodes(50000));
  ASSERT_TRUE(fit.ok());
  EXPECT_NEAR(fit->mean[0], 1, 0.04);
  EXPECT_NEAR(fit->mean[1], -1, 0.06);
  EXPECT_NEAR(fit->root[0], 2, 0.03);
  EXPECT_EQ(fit->root[1], 0);
  EXPECT_NEAR(fit->root[2], 3, 0.05);
  EXPECT_NEAR(fit->root[3], 1, 0.02);
  EXPECT_NEAR(fit->covariance[1], fit->root[0] * fit->root[2], 1e-9);
  EXPECT_LT(fit->jitter, 1e-8 * fit->covariance[3]);
}

TEST(LatentStatistics, drawsOfAFitAreLikeTheCodes) {
  const auto fit = fitGaussian(gaussianCodes(2000));
  const auto again = fitGaussian(Encoded{20000, 2, drawGaussian(*fit, 20000, 5), {}});
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(again->covariance[i], fit->covariance[i], 0.3);
  for (size_t i = 0; i < 2; ++i) EXPECT_NEAR(again->mean[i], fit->mean[i], 0.1);
  const auto still = drawGaussian(*fit, 2, 5, 0);
  EXPECT_FLOAT_EQ(still[2], static_cast<float>(fit->mean[0]));
}

TEST(LatentStatistics, codesThatNeverMoveStillHaveAFit) {
  Encoded points{100, 3, {}, {}};
  for (int i = 0; i < 100; ++i) {
    const auto x = static_cast<float>(i % 10);
    points.mu.insert(points.mu.end(), {x, 2 * x, 7}); // one direction in three latents
  }
  const auto fit = fitGaussian(points);
  ASSERT_TRUE(fit.ok());
  const auto z = drawGaussian(*fit, 50, 1);
  for (size_t i = 0; i < 50; ++i) {
    EXPECT_NEAR(z[3 * i + 1], 2 * z[3 * i], 0.01);
    EXPECT_NEAR(z[3 * i + 2], 7, 0.01);
  }
  EXPECT_TRUE(fitGaussian(Encoded{2, 1, {3, 3}, {}}).ok());
  EXPECT_FALSE(fitGaussian(Encoded{0, 2, {}, {}}).ok());
  EXPECT_EQ(fitGaussian(Encoded{1, 1, {nan}, {}}).error().fault, Fault::input);
}

TEST(LatentStatistics, drawsOfThePriorAreTheNoisesNumbers) {
  const auto few = drawPrior(4, 3, 9), many = drawPrior(4, 10, 9), wide = drawPrior(4, 3, 9, 2);
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
  for (size_t i = 0; i < few.size(); ++i) EXPECT_EQ(wide[i], 2 * few[i]);
  const auto second = latentNoise({9, 1, 0}, 4);
  EXPECT_TRUE(std::equal(second.begin(), second.end(), few.begin() + 4));
}

} // namespace
} // namespace latent
