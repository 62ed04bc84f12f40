// Pairs of a batch, some latents at a time: memory stays bounded whatever the batch and the latent size are.
#pragma once

#include <algorithm>
#include <cstdint>

namespace latent {

/// Elements of one temporary over pairs, 2 MB in float32; more only where the pairs of one latent alone are
/// more.
inline constexpr int64_t kPairElements = int64_t{1} << 19;

/// Calls work(first, count) for consecutive ranges of latents with count * batch^2 <= kPairElements where
/// that is possible, else count = 1.
template<class Work>
void forRangesOfLatents(int64_t batch, int64_t latents, Work&& work) {
  const int64_t step = std::max<int64_t>(1, kPairElements / (batch * batch));
  for (int64_t first = 0; first < latents; first += step) work(first, std::min(step, latents - first));
}

} // namespace latent
