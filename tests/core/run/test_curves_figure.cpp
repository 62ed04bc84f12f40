// Curves of runs as figures: where those of forks begin, and what the axes of facets show.
#include "core/run/curves_figure.h"
#include "core/run/faceted_curves.h"
#include "core/run/figure_again.h"
#include "core/run/fork.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace latent {
namespace {

namespace fs = std::filesystem;

class CurvesFigure : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch = std::make_unique<Scratch>();
    trainTiny(*scratch / "vae", 3);
    trainTiny(*scratch / "ae", 2, "ae");
  }
  static void TearDownTestSuite() { scratch.reset(); }

  static RunFolder open(const std::string& name) { return *RunFolder::open(*scratch / name); }

  /// Of the VAE at step 30: four updates into its third epoch.
  static void trainFork(const std::string& name, const std::string& key = {},
                        const std::string& choice = {}) {
    RunConfig config = forkConfig(open("vae"), 30);
    config.epochs = 4;
    config.threads = 1;
    if (!key.empty()) config.parameters.set(key, choice);
    auto run = TrainingRun::create(*scratch / name, config, tinyData());
    ASSERT_TRUE(run.ok()) << run.error().message;
    (*run)->trainer().start();
    ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
  }
  /// As the page Train asks for it.
  static Result<Figure> page(const std::vector<RunFolder>& runs, CurvesOptions options = {}) {
    options.series.clear();
    return curvesFigure(runs, options);
  }
  /// The curve of a split: train curves are dashed.
  static FigureSeries curve(const Figure& figure, bool test, size_t panel = 0) {
    for (const FigureSeries& series : std::get<CurvesPanel>(figure.panels.at(panel)).series)
      if (!series.x.empty() && (series.pattern == 0) == test) return series;
    return {};
  }
  static const CurvesPanel& panel(const Figure& figure, size_t i) {
    return std::get<CurvesPanel>(figure.panels.at(i));
  }

  static inline std::unique_ptr<Scratch> scratch;
  JobControl control;
};

TEST_F(CurvesFigure, AForksBeginsAtItsParentsLastPoint) {
  trainFork("fork");
  const auto parent = page({open("vae")}), fork = page({open("fork")});
  ASSERT_TRUE(parent && fork);
  const FigureSeries before = curve(*parent, true), test = curve(*fork, true);
  EXPECT_THAT(test.x, testing::ElementsAre(2, 3, 4)); // the parent was tested after two epochs
  EXPECT_EQ(test.y[0], before.y[1]);
  EXPECT_NE(test.y[1], before.y[2]);
  CurvesOptions named; // as of the command line
  named.splits = {"train"};
  const auto epochs = curvesFigure({open("fork")}, named);
  ASSERT_TRUE(epochs);
  EXPECT_EQ(panel(*epochs, 0).series[0].x.front(), 2);

  // And in the figures of facets.
  const auto facets = facetedCurves({{"one", {open("vae")}}, {"two", {open("fork")}}}, named);
  ASSERT_TRUE(facets);
  EXPECT_EQ(panel(*facets, 1).series[0].x.front(), 2);

  // A curve that ends before the fork begins is none.
  CurvesOptions early;
  early.upTo = {13};
  EXPECT_EQ(page({open("fork")}, early).error().fault, Fault::usage);
}

TEST_F(CurvesFigure, AForkKnowsItsParentByItsIdWhereverBothLie) {
  trainFork("moving");
  fs::create_directories(*scratch / "there");
  for (const char* run : {"vae", "moving"})
    fs::copy(*scratch / run, *scratch / "there" / run, fs::copy_options::recursive);
  fs::rename(*scratch / "vae", *scratch / "away");
  EXPECT_THAT(curve(*page({open("there/moving")}), true).x, testing::ElementsAre(2, 3, 4));
  EXPECT_THAT(curve(*page({open("moving")}), true).x, testing::ElementsAre(3, 4)); // its parent is gone
  fs::copy(*scratch / "ae", *scratch / "vae", fs::copy_options::recursive);
  EXPECT_THAT(curve(*page({open("moving")}), true).x, testing::ElementsAre(3, 4)); // another run is there
  fs::remove_all(*scratch / "vae");
  fs::rename(*scratch / "away", *scratch / "vae");
}

TEST_F(CurvesFigure, ValuesOfOtherPixelsAreNoBeginning) {
  trainFork("other", "pixels", "thresholded");
  EXPECT_THAT(curve(*page({open("other")}), true).x, testing::ElementsAre(3, 4));
}

TEST_F(CurvesFigure, FacetsHaveOneRangeOfEpochsAndMayHaveOneOfValues) {
  CurvesOptions options;
  options.look.facet = "family";
  auto figure = page({open("vae"), open("ae")}, options);
  ASSERT_TRUE(figure) << figure.error().message;
  ASSERT_EQ(figure->panels.size(), 2u);
  ASSERT_TRUE(panel(*figure, 0).xRange && panel(*figure, 0).yRange);
  EXPECT_GT(panel(*figure, 1).xRange->high, 3); // the AE's two epochs on the VAE's three
  EXPECT_EQ(panel(*figure, 0).xRange, panel(*figure, 1).xRange);
  EXPECT_NE(panel(*figure, 0).yRange, panel(*figure, 1).yRange);

  options.look.sharedY = true;
  figure = page({open("vae"), open("ae")}, options);
  ASSERT_TRUE(figure);
  EXPECT_EQ(panel(*figure, 0).yRange, panel(*figure, 1).yRange);
  for (const size_t i : {0u, 1u})
    for (const double y : curve(*figure, true, i).y) {
      EXPECT_GT(y, panel(*figure, i).yRange->low);
      EXPECT_LT(y, panel(*figure, i).yRange->high);
    }

  // Of named series, whose values all are seen, the panels of one series have a range of their own.
  CurvesOptions named = options;
  named.series = {"loss", "recon"};
  figure = curvesFigure({open("vae"), open("ae")}, named);
  ASSERT_TRUE(figure);
  ASSERT_EQ(figure->panels.size(), 4u);
  EXPECT_EQ(panel(*figure, 0).yRange, panel(*figure, 1).yRange);
  EXPECT_EQ(panel(*figure, 2).yRange, panel(*figure, 3).yRange);
  EXPECT_NE(panel(*figure, 0).yRange, panel(*figure, 2).yRange);
  for (bool shared : {false, true}) {
    named.look.sharedY = shared;
    figure = facetedCurves({{"one", {open("vae")}}, {"two", {open("ae")}}}, named);
    ASSERT_TRUE(figure);
    EXPECT_EQ(panel(*figure, 0).xRange, panel(*figure, 1).xRange);
    EXPECT_EQ(panel(*figure, 0).yRange.has_value(), shared);
    EXPECT_EQ(panel(*figure, 0).yRange, panel(*figure, 1).yRange);
  }
}

TEST_F(CurvesFigure, WhatWasChosenOfTheCurvesIsSeenAndComesBack) {
  CurvesOptions options;
  options.look.facet = "family";
  options.look.sharedY = true;
  options.area = CurvesArea{{1.25, 2.5}, {{10, 20}, {30, 50}}};
  const auto figure = page({open("vae"), open("ae")}, options);
  ASSERT_TRUE(figure);
  for (const size_t i : {0u, 1u}) {
    EXPECT_EQ(panel(*figure, i).xRange, options.area->x);
    EXPECT_EQ(panel(*figure, i).yRange, options.area->y[i]);
    EXPECT_FALSE(panel(*figure, i).wholeX); // 2 alone would be a tick
  }
  ASSERT_TRUE(writeFigure(*scratch / "area.figure", *figure));
  const auto read = readFigure(*scratch / "area.figure");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(panel(*read, 1).yRange, options.area->y[1]);

  const auto recipe = figureRecipe(Json::parse(figure->provenance.dump()), *scratch / "figure.pdf");
  ASSERT_TRUE(recipe);
  const auto again = figureAgain(*recipe, findRecipeRuns(*recipe, {}).sources, {}, {}, control);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->provenance.dump(), figure->provenance.dump());
  EXPECT_EQ(panel(*again, 1).yRange, options.area->y[1]);

  options.area->y.pop_back(); // of another number of facets
  EXPECT_NE(panel(*page({open("vae"), open("ae")}, options), 0).xRange, options.area->x);
  options.area = CurvesArea{{-1, 2}, {{0, 1}, {0, 1}}};
  options.look.logX = true; // which has no place for what is below 0
  EXPECT_NE(panel(*page({open("vae"), open("ae")}, options), 0).xRange, options.area->x);
}

TEST_F(CurvesFigure, FirstValuesThatFlattenTheRestLieAboveTheAxes) {
  EXPECT_EQ(fittedValues(0, {}, {}).empty(), true);
  const std::vector<double> few{500, 12, 11, 10, 10};
  const Extent all = extentOf(few, false);
  const Extent fitted = fittedValues(
      few.size(), [&](size_t i) { return few[i]; }, all);
  EXPECT_EQ(fitted.upper, 12);
  EXPECT_EQ(fitted.lower, 10);
  std::vector<double> many(2000);
  for (size_t i = 0; i < many.size(); ++i) many[i] = i < 20 ? 900 : 10 + static_cast<double>(i % 7);
  const Extent dense = fittedValues(
      many.size(), [&](size_t i) { return many[i]; }, extentOf(many, false));
  EXPECT_LE(dense.upper, 16);
  EXPECT_EQ(extentOf(std::vector<double>{-1, 0, 2, 3}, true).lower, 2);
}

} // namespace
} // namespace latent
