// Images in JSON files: shape and values in full.
#pragma once

#include "core/base/image.h"
#include "core/base/json.h"

namespace latent {

/// {"shape": [C, H, W], "pixels": [C*H*W numbers]}: the same floats come back.
Json imageToJson(const Image& image);
/// The same with bytes, for thumbnails: {"shape": ..., "bytes": [0..255]}.
Json thumbnailToJson(const Image& image);
/// Reads either. Throws std::exception whose text says what is wrong: shape, number of values, a value that
/// is no number in [0, 1] (a byte in 0..255).
Image imageFromJson(const Json& json);

} // namespace latent
