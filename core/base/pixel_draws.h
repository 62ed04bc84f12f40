// Images drawn from the means of their pixels.
#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <span>
#include <string>

namespace latent {

/// Draws every pixel from Bernoulli(its value): it becomes 1 or 0. The uniform numbers follow from (seed,
/// index of the image) alone, so that pictures of two models differ by their means and not by their draws.
inline void drawPixels(std::span<float> pixels, uint64_t seed, int64_t image) {
  Random random(deriveSeed(deriveSeed(seed, "sample pixels"), std::to_string(image)));
  for (float& value : pixels) value = random.uniform() < value ? 1.0F : 0.0F;
}

} // namespace latent
