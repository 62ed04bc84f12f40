#include "core/explore/tile_grids.h"

#include <algorithm>
#include <cmath>

namespace latent {

namespace {

constexpr int coarsest = 7;
constexpr int mostTiles = 512; // a side; a screen shows fewer pixels

} // namespace

std::vector<TileGrid> coarseToFine(const TileGrid& finest) {
  std::vector<TileGrid> grids{finest};
  while (std::max(grids.back().rows, grids.back().columns) > coarsest) {
    TileGrid half = grids.back();
    half.rows = (half.rows + 1) / 2;
    half.columns = (half.columns + 1) / 2;
    grids.push_back(half);
  }
  std::reverse(grids.begin(), grids.end());
  return grids;
}

std::string tilesProblem(const TileGrid& finest, const PlaneAxes& axes, int latent) {
  if (finest.rows < 1 || finest.columns < 1 || finest.rows > mostTiles || finest.columns > mostTiles)
    return "A plane has 1 to " + std::to_string(mostTiles) + " rows and columns of tiles, not " +
           std::to_string(finest.rows) + " by " + std::to_string(finest.columns) + ".";
  const auto size = static_cast<size_t>(latent);
  if (axes.origin.size() != size || axes.axis1.size() != size || axes.axis2.size() != size)
    return "The axes of this plane are not of the model's " + std::to_string(latent) + " latents.";
  return {};
}

std::vector<float> tilePoints(const TileGrid& grid, const PlaneAxes& axes, int64_t first, int64_t count) {
  std::vector<float> points;
  points.reserve(static_cast<size_t>(count) * axes.origin.size());
  for (int64_t tile = first; tile < first + count; ++tile) {
    const PlanePoint centre =
        grid.centre(static_cast<int>(tile / grid.columns), static_cast<int>(tile % grid.columns));
    for (size_t j = 0; j < axes.origin.size(); ++j)
      points.push_back(
          static_cast<float>(axes.origin[j] + centre.x * axes.axis1[j] + centre.y * axes.axis2[j]));
  }
  return points;
}

void appendBytes(std::span<const float> pixels, std::vector<uint8_t>& bytes) {
  for (float value : pixels) {
    const float inside = value > 0 ? std::min(value, 1.0f) : 0.0f;
    bytes.push_back(static_cast<uint8_t>(std::lround(inside * 255)));
  }
}

} // namespace latent
