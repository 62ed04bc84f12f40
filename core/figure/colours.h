// Colours of numbers and of codes; those of classes and runs are in figure.h.
#pragma once

#include "core/base/image.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace latent {

using Rgb = std::array<uint8_t, 3>;
std::string colourText(const Rgb& colour); ///< "#RRGGBB"

/// Viridis (van der Walt and Smith, 2015, matplotlib) at t in [0, 1], clamped; grey for NaN.
Rgb viridis(double t);

/// One for each code of a codebook: [codes, 2] are its vectors along their two main directions. The first
/// goes from dark to light, the second from blue to yellow (CIELAB), which colour-blind people tell apart.
/// Each is spread by rank, so that one far code does not make all others alike.
std::vector<Rgb> codeColours(const std::vector<float>& embedding);
/// Whether black is read better than white on this ground.
bool wantsDarkInk(const Rgb& ground);

/// |x - x̂|, mean over the channels, 0 to 1 in the colours of viridis: [3, H, W]. Shapes are equal.
Image errorImage(const Image& x, const Image& output);

} // namespace latent
