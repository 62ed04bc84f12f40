// Own pictures as a model sees them; real digits stay where they are when they are fitted again.
#include "core/base/ink.h"
#include "core/data/catalogue.h"
#include "core/data/dataset.h"
#include "core/data/picture.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <cmath>

namespace latent {
namespace {

std::vector<uint8_t> png(const cv::Mat& image) {
  std::vector<uint8_t> bytes;
  cv::imencode(".png", image, bytes);
  return bytes;
}

TEST(Picture, isGreyOrColourAsTheModelNeeds) {
  const std::vector<uint8_t> red = png(cv::Mat(40, 60, CV_8UC3, cv::Scalar(0, 0, 255)));
  const auto grey = readPicture(red, {1, 28, 28}, {}, "red.png");
  ASSERT_TRUE(grey) << grey.error().message;
  EXPECT_EQ(grey->shape, (ImageShape{1, 28, 28}));
  EXPECT_NEAR(grey->pixels[100], 0.299, 0.003);
  const auto colour = readPicture(red, {3, 32, 32}, {}, "red.png");
  ASSERT_TRUE(colour);
  EXPECT_FLOAT_EQ(colour->pixels[0], 1);
  EXPECT_FLOAT_EQ(colour->pixels[2 * 32 * 32], 0);
}

TEST(Picture, darkOnLightIsInvertedAndCentred) {
  cv::Mat page(300, 400, CV_8UC1, cv::Scalar(230));
  page(cv::Rect(300, 20, 10, 100)).setTo(cv::Scalar(20));
  const auto image = readPicture(png(page), {1, 28, 28}, {.invert = true, .centre = true}, "page.png");
  ASSERT_TRUE(image) << image.error().message;
  const auto centre = centreOfMass(*image);
  ASSERT_TRUE(centre);
  EXPECT_NEAR(centre->x, 14, 0.6);
  EXPECT_NEAR(centre->y, 14, 0.6);
  EXPECT_FLOAT_EQ(image->pixels[0], 0) << "the paper is the ground";
  EXPECT_GT(*std::ranges::max_element(image->pixels), 0.9F);
}

TEST(Picture, refusesWhatIsNone) {
  const std::vector<uint8_t> text{'h', 'e', 'l', 'l', 'o'};
  const auto image = readPicture(text, {1, 28, 28}, {}, "hello.png");
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().fault, Fault::input);
  EXPECT_NE(image.error().message.find("hello.png"), std::string::npos);
  EXPECT_FALSE(readPicture(png(cv::Mat(9, 9, CV_8UC1, cv::Scalar(1))), {2, 28, 28}, {}, "x.png"));
}

// MNIST was made this way: to do it again changes next to nothing.
TEST(Picture, digitsMoveByLessThanAPixelWhenCentredAgain) {
  auto data = openDataset("mnist", {});
  if (!data) data = openDataset("digits", {});
  ASSERT_TRUE(data) << data.error().message;
  const Split& test = *(*data)->test;
  const bool mnist = (*data)->id == "mnist";
  for (int64_t i = 0; i < 200; ++i) {
    const Image digit = imageAt(test, i);
    const auto before = centreOfMass(digit);
    ASSERT_TRUE(before);
    const auto after = centreOfMass(fitInk(digit, digit.shape));
    ASSERT_TRUE(after);
    EXPECT_NEAR(after->x, digit.shape.width / 2.0, 0.51) << i;
    EXPECT_NEAR(after->y, digit.shape.height / 2.0, 0.51) << i;
    if (!mnist) continue; // other digits lie anywhere
    EXPECT_LT(std::hypot(after->x - before->x, after->y - before->y), 1) << i;
  }
}

} // namespace
} // namespace latent
