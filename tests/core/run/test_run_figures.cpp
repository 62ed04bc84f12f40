#include "core/explore/tile_grids.h"
#include "core/io/files.h"
#include "core/run/figure_parts.h"
#include "core/run/figures.h"
#include "core/run/run_viewer.h"
#include "tests/core/run/tiny_pair.h"

#include <cmath>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RunFigures : public TinyPair {
 protected:
  static FigureSource source(const std::string& name, std::optional<int64_t> step = {}) {
    return {*RunFolder::open(*scratch / name), step};
  }
};

TEST_F(RunFigures, ATileIsTheImageOfItsCentre) {
  PlaneOptions options;
  options.rect = PlaneRect{-2, 2, -1, 3};
  options.rows = 3;
  options.columns = 4;
  const auto tiles = planeTiles(source("vae"), options, nullptr, control);
  ASSERT_TRUE(tiles) << tiles.error().message;
  ASSERT_EQ(tiles->pixels.size(), 3u * 4u * 64u);
  const auto viewer = openViewer(*RunFolder::open(*scratch / "vae"), std::nullopt);
  // Row 0 is the lowest z2.
  const auto lowest = viewer->decode(std::vector<float>{-1.5F, -1 + 4 / 6.0F}, 1);
  const auto highest = viewer->decode(std::vector<float>{-1.5F, 3 - 4 / 6.0F}, 1);
  for (size_t i = 0; i < 64; ++i) {
    EXPECT_NEAR(tiles->pixels[i], lowest[i], 1e-5);
    EXPECT_NEAR(tiles->pixels[2 * 4 * 64 + i], highest[i], 1e-5);
  }
}

TEST_F(RunFigures, PlaneOfAPriorShowsRingsAndPoints) {
  const auto figure = planeFigure(source("vae", 13), {}, data.get(), control);
  ASSERT_TRUE(figure) << figure.error().message;
  const auto& panel = std::get<PlanePanel>(figure->panels.at(0));
  EXPECT_EQ(panel.rect, (PlaneRect{-3, 3, -3, 3}));
  EXPECT_EQ(panel.pointX.size(), 40u);
  EXPECT_EQ(panel.pointLabel[9], 1);
  EXPECT_EQ(panel.rings.size(), 3u);
  EXPECT_EQ(panel.pixels.size(), 400u * 64u);
  EXPECT_LT(panel.tileOpacity, 1);
  EXPECT_EQ(figure->provenance["runs"][0]["step"], 13);
  EXPECT_EQ(figure->provenance["runs"][0]["dataset"]["checksums"]["bars"], "7");
  EXPECT_EQ(figure->provenance["view"]["rows"], 20);
}

TEST_F(RunFigures, PlaneOfAnAutoencoderLiesWhereItsCodesLie) {
  PlaneOptions options;
  options.points = 5;
  const auto figure = planeFigure(source("ae"), options, data.get(), control);
  ASSERT_TRUE(figure) << figure.error().message;
  const auto& panel = std::get<PlanePanel>(figure->panels.at(0));
  EXPECT_TRUE(panel.rings.empty());
  ASSERT_EQ(panel.pointX.size(), 5u);
  const auto viewer = openViewer(*RunFolder::open(*scratch / "ae"), std::nullopt);
  const auto codes = encodeSplit(*viewer, data->test, 0, control);
  for (int64_t i = 0; i < codes->points.count; ++i) {
    const float* z = codes->points.mu.data() + 2 * i;
    EXPECT_TRUE(z[0] > panel.rect.left && z[0] < panel.rect.right && z[1] > panel.rect.lower &&
                z[1] < panel.rect.upper);
  }
  const auto without = planeFigure(source("ae"), {}, nullptr, control);
  EXPECT_EQ(without.error().fault, Fault::usage);
}

TEST_F(RunFigures, ReconstructionsNameWhatEachRowIsMeasuredBy) {
  ReconstructOptions options;
  options.indices = {3, 0};
  const auto figure = reconstructFigure({source("vae"), source("ae")}, options, *data, control);
  ASSERT_TRUE(figure) << figure.error().message;
  const auto& panel = std::get<ImagesPanel>(figure->panels.at(0));
  EXPECT_EQ(panel.rows, 3);
  EXPECT_EQ(panel.columns, 2);
  EXPECT_THAT(panel.rowLabels[1], HasSubstr("VAE z2, ELBO -"));
  EXPECT_THAT(panel.rowLabels[2], HasSubstr("AE z2, recon "));
  EXPECT_THAT(panel.columnLabels, ElementsAre("3", "0"));
  std::vector<uint8_t> input;
  appendBytes(imageAt(*data->test, 3).pixels, input);
  EXPECT_TRUE(std::equal(input.begin(), input.end(), panel.pixels.begin()));
  options.indices = {40};
  EXPECT_THAT(reconstructFigure({source("vae")}, options, *data, control).error().message,
              HasSubstr("0 to 39"));
}

TEST_F(RunFigures, CurvesNeverRankAnAutoencoderByTheElbo) {
  CurvesOptions options;
  options.series = {"loss", "elbo"};
  const auto figure =
      curvesFigure({*RunFolder::open(*scratch / "vae"), *RunFolder::open(*scratch / "ae")}, options);
  ASSERT_TRUE(figure) << figure.error().message;
  const auto& loss = std::get<CurvesPanel>(figure->panels.at(0));
  const auto& elbo = std::get<CurvesPanel>(figure->panels.at(1));
  EXPECT_TRUE(loss.wholeX);
  ASSERT_EQ(loss.series.size(), 8u); // four curves, then the legend of the page: two runs and two splits
  EXPECT_EQ(loss.series[0].label, "VAE z2 (loss: recon + KL), train");
  EXPECT_EQ(loss.series[3].label, "AE z2 (loss: recon), test");
  EXPECT_THAT(loss.series[3].x, ElementsAre(1, 2));
  std::vector<std::string> legend;
  for (const FigureSeries& series : loss.series) {
    EXPECT_EQ(series.inLegend, series.x.empty());
    if (series.inLegend) legend.push_back(series.label);
  }
  EXPECT_THAT(legend, ElementsAre("VAE z2 (loss: recon + KL)", "AE z2 (loss: recon)", "train", "test"));
  EXPECT_EQ(elbo.series.size(), 2u); // the AE has no ELBO
  options.series = {"kl"};
  EXPECT_EQ(curvesFigure({*RunFolder::open(*scratch / "ae")}, options).error().fault, Fault::usage);
}

TEST_F(RunFigures, RunsOfOneNameAreToldApart) {
  for (const char* name : {"again", "other"})
    std::filesystem::copy(*scratch / "vae", *scratch / name, std::filesystem::copy_options::recursive);
  std::string text = *readText(*scratch / "other/run.json");
  text.replace(text.find("\"seed\": 3"), 9, "\"seed\": 4");
  ASSERT_TRUE(writeTextAtomically(*scratch / "other/run.json", text));
  EXPECT_THAT(distinctNames({source("vae")}), ElementsAre("VAE z2 Bars"));
  EXPECT_THAT(distinctNames({source("vae"), source("ae")}), ElementsAre("VAE z2", "AE z2"));
  EXPECT_THAT(distinctNames({source("vae"), source("other")}),
              ElementsAre("VAE z2, seed 3", "VAE z2, seed 4"));
  EXPECT_THAT(distinctNames({source("vae"), source("vae", 13)}),
              ElementsAre("VAE z2, step 26", "VAE z2, step 13"));
  EXPECT_THAT(distinctNames({source("vae"), source("again"), source("other"), source("ae")}),
              ElementsAre("VAE z2, seed 3, vae", "VAE z2, seed 3, again", "VAE z2, seed 4", "AE z2"));
}

TEST_F(RunFigures, BeyondEightRunsMarkersTellThemApart) {
  std::vector<RunFolder> runs(13, *RunFolder::open(*scratch / "vae"));
  const auto figure = curvesFigure(runs, {});
  ASSERT_TRUE(figure) << figure.error().message;
  std::set<std::pair<std::string, int>> looks;
  for (const FigureSeries& series : std::get<CurvesPanel>(figure->panels.at(0)).series)
    if (!series.x.empty() && series.pattern == 0) looks.insert({series.colour, series.marker});
  EXPECT_EQ(looks.size(), 13u);
}

TEST_F(RunFigures, DamagedCurvesAreDrawnWithAWarning) {
  std::filesystem::copy(*scratch / "vae", *scratch / "damaged", std::filesystem::copy_options::recursive);
  std::ofstream(*scratch / "damaged/metrics.csv", std::ios::app) << "what\n";
  const auto figure = curvesFigure({*RunFolder::open(*scratch / "damaged")}, {});
  ASSERT_TRUE(figure) << figure.error().message;
  ASSERT_EQ(figure->warnings.size(), 1u);
  EXPECT_THAT(figure->warnings[0], HasSubstr("damaged/metrics.csv is damaged"));
}

TEST_F(RunFigures, MoreImagesThanFitGoIntoFurtherRows) {
  ReconstructOptions options;
  for (int64_t i = 0; i < 25; ++i) options.indices.push_back(i);
  options.widthMm = 84; // 11 images of 5 mm fit into two thirds
  const auto figure = reconstructFigure({source("vae")}, options, *data, control);
  ASSERT_TRUE(figure) << figure.error().message;
  ASSERT_EQ(figure->panels.size(), 3u);
  const auto& last = std::get<ImagesPanel>(figure->panels[2]);
  EXPECT_EQ(last.columns, 7);
  EXPECT_EQ(last.places, 9);
  EXPECT_EQ(last.columnLabels.back(), "24");
  EXPECT_EQ(last.pixels.size(), 2u * 7u * 64u);
}

TEST_F(RunFigures, MainDirectionsAndLatentsAreChosenInWords) {
  PlaneOptions options;
  options.points = 40;
  options.choice.main = true;
  const auto figure = planeFigure(source("vae"), options, data.get(), control);
  ASSERT_TRUE(figure) << figure.error().message;
  const auto& panel = std::get<PlanePanel>(figure->panels.at(0));
  EXPECT_EQ(panel.xLabel, "main 1");
  ASSERT_EQ(panel.pointX.size(), 40u);
  double x = 0, xx = 0, yy = 0, y = 0, xy = 0; // about their mean, uncorrelated, the first the wider
  for (size_t i = 0; i < 40; ++i) {
    x += panel.pointX[i], y += panel.pointY[i];
    xx += panel.pointX[i] * panel.pointX[i], yy += panel.pointY[i] * panel.pointY[i];
    xy += panel.pointX[i] * panel.pointY[i];
    EXPECT_TRUE(panel.pointX[i] > panel.rect.left && panel.pointX[i] < panel.rect.right);
  }
  EXPECT_NEAR(x, 0, 1e-3 * std::sqrt(xx));
  EXPECT_NEAR(y, 0, 1e-3 * std::sqrt(xx));
  EXPECT_NEAR(xy, 0, 1e-3 * xx);
  EXPECT_GT(xx, yy);
  EXPECT_EQ(planeFigure(source("vae"), options, nullptr, control).error().fault, Fault::usage);
  options.choice = {1, 0, false, {}};
  EXPECT_EQ(
      std::get<PlanePanel>(planeFigure(source("vae"), options, data.get(), control)->panels.at(0)).xLabel,
      "z2");
  options.choice = {0, 2, false, {}};
  EXPECT_THAT(planeFigure(source("vae"), options, data.get(), control).error().message,
              HasSubstr("z1 to z2"));
}

TEST_F(RunFigures, DrawingWritesTablesWithoutTheHelperAndRefusesUnknownEndings) {
  const auto figure = curvesFigure({*RunFolder::open(*scratch / "vae")}, {});
  ASSERT_TRUE(drawFigure(*figure, *scratch / "curves.csv", {}, control));
  EXPECT_EQ(*readText(*scratch / "curves.csv"), figureToCsv(*figure));
  const auto status = drawFigure(*figure, *scratch / "curves.gif", {}, control);
  EXPECT_EQ(status.error().fault, Fault::usage);
}

TEST_F(RunFigures, ACancelledJobIsInterrupted) {
  control.cancel();
  EXPECT_EQ(planeFigure(source("vae"), {}, data.get(), control).error().fault, Fault::interrupted);
  EXPECT_EQ(reconstructFigure({source("vae")}, {}, *data, control).error().fault, Fault::interrupted);
}

TEST_F(RunFigures, APlaneSaysWhichAxesItHasAndShowsTheLayersAskedFor) {
  PlaneOptions options;
  options.axes = PlaneAxes{{0, 0}, {0, 1}, {1, 0}};
  options.points = 0;
  auto figure = planeFigure(source("vae"), options, data.get(), control);
  ASSERT_TRUE(figure) << figure.error().message;
  auto panel = std::get<PlanePanel>(figure->panels.at(0));
  EXPECT_EQ(panel.xLabel, "z2");
  EXPECT_EQ(panel.yLabel, "z1");
  EXPECT_EQ(panel.rings.size(), 3u);
  EXPECT_TRUE(panel.pointX.empty());
  EXPECT_EQ(panel.tileOpacity, 1);
  options.look.rings = false;
  EXPECT_TRUE(std::get<PlanePanel>(planeFigure(source("vae"), options, data.get(), control)->panels.at(0))
                  .rings.empty());
  options.look.rings = true;
  options.axes = PlaneAxes{{1, 0.5f}, {0.6f, 0.8f}, {-0.8f, 0.6f}}; // as main directions are
  panel = std::get<PlanePanel>(planeFigure(source("vae"), options, data.get(), control)->panels.at(0));
  EXPECT_EQ(panel.xLabel, "main 1");
  EXPECT_EQ(panel.yLabel, "main 2");
  EXPECT_EQ(panel.rings.size(), 3u);
  EXPECT_NEAR(panel.ringCentre.x, -1.0, 1e-6); // the prior's mean lies at -(1, 0.5) from the origin
  EXPECT_NEAR(panel.ringCentre.y, 0.5, 1e-6);
  options.axes->axis2 = {-1.6f, 1.2f}; // circles of the prior would be ellipses here
  panel = std::get<PlanePanel>(planeFigure(source("vae"), options, data.get(), control)->panels.at(0));
  EXPECT_TRUE(panel.rings.empty());
}

} // namespace
} // namespace latent
