#include "core/base/plane_alignment.h"
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace latent {
namespace {

std::vector<PlanePoint> cloud() {
  Random random(4);
  std::vector<PlanePoint> points;
  for (int i = 0; i < 50; ++i) points.push_back({3 * random.normal(), 1 + random.normal()});
  return points;
}

PlanePoint turned(PlanePoint p, double angle, bool mirrored) {
  if (mirrored) p.x = -p.x;
  return {2 + std::cos(angle) * p.x - std::sin(angle) * p.y,
          -7 + std::sin(angle) * p.x + std::cos(angle) * p.y};
}

double squaredDistances(const PlaneAlignment& alignment, const std::vector<PlanePoint>& moving,
                        const std::vector<PlanePoint>& fixed) {
  double sum = 0;
  for (size_t i = 0; i < moving.size(); ++i) {
    const PlanePoint p = alignment.apply(moving[i]);
    sum += std::pow(p.x - fixed[i].x, 2) + std::pow(p.y - fixed[i].y, 2);
  }
  return sum;
}

TEST(PlaneAlignment, recoversARotationAndAReflection) {
  const auto moving = cloud();
  for (const bool mirrored : {false, true})
    for (const double angle : {-3.0, -1.2, 0.0, 0.4, 1.6, 3.1}) {
      std::vector<PlanePoint> fixed;
      for (const PlanePoint& p : moving) fixed.push_back(turned(p, angle, mirrored));
      const PlaneAlignment alignment = alignPlanes(moving, fixed);
      EXPECT_EQ(alignment.reflects(), mirrored);
      EXPECT_NEAR(squaredDistances(alignment, moving, fixed), 0, 1e-18);
      const PlanePoint back = alignment.undo(alignment.apply({5, -3}));
      EXPECT_NEAR(back.x, 5, 1e-12);
      EXPECT_NEAR(back.y, -3, 1e-12);
    }
}

TEST(PlaneAlignment, isTheBestOfAllRotationsAndReflections) {
  const auto moving = cloud();
  Random random(8);
  for (const bool mirrored : {false, true}) {
    std::vector<PlanePoint> fixed;
    for (const PlanePoint& p : moving) {
      const PlanePoint q = turned(p, 0.8, mirrored);
      fixed.push_back({1.5 * q.x + random.normal(), 1.5 * q.y + random.normal()}); // grown, and moved about
    }
    const PlaneAlignment best = alignPlanes(moving, fixed);
    const double least = squaredDistances(best, moving, fixed);
    for (int i = 0; i < 720; ++i)
      for (const int sign : {1, -1}) {
        PlaneAlignment other = best;
        const double angle = i * 3.14159265358979 / 360;
        other.xx = sign * std::cos(angle);
        other.yx = sign * std::sin(angle);
        other.xy = -std::sin(angle);
        other.yy = std::cos(angle);
        EXPECT_GE(squaredDistances(other, moving, fixed), least - 1e-9);
      }
  }
}

TEST(PlaneAlignment, keepsDistances) {
  const auto moving = cloud();
  std::vector<PlanePoint> fixed;
  for (const PlanePoint& p : moving) fixed.push_back({4 * p.y, p.x}); // no rotation of it
  const PlaneAlignment alignment = alignPlanes(moving, fixed);
  const PlanePoint a = alignment.apply({0, 0}), b = alignment.apply({3, 4});
  EXPECT_NEAR(std::hypot(a.x - b.x, a.y - b.y), 5, 1e-12);
}

TEST(PlaneAlignment, withoutDirectionsItOnlyShifts) {
  const std::vector<PlanePoint> here(3, {1, 2}), there(3, {4, -2});
  const PlanePoint moved = alignPlanes(here, there).apply({2, 2});
  EXPECT_EQ(moved, (PlanePoint{5, -2}));
  EXPECT_EQ(alignPlanes({}, {}).apply({3, 4}), (PlanePoint{3, 4}));
}

TEST(PlaneAlignment, leavesOutPairsThatAreNoNumbers) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  auto moving = cloud();
  std::vector<PlanePoint> fixed;
  for (const PlanePoint& p : moving) fixed.push_back(turned(p, 1, false));
  const PlanePoint expected = alignPlanes(moving, fixed).apply({1, 1});
  moving.push_back({nan, 0});
  fixed.push_back({0, 0});
  moving.push_back({0, 0});
  fixed.push_back({0, nan});
  EXPECT_EQ(alignPlanes(moving, fixed).apply({1, 1}), expected);
}

} // namespace
} // namespace latent
