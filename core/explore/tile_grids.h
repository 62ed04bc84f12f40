// Where tiles lie and what they are made of: plain numbers.
#pragma once

#include "core/base/frames.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace latent {

/// Grids over the same rectangle whose last is `finest` and each of the others half as fine as the next,
/// begun where neither side has more than seven tiles: 40x40 gives 5x5, 10x10, 20x20, 40x40.
std::vector<TileGrid> coarseToFine(const TileGrid& finest);

/// One sentence that says why these tiles cannot be decoded with `latent` latents, "" if they can.
std::string tilesProblem(const TileGrid& finest, const PlaneAxes& axes, int latent);

/// The points of tiles [first, first + count) counted row by row, each at its own centre: [count, K].
std::vector<float> tilePoints(const TileGrid& grid, const PlaneAxes& axes, int64_t first, int64_t count);

/// [0,1] to 0..255, rounded to nearest; what is not a number becomes 0.
void appendBytes(std::span<const float> pixels, std::vector<uint8_t>& bytes);

} // namespace latent
