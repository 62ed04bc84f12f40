#include "core/base/plane_frame.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

void expectNear(PlanePoint a, PlanePoint b) {
  EXPECT_NEAR(a.x, b.x, 1e-9);
  EXPECT_NEAR(a.y, b.y, 1e-9);
}

TEST(PlaneFrame, z2GrowsUpwards) {
  const PlaneFrame frame({0, 0}, 0.01, 600, 400);
  expectNear(frame.toPixel({0, 0}), {300, 200});
  expectNear(frame.toPixel({1, 1}), {400, 100});
  expectNear(frame.toLatent({400, 100}), {1, 1});
}

TEST(PlaneFrame, zoomKeepsThePointUnderThePointer) {
  PlaneFrame frame({0.3, -0.7}, 0.013, 540, 540);
  const PlanePoint pixel{123, 456};
  const PlanePoint under = frame.toLatent(pixel);
  for (const double factor : {1.25, 1.25, 0.5, 3.0}) {
    frame = frame.zoomedAt(pixel, factor);
    expectNear(frame.toLatent(pixel), under);
  }
}

TEST(PlaneFrame, panMovesWithThePointer) {
  const PlaneFrame frame({0.3, -0.7}, 0.013, 540, 500);
  const PlanePoint z = frame.toLatent({100, 100});
  expectNear(frame.panned(30, -20).toPixel(z), {130, 80});
}

TEST(PlaneFrame, fittedShowsAllAndKeepsOneScale) {
  const PlaneRect rect{-2, 2, -1, 5};
  const PlaneFrame frame = PlaneFrame::fitted(rect, 800, 400);
  const PlaneRect seen = frame.visible();
  EXPECT_LE(seen.left, rect.left);
  EXPECT_GE(seen.right, rect.right);
  EXPECT_LE(seen.lower, rect.lower);
  EXPECT_GE(seen.upper, rect.upper);
  EXPECT_NEAR(frame.toPixel({1, 0}).x - frame.toPixel({0, 0}).x,
              frame.toPixel({0, 0}).y - frame.toPixel({0, 1}).y, 1e-9);
}

TEST(PlaneFrame, resizeKeepsCentreAndSpan) {
  const PlaneFrame frame({1, 2}, 0.01, 500, 700);
  const PlaneFrame larger = frame.resized(1000, 1400);
  EXPECT_EQ(larger.centre(), frame.centre());
  EXPECT_NEAR(larger.visible().width(), frame.visible().width(), 1e-9);
}

TEST(TileGrid, aTileLiesWhereItsCodeIs) {
  const TileGrid grid{{-3, 3, -2, 4}, 6, 12};
  expectNear(grid.centre(0, 0), {-2.75, -1.5}); // row 0 is the lowest z2
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const PlaneRect cell = grid.cell(row, column);
      expectNear(grid.centre(row, column), {(cell.left + cell.right) / 2, (cell.lower + cell.upper) / 2});
    }
  EXPECT_NEAR(grid.cell(5, 11).right, 3, 1e-12);
  EXPECT_NEAR(grid.cell(5, 11).upper, 4, 1e-12);
}

} // namespace
} // namespace latent
