// How well a latent point is supported by encoded data, and what lies near it: plain numbers, no torch.
#pragma once

#include "core/base/frames.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace latent {

LatentSummary summarise(const Encoded& points);

/// Gaussian kernel, bandwidth by Scott's rule on each latent, over at most 2,000 codes (every n-th).
Support supportAt(const Encoded& points, const LatentSummary& summary, std::span<const float> z);

/// Indices of the k codes nearest to z (Euclidean in latent space), nearest first.
std::vector<int64_t> nearestCodes(const Encoded& points, std::span<const float> z, int k);

/// Two main directions of the codes (PCA): unit vectors scaled by nothing, origin = mean. Needs K >= 2.
/// Without OpenCV in the build: usage error, saying so.
struct MainDirections {
  std::vector<float> mean, first, second;
};
Result<MainDirections> mainDirections(const Encoded& points);

} // namespace latent
