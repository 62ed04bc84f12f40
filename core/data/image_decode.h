// One image file as pixels of a wanted size (by OpenCV).
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace latent {

struct ImageFit {
  int width = 0; ///< 0 = as the image is
  int height = 0;
  bool stretch = false; ///< else the largest part in the middle that has the wanted proportions
};

struct DecodedImage {
  int fileWidth = 0; ///< after turning it as its EXIF data say
  int fileHeight = 0;
  int width = 0;
  int height = 0;
  bool grey = false;           ///< red, green and blue are the same in every pixel
  std::vector<uint8_t> pixels; ///< [3, height, width], red first; transparency is dropped
};

/// Input error where it is no image that readImageHeader() accepts or its content is damaged; `name` stands
/// in it. Scaled by area averages where it gets smaller. Without OpenCV in the build: usage error that says
/// so.
Result<DecodedImage> decodeImage(std::span<const uint8_t> file, const ImageFit& fit, const std::string& name);

} // namespace latent
