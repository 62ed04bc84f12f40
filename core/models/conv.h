// What convolutional architectures share: stages that halve an image, and dense layers behind them.
#pragma once

#include "core/models/architecture.h"
#include "core/models/sequence.h"

#include <cstdint>
#include <vector>

namespace latent {

/// One stage of parameter `channels`. A convolution of this kernel with stride 2 and padding 1 takes `from`
/// to `to`, each side of n pixels to n / 2, rounded up: 4 for even sides, 3 for odd ones.
struct Stage {
  struct Map {
    int64_t channels;
    int64_t height;
    int64_t width;
  };
  Map from;
  Map to;
  Kernel kernel;
};

/// Stages from the image on; the spec passed checkStages.
std::vector<Stage> stagesOf(const ModelSpec& spec);

/// Usage error where the image cannot be halved once for each of `channels`, or where there are too many
/// layers.
Status checkStages(const ModelSpec& spec);

/// From `stage.to` back to exactly `stage.from`, without checkerboards: a transposed convolution where its
/// kernel of 4 covers all pixels evenly, else nearest neighbour and a 3x3 convolution (Odena et al. 2016,
/// "Deconvolution and checkerboard artifacts").
void addDoubling(Sequence& decoder, const Stage& stage);

/// Width of what addDense leaves: the last of `conv_hidden`, or all values of the last map.
int64_t denseFeatures(const ModelSpec& spec);

/// Flatten, then Linear and activation for each of `conv_hidden`.
void addDense(Sequence& encoder, const ModelSpec& spec, Activation activation);

/// Linear and activation for each of `conv_hidden` in reverse, then Linear and Unflatten to the last map.
void addDenseBack(Sequence& decoder, const ModelSpec& spec, Activation activation);

} // namespace latent
