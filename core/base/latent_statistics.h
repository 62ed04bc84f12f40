// What encoded data says of each latent: how it is spread, whether it is used, and a Gaussian like it.
// Plain numbers; sorting 10,000 codes of one latent takes 0.7 ms, a fit of 200 latents some 0.3 s: for many
// latents that is a worker's.
#pragma once

#include "core/base/frames.h"
#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace latent {

/// Values between low and high, both included.
struct Interval {
  double low = 0, high = 0;
  bool operator==(const Interval&) const = default;
};

/// mu_j of all images in ascending order, without those that are no finite number.
std::vector<float> sortedCodes(const Encoded& points, int j);

/// The q-quantile, q in [0, 1], linear between the sorted values (Hyndman and Fan 1996, type 7). `sorted` is
/// not empty.
double quantile(std::span<const float> sorted, double q);

/// Its inverse: the fraction in [0, 1] at which `value` lies; among equal values the middle of their
/// fractions; 0 and 1 outside of the data. Never falls as value grows. `sorted` is not empty.
double fractionAt(std::span<const float> sorted, double value);

/// sortedCodes of every latent. Making it costs that many sorts, so a worker makes it where latents are many.
class SortedCodes {
 public:
  SortedCodes() = default; ///< of no latents
  explicit SortedCodes(const Encoded& points);
  int latent() const { return static_cast<int>(m_codes.size()); }
  bool empty() const; ///< no latents, or one of them has no finite code
  std::span<const float> of(int j) const { return m_codes[static_cast<size_t>(j)]; }
  bool operator==(const SortedCodes&) const = default;

 private:
  std::vector<std::vector<float>> m_codes;
};

/// Counts of mu_j in equal bins of an interval; what lies outside is not counted, `high` falls in the last
/// bin.
struct Histogram {
  Interval interval;
  std::vector<int64_t> counts;
};
/// interval.low < interval.high, bins >= 1.
Histogram histogram(const Encoded& points, int j, const Interval& interval, int bins);

/// How much the model uses each latent.
struct LatentUse {
  bool byKl = false;                ///< value is a KL divergence; otherwise a variance
  std::vector<double> value;        ///< [K] mean over the data of KL(q(z_j|x) || N(0,1)) in nats; without a
                                    ///< posterior the variance of the codes
  std::vector<double> codeVariance; ///< [K] of mu_j over the data
  std::vector<bool> dead; ///< [K] with a posterior: Var_x(mu_j) <= 0.01 (Burda et al. 2015, arXiv:1509.00519,
                          ///< section 5.2); without, whose scale is free: <= 1e-4 of the greatest variance
  std::vector<int> order; ///< [K] latents by falling value, equal ones by index
};
LatentUse latentUse(const Encoded& points);

/// N(mean, root root') with root lower triangular: latents like the codes of a model without a prior.
struct GaussianFit {
  int latent = 0;
  std::vector<double> mean;       ///< [K]
  std::vector<double> covariance; ///< [K, K] row-major, of the codes alone, divided by n
  std::vector<double> root;       ///< [K, K] row-major Cholesky factor of covariance + jitter I
  double jitter = 0; ///< what was added for it: 1e-9 of the mean variance, tenfold until the factor exists
};
/// Input error: no codes, or codes that are no numbers.
Result<GaussianFit> fitGaussian(const Encoded& points);

/// n points mean + temperature root eps, [n, K]; eps = latentNoise({seed, i, 0}, K): point i is the same
/// whatever n is. temperature >= 0.
std::vector<float> drawGaussian(const GaussianFit& fit, int64_t n, uint64_t seed, double temperature = 1);

/// n points of N(0, temperature^2 I), [n, K]; the eps of drawGaussian, so that two models are given the same
/// random numbers.
std::vector<float> drawPrior(int latent, int64_t n, uint64_t seed, double temperature = 1);

} // namespace latent
