#include "core/data/digit_skeletons.h"
#include "core/data/digits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace latent {
namespace {

const Dataset& digits() {
  static const std::shared_ptr<const Dataset> data = *makeDigits();
  return *data;
}

/// Moments of an image's ink: mass in pixels, centre, and run to the right per rise (a moment estimate of
/// slant).
struct Moments {
  double mass = 0, x = 0, y = 0, slant = 0, height = 0, peak = 0;
};

Moments momentsOf(const Image& image) {
  Moments m;
  double top = 28, bottom = 0;
  for (int row = 0; row < 28; ++row) {
    for (int column = 0; column < 28; ++column) {
      const double ink = image.pixels[static_cast<size_t>(row * 28 + column)];
      m.mass += ink;
      m.x += ink * (column + 0.5);
      m.y += ink * (row + 0.5);
      if (ink > 0.5) {
        top = std::min<double>(top, row);
        bottom = std::max<double>(bottom, row);
      }
      m.peak = std::max(m.peak, ink);
    }
  }
  m.x /= m.mass;
  m.y /= m.mass;
  m.height = bottom - top + 1;
  double xy = 0, yy = 0;
  for (int row = 0; row < 28; ++row) {
    for (int column = 0; column < 28; ++column) {
      const double ink = image.pixels[static_cast<size_t>(row * 28 + column)];
      xy += ink * (column + 0.5 - m.x) * (row + 0.5 - m.y);
      yy += ink * (row + 0.5 - m.y) * (row + 0.5 - m.y);
    }
  }
  m.slant = -xy / yy;
  return m;
}

/// Pearson's correlation of two columns.
double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<double>(a.size());
  double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    sa += a[i];
    sb += b[i];
    saa += a[i] * a[i];
    sbb += b[i] * b[i];
    sab += a[i] * b[i];
  }
  return (sab - sa * sb / n) / std::sqrt((saa - sa * sa / n) * (sbb - sb * sb / n));
}

TEST(Digits, AreTheSameBytesEverywhere) {
  EXPECT_EQ(digits().checksums.at("train-images"),
            "5340b9980022905e0b67d32be919bf268985b47976ff7cdbbedb031be0abc5d1");
  EXPECT_EQ(digits().checksums.at("test-images"),
            "845edd1685d922f1f72e5788d81adc91c01a81c021e9d63255de9c31cf0f5d72");
  EXPECT_TRUE(digits().verified);
}

TEST(Digits, AreBalancedAndInRandomOrder) {
  EXPECT_EQ(digits().train->size(), 10000);
  EXPECT_EQ(digits().test->size(), 2000);
  for (const auto& split : {digits().train, digits().test}) {
    std::vector<int64_t> counts(10);
    for (int64_t i = 0; i < split->size(); ++i) ++counts.at(static_cast<size_t>(split->label(i)));
    for (const int64_t count : counts) EXPECT_EQ(count, split->size() / 10);
    std::set<int64_t> begin;
    for (int64_t i = 0; i < 60; ++i) begin.insert(split->label(i));
    EXPECT_EQ(begin.size(), 10U);
  }
}

TEST(Digits, HaveSeveralSkeletonsAClassAllInUse) {
  std::vector<std::set<int>> used(10);
  for (int64_t i = 0; i < digits().test->size(); ++i)
    used[static_cast<size_t>(digits().test->label(i))].insert(static_cast<int>(digits().test->factors(i)[5]));
  std::vector<size_t> drawn(10);
  for (const DigitSkeleton& skeleton : digitSkeletons()) ++drawn[static_cast<size_t>(skeleton.digit)];
  for (size_t digit = 0; digit < 10; ++digit) {
    EXPECT_GE(drawn[digit], 3U) << digit;
    EXPECT_EQ(used[digit].size(), drawn[digit]) << digit;
  }
}

TEST(Digits, FactorsCanBeMeasuredInTheImages) {
  ASSERT_EQ(digits().factors.size(), 6U);
  struct Columns {
    std::vector<double> recorded, measured;
  };
  // Within one way of writing a digit, so that only the factors and the deformation differ.
  std::vector<Columns> slant(10), ink(10), height(10), x(10), y(10);
  const auto add = [](Columns& columns, double recorded, double measured) {
    columns.recorded.push_back(recorded);
    columns.measured.push_back(measured);
  };
  for (int64_t i = 0; i < digits().train->size(); ++i) {
    const std::vector<float> factors = digits().train->factors(i);
    ASSERT_EQ(factors.size(), 6U);
    const Moments m = momentsOf(imageAt(*digits().train, i));
    EXPECT_GT(m.peak, 0.9) << i;
    if (factors[5] != 0) continue;
    const auto digit = static_cast<size_t>(digits().train->label(i));
    add(slant[digit], factors[0], m.slant);
    add(ink[digit], factors[1] * factors[2], m.mass); // width times length
    add(height[digit], 20 * factors[2] + factors[1], m.height);
    add(x[digit], factors[3], m.x - 14);
    add(y[digit], factors[4], m.y - 14);
  }
  for (size_t digit = 0; digit < 10; ++digit) {
    EXPECT_GT(correlation(slant[digit].recorded, slant[digit].measured), 0.75) << digit;
    EXPECT_GT(correlation(ink[digit].recorded, ink[digit].measured), 0.85) << digit;
    EXPECT_GT(correlation(height[digit].recorded, height[digit].measured), 0.65) << digit;
    EXPECT_GT(correlation(x[digit].recorded, x[digit].measured), 0.95) << digit;
    EXPECT_GT(correlation(y[digit].recorded, y[digit].measured), 0.8) << digit;
  }
}

TEST(Digits, StayInsideTheImage) {
  for (const auto& split : {digits().train, digits().test}) {
    for (int64_t i = 0; i < split->size(); ++i) {
      const auto image = split->resident().subspan(static_cast<size_t>(i) * 784, 784);
      for (size_t at = 0; at < 28; ++at) {
        // A pen pressed at its hardest reaches a little over the rim that was kept free.
        const int border = std::max({image[at], image[27 * 28 + at], image[at * 28], image[at * 28 + 27]});
        ASSERT_LT(border, 160) << "image " << i << " is cut by the border";
      }
    }
  }
}

TEST(Digits, ReadEqualsResident) {
  const std::vector<int64_t> indices{1999, 0, 5, 5};
  std::vector<uint8_t> pixels(indices.size() * 784);
  digits().test->read(indices, pixels.data());
  for (size_t i = 0; i < pixels.size(); ++i)
    ASSERT_EQ(pixels[i], digits().test->resident()[static_cast<size_t>(indices[i / 784]) * 784 + i % 784]);
}

TEST(Digits, TrainAndTestShareNoImage) {
  std::set<std::vector<uint8_t>> seen;
  for (const auto& split : {digits().train, digits().test}) {
    for (int64_t i = 0; i < split->size(); ++i) {
      const auto image = split->resident().subspan(static_cast<size_t>(i) * 784, 784);
      EXPECT_TRUE(seen.emplace(image.begin(), image.end()).second) << i;
    }
  }
}

TEST(Digits, CanBeCancelled) {
  JobControl control;
  control.cancel();
  const auto result = makeDigits(&control);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().fault, Fault::interrupted);
}

TEST(PenCurve, PassesThroughItsPoints) {
  const PenCurve curve{{0, 0}, {10, 20}, {30, 25}, {40, 0}};
  const PenCurve chain = flattened(curve, 6);
  ASSERT_EQ(chain.size(), 19U);
  for (size_t i = 0; i < curve.size(); ++i) {
    EXPECT_NEAR(chain[6 * i].x, curve[i].x, 1e-12);
    EXPECT_NEAR(chain[6 * i].y, curve[i].y, 1e-12);
  }
}

TEST(PenCurve, KeepsStraightLinesStraight) {
  for (const PenPoint& point : flattened({{0, 0}, {10, 20}, {20, 40}}, 5))
    EXPECT_NEAR(point.y, 2 * point.x, 1e-12);
}

} // namespace
} // namespace latent
