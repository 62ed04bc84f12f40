// A page as people choose it, in provenance and back; figures without colour.
#include "core/figure/figure_page.h"
#include "core/figure/grey_figure.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <set>
#include <tuple>

namespace latent {
namespace {

Figure chosen() {
  Figure figure;
  figure.widthMm = 120;
  figure.heightMm = 77;
  figure.fontPoints = 11;
  figure.curvePoints = 1.5;
  figure.title = "Größe";
  figure.legend = LegendPlace::below;
  figure.greyscale = figure.smooth = true;
  figure.panelColumns = 3;
  return figure;
}

TEST(FigurePage, EveryChoiceComesBackFromProvenance) {
  const Figure figure = chosen();
  Figure again;
  again.widthMm = 120;
  applyPage(Json::parse(pageOf(figure, 450).dump()), again);
  EXPECT_EQ(again.heightMm, 77);
  EXPECT_EQ(again.fontPoints, 11);
  EXPECT_EQ(again.curvePoints, 1.5);
  EXPECT_EQ(again.title, "Größe");
  EXPECT_EQ(again.legend, LegendPlace::below);
  EXPECT_TRUE(again.greyscale);
  EXPECT_TRUE(again.smooth);
  EXPECT_EQ(again.panelColumns, 3);
  EXPECT_EQ(pageOf(again, 450), pageOf(figure, 450));
  const FigurePage page = pageFromJson(pageOf(figure, 450), {});
  EXPECT_EQ(page.widthMm, 120);
  EXPECT_EQ(page.dpi, 450);
}

TEST(FigurePage, AnotherWidthHasItsOwnColumns) {
  Figure narrow;
  narrow.widthMm = 84;
  applyPage(pageOf(chosen(), 300), narrow);
  EXPECT_EQ(narrow.panelColumns, 1);
  EXPECT_EQ(narrow.fontPoints, 11);
}

TEST(FigurePage, WhatIsOutOfRangeLeavesTheFigureAsItIs) {
  Figure figure = chosen();
  applyPage({{"heightMm", 1e9},
             {"fontPoints", -1},
             {"curvePoints", "thick"},
             {"title", 3},
             {"legend", "left"},
             {"greyscale", 0},
             {"smooth", nullptr},
             {"widthMm", 120},
             {"panelColumns", 2.5}},
            figure);
  EXPECT_EQ(pageOf(figure, 300), pageOf(chosen(), 300));
  applyPage(Json::array(), figure);
  EXPECT_EQ(pageOf(figure, 300), pageOf(chosen(), 300));
}

TEST(FigurePage, ATitleIsTheFiguresOwnOrChosenOrNone) {
  Figure figure = chosen();
  FigurePage page = pageOn(figure, 300);
  page.title.reset();
  setPage(page, figure);
  EXPECT_EQ(figure.title, "Größe");
  page.title = "";
  setPage(page, figure);
  EXPECT_EQ(figure.title, "");
  EXPECT_EQ(figure.widthMm, 120); // which the panels were made for
}

TEST(FigurePage, PresetsAreThoseOfReports) {
  const auto& presets = pagePresets();
  ASSERT_EQ(presets.size(), 3U);
  EXPECT_EQ(presets[0].widthMm, 84);
  EXPECT_EQ(presets[1].widthMm, 174);
  EXPECT_EQ(presets[2].id, "slide");
  EXPECT_NEAR(presets[2].widthMm / presets[2].heightMm, 16 / 9.0, 1e-9);
  EXPECT_GT(presets[2].fontPoints, presets[0].fontPoints);
  EXPECT_GT(presets[2].curvePoints, presets[0].curvePoints);
  for (const LegendPlace place :
       {LegendPlace::above, LegendPlace::below, LegendPlace::right, LegendPlace::none})
    EXPECT_EQ(legendPlaceFromName(legendPlaceName(place)), place);
}

int greyLevel(const std::string& colour) {
  EXPECT_EQ(colour.substr(1, 2), colour.substr(3, 2));
  EXPECT_EQ(colour.substr(1, 2), colour.substr(5, 2));
  return std::stoi(colour.substr(1, 2), nullptr, 16);
}

TEST(GreyFigure, RunsStayApartByGreyMarkAndPattern) {
  CurvesPanel panel;
  for (int run = 0; run < 8; ++run) panel.series.push_back({"run", runColour(run), 0, {0, 1}, {1, 2}});
  Figure figure;
  figure.panels = {panel};
  const Figure shown = inGreys(figure);
  const auto& series = std::get<CurvesPanel>(shown.panels[0]).series;
  std::set<std::tuple<std::string, int, int>> looks;
  for (const FigureSeries& s : series) {
    EXPECT_LT(greyLevel(s.colour), 170); // read on white
    looks.insert({s.colour, s.marker, s.pattern});
  }
  EXPECT_EQ(looks.size(), 8U);
  figure.panels = {CurvesPanel{}};
  std::get<CurvesPanel>(figure.panels[0]).series = {panel.series[0], panel.series[1]};
  const Figure pair = inGreys(figure);
  const auto& two = std::get<CurvesPanel>(pair.panels[0]).series;
  EXPECT_GT(std::abs(greyLevel(two[0].colour) - greyLevel(two[1].colour)), 100);
  EXPECT_NE(two[0].marker, two[1].marker);
  EXPECT_NE(two[0].pattern, two[1].pattern);
}

TEST(GreyFigure, PatternsThatMeanSomethingStay) {
  CurvesPanel panel;
  panel.series = {{"train", runColour(0), 1, {0}, {1}},
                  {"test", runColour(1), 0, {0}, {1}},
                  {"words alone", "#5E646B", 1, {}, {}}};
  Figure figure;
  figure.panels = {panel};
  const Figure shown = inGreys(figure);
  const auto& series = std::get<CurvesPanel>(shown.panels[0]).series;
  EXPECT_EQ(series[0].pattern, 1);
  EXPECT_EQ(series[1].pattern, 0);
  EXPECT_EQ(series[2].marker, 0); // no run
}

TEST(GreyFigure, ImagesHaveTheirLuminance) {
  ImagesPanel panel;
  panel.rows = panel.height = panel.width = 1;
  panel.columns = 2;
  panel.channels = 3;
  panel.pixels = {255, 0, 0, 10, 10, 10};
  Figure figure;
  figure.panels = {panel};
  const Figure shown = inGreys(figure);
  const auto& images = std::get<ImagesPanel>(shown.panels[0]);
  EXPECT_EQ(images.channels, 1);
  EXPECT_EQ(images.pixels, (std::vector<uint8_t>{76, 10})); // 0.299 of 255
}

TEST(GreyFigure, ClassesDifferInGreyAndShapeFromTheirNeighbours) {
  std::set<std::pair<std::string, PointShape>> looks;
  for (int label = 0; label < 10; ++label) {
    looks.insert({classGrey(label), classShape(label)});
    const int apart = std::abs(greyLevel(classGrey(label)) - greyLevel(classGrey(label + 1)));
    EXPECT_GE(apart, 60) << label;
    EXPECT_NE(classShape(label), classShape(label + 1));
  }
  EXPECT_EQ(looks.size(), 10U);
}

} // namespace
} // namespace latent
