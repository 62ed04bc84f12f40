#include "core/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace latent {
namespace {

TEST(DeriveSeed, purposesAndSeedsGiveDifferentStreams) {
  std::set<uint64_t> seen;
  for (uint64_t seed = 0; seed < 200; ++seed)
    for (const char* purpose : {"initialisation", "order", "noise", "binarisation", "evaluation", ""})
      EXPECT_TRUE(seen.insert(deriveSeed(seed, purpose)).second) << seed << purpose;
  EXPECT_EQ(deriveSeed(7, "noise"), deriveSeed(7, "noise"));
}

TEST(Random, theSequenceNeverChanges) {
  // The generator's reference implementation with the state {1, 2, 3, 4} begins 11520, 0, 1509978240; ours is
  // seeded through SplitMix64, so the first numbers of seed 0 are pinned instead.
  Random a(0), b(0), c(1);
  EXPECT_EQ(a.next(), 0x99ec5f36cb75f2b4u);
  EXPECT_EQ(b.next(), 0x99ec5f36cb75f2b4u);
  EXPECT_NE(c.next(), 0x99ec5f36cb75f2b4u);
}

TEST(Random, uniformAndNormalHaveTheirMoments) {
  Random random(3);
  constexpr int n = 200000;
  double sum = 0, squares = 0, fourth = 0, uniform = 0;
  for (int i = 0; i < n; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    fourth += x * x * x * x;
    const double u = random.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    uniform += u;
  }
  EXPECT_NEAR(sum / n, 0, 0.01);
  EXPECT_NEAR(squares / n, 1, 0.015);
  EXPECT_NEAR(fourth / n, 3, 0.1);
  EXPECT_NEAR(uniform / n, 0.5, 0.005);
}

TEST(Random, belowIsUniformOverItsRange) {
  Random random(5);
  int counts[7] = {};
  for (int i = 0; i < 70000; ++i) ++counts[random.below(7)];
  for (const int count : counts) EXPECT_NEAR(count, 10000, 400);
  EXPECT_EQ(random.below(1), 0);
}

} // namespace
} // namespace latent
