#include "core/explore/tile_grids.h"

#include <gtest/gtest.h>

#include <limits>

namespace latent {
namespace {

const PlaneRect rect{-3, 5, -1, 2};

TEST(TileGrids, GrowToTheFinest) {
  std::vector<int> rows, columns;
  for (const TileGrid& grid : coarseToFine({rect, 20, 40})) {
    EXPECT_EQ(grid.rect, rect);
    rows.push_back(grid.rows);
    columns.push_back(grid.columns);
  }
  EXPECT_EQ(rows, (std::vector<int>{3, 5, 10, 20}));
  EXPECT_EQ(columns, (std::vector<int>{5, 10, 20, 40}));
}

TEST(TileGrids, OfOneTileIsOneGrid) {
  EXPECT_EQ(coarseToFine({rect, 1, 1}), (std::vector<TileGrid>{{rect, 1, 1}}));
}

TEST(TilePoints, AreTheCentresRowByRowFromTheLowest) {
  const TileGrid grid{rect, 3, 4};
  const std::vector<float> points = tilePoints(grid, {{0, 0}, {1, 0}, {0, 1}}, 5, 4);
  ASSERT_EQ(points.size(), 8u);
  for (int k = 0; k < 4; ++k) {
    const int tile = 5 + k;
    const PlanePoint centre = grid.centre(tile / 4, tile % 4);
    EXPECT_EQ(points[static_cast<size_t>(2 * k)], static_cast<float>(centre.x));
    EXPECT_EQ(points[static_cast<size_t>(2 * k + 1)], static_cast<float>(centre.y));
  }
  EXPECT_LT(tilePoints(grid, {{0, 0}, {1, 0}, {0, 1}}, 0, 1)[1], points[1]);
}

TEST(TilePoints, FollowTheAxes) {
  const TileGrid grid{{0, 2, 0, 2}, 1, 1}; // centre (1, 1)
  EXPECT_EQ(tilePoints(grid, {{1, 2, 3}, {0.5f, 0, 0}, {0, -1, 4}}, 0, 1), (std::vector<float>{1.5f, 1, 7}));
}

TEST(TilesProblem, NamesWhatIsWrong) {
  const PlaneAxes axes{{0, 0}, {1, 0}, {0, 1}};
  EXPECT_EQ(tilesProblem({rect, 20, 20}, axes, 2), "");
  EXPECT_NE(tilesProblem({rect, 0, 20}, axes, 2), "");
  EXPECT_NE(tilesProblem({rect, 20, 100000}, axes, 2), "");
  EXPECT_NE(tilesProblem({rect, 20, 20}, axes, 3), "");
  EXPECT_NE(tilesProblem({rect, 20, 20}, {}, 2), "");
}

TEST(Bytes, RoundToNearestAndStayInRange) {
  std::vector<uint8_t> bytes;
  appendBytes(std::vector<float>{0, 1, 0.5f, -0.2f, 1.7f, 0.4f / 255, 0.6f / 255,
                                 std::numeric_limits<float>::quiet_NaN()},
              bytes);
  EXPECT_EQ(bytes, (std::vector<uint8_t>{0, 255, 128, 0, 255, 0, 1, 0}));
}

} // namespace
} // namespace latent
