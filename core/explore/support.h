// How well a latent point is supported by encoded data, and what lies near it: plain numbers, no torch.
#pragma once

#include "core/base/frames.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace latent {

LatentSummary summarise(const Encoded& points);

/// Kernel density of the codes, made once for many points (a few ms, then some 0.03 ms a point). Gaussian
/// kernel, bandwidth of latent j by Scott's rule, spread_j n^(-1/(K+4)), over at most 2,000 codes (every
/// n-th). The median density at the codes themselves is taken over at most 500 of these.
class CodeDensity {
 public:
  CodeDensity() = default; ///< of no codes: every density is 0
  CodeDensity(const Encoded& points, const LatentSummary& summary);
  /// z of another size than the codes has density 0.
  Support at(std::span<const float> z) const;

 private:
  double sumOfKernels(const float* scaled) const;

  int m_latent = 0;
  std::vector<float> m_scale; ///< 1 / bandwidth of each latent
  std::vector<float> m_codes; ///< [n, K], each divided by the bandwidths
  double m_median = 0;        ///< of the sums of kernels at the codes
};

/// CodeDensity for one point.
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
