#include "core/base/ink.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace latent {
namespace {

constexpr ImageShape mnist{1, 28, 28};

Image rectangle(const ImageShape& shape, int left, int top, int width, int height, float value) {
  Image image{shape, std::vector<float>(static_cast<size_t>(shape.pixels()), 0.0F)};
  for (int c = 0; c < shape.channels; ++c)
    for (int y = top; y < top + height; ++y)
      for (int x = left; x < left + width; ++x)
        image.pixels[static_cast<size_t>((c * shape.height + y) * shape.width + x)] = value;
  return image;
}

struct Extent {
  int left = 1000, top = 1000, right = -1, bottom = -1;
  int width() const { return right - left + 1; }
  int height() const { return bottom - top + 1; }
};
Extent inkOf(const Image& image) {
  Extent extent;
  for (int y = 0; y < image.shape.height; ++y)
    for (int x = 0; x < image.shape.width; ++x)
      if (image.pixels[static_cast<size_t>(y * image.shape.width + x)] > 0.05F) {
        extent.left = std::min(extent.left, x);
        extent.right = std::max(extent.right, x);
        extent.top = std::min(extent.top, y);
        extent.bottom = std::max(extent.bottom, y);
      }
  return extent;
}

TEST(CentreOfMass, ofARectangleIsItsMiddle) {
  const auto centre = centreOfMass(rectangle(mnist, 3, 10, 5, 8, 0.7F));
  ASSERT_TRUE(centre);
  EXPECT_NEAR(centre->x, 5, 1e-6);
  EXPECT_NEAR(centre->y, 13.5, 1e-6);
}

TEST(CentreOfMass, weighsByValue) {
  Image image{{1, 1, 4}, {0, 1, 0, 3}};
  EXPECT_NEAR(centreOfMass(image)->x, 2.5, 1e-6);
  image.pixels = {0, 0, 0, 0};
  EXPECT_FALSE(centreOfMass(image));
}

TEST(RenderInk, isBlackWithoutStrokes) {
  const Image image = renderInk({}, {3, 32, 32});
  EXPECT_EQ(image.shape, (ImageShape{3, 32, 32}));
  EXPECT_TRUE(std::ranges::all_of(image.pixels, [](float v) { return v == 0; }));
}

TEST(RenderInk, fillsTheBoxOfTwentyWhereverAndHoweverLargeItWasDrawn) {
  const std::vector<InkStroke> large{{{0.2F, 0.1F}, {0.8F, 0.1F}, {0.8F, 0.9F}, {0.2F, 0.9F}, {0.2F, 0.1F}}};
  std::vector<InkStroke> small = large;
  for (InkPoint& point : small[0]) point = {0.6F + point.x * 0.3F, 0.05F + point.y * 0.3F};
  const Image a = renderInk(large, mnist), b = renderInk(small, mnist);
  EXPECT_NEAR(inkOf(a).height(), 20, 2);
  EXPECT_NEAR(inkOf(a).width(), 15, 2); // keeps its proportions: 0.6 of 0.8, with the pen's width
  for (size_t i = 0; i < a.pixels.size(); ++i) EXPECT_NEAR(a.pixels[i], b.pixels[i], 1e-3F);
}

TEST(RenderInk, centresByMass) {
  // An L: its mass lies left of and below the middle of its box.
  const std::vector<InkStroke> strokes{{{0.3F, 0.1F}, {0.3F, 0.9F}, {0.7F, 0.9F}}};
  for (const ImageShape& shape : {mnist, ImageShape{3, 32, 32}, ImageShape{1, 64, 64}}) {
    const auto centre = centreOfMass(renderInk(strokes, shape));
    ASSERT_TRUE(centre);
    EXPECT_NEAR(centre->x, shape.width / 2.0, 0.1);
    EXPECT_NEAR(centre->y, shape.height / 2.0, 0.1);
  }
}

TEST(RenderInk, hasTheStrokesOfMnist) {
  const Image image = renderInk({{{0.5F, 0.1F}, {0.5F, 0.9F}}}, mnist);
  double mass = 0, partly = 0;
  for (const float value : image.pixels) {
    EXPECT_GE(value, 0);
    EXPECT_LE(value, 1);
    mass += static_cast<double>(value);
    partly += value > 0.02F && value < 0.98F ? 1 : 0;
  }
  EXPECT_NEAR(mass / 20, 2.4, 0.5) << "width of a stroke, in pixels";
  EXPECT_GT(partly, 20) << "antialiased edges";
}

TEST(RenderInk, aDotStaysADot) {
  const Image image = renderInk({{{0.9F, 0.9F}}}, mnist);
  EXPECT_LT(inkOf(image).width(), 6);
  EXPECT_NEAR(centreOfMass(image)->x, 14, 0.2);
}

TEST(RenderInk, keepsAllOfTheInkInThePicture) {
  // Nearly all of the mass at one end of a long line.
  std::vector<InkStroke> strokes{{{0.1F, 0.5F}, {0.9F, 0.5F}}};
  for (int i = 0; i < 30; ++i)
    strokes.push_back({{0.1F, 0.3F + 0.01F * static_cast<float>(i)}, {0.2F, 0.5F}});
  const Image image = renderInk(strokes, mnist);
  EXPECT_GE(inkOf(image).width(), 18) << "nothing of the line is cut";
}

TEST(FitInk, movesACentredDigitByLessThanAPixel) {
  const Image digit =
      renderInk({{{0.3F, 0.1F}, {0.7F, 0.2F}, {0.4F, 0.5F}, {0.7F, 0.7F}, {0.3F, 0.9F}}}, mnist);
  const Image again = fitInk(digit, mnist);
  const auto before = centreOfMass(digit), after = centreOfMass(again);
  EXPECT_NEAR(before->x, after->x, 1);
  EXPECT_NEAR(before->y, after->y, 1);
}

TEST(FitInk, bringsInkOfAnySizeIntoTheBox) {
  const Image page = rectangle({3, 300, 200}, 20, 200, 40, 80, 0.8F);
  const Image fitted = fitInk(page, mnist);
  EXPECT_NEAR(inkOf(fitted).height(), 20, 1);
  EXPECT_NEAR(inkOf(fitted).width(), 10, 1);
  EXPECT_NEAR(centreOfMass(fitted)->x, 14, 0.6);
  EXPECT_NEAR(centreOfMass(fitted)->y, 14, 0.6);
  EXPECT_FLOAT_EQ(*std::ranges::max_element(fitted.pixels), 1); // contrast is stretched
}

TEST(FitInk, aUniformPageIsBlack) {
  for (const float value : {0.0F, 0.6F}) {
    const Image image = fitInk(rectangle(mnist, 0, 0, 28, 28, value), mnist);
    EXPECT_TRUE(std::ranges::all_of(image.pixels, [](float v) { return v == 0; }));
  }
}

} // namespace
} // namespace latent
