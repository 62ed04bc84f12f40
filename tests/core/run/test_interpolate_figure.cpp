#include "core/run/interpolate_figure.h"
#include "tests/core/run/small_runs.h"

#include <algorithm>
#include <gmock/gmock.h>

namespace latent {
namespace {

using testing::HasSubstr;

class InterpolateFigure : public SmallRuns {};

InterpolateOptions pathOf(PathKind kind, int frames, bool loop = false) {
  InterpolateOptions options;
  options.from = 3;
  options.to = 12;
  options.path = {kind, frames, loop};
  return options;
}

TEST_F(InterpolateFigure, EndFramesAreTheReconstructions) {
  const std::vector<FigureSource> sources{source("vae"), source("ae"), source("wide")};
  ReconstructOptions ends;
  ends.indices = {3, 12};
  const auto reconstructed = reconstructImages(sources, ends, *data, control);
  for (const PathKind kind : {PathKind::straight, PathKind::spherical}) {
    const auto images = interpolate(sources, pathOf(kind, 6), *data, control);
    ASSERT_TRUE(images) << images.error().message;
    ASSERT_EQ(images->pixels.size(), 3U * 6 * tinyPixels);
    for (size_t run = 0; run < 3; ++run) {
      const auto frame = [&](size_t i) {
        return std::span(images->pixels).subspan((run * 6 + i) * tinyPixels, tinyPixels);
      };
      expectSamePixels(frame(0), reconstructed->rows[run + 1][0].pixels);
      expectSamePixels(frame(5), reconstructed->rows[run + 1][1].pixels);
    }
  }
}

TEST_F(InterpolateFigure, ALoopEndsBeforeWhereItBegan) {
  const auto images = interpolate({source("vae")}, pathOf(PathKind::straight, 4, true), *data, control);
  ASSERT_TRUE(images);
  EXPECT_EQ(images->frames, 6);
  const auto frame = [&](size_t i) { return std::span(images->pixels).subspan(i * tinyPixels, tinyPixels); };
  expectSamePixels(frame(4), frame(2));
  expectSamePixels(frame(5), frame(1));
  EXPECT_FALSE(std::ranges::equal(frame(5), frame(0)));
}

TEST_F(InterpolateFigure, InputsStandAtTheirPlacesAboveTheRuns) {
  const auto figure =
      interpolateFigure({source("vae"), source("ae")}, pathOf(PathKind::spherical, 4, true), *data, control);
  ASSERT_TRUE(figure) << figure.error().message;
  const auto& panel = std::get<ImagesPanel>(figure->panels.at(0));
  EXPECT_EQ(panel.rows, 3);
  EXPECT_EQ(panel.columns, 6);
  EXPECT_THAT(panel.rowLabels, testing::ElementsAre("Input x", "vae", "ae"));
  EXPECT_EQ(panel.columnLabels[0], "3");
  EXPECT_EQ(panel.columnLabels[3], "12");
  const Image input = imageAt(*data->test, 12);
  for (size_t i = 0; i < tinyPixels; ++i) {
    EXPECT_NEAR(panel.pixels[3 * tinyPixels + i], 255 * input.pixels[i], 0.51);
    EXPECT_EQ(panel.pixels[2 * tinyPixels + i], 255); // nothing lies between two inputs
  }
  EXPECT_EQ(figure->provenance["view"]["path"], "spherical");
  EXPECT_EQ(figure->provenance["view"]["items"], Json({3, 12}));
}

TEST_F(InterpolateFigure, LongPathsAreBrokenIntoBands) {
  const auto figure = interpolateFigure({source("vae")}, pathOf(PathKind::straight, 64), *data, control);
  ASSERT_TRUE(figure);
  int columns = 0;
  for (const FigurePanel& panel : figure->panels) columns += std::get<ImagesPanel>(panel).columns;
  EXPECT_EQ(columns, 64);
  EXPECT_GT(figure->panels.size(), 1U);
}

TEST_F(InterpolateFigure, WhatCannotBeWalkedIsSaid) {
  const auto refusal = [&](const std::string& run, const InterpolateOptions& options) {
    const auto images = interpolate({source(run)}, options, *data, control);
    return images ? std::string() : images.error().message;
  };
  EXPECT_EQ(refusal("vae", pathOf(PathKind::straight, 2)), "frames: 2 is not in 3 to 64.");
  InterpolateOptions outside = pathOf(PathKind::straight, 3);
  outside.to = -1;
  EXPECT_EQ(refusal("vae", outside), "items: -1 is not in 0 to 39.");
  EXPECT_THAT(refusal("vq", pathOf(PathKind::straight, 3)),
              HasSubstr("codes in place of continuous latents"));
  control.cancel();
  EXPECT_EQ(interpolate({source("vae")}, pathOf(PathKind::straight, 3), *data, control).error().fault,
            Fault::interrupted);
}

} // namespace
} // namespace latent
