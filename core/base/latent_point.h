// A point z of a latent space.
#pragma once

#include <vector>

namespace latent {

/// Coordinates z_1 .. z_K, z_1 first.
using LatentPoint = std::vector<float>;

} // namespace latent
