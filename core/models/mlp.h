// The multilayer perceptron that AE and VAE share: pixels - hidden .. - z - .. hidden reversed - pixels.
#pragma once

#include "core/base/model_spec.h"
#include "core/models/layers.h"

#include <memory>
#include <vector>

namespace latent {

struct MlpSizes {
  int64_t pixels = 0;
  std::vector<int64_t> hidden;
  int64_t latent = 0;
  Activation activation = Activation::relu;

  explicit MlpSizes(const ModelSpec& spec);
  int64_t encoded() const { return hidden.empty() ? pixels : hidden.back(); } ///< width before the heads
};

/// Weights and biases of encoder, `heads` heads of latent size, and decoder.
double countMlpWeights(const MlpSizes& sizes, int heads);

/// x [B, ...] -> last hidden layer [B, encoded()], activated.
std::shared_ptr<DenseStack> makeMlpEncoder(const MlpSizes& sizes, const torch::Device& device);
/// last hidden layer -> [B, latent]
std::shared_ptr<Dense> makeMlpHead(const MlpSizes& sizes, const torch::Device& device);
/// z [B, latent] -> logits [B, pixels]
std::shared_ptr<DenseStack> makeMlpDecoder(const MlpSizes& sizes, const torch::Device& device);

/// sigmoid(logits) as images [B, C, H, W].
torch::Tensor imagesFromLogits(const torch::Tensor& logits, const ImageShape& shape);

} // namespace latent
