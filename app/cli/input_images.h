// Images that a person hands to a command: arrays and pictures.
#pragma once

#include "core/base/image.h"
#include "core/base/result.h"

#include <string>
#include <vector>

namespace latent::cli {

struct InputImages {
  std::vector<float> pixels;      ///< [n, C, H, W] in [0,1]
  std::vector<std::string> files; ///< [n], where each came from
};

/// Reads .npy files ([n, C, H, W], [C, H, W] or [H, W] of the model's size; floats in [0,1] or uint8) and
/// pictures (png, jpg, bmp; cut to the model's proportions, scaled to its size, grey where it has one
/// channel). Input error names the file and what is needed instead.
Result<InputImages> readInputImages(const std::vector<std::string>& files, const ImageShape& shape);

} // namespace latent::cli
