// Pictures of known colours.
#pragma once

#include "core/run/movie/movie_file.h"

#include <array>
#include <cstdint>

namespace latent {

inline MoviePicture plain(int width, int height, std::array<uint8_t, 3> colour) {
  MoviePicture picture{width, height, {}};
  for (int i = 0; i < width * height; ++i)
    picture.rgb.insert(picture.rgb.end(), colour.begin(), colour.end());
  return picture;
}

inline void setPixel(MoviePicture& picture, int x, int y, std::array<uint8_t, 3> colour) {
  for (size_t i = 0; i < 3; ++i)
    picture
        .rgb[3 * (static_cast<size_t>(y) * static_cast<size_t>(picture.width) + static_cast<size_t>(x)) + i] =
        colour[i];
}

inline uint32_t pixelOf(const MoviePicture& picture, size_t pixel) {
  return static_cast<uint32_t>(picture.rgb[3 * pixel] << 16 | picture.rgb[3 * pixel + 1] << 8 |
                               picture.rgb[3 * pixel + 2]);
}

/// Fewer than 256 colours: a red square that goes right over grey paper.
inline MoviePicture walking(int frame, int width = 40, int height = 20) {
  MoviePicture picture = plain(width, height, {200, 200, 200});
  for (int y = 5; y < 10; ++y)
    for (int x = 0; x < 5; ++x) setPixel(picture, frame + x, y, {220, static_cast<uint8_t>(frame), 30});
  return picture;
}

/// Thousands of colours, with a band of white paper on top.
inline MoviePicture rainbow(int frame) {
  MoviePicture picture = plain(64, 64, {255, 255, 255});
  for (int y = 16; y < 64; ++y)
    for (int x = 0; x < 64; ++x)
      setPixel(picture, x, y,
               {static_cast<uint8_t>(4 * x), static_cast<uint8_t>(4 * y), static_cast<uint8_t>(20 * frame)});
  return picture;
}

inline MoviePictures pictures(int count, MoviePicture (*at)(int)) {
  return {count, [at](int frame) -> Result<MoviePicture> { return at(frame); }};
}

} // namespace latent
