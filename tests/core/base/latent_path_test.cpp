#include "core/base/latent_path.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>

namespace latent {
namespace {

LatentPoint pointOf(const std::vector<float>& path, int i, size_t latent) {
  const auto first = path.begin() + static_cast<std::ptrdiff_t>(static_cast<size_t>(i) * latent);
  return {first, first + static_cast<std::ptrdiff_t>(latent)};
}

bool sameBits(const LatentPoint& a, const LatentPoint& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

double lengthOf(const LatentPoint& z) {
  double sum = 0;
  for (const float value : z) sum += double{value} * value;
  return std::sqrt(sum);
}

const LatentPoint a{0.1F, -0.0F, 1.7F}, b{-1.3F, 0.4F, 0.2F};

TEST(LatentPath, endsAreExactForEveryKindAndLength) {
  for (const PathKind kind : {PathKind::straight, PathKind::spherical})
    for (const bool loop : {false, true})
      for (int frames = kFewestFrames; frames <= kMostFrames; ++frames) {
        const PathOptions options{kind, frames, loop};
        const auto path = latentPath(a, b, options);
        ASSERT_EQ(path.size(), 3 * static_cast<size_t>(pathLength(options)));
        EXPECT_TRUE(sameBits(pointOf(path, 0, 3), a));
        EXPECT_TRUE(sameBits(pointOf(path, frames - 1, 3), b));
      }
}

TEST(LatentPath, aLoopComesBackWithoutStandingStill) {
  for (const PathKind kind : {PathKind::straight, PathKind::spherical}) {
    const auto path = latentPath(a, b, {kind, 5, true});
    ASSERT_EQ(pathLength({kind, 5, true}), 8); // A 1 2 3 B 3 2 1, and again A
    for (int i = 1; i < 4; ++i) EXPECT_TRUE(sameBits(pointOf(path, 4 + i, 3), pointOf(path, 4 - i, 3)));
    for (int i = 0; i < 8; ++i) EXPECT_FALSE(sameBits(pointOf(path, i, 3), pointOf(path, (i + 1) % 8, 3)));
  }
}

TEST(LatentPath, aStraightPathHasEvenSteps) {
  const auto path = latentPath(LatentPoint{0, 2}, LatentPoint{4, -2}, {PathKind::straight, 5, false});
  EXPECT_EQ(path, (std::vector<float>{0, 2, 1, 1, 2, 0, 3, -1, 4, -2}));
}

TEST(LatentPath, aSphericalPathTurnsEvenlyAndItsLengthGoesFromOneToTheOther) {
  const LatentPoint east{2, 0}, north{0, 4};
  const auto path = latentPath(east, north, {PathKind::spherical, 4, false});
  for (int i = 0; i < 4; ++i) {
    const LatentPoint z = pointOf(path, i, 2);
    EXPECT_NEAR(std::atan2(z[1], z[0]), i * std::numbers::pi / 6, 1e-6);
    EXPECT_NEAR(lengthOf(z), 2 + i * 2.0 / 3, 1e-6);
  }
}

TEST(LatentPath, equalLengthsFollowShoemakesFormula) {
  const LatentPoint p{0.6F, 0.8F, 0}, q{0, 0.6F, 0.8F};
  const double angle = std::acos(0.48);
  for (const double t : {0.1, 0.35, 0.5, 0.8}) {
    const LatentPoint z = slerp(p, q, t);
    for (size_t j = 0; j < 3; ++j)
      EXPECT_NEAR(z[j], (std::sin((1 - t) * angle) * p[j] + std::sin(t * angle) * q[j]) / std::sin(angle),
                  1e-6);
  }
}

TEST(LatentPath, withoutAGreatCircleTheSphericalPathIsStillDefined) {
  const LatentPoint zero{0, 0, 0}, nearlyA{0.1F, 1e-9F, 1.7F}, tripleA{0.3F, 0, 5.1F};
  for (const double t : {0.25, 0.5, 0.75}) {
    EXPECT_EQ(slerp(zero, b, t), lerp(zero, b, t));
    EXPECT_EQ(slerp(b, zero, t), lerp(b, zero, t));
    EXPECT_EQ(slerp(zero, zero, t), zero);
    EXPECT_EQ(slerp(a, a, t), a);
    EXPECT_EQ(slerp(a, nearlyA, t), lerp(a, nearlyA, t));
    const LatentPoint z = slerp(a, tripleA, t), line = lerp(a, tripleA, t);
    for (size_t j = 0; j < 3; ++j) EXPECT_NEAR(z[j], line[j], 1e-6);
    EXPECT_EQ(slerp(LatentPoint{2}, LatentPoint{-2}, t), lerp(LatentPoint{2}, LatentPoint{-2}, t));
  }
}

TEST(LatentPath, oppositePointsAreJoinedAroundTheOrigin) {
  const LatentPoint p{0, 3, 0.5F}, q{0, -3, -0.5F};
  double before = -2;
  for (int i = 0; i <= 10; ++i) {
    const LatentPoint z = slerp(p, q, i / 10.0);
    EXPECT_NEAR(lengthOf(z), lengthOf(p), 1e-5);
    const double along = -(double{z[1]} * p[1] + double{z[2]} * p[2]);
    EXPECT_GT(along, before * 10);
    before = along / 10;
  }
  // p uses the first latent least, so the path goes through it.
  EXPECT_NEAR(slerp(p, q, 0.5)[0], lengthOf(p), 1e-5);
}

TEST(LatentPath, framesOutOfRangeAreRefusedInASentence) {
  for (const int frames : {-1, 0, 2, 65}) {
    const Status status = checkPath({PathKind::straight, frames, false});
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().fault, Fault::usage);
    EXPECT_EQ(status.error().message, "frames: " + std::to_string(frames) + " is not in 3 to 64.");
  }
  EXPECT_TRUE(checkPath({PathKind::straight, 3, false}).ok());
  EXPECT_TRUE(checkPath({PathKind::spherical, 64, true}).ok());
}

TEST(LatentPath, kindsHaveNames) {
  for (const PathKind kind : {PathKind::straight, PathKind::spherical})
    EXPECT_EQ(pathKindFromName(pathKindName(kind)).value(), kind);
  EXPECT_FALSE(pathKindFromName("round").ok());
}

} // namespace
} // namespace latent
