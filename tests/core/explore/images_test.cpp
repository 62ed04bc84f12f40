// Many points at once.
#include "core/explore/images_work.h"
#include "tests/core/explore/explorer_bench.h"
#include "tests/core/explore/tiny_model.h"

#include <gtest/gtest.h>

#include <limits>

namespace latent {
namespace {

using namespace test;

std::vector<float> somePoints(int64_t count) {
  std::vector<float> z;
  for (int64_t i = 0; i < 2 * count; ++i) z.push_back(static_cast<float>(i % 37) / 9 - 2);
  return z;
}

TEST(Images, AreThoseOfTheirPoints) {
  Bench bench;
  constexpr int64_t count = 250; // three pieces
  const std::vector<float> z = somePoints(count);
  bench.explorer.request(ImagesRequest{bench.head(1), z, count});
  bench.waitFor(1);
  const ImagesFrame& frame = bench.images.at(0);
  ASSERT_EQ(frame.error, "");
  EXPECT_EQ(frame.step, 1);
  EXPECT_EQ(frame.z, z);
  EXPECT_EQ(frame.count, count);
  EXPECT_EQ(frame.shape, bench.spec.shape);
  const auto pixels = static_cast<size_t>(bench.spec.shape.pixels());
  ASSERT_EQ(frame.pixels.size(), pixels * count);
  for (const size_t i : {size_t{0}, size_t{99}, size_t{100}, size_t{249}}) {
    const size_t answered = bench.points.size();
    bench.explorer.request(PointRequest{bench.head(2), {z[2 * i], z[2 * i + 1]}});
    bench.waitFor(2 + answered);
    for (size_t k = 0; k < pixels; ++k)
      ASSERT_NEAR(frame.pixels[i * pixels + k], bench.points.back().image.pixels[k], 1e-5);
  }
}

TEST(Images, OfNoPointsAreNone) {
  Bench bench;
  bench.explorer.request(ImagesRequest{bench.head(1), {}, 0});
  bench.waitFor(1);
  EXPECT_EQ(bench.images.at(0).error, "");
  EXPECT_TRUE(bench.images.at(0).pixels.empty());
}

TEST(Images, AreDroppedForNewerOnes) {
  Bench bench;
  const auto held = std::make_shared<HeldSplit>(1, bench.spec.shape);
  bench.explorer.request(EncodeRequest{bench.head(9), held, 0});
  held->waitUntilHeld();
  for (int i = 1; i <= 20; ++i)
    bench.explorer.request(ImagesRequest{bench.head(1), {static_cast<float>(i), 0}, 1});
  bench.explorer.request(ImagesRequest{bench.head(2), {7, 7}, 1});
  bench.explorer.request(ImagesRequest{bench.head(3), {8, 8}, 1});
  bench.explorer.cancelView(3);
  held->release();
  bench.waitUntilIdle();
  EXPECT_EQ(bench.order, "eii");
  EXPECT_EQ(bench.images.at(0).z, (std::vector<float>{20, 0}));
  EXPECT_EQ(bench.images.at(1).z, (std::vector<float>{7, 7}));
}

TEST(Images, ComeInPiecesSoThatAPointNeedNotWait) {
  const ModelSpec spec = tinySpec("vae", 2, "grey", {1, 60, 50});
  Result<Viewer> viewer = Viewer::create(spec);
  const auto weights = tinyWeights(spec, 1, 1);
  ASSERT_TRUE(viewer.ok() && viewer->setWeights(weights).ok());
  ImagesWork work({headOf(1, 1), somePoints(60), 60}, weights); // 26 images of this size a piece
  EXPECT_FALSE(work.advance(*viewer));
  EXPECT_FALSE(work.advance(*viewer));
  const std::optional<ImagesFrame> frame = work.advance(*viewer);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->pixels.size(), size_t{60 * 3000});
}

TEST(Images, SayWhyThereAreNone) {
  Bench bench;
  const ModelSpec tokens = tinyTokenSpec();
  bench.explorer.setSource("tokens", tokens, tinyWeights(tokens, 1, 1));
  bench.explorer.request(ImagesRequest{bench.head(1), {1, 2, 3}, 1});
  bench.explorer.request(ImagesRequest{bench.head(2), {1, 2, 3}, 2});
  bench.explorer.request(ImagesRequest{bench.head(3), {1, 2}, -1});
  bench.explorer.request(ImagesRequest{bench.head(4, "tokens"), std::vector<float>(18), 1});
  bench.explorer.request(ImagesRequest{bench.head(5, "nobody"), {1, 2}, 1});
  constexpr float infinite = std::numeric_limits<float>::infinity();
  bench.explorer.request(ImagesRequest{bench.head(6), {infinite, -infinite}, 1});
  bench.waitFor(6);
  for (const ImagesFrame& frame : bench.images) {
    EXPECT_FALSE(frame.error.empty()) << frame.head.view;
    EXPECT_EQ(frame.error.find('\n'), std::string::npos);
    EXPECT_TRUE(frame.pixels.empty());
  }
  EXPECT_EQ(bench.images.at(0).error,
            "These are 3 coordinates, but 1 points of the model's 2 latents are asked for.");
  EXPECT_NE(bench.images.at(3).error.find("VQ-VAE are tokens"), std::string::npos);
}

} // namespace
} // namespace latent
