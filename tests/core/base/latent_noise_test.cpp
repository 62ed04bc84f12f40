#include "core/base/latent_noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

namespace latent {
namespace {

TEST(LatentNoise, dependsOnItsKeyAlone) {
  const auto first = latentNoise({7, 3, 2}, 20);
  latentNoise({7, 4, 2}, 20); // what else is drawn in between changes nothing
  latentNoise({1, 3, 0}, 5);
  EXPECT_EQ(latentNoise({7, 3, 2}, 20), first);
}

TEST(LatentNoise, runsOfOtherSizesGetTheSameNumbersAsFarAsTheyReach) {
  const auto wide = latentNoise({1, 42, 0}, 200);
  for (const int latent : {1, 2, 20, 199}) {
    const auto narrow = latentNoise({1, 42, 0}, latent);
    EXPECT_TRUE(std::equal(narrow.begin(), narrow.end(), wide.begin()));
  }
}

TEST(LatentNoise, everyKeyHasItsOwnNumbers) {
  std::set<float> seen;
  for (uint64_t seed = 0; seed < 10; ++seed)
    for (int64_t subject = -1; subject < 12; ++subject) // (1, 11) and (11, 1) must differ as well
      for (int64_t draw = 0; draw < 12; ++draw) seen.insert(latentNoise({seed, subject, draw}, 1)[0]);
  EXPECT_EQ(seen.size(), 10U * 13 * 12);
}

TEST(LatentNoise, isStandardNormalOverSubjectsAndLatents) {
  double sum = 0, squares = 0, neighbours = 0;
  constexpr int n = 4000, latent = 25;
  for (int64_t subject = 0; subject < n; ++subject) {
    const auto eps = latentNoise({1, subject, 0}, latent);
    for (size_t j = 0; j < eps.size(); ++j) {
      sum += eps[j];
      squares += double{eps[j]} * eps[j];
      if (j > 0) neighbours += double{eps[j]} * eps[j - 1];
    }
  }
  EXPECT_NEAR(sum / (n * latent), 0, 0.013); // four standard errors of 100,000 numbers
  EXPECT_NEAR(squares / (n * latent), 1, 0.018);
  EXPECT_NEAR(neighbours / (n * (latent - 1)), 0, 0.013);
}

/// Equal exactly where the numbers are equal bit for bit: -0 is not 0, a NaN is itself.
std::vector<uint32_t> bits(const LatentPoint& z) {
  std::vector<uint32_t> result(z.size());
  std::ranges::transform(z, result.begin(), [](float value) { return std::bit_cast<uint32_t>(value); });
  return result;
}

TEST(LatentNoise, sigmaZeroIsThePointBitForBit) {
  const LatentPoint z{0.1F, -0.0F, 3e-40F, -2};
  const auto eps = latentNoise({1, 0, 0}, 4);
  const auto raw = perturbed(z, 0, eps), scaled = perturbed(z, 0, eps, std::vector<float>{1, 2, 3, 4});
  EXPECT_EQ(bits(raw), bits(z));
  EXPECT_EQ(bits(scaled), bits(z));
}

TEST(LatentNoise, rawAndRelativeNoiseFollowTheirFormulas) {
  const LatentPoint z{1, 2, 3};
  const std::vector<float> eps{1, -1, 0.5F}, spread{2, 0, 4};
  EXPECT_EQ(perturbed(z, 0.5, eps), (LatentPoint{1.5F, 1.5F, 3.25F}));
  EXPECT_EQ(perturbed(z, 0.5, eps, spread), (LatentPoint{2, 2, 4}));
}

TEST(LatentNoise, levelsBeginWithTheReconstructionAndRise) {
  EXPECT_EQ(kNoiseLevels.front(), 0);
  for (size_t i = 1; i < kNoiseLevels.size(); ++i) EXPECT_GT(kNoiseLevels[i], kNoiseLevels[i - 1]);
}

TEST(LatentNoise, scalesHaveNames) {
  for (const NoiseScale scale : {NoiseScale::raw, NoiseScale::spread})
    EXPECT_EQ(noiseScaleFromName(noiseScaleName(scale)).value(), scale);
  EXPECT_FALSE(noiseScaleFromName("loud").ok());
}

} // namespace
} // namespace latent
