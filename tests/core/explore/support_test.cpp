#include "core/explore/support.h"

#include "core/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace latent {
namespace {

/// n codes of N(mean_j, deviation_j^2), without a posterior.
Encoded gaussianCodes(int64_t n, const std::vector<double>& mean, const std::vector<double>& deviation) {
  Encoded codes{n, static_cast<int>(mean.size()), {}, {}};
  Random random(11);
  for (int64_t i = 0; i < n; ++i)
    for (size_t j = 0; j < mean.size(); ++j)
      codes.mu.push_back(static_cast<float>(mean[j] + deviation[j] * random.normal()));
  return codes;
}

double densityAt(const Encoded& codes, std::vector<float> z) {
  return supportAt(codes, summarise(codes), z).density;
}

TEST(Summary, SpreadIsThatOfDrawsFromThePosterior) {
  // mu: 1, 3 (variance 1) and 5, 5 (variance 0); sigma^2: 0.5, 1.5 (mean 1) and 4, 2 (mean 3).
  const auto logVar = [](double variance) { return static_cast<float>(std::log(variance)); };
  const Encoded codes{2, 2, {1, 5, 3, 5}, {logVar(0.5), logVar(4), logVar(1.5), logVar(2)}};
  const LatentSummary summary = summarise(codes);
  EXPECT_FLOAT_EQ(summary.mean[0], 2);
  EXPECT_FLOAT_EQ(summary.mean[1], 5);
  EXPECT_FLOAT_EQ(summary.spread[0], std::sqrt(2.0f));
  EXPECT_FLOAT_EQ(summary.spread[1], std::sqrt(3.0f));
}

TEST(Summary, WithoutAPosteriorItIsThatOfTheCodes) {
  const LatentSummary summary = summarise({2, 1, {1, 3}, {}});
  EXPECT_FLOAT_EQ(summary.spread[0], 1);
}

TEST(Summary, OfNothingIsZero) {
  const LatentSummary summary = summarise({0, 3, {}, {}});
  EXPECT_EQ(summary.mean, std::vector<float>(3, 0));
  EXPECT_EQ(summary.spread, std::vector<float>(3, 0));
}

// For codes of N(0, I) in two dimensions the density at the mean is 1/(2 pi), and at the codes it is uniform
// on (0, 1/(2 pi)): exp(-r^2/2) with r^2/2 exponential. So the mean has twice the median, before and after
// smoothing.
TEST(Support, OfAGaussianIsTwiceTheMedianAtItsMean) {
  const Encoded codes = gaussianCodes(6000, {1, -2}, {0.5, 2});
  EXPECT_NEAR(densityAt(codes, {1, -2}), 2.0, 0.2);
  // At the radius of the median, r^2 = 2 ln 2, it is 1; all around, so that single codes count little.
  const double radius = std::sqrt(2 * std::log(2.0));
  double sum = 0;
  for (int i = 0; i < 16; ++i) {
    const double angle = std::numbers::pi / 8 * i;
    sum += densityAt(codes, {static_cast<float>(1 + 0.5 * radius * std::cos(angle)),
                             static_cast<float>(-2 + 2 * radius * std::sin(angle))});
  }
  EXPECT_NEAR(sum / 16, 1.0, 0.1); // a median of 500 is known to 5 %
}

TEST(Support, FallsOutwards) {
  const Encoded codes = gaussianCodes(3000, {0, 0, 0}, {1, 1, 1});
  double last = densityAt(codes, {0, 0, 0});
  for (int halves = 1; halves < 12; ++halves) {
    const float r = 0.5F * static_cast<float>(halves);
    const double density = densityAt(codes, {r, 0, 0});
    EXPECT_LT(density, last) << "at radius " << r;
    last = density;
  }
  EXPECT_LT(last, 1e-3);
}

TEST(Support, DoesNotDependOnTheUnitOfALatent) {
  const Encoded codes = gaussianCodes(1000, {0, 0}, {1, 1});
  Encoded scaled = codes;
  for (size_t i = 1; i < scaled.mu.size(); i += 2) scaled.mu[i] *= 1024;
  EXPECT_NEAR(densityAt(codes, {0.5f, 0.25f}), densityAt(scaled, {0.5f, 256.0f}), 1e-4);
}

TEST(Support, GivesTheRadius) {
  const Encoded codes = gaussianCodes(10, {0, 0}, {1, 1});
  EXPECT_DOUBLE_EQ(supportAt(codes, summarise(codes), std::vector<float>{3, -4}).priorRadius, 5);
}

TEST(Support, HasNoDensityWithoutCodesOrForAnotherSize) {
  EXPECT_EQ(supportAt({0, 2, {}, {}}, {{0, 0}, {0, 0}}, std::vector<float>{0, 0}).density, 0);
  EXPECT_EQ(CodeDensity().at(std::vector<float>{0, 0}).density, 0);
  EXPECT_EQ(densityAt(gaussianCodes(10, {0, 0}, {1, 1}), {0, 0, 0}), 0);
}

TEST(Support, LivesWithALatentThatNeverMoves) {
  const Encoded codes = gaussianCodes(500, {0, 3}, {1, 0});
  EXPECT_GT(densityAt(codes, {0, 3}), 1);
  EXPECT_EQ(densityAt(codes, {0, 4}), 0);
}

TEST(Nearest, AgreesWithSortingAllDistances) {
  const Encoded codes = gaussianCodes(500, {0, 0, 0}, {1, 2, 3});
  const std::vector<float> z{0.3f, -0.5f, 1.5f};
  std::vector<int64_t> all(500);
  std::iota(all.begin(), all.end(), 0);
  std::stable_sort(all.begin(), all.end(), [&](int64_t a, int64_t b) {
    const auto distance = [&](int64_t i) {
      float sum = 0;
      for (size_t j = 0; j < 3; ++j) {
        const float d = codes.mu[static_cast<size_t>(i) * 3 + j] - z[j];
        sum += d * d;
      }
      return sum;
    };
    return distance(a) < distance(b);
  });
  EXPECT_EQ(nearestCodes(codes, z, 7), std::vector<int64_t>(all.begin(), all.begin() + 7));
}

TEST(Nearest, ToldApartFarOutside) {
  // In float, |mu - z|² would be the same for all. The code that lies farthest in the direction of z is
  // nearest.
  const Encoded codes{4, 2, {0, 0, 3, 0, 1, 1, -2, 5}, {}};
  for (const float far : {1e9f, 1e20f, 3e38f}) {
    EXPECT_EQ(nearestCodes(codes, std::vector<float>{far, 0}, 4), (std::vector<int64_t>{1, 2, 0, 3}));
    EXPECT_EQ(nearestCodes(codes, std::vector<float>{0, -far}, 4), (std::vector<int64_t>{0, 1, 2, 3}));
  }
}

TEST(Nearest, CodesThatAreNoNumbersComeLast) {
  const Encoded codes{3, 1, {std::numeric_limits<float>::quiet_NaN(), 5, 4}, {}};
  EXPECT_EQ(nearestCodes(codes, std::vector<float>{0}, 3), (std::vector<int64_t>{2, 1, 0}));
}

TEST(Support, IsANumberFarOutside) {
  const Encoded codes = gaussianCodes(500, {0, 0}, {1, 1e-9});
  for (const float far : {1e9f, 3e38f}) {
    const Support support = supportAt(codes, summarise(codes), std::vector<float>{far, -far});
    EXPECT_EQ(support.density, 0);
    EXPECT_TRUE(std::isfinite(support.priorRadius));
  }
}

TEST(Nearest, GivesWhatThereIs) {
  const Encoded codes{3, 1, {5, 1, 1}, {}};
  EXPECT_EQ(nearestCodes(codes, std::vector<float>{0}, 10), (std::vector<int64_t>{1, 2, 0}));
  EXPECT_TRUE(nearestCodes(codes, std::vector<float>{0}, 0).empty());
}

TEST(MainDirections, AreFoundInSyntheticCodes) {
  // Codes around (1, 2, 3): deviation 5 along (0.6, 0.8, 0), 2 along (0, 0, 1), 0.1 along the rest.
  Random random(3);
  Encoded codes{4000, 3, {}, {}};
  for (int64_t i = 0; i < codes.count; ++i) {
    const double a = 5 * random.normal(), b = 2 * random.normal(), c = 0.1 * random.normal();
    for (double value : {1 + 0.6 * a - 0.8 * c, 2 + 0.8 * a + 0.6 * c, 3 + b})
      codes.mu.push_back(static_cast<float>(value));
  }
  const Result<MainDirections> found = mainDirections(codes);
  ASSERT_TRUE(found.ok()) << found.error().message;
  const auto expectNear = [](const std::vector<float>& actual, const std::vector<float>& expected,
                             float tolerance) {
    ASSERT_EQ(actual.size(), expected.size());
    for (size_t j = 0; j < actual.size(); ++j)
      EXPECT_NEAR(actual[j], expected[j], tolerance) << "coordinate " << j;
  };
  expectNear(found->first, {0.6f, 0.8f, 0}, 0.02f);
  expectNear(found->second, {0, 0, 1}, 0.02f);
  expectNear(found->mean, {1, 2, 3}, 0.25f);
}

TEST(MainDirections, NeedTwoLatents) {
  const Result<MainDirections> found = mainDirections({3, 1, {1, 2, 3}, {}});
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().fault, Fault::usage);
}

} // namespace
} // namespace latent
