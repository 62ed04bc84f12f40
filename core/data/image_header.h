// What an image file says of itself in its first bytes: looked at before a decoder may see it.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string>

namespace latent {

enum class ImageFormat { png, jpeg, bmp, webp, tiff };

struct ImageHeader {
  ImageFormat format = ImageFormat::png;
  int64_t width = 0;
  int64_t height = 0;
};

/// Told by content, not by name. Input error for other formats, for sizes of no or more than 2^27 pixels, and
/// for JPEG files without their end (a decoder would fill the rest with grey); `name` stands in it. The rest
/// of the file is not checked.
Result<ImageHeader> readImageHeader(std::span<const uint8_t> file, const std::string& name);

} // namespace latent
