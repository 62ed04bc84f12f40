// The networks of models whose z is a map of vectors: between images [B, C, H, W] and the R x C vectors of
// length D of a map, row by row, [B, R * C * D].
#pragma once

#include "core/models/layers.h"

#include "core/base/image.h"

#include <memory>

namespace latent {

/// Convolutions that shrink the image by `stride` in steps of its prime factors, then residual blocks, then
/// D values at each place; the decoder mirrors it (van den Oord et al. 2017, section 4.1).
struct MapNetwork {
  ImageShape shape;
  int64_t stride = 1; ///< divides height and width
  int64_t size = 1;   ///< D
  int64_t channels = 1;
  int64_t blocks = 0; ///< residual blocks of each half
  Activation activation = Activation::relu;
};
std::shared_ptr<Body> mapEncoder(const MapNetwork& network, const torch::Device& device);
/// Raw values [B, C * H * W].
std::shared_ptr<Body> mapDecoder(const MapNetwork& network, const torch::Device& device);

} // namespace latent
