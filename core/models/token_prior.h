// p(tokens) of a map of discrete codes: a gated PixelCNN (van den Oord et al. 2016, "Conditional image
// generation with PixelCNN decoders"), small and without a condition.
#pragma once

#include "core/models/conv_layers.h"

#include <torch/torch.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace latent {

/// A token depends on those in the rows above it (vertical stack) and to its left (horizontal stack): all
/// that come before it row by row, without the blind spot of masked square kernels. Where the paper masks
/// kernels, the inputs are shifted here, which is the same sum.
class TokenPrior : public torch::nn::Module {
 public:
  struct Shape {
    int64_t codes = 0; ///< K
    int64_t rows = 0, columns = 0;
    int64_t width = 0; ///< channels of both stacks
    int64_t layers = 0;
  };
  TokenPrior(const Shape& shape, const torch::Device& device);

  /// int64 [B, R, C] -> [B, K, R, C]; logits at a place depend on the tokens before it only.
  torch::Tensor logits(const torch::Tensor& tokens) const;

  /// The same for one place, counted row by row: [B, K].
  torch::Tensor logitsAt(const torch::Tensor& tokens, int64_t cell) const;

  /// -log p(tokens) in nats, mean over all tokens of all maps; 0-dim.
  torch::Tensor crossEntropy(const torch::Tensor& tokens) const;

 private:
  class Table;
  class GatedLayer;
  Shape m_shape;
  std::shared_ptr<Table> m_embedding;
  std::vector<std::shared_ptr<GatedLayer>> m_layers;
  std::shared_ptr<Conv2d> m_hidden;
  std::shared_ptr<Conv2d> m_logits;
};

} // namespace latent
