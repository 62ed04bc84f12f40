// An image and its shape, as plain values.
#pragma once

#include <cstdint>
#include <vector>

namespace latent {

/// Channels, height and width of every image of a data set.
struct ImageShape {
  int channels = 1;
  int height = 28;
  int width = 28;

  int64_t pixels() const { return int64_t{channels} * height * width; }
  bool operator==(const ImageShape&) const = default;
};

/// One image: channel-major (CHW), values in [0,1].
struct Image {
  ImageShape shape{0, 0, 0};
  std::vector<float> pixels;

  bool empty() const { return pixels.empty(); }
  bool operator==(const Image&) const = default;
};

} // namespace latent
