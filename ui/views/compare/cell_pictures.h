// What a cell shows, made from what the viewing thread decoded.
#pragma once

#include "core/base/image.h"

#include <cstdint>
#include <span>

namespace latent::ui {

/// Of n images of one shape that lie one after the other; n >= 1.
Image meanImage(const ImageShape& shape, std::span<const float> pixels);
/// Sum over pixels of (x - x̂)². Shapes are equal.
double squaredError(const Image& x, const Image& output);

} // namespace latent::ui
