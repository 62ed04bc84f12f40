#include "core/data/shapes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace latent {
namespace {

using Pixels = std::array<uint8_t, 64 * 64>;

Pixels draw(const ShapeFactors& factors) {
  Pixels pixels;
  drawShape(factors, pixels.data());
  return pixels;
}

struct Facts {
  double area = 0, x = 0, y = 0;
};

Facts factsOf(const Pixels& pixels) {
  Facts facts;
  for (int i = 0; i < 64 * 64; ++i) {
    const uint8_t value = pixels[static_cast<size_t>(i)];
    EXPECT_TRUE(value == 0 || value == 255);
    if (value == 0) continue;
    facts.area += 1;
    const int x = i % 64, y = i / 64;
    facts.x += x;
    facts.y += y;
  }
  facts.x /= facts.area;
  facts.y /= facts.area;
  return facts;
}

TEST(Shapes, TheGridIsThatOfDSprites) {
  EXPECT_EQ(shapeCount, 737280);
  EXPECT_EQ(shapeAt(0), ShapeFactors{});
  EXPECT_EQ(shapeAt(1), (ShapeFactors{0, 0, 0, 0, 1}));
  EXPECT_EQ(shapeAt(32), (ShapeFactors{0, 0, 0, 1, 0}));
  EXPECT_EQ(shapeAt(1024), (ShapeFactors{0, 0, 1, 0, 0}));
  EXPECT_EQ(shapeAt(40960), (ShapeFactors{0, 1, 0, 0, 0}));
  EXPECT_EQ(shapeAt(245760), (ShapeFactors{1, 0, 0, 0, 0}));
  EXPECT_EQ(shapeAt(shapeCount - 1), (ShapeFactors{2, 5, 39, 31, 31}));
  for (int64_t i = 0; i < shapeCount; ++i) ASSERT_EQ(shapeGridIndex(shapeAt(i)), i);
}

TEST(Shapes, EveryGridPointIsInExactlyOneSplit) {
  std::vector<bool> seen(static_cast<size_t>(shapeCount));
  for (int64_t item = 0; item < shapeCount; ++item) {
    const int64_t index = shuffledShape(item);
    ASSERT_GE(index, 0);
    ASSERT_LT(index, shapeCount);
    ASSERT_FALSE(seen[static_cast<size_t>(index)]);
    seen[static_cast<size_t>(index)] = true;
  }
  const auto data = makeShapes();
  EXPECT_EQ(data->train->size() + data->test->size(), shapeCount);
  EXPECT_EQ(data->test->size(), 73728);
}

TEST(Shapes, TheTestSplitCoversEachFactorEvenly) {
  std::vector<std::vector<int>> counts{std::vector<int>(3), std::vector<int>(6), std::vector<int>(40),
                                       std::vector<int>(32), std::vector<int>(32)};
  for (int64_t i = 0; i < shapeTestCount; ++i) {
    const ShapeFactors one = shapeAt(shuffledShape(i));
    const std::array<int, 5> values{one.shape, one.scale, one.orientation, one.x, one.y};
    for (size_t factor = 0; factor < 5; ++factor) ++counts[factor][static_cast<size_t>(values[factor])];
  }
  for (const std::vector<int>& factor : counts) {
    const double expected = static_cast<double>(shapeTestCount) / static_cast<double>(factor.size());
    for (const int count : factor)
      EXPECT_NEAR(count, expected, 5 * std::sqrt(expected)); // five standard deviations
  }
}

TEST(Shapes, TheCentreFollowsXAndY) {
  for (int shape = 0; shape < 3; ++shape) {
    for (int scale = 0; scale < 6; ++scale) {
      for (int orientation = 0; orientation < 40; ++orientation) {
        const ShapeFactors factors{shape, scale, orientation, (7 * orientation) % 32,
                                   (11 * orientation + scale) % 32};
        const Facts facts = factsOf(draw(factors));
        ASSERT_NEAR(facts.x, 16 + factors.x, 0.35) << shape << ' ' << scale << ' ' << orientation;
        ASSERT_NEAR(facts.y, 16 + factors.y, 0.35) << shape << ' ' << scale << ' ' << orientation;
      }
    }
  }
}

TEST(Shapes, MovingShiftsTheSamePixels) {
  const Pixels there = draw({2, 3, 17, 0, 0});
  const Pixels here = draw({2, 3, 17, 31, 30});
  for (int row = 0; row < 34; ++row) {
    for (int column = 0; column < 33; ++column) {
      ASSERT_EQ(there[static_cast<size_t>(row * 64 + column)],
                here[static_cast<size_t>((row + 30) * 64 + column + 31)]);
    }
  }
}

TEST(Shapes, TheAreaFollowsTheSquareOfTheScale) {
  for (int shape = 0; shape < 3; ++shape) {
    double largest = 0;
    for (int scale = 5; scale >= 0; --scale) {
      double area = 0;
      for (int orientation = 0; orientation < 40; ++orientation)
        area += factsOf(draw({shape, scale, orientation, 16, 16})).area / 40;
      if (scale == 5) largest = area;
      const double size = 0.5 + scale / 10.0;
      EXPECT_NEAR(area / largest, size * size, 0.05 * size * size) << shape << ' ' << scale;
    }
  }
}

TEST(Shapes, HaveTheirSymmetries) {
  for (int scale = 0; scale < 6; ++scale) {
    for (int orientation = 0; orientation < 10; ++orientation)
      EXPECT_EQ(draw({0, scale, orientation, 3, 4}), draw({0, scale, orientation + 10, 3, 4}))
          << "square, 90 degrees";
    for (int orientation = 0; orientation < 20; ++orientation)
      EXPECT_EQ(draw({1, scale, orientation, 3, 4}), draw({1, scale, orientation + 20, 3, 4}))
          << "ellipse, 180 degrees";
    const Pixels heart = draw({2, scale, 0, 16, 16});
    for (int row = 0; row < 64; ++row) {
      for (int column = 1; column < 64; ++column) {
        ASSERT_EQ(heart[static_cast<size_t>(row * 64 + column)],
                  heart[static_cast<size_t>(row * 64 + 64 - column)])
            << "heart, mirrored";
      }
    }
  }
}

TEST(Shapes, TheHeartStandsUprightAndTurnsClockwise) {
  // Its tip lies further from the centre than its lobes. Reach of the ink from the centre, in pixels:
  struct Reach {
    int up = 0, right = 0, down = 0, left = 0;
  };
  const auto reachOf = [](int orientation) {
    const Pixels pixels = draw({2, 5, orientation, 16, 16});
    Reach reach;
    for (int i = 0; i < 64 * 64; ++i) {
      if (pixels[static_cast<size_t>(i)] == 0) continue;
      reach.up = std::max(reach.up, 32 - i / 64);
      reach.down = std::max(reach.down, i / 64 - 32);
      reach.left = std::max(reach.left, 32 - i % 64);
      reach.right = std::max(reach.right, i % 64 - 32);
    }
    return reach;
  };
  EXPECT_GT(reachOf(0).down, reachOf(0).up + 2) << "upright: the tip is below";
  EXPECT_GT(reachOf(10).left, reachOf(10).right + 2) << "a quarter turn clockwise";
  EXPECT_GT(reachOf(20).up, reachOf(20).down + 2) << "half a turn";
  EXPECT_GT(reachOf(30).right, reachOf(30).left + 2) << "three quarters";
}

TEST(Shapes, NothingTouchesTheBorder) {
  for (int shape = 0; shape < 3; ++shape) {
    for (int orientation = 0; orientation < 40; ++orientation) {
      for (const auto& [x, y] : {std::pair{0, 0}, std::pair{31, 31}}) {
        const Pixels pixels = draw({shape, 5, orientation, x, y});
        for (size_t i = 0; i < 64; ++i)
          ASSERT_EQ(pixels[i] | pixels[i * 64] | pixels[63 * 64 + i] | pixels[i * 64 + 63], 0);
      }
    }
  }
}

TEST(Shapes, SplitsGiveImagesLabelsAndFactors) {
  const auto data = makeShapes();
  EXPECT_TRUE(data->train->resident().empty());
  const std::vector<int64_t> indices{0, 5000, 663551};
  std::vector<uint8_t> pixels(indices.size() * 4096);
  data->train->read(indices, pixels.data());
  for (size_t i = 0; i < indices.size(); ++i) {
    const ShapeFactors expected = shapeAt(shuffledShape(shapeTestCount + indices[i]));
    const Pixels image = draw(expected);
    EXPECT_TRUE(std::equal(image.begin(), image.end(), pixels.begin() + static_cast<ptrdiff_t>(i * 4096)));
    EXPECT_EQ(data->train->label(indices[i]), expected.shape);
    const std::vector<float> factors = data->train->factors(indices[i]);
    ASSERT_EQ(factors.size(), data->factors.size());
    EXPECT_FLOAT_EQ(factors[1], 0.5F + 0.1F * static_cast<float>(expected.scale));
    EXPECT_FLOAT_EQ(factors[2], static_cast<float>(2 * M_PI * expected.orientation / 40));
    EXPECT_FLOAT_EQ(factors[3], static_cast<float>(expected.x) / 31);
    EXPECT_FLOAT_EQ(factors[4], static_cast<float>(expected.y) / 31);
  }
  const int64_t outside = data->test->size();
  EXPECT_THROW(data->test->read({&outside, 1}, pixels.data()), std::out_of_range);
  EXPECT_THROW(data->test->label(-1), std::out_of_range);
}

} // namespace
} // namespace latent
