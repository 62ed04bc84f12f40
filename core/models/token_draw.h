// Drawing tokens from a prior over maps so that each draw hangs on its seed and its cell alone.
#pragma once

#include "core/models/model.h"

#include <cstdint>
#include <functional>

namespace latent {

/// A code from softmax(logits / temperature), logits [1, codes], temperature > 0, by a generator of this seed
/// and cell: whatever else is drawn, and in which order.
int64_t drawToken(const torch::Tensor& logits, double temperature, uint64_t seed, int64_t cell);

/// The seed of image `image` of a sample: the window and `latent sample` draw the same maps.
uint64_t tokenSeed(uint64_t sampleSeed, int64_t image);

/// TokenModel::priorLogits or what stands for it: map, cell -> [B, K].
using TokenLogits = std::function<torch::Tensor(const torch::Tensor& map, int64_t cell)>;

/// Maps of images first .. first + n - 1 of a sample, int64 [n, rows, columns], drawn cell by cell, row by
/// row.
torch::Tensor drawTokenMaps(const TokenLogits& logits, int64_t rows, int64_t columns, int64_t first,
                            int64_t n, double temperature, uint64_t sampleSeed);
torch::Tensor drawTokenMaps(TokenModel& model, int64_t first, int64_t n, double temperature,
                            uint64_t sampleSeed);

} // namespace latent
