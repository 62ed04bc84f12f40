#include "core/explore/support.h"
#include "core/run/run_viewer.h"
#include "core/run/traverse_figure.h"
#include "tests/core/run/small_runs.h"

#include <bit>
#include <gmock/gmock.h>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TraverseFigure : public SmallRuns {
 protected:
  std::string refusal(const std::string& run, const TraverseOptions& options) {
    const auto result = traverse(source(run), options, data.get(), control);
    if (result) return "";
    EXPECT_EQ(result.error().fault, Fault::usage);
    return result.error().message;
  }
};

TEST_F(TraverseFigure, OnlyTheLatentOfARowMovesAndNothingStaysForTheNext) {
  TraverseOptions options;
  options.latents = {2, 0, 1};
  options.item = 7;
  options.frames = 5;
  const auto result = traverse(source("vae"), options, data.get(), control);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->z.size(), 3U * 5 * 3);
  for (size_t row = 0; row < 3; ++row)
    for (size_t frame = 0; frame < 5; ++frame)
      for (size_t j = 0; j < 3; ++j) {
        const float z = result->z[(row * 5 + frame) * 3 + j];
        if (static_cast<int>(j) == options.latents[row])
          EXPECT_FLOAT_EQ(z, -3 + 1.5F * static_cast<float>(frame));
        else
          EXPECT_EQ(std::bit_cast<uint32_t>(z), std::bit_cast<uint32_t>(result->start[j])); // bit for bit
      }
  const auto viewer = openViewer(source("vae").run, std::nullopt);
  for (size_t i = 0; i < 15; ++i)
    expectSamePixels(std::span(result->pixels).subspan(i * tinyPixels, tinyPixels),
                     viewer->decode(std::span(result->z).subspan(3 * i, 3), 1));
}

TEST_F(TraverseFigure, BeginsAtTheInputThePriorMeanOrTheMeanCode) {
  TraverseOptions options;
  options.latents = {0};
  const auto viewer = openViewer(source("vae").run, std::nullopt);
  const auto codes = encodeSplit(*viewer, data->test, 0, control);
  EXPECT_EQ(traverse(source("vae"), options, nullptr, control)->start, LatentPoint(3, 0));
  options.item = 4;
  const LatentPoint start = traverse(source("vae"), options, data.get(), control)->start;
  for (size_t j = 0; j < 3; ++j) EXPECT_NEAR(start[j], codes->points.mu[3 * 4 + j], 1e-5);
  options.item.reset();
  const auto autoencoder = openViewer(source("ae").run, std::nullopt);
  EXPECT_EQ(traverse(source("ae"), options, data.get(), control)->start,
            summarise(encodeSplit(*autoencoder, data->test, 0, control)->points).mean);
}

TEST_F(TraverseFigure, RangesArePriorQuantileOrValue) {
  TraverseOptions options;
  options.latents = {1};
  EXPECT_THAT(traverse(source("vae"), options, nullptr, control)->intervals, ElementsAre(Interval{-3, 3}));
  options.range = TraversalRange{RangeKind::value, -0.5, 2};
  EXPECT_THAT(traverse(source("vae"), options, nullptr, control)->intervals, ElementsAre(Interval{-0.5, 2}));
  options.range.reset(); // an AE has no prior, so its data says how far
  const auto viewer = openViewer(source("ae").run, std::nullopt);
  const auto codes = encodeSplit(*viewer, data->test, 0, control);
  const std::vector<float> sorted = sortedCodes(codes->points, 1);
  EXPECT_THAT(traverse(source("ae"), options, data.get(), control)->intervals,
              ElementsAre(Interval{quantile(sorted, 0.01), quantile(sorted, 0.99)}));
}

TEST_F(TraverseFigure, WithoutNamesTheMostUsedLatentsComeFirst) {
  const auto result = traverse(source("wide"), {}, data.get(), control);
  ASSERT_TRUE(result) << result.error().message;
  const auto viewer = openViewer(source("wide").run, std::nullopt);
  const LatentUse use = latentUse(encodeSplit(*viewer, data->test, 0, control)->points);
  ASSERT_FALSE(result->latents.empty());
  for (size_t i = 0; i < result->latents.size(); ++i) {
    EXPECT_EQ(result->latents[i], use.order[i]);
    EXPECT_DOUBLE_EQ(*result->kl[i], use.value[static_cast<size_t>(use.order[i])]);
  }
}

TEST_F(TraverseFigure, AGridMovesTwoLatentsLowestRowFirst) {
  TraverseOptions options;
  options.latents = {2, 0};
  options.grid = true;
  options.frames = 3;
  const auto result = traverse(source("vae"), options, nullptr, control);
  ASSERT_TRUE(result);
  EXPECT_THAT(std::vector<float>(result->z.begin() + 3, result->z.begin() + 6), ElementsAre(-3, 0, 0));
  const auto figure = traverseFigure({source("vae"), source("wide")}, options, nullptr, control);
  ASSERT_TRUE(figure) << figure.error().message;
  const auto& panel = std::get<ImagesPanel>(figure->panels.at(0));
  EXPECT_EQ(panel.title, "vae: across z3 -3 to 3, up z1 -3 to 3");
  EXPECT_EQ(figure->panels.size(), 2U);
  EXPECT_EQ(figure->panelColumns, 2);
  for (size_t i = 0; i < tinyPixels; ++i) // the lowest row is the picture's last
    EXPECT_NEAR(panel.pixels[6 * tinyPixels + i], 255 * result->pixels[i], 0.51);
}

TEST_F(TraverseFigure, RowsSayTheirLatentAndColumnsTheirValue) {
  TraverseOptions options;
  options.latents = {0, 2};
  options.frames = 3;
  const auto figure = traverseFigure({source("vae"), source("ae")}, options, data.get(), control);
  ASSERT_TRUE(figure) << figure.error().message;
  ASSERT_EQ(figure->panels.size(), 2U);
  const auto& vae = std::get<ImagesPanel>(figure->panels[0]);
  EXPECT_EQ(vae.title, "vae");
  EXPECT_THAT(vae.rowLabels[1], testing::StartsWith("z3, KL "));
  EXPECT_THAT(vae.columnLabels, ElementsAre("-3", "0", "3"));
  const auto& ae = std::get<ImagesPanel>(figure->panels[1]);
  EXPECT_THAT(ae.rowLabels[0], testing::MatchesRegex("z1, -?[0-9.]+ to -?[0-9.]+"));
  EXPECT_THAT(ae.columnLabels, ElementsAre("1 %", "", "99 %"));
  EXPECT_EQ(figure->provenance["kind"], "traverse");
  EXPECT_EQ(figure->provenance["view"]["latents"], Json({1, 3}));
  EXPECT_EQ(figure->provenance["runs"][1]["step"], 26);
}

TEST_F(TraverseFigure, WhatCannotBeTraversedIsSaid) {
  TraverseOptions options;
  options.latents = {3};
  EXPECT_EQ(refusal("vae", options), "There is no latent z4; the run has 3.");
  EXPECT_THAT(refusal("vq", {}),
              HasSubstr("codes in place of continuous latents, so there is nothing to traverse"));
  options.latents = {0, 0};
  EXPECT_THAT(refusal("vae", options), HasSubstr("named twice"));
  options.latents = {0};
  options.grid = true;
  EXPECT_THAT(refusal("vae", options), HasSubstr("two latents"));
  options.grid = false;
  options.frames = 1;
  EXPECT_THAT(refusal("vae", options), HasSubstr("not in 2 to 64"));
  options.frames = 3;
  options.item = 40;
  EXPECT_EQ(refusal("vae", options), "items: 40 is not in 0 to 39.");
  options.item.reset();
  options.range = TraversalRange{RangeKind::dataQuantile, 0, 2};
  EXPECT_THAT(refusal("vae", options), HasSubstr("within 0 and 1"));
}

TEST_F(TraverseFigure, SaysWhetherItNeedsTheData) {
  TraverseOptions options;
  EXPECT_TRUE(traversalNeedsData(source("vae"), options));
  options.latents = {0};
  EXPECT_FALSE(traversalNeedsData(source("vae"), options));
  EXPECT_TRUE(traversalNeedsData(source("ae"), options));
  options.item = 1;
  EXPECT_TRUE(traversalNeedsData(source("vae"), options));
}

} // namespace
} // namespace latent
