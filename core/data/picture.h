// A person's picture as a model sees it.
#pragma once

#include "core/base/image.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string>

namespace latent {

struct PictureOptions {
  bool invert = false; ///< dark ink on light paper becomes light on dark
  bool centre = false; ///< as MNIST's digits: fitInk (core/base/ink.h); else cut to the model's proportions
};

/// Any picture that decodeImage() reads, of any size, in `shape`: grey (ITU-R BT.601) for one channel. Errors
/// of decodeImage(), and an input error for a shape with neither one nor three channels.
Result<Image> readPicture(std::span<const uint8_t> file, const ImageShape& shape,
                          const PictureOptions& options, const std::string& name);

} // namespace latent
