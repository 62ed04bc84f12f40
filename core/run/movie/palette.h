// The colours of a GIF, chosen over a whole movie.
#pragma once

#include "core/run/movie/movie_file.h"

#include <array>
#include <cstdint>
#include <vector>

namespace latent::detail {

using Colour = uint32_t; ///< 0xRRGGBB

constexpr Colour colourOf(uint8_t red, uint8_t green, uint8_t blue) {
  return static_cast<Colour>(red) << 16 | static_cast<Colour>(green) << 8 | blue;
}
constexpr std::array<int, 3> partsOf(Colour colour) {
  return {static_cast<int>(colour >> 16), static_cast<int>(colour >> 8 & 255),
          static_cast<int>(colour & 255)};
}

/// How often each colour occurs: a counter for every one of the 2^24, which stops at its end (64 MiB).
class ColourCounts {
 public:
  ColourCounts() : m_counts(size_t{1} << 24) {}
  void add(const MoviePicture& picture);
  uint32_t of(Colour colour) const { return m_counts[colour]; }
  std::vector<Colour> present() const; ///< ascending

 private:
  std::vector<uint32_t> m_counts;
};

/// At most 256 colours. All that occur, where there are no more; else the most frequent ones as they are,
/// which keeps paper and text clean, and the centres of k-means (Lloyd 1982, by OpenCV, from fixed random
/// numbers) over the others.
class Palette {
 public:
  explicit Palette(const ColourCounts& counts);

  const std::vector<Colour>& colours() const { return m_colours; }
  /// The index of each pixel's colour. Pixels whose colour is in the palette get it, dithered or not, and
  /// pass no error on: dithering touches only what the palette cannot show.
  std::vector<uint8_t> indices(const MoviePicture& picture, Dithering dithering);

 private:
  uint8_t nearest(Colour colour);

  std::vector<Colour> m_colours;
  std::vector<int16_t> m_nearest; ///< by colour, -1 = not looked for yet (32 MiB)
};

} // namespace latent::detail
