#include "core/explore/support.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace latent {

namespace {

constexpr int64_t kernelCodes = 2000;
constexpr int64_t medianCodes = 500;
constexpr double smallestBandwidth = 1e-6; // a latent that never moves: density only where z agrees with it

/// Every n-th of `count`, at most `limit` of them.
int64_t strideFor(int64_t count, int64_t limit) {
  return std::max<int64_t>(1, (count + limit - 1) / limit);
}

double norm(std::span<const float> z) {
  double sum = 0;
  for (float value : z) sum += double{value} * value;
  return std::sqrt(sum);
}

} // namespace

LatentSummary summarise(const Encoded& points) {
  const auto latent = static_cast<size_t>(points.latent);
  LatentSummary summary{std::vector<float>(latent, 0), std::vector<float>(latent, 0)};
  if (points.count == 0) return summary;

  const auto count = static_cast<size_t>(points.count);
  const auto n = static_cast<double>(points.count);
  std::vector<double> mean(latent, 0), variance(latent, 0), posterior(latent, 0);
  for (size_t i = 0; i < count; ++i)
    for (size_t j = 0; j < latent; ++j) mean[j] += points.mu[i * latent + j];
  for (double& value : mean) value /= n;
  for (size_t i = 0; i < count; ++i) {
    for (size_t j = 0; j < latent; ++j) {
      const double difference = points.mu[i * latent + j] - mean[j];
      variance[j] += difference * difference;
      if (!points.logVar.empty()) posterior[j] += std::exp(double{points.logVar[i * latent + j]});
    }
  }
  for (size_t j = 0; j < latent; ++j) {
    summary.mean[j] = static_cast<float>(mean[j]);
    // Law of total variance: z_j ~ q(z|x), x over the split.
    summary.spread[j] = static_cast<float>(std::sqrt((variance[j] + posterior[j]) / n));
  }
  return summary;
}

CodeDensity::CodeDensity(const Encoded& points, const LatentSummary& summary) : m_latent(points.latent) {
  assert(summary.spread.size() == static_cast<size_t>(points.latent));
  if (points.count == 0 || points.latent == 0) return;
  const auto latent = static_cast<size_t>(points.latent);
  const int64_t stride = strideFor(points.count, kernelCodes);
  const int64_t used = (points.count + stride - 1) / stride;

  const double scott = std::pow(static_cast<double>(used), -1.0 / (points.latent + 4));
  for (float spread : summary.spread)
    m_scale.push_back(static_cast<float>(1 / std::max(spread * scott, smallestBandwidth)));
  m_codes.reserve(static_cast<size_t>(used) * latent);
  for (int64_t i = 0; i < points.count; i += stride)
    for (size_t j = 0; j < latent; ++j)
      m_codes.push_back(points.mu[static_cast<size_t>(i) * latent + j] * m_scale[j]);

  std::vector<double> atCodes;
  for (int64_t i = 0; i < used; i += strideFor(used, medianCodes))
    atCodes.push_back(sumOfKernels(m_codes.data() + static_cast<size_t>(i) * latent));
  const auto middle = atCodes.begin() + static_cast<std::ptrdiff_t>(atCodes.size() / 2);
  std::nth_element(atCodes.begin(), middle, atCodes.end());
  m_median = *middle;
}

double CodeDensity::sumOfKernels(const float* scaled) const {
  const auto latent = static_cast<size_t>(m_latent);
  double sum = 0;
  for (size_t first = 0; first < m_codes.size(); first += latent) {
    float squared = 0;
    for (size_t j = 0; j < latent; ++j) {
      const float difference = m_codes[first + j] - scaled[j];
      squared += difference * difference;
    }
    sum += std::exp(-0.5 * double{squared});
  }
  return sum;
}

Support CodeDensity::at(std::span<const float> z) const {
  Support support{0, norm(z)};
  if (m_median <= 0 || z.size() != static_cast<size_t>(m_latent)) return support;
  std::vector<float> scaled(z.size());
  for (size_t j = 0; j < z.size(); ++j) scaled[j] = z[j] * m_scale[j];
  support.density = sumOfKernels(scaled.data()) / m_median; // the kernels' constant cancels
  return support;
}

Support supportAt(const Encoded& points, const LatentSummary& summary, std::span<const float> z) {
  return CodeDensity(points, summary).at(z);
}

std::vector<int64_t> nearestCodes(const Encoded& points, std::span<const float> z, int k) {
  assert(z.size() == static_cast<size_t>(points.latent));
  const auto latent = static_cast<size_t>(points.latent);
  // |mu - z|² without |z|², which all share: far outside of the data (z = 1e9) it would swallow what tells
  // the codes apart. A code that is no number comes last.
  std::vector<double> distance(static_cast<size_t>(points.count), 0);
  for (size_t i = 0; i < distance.size(); ++i) {
    for (size_t j = 0; j < latent; ++j) {
      const double mu = points.mu[i * latent + j];
      distance[i] += mu * (mu - 2 * double{z[j]});
    }
    if (std::isnan(distance[i])) distance[i] = std::numeric_limits<double>::infinity();
  }
  std::vector<int64_t> order(distance.size());
  std::iota(order.begin(), order.end(), 0);
  const auto found = std::min<std::ptrdiff_t>(std::max(k, 0), std::ssize(order));
  // Ties go to the lower index, so that the same codes always give the same list.
  std::partial_sort(order.begin(), order.begin() + found, order.end(), [&](int64_t a, int64_t b) {
    const double da = distance[static_cast<size_t>(a)], db = distance[static_cast<size_t>(b)];
    return da != db ? da < db : a < b;
  });
  order.resize(static_cast<size_t>(found));
  return order;
}

} // namespace latent
