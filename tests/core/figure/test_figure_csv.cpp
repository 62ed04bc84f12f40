#include "core/figure/figure.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

namespace latent {
namespace {

TEST(FigureCsv, CurvesAreListedPointByPoint) {
  CurvesPanel panel;
  panel.series = {{"A, \"test\"", "#0072B2", 0, {0, 600.5}, {0.1, std::numeric_limits<double>::quiet_NaN()}}};
  Figure figure;
  figure.panels = {panel};
  EXPECT_EQ(figureToCsv(figure), "panel,kind,series,index,x,y,value,name\n"
                                 "0,curve,0,0,0,0.1,,A; 'test'\n"
                                 "0,curve,0,1,600.5,nan,,A; 'test'\n");
}

TEST(FigureCsv, ABandIsListedAfterItsCurve) {
  CurvesPanel panel;
  panel.series = {{"A", "#0072B2", 0, {0, 1}, {2, 3}}};
  panel.series[0].lower = {1, 2.5};
  panel.series[0].upper = {4, 3.5};
  Figure figure;
  figure.panels = {panel};
  EXPECT_EQ(figureToCsv(figure), "panel,kind,series,index,x,y,value,name\n"
                                 "0,curve,0,0,0,2,,A\n"
                                 "0,curve,0,1,1,3,,A\n"
                                 "0,lower,0,0,0,1,,A\n"
                                 "0,lower,0,1,1,2.5,,A\n"
                                 "0,upper,0,0,0,4,,A\n"
                                 "0,upper,0,1,1,3.5,,A\n");
}

TEST(FigureCsv, PlaneListsPointsAndRingsAndLeavesTilesToArrays) {
  PlanePanel panel;
  panel.grid = {{-2, 2, -1, 1}, 1, 2};
  panel.tileHeight = panel.tileWidth = 1;
  panel.pixels = {255, 0};
  panel.pointX = {0.5F};
  panel.pointY = {-0.25F};
  panel.pointLabel = {1};
  panel.classes = {"zero", "one"};
  panel.rings = {1.5};
  panel.ringCentre = {0.5, -1};
  Figure figure;
  figure.panels = {CurvesPanel{}, panel};
  EXPECT_EQ(figureToCsv(figure), "panel,kind,series,index,x,y,value,name\n"
                                 "1,point,1,0,0.5,-0.25,1,one\n"
                                 "1,ring,0,0,0.5,-1,1.5,\n");
}

TEST(FigureCsv, ImagesListPixelsByColumnAndRow) {
  ImagesPanel panel;
  panel.rows = panel.columns = 1;
  panel.height = 1;
  panel.width = 2;
  panel.pixels = {0, 51};
  panel.rowLabels = {"input"};
  Figure figure;
  figure.panels = {panel};
  EXPECT_EQ(figureToCsv(figure), "panel,kind,series,index,x,y,value,name\n"
                                 "0,pixel,0,0,0,0,0,input:0\n"
                                 "0,pixel,0,1,1,0,0.2,input:0\n");
}

TEST(FigureColours, AreDistinctAndKnownOnesStandWhereTheyShould) {
  std::set<std::string> classes, runs;
  for (int i = 0; i < 10; ++i) classes.insert(classColour(i));
  for (int i = 0; i < 8; ++i) runs.insert(runColour(i));
  EXPECT_EQ(classes.size(), 10U);
  EXPECT_EQ(runs.size(), 8U);
  EXPECT_EQ(classColour(0), "#CC6677");
  EXPECT_EQ(classColour(10), classColour(0));
  EXPECT_EQ(classColour(-1), "#BBBBBB");
  EXPECT_EQ(runColour(0), "#0072B2");
}

} // namespace
} // namespace latent
