#include "core/base/plane_density.h"
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace latent {
namespace {

struct Cloud {
  std::vector<float> x, y;
};

Cloud gaussianCloud(int n, double deviationX, double deviationY) {
  Random random(11);
  Cloud cloud;
  for (int i = 0; i < n; ++i) {
    cloud.x.push_back(static_cast<float>(deviationX * random.normal()));
    cloud.y.push_back(static_cast<float>(5 + deviationY * random.normal()));
  }
  return cloud;
}

double deviationOf(const std::vector<float>& values) {
  double mean = 0, squares = 0;
  for (const float value : values) mean += value / static_cast<double>(values.size());
  for (const float value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size()));
}

/// The sum over all points that the bins approximate.
double exactDensity(const Cloud& cloud, PlanePoint at) {
  const double scott = std::pow(static_cast<double>(cloud.x.size()), -1.0 / 6);
  const double hx = deviationOf(cloud.x) * scott, hy = deviationOf(cloud.y) * scott;
  double sum = 0;
  for (size_t i = 0; i < cloud.x.size(); ++i)
    sum += std::exp(-0.5 * (std::pow((at.x - cloud.x[i]) / hx, 2) + std::pow((at.y - cloud.y[i]) / hy, 2)));
  return sum / (static_cast<double>(cloud.x.size()) * hx * hy * 2 * std::numbers::pi);
}

TEST(PlaneDensity, isTheKernelSumWhateverTheGridShows) {
  const Cloud cloud = gaussianCloud(3000, 1, 3);
  const double peak = exactDensity(cloud, {0, 5});
  for (const TileGrid& grid : {TileGrid{{-3, 3, -4, 14}, 12, 17},   // the whole cloud
                               TileGrid{{0.5, 0.75, 4, 4.5}, 9, 9}, // zoomed in: cells narrower than bins
                               TileGrid{{1, 2, 5, 6}, 1, 1}}) {
    const auto density = planeDensity(cloud.x, cloud.y, grid);
    ASSERT_EQ(density.size(), static_cast<size_t>(grid.rows * grid.columns));
    for (int row = 0; row < grid.rows; ++row)
      for (int column = 0; column < grid.columns; ++column)
        EXPECT_NEAR(density[static_cast<size_t>(row * grid.columns + column)],
                    exactDensity(cloud, grid.centre(row, column)), 0.03 * peak);
  }
}

TEST(PlaneDensity, sumsToOneOverTheWholePlane) {
  const Cloud cloud = gaussianCloud(10000, 2, 1);
  for (const double reach : {15.0, 400.0}) { // also from so far that a bandwidth is less than a bin
    const TileGrid grid{{-reach, reach, 5 - reach, 5 + reach}, 500, 500};
    const auto density = planeDensity(cloud.x, cloud.y, grid);
    double sum = 0;
    for (const float value : density) sum += value;
    const double area = grid.rect.width() * grid.rect.height() / 250000;
    EXPECT_NEAR(sum * area, 1, 0.05) << reach;
  }
}

TEST(PlaneDensity, countsPointsThatLieJustOutsideOfWhatIsShown) {
  const Cloud cloud = gaussianCloud(3000, 1, 1);
  const TileGrid whole{{-1, 3, 4, 6}, 4, 8}, half{{1, 3, 4, 6}, 4, 4};
  const auto all = planeDensity(cloud.x, cloud.y, whole), right = planeDensity(cloud.x, cloud.y, half);
  for (size_t row = 0; row < 4; ++row)
    for (size_t column = 0; column < 4; ++column)
      EXPECT_NEAR(right[4 * row + column], all[8 * row + 4 + column], 0.003);
}

TEST(PlaneDensity, rowZeroIsTheLowest) {
  const Cloud cloud = gaussianCloud(1000, 1, 1); // about (0, 5)
  const auto density = planeDensity(cloud.x, cloud.y, {{-1, 1, 0, 6}, 3, 1});
  EXPECT_LT(density[0], density[2]);
}

TEST(PlaneDensity, pointsWithoutADensityGiveZeros) {
  const std::vector<float> same{1, 1, 1}, other{0, 1, 2};
  const TileGrid grid{{-3, 3, -3, 3}, 2, 2};
  const std::vector<float> zeros(4, 0);
  EXPECT_EQ(planeDensity(same, other, grid), zeros);
  EXPECT_EQ(planeDensity(other, same, grid), zeros);
  EXPECT_EQ(planeDensity({}, {}, grid), zeros);
}

TEST(PlaneDensity, pointsThatAreNoNumbersAreLeftOut) {
  Cloud cloud = gaussianCloud(500, 1, 1);
  const TileGrid grid{{-2, 2, 3, 7}, 5, 5};
  const auto clean = planeDensity(cloud.x, cloud.y, grid);
  cloud.x.push_back(std::numeric_limits<float>::quiet_NaN());
  cloud.y.push_back(1);
  cloud.x.push_back(0);
  cloud.y.push_back(std::numeric_limits<float>::infinity());
  EXPECT_EQ(planeDensity(cloud.x, cloud.y, grid), clean);
}

} // namespace
} // namespace latent
