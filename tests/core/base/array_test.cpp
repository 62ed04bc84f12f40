#include "core/base/array.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace latent {
namespace {

TEST(Half, everyHalfSurvivesTheWayThroughFloat) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    const auto half = static_cast<uint16_t>(bits);
    const float value = floatFromHalf(half);
    if (std::isnan(value)) continue;
    ASSERT_EQ(halfFromFloat(value), half) << bits;
  }
}

TEST(Half, roundsToNearestEven) {
  EXPECT_EQ(halfFromFloat(1.0f), 0x3c00);
  EXPECT_EQ(halfFromFloat(1.0f + 0x1p-11f), 0x3c00); // half way: to even
  EXPECT_EQ(halfFromFloat(1.0f + 0x1p-11f + 0x1p-20f), 0x3c01);
  EXPECT_EQ(halfFromFloat(1.0f + 3 * 0x1p-11f), 0x3c02); // half way: to even
  EXPECT_EQ(halfFromFloat(65504.0f), 0x7bff);
  EXPECT_EQ(halfFromFloat(65520.0f), 0x7c00);
  EXPECT_EQ(halfFromFloat(65519.0f), 0x7bff);
  EXPECT_EQ(halfFromFloat(-std::numeric_limits<float>::infinity()), 0xfc00);
  EXPECT_EQ(halfFromFloat(0x1p-25f), 0); // half of the smallest: to even
  EXPECT_EQ(halfFromFloat(0x1.8p-25f), 1);
  EXPECT_EQ(halfFromFloat(-0.0f), 0x8000);
  EXPECT_TRUE(std::isnan(floatFromHalf(halfFromFloat(std::nanf("")))));
}

TEST(CheckedCount, refusesWhatCannotBe) {
  EXPECT_EQ(checkedCount({2, 3, 4}, 4), 24);
  EXPECT_EQ(checkedCount({}, 8), 1);
  EXPECT_EQ(checkedCount({5, 0, int64_t{1} << 40}, 4), 0);
  EXPECT_EQ(checkedCount({-1, 2}, 4), -1);
  EXPECT_EQ(checkedCount({int64_t{1} << 40, int64_t{1} << 40}, 1), -1);
  EXPECT_EQ(checkedCount({int64_t{1} << 61, 1}, 4), -1);
}

TEST(Array, convertsEveryNumberType) {
  EXPECT_EQ(Array::of(std::vector<float>{1.5f, -2}, {2}).toFloats(), (std::vector<float>{1.5f, -2}));
  EXPECT_EQ(Array::of(std::vector<double>{0.25}, {1}).toFloats(), std::vector<float>{0.25f});
  EXPECT_EQ(Array::of(std::vector<uint8_t>{7, 255}, {1, 2}).toIntegers(), (std::vector<int64_t>{7, 255}));
  EXPECT_EQ(Array::of(std::vector<int64_t>{-1}, {1}).toFloats(), std::vector<float>{-1});
  const uint16_t half = 0x3e00;
  Array halves{ElementType::f16, {1}, std::vector<std::byte>(2)};
  std::memcpy(halves.bytes.data(), &half, 2);
  EXPECT_EQ(halves.toFloats(), std::vector<float>{1.5f});
  EXPECT_THROW(halves.toIntegers(), std::logic_error);
  EXPECT_THROW(Array::of(std::vector<float>{1}, {2}), std::logic_error);
}

} // namespace
} // namespace latent
