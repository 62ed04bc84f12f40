#include "core/base/latent_statistics.h"

#include "core/base/latent_noise.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace latent {

namespace {

constexpr double deadVariance = 0.01; // Burda et al.: the threshold of an active unit
constexpr double deadShare = 1e-4;    // of the greatest variance: a hundredth of the widest latent's width
constexpr double firstJitter = 1e-9;  // of the mean variance
constexpr double smallestVariance = 1e-30; // codes that never move still have a factor

/// Mean of each of K columns of n rows.
std::vector<double> meansOf(const std::vector<float>& rows, size_t columns) {
  std::vector<double> means(columns, 0);
  const size_t n = rows.size() / columns;
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j < columns; ++j) means[j] += rows[i * columns + j];
  for (double& mean : means) mean /= static_cast<double>(n);
  return means;
}

std::vector<double> codeVariances(const Encoded& points) {
  const auto latent = static_cast<size_t>(points.latent);
  std::vector<double> variances(latent, 0);
  if (points.count == 0) return variances;
  const std::vector<double> means = meansOf(points.mu, latent);
  for (size_t i = 0; i < static_cast<size_t>(points.count); ++i)
    for (size_t j = 0; j < latent; ++j) {
      const double difference = points.mu[i * latent + j] - means[j];
      variances[j] += difference * difference;
    }
  for (double& variance : variances) variance /= static_cast<double>(points.count);
  return variances;
}

/// KL(N(mu, sigma^2) || N(0, 1)) of each latent, mean over the data (Kingma and Welling 2013, appendix B).
std::vector<double> meanKl(const Encoded& points) {
  const auto latent = static_cast<size_t>(points.latent);
  std::vector<double> kl(latent, 0);
  for (size_t i = 0; i < points.mu.size(); ++i) {
    const double mu = points.mu[i], logVar = points.logVar[i];
    kl[i % latent] += 0.5 * (mu * mu + std::exp(logVar) - logVar - 1);
  }
  for (double& value : kl) value /= static_cast<double>(std::max<int64_t>(points.count, 1));
  return kl;
}

/// Lower triangular L with L L' = covariance + jitter I; nothing where it has no such factor in doubles.
std::optional<std::vector<double>> cholesky(const std::vector<double>& covariance, size_t n, double jitter) {
  std::vector<double> root(n * n, 0);
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j <= i; ++j) {
      double left = covariance[i * n + j] + (i == j ? jitter : 0);
      for (size_t k = 0; k < j; ++k) left -= root[i * n + k] * root[j * n + k];
      if (i != j) {
        root[i * n + j] = left / root[j * n + j];
      } else {
        if (!(left > 0)) return std::nullopt;
        root[i * n + i] = std::sqrt(left);
      }
    }
  return root;
}

std::vector<double> covarianceOf(const Encoded& points, const std::vector<double>& mean) {
  const size_t n = mean.size();
  std::vector<double> covariance(n * n, 0), centred(n);
  for (size_t i = 0; i < static_cast<size_t>(points.count); ++i) {
    for (size_t j = 0; j < n; ++j) centred[j] = points.mu[i * n + j] - mean[j];
    for (size_t j = 0; j < n; ++j)
      for (size_t k = 0; k <= j; ++k) covariance[j * n + k] += centred[j] * centred[k];
  }
  for (size_t j = 0; j < n; ++j)
    for (size_t k = 0; k <= j; ++k)
      covariance[k * n + j] = covariance[j * n + k] /= static_cast<double>(points.count);
  return covariance;
}

} // namespace

std::vector<float> sortedCodes(const Encoded& points, int j) {
  assert(j >= 0 && j < points.latent);
  const auto latent = static_cast<size_t>(points.latent);
  std::vector<float> codes;
  codes.reserve(static_cast<size_t>(points.count));
  for (size_t i = static_cast<size_t>(j); i < points.mu.size(); i += latent)
    if (std::isfinite(points.mu[i])) codes.push_back(points.mu[i]);
  std::ranges::sort(codes);
  return codes;
}

SortedCodes::SortedCodes(const Encoded& points) {
  for (int j = 0; j < points.latent; ++j) m_codes.push_back(sortedCodes(points, j));
}

bool SortedCodes::empty() const {
  return m_codes.empty() || std::ranges::any_of(m_codes, [](const auto& codes) { return codes.empty(); });
}

double quantile(std::span<const float> sorted, double q) {
  assert(!sorted.empty());
  const double position = std::clamp(q, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(position);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] +
         (position - static_cast<double>(below)) * (double{sorted[below + 1]} - sorted[below]);
}

double fractionAt(std::span<const float> sorted, double value) {
  assert(!sorted.empty());
  const auto first = std::ranges::lower_bound(sorted, value, {}, [](float x) { return double{x}; });
  const auto after = std::ranges::upper_bound(sorted, value, {}, [](float x) { return double{x}; });
  const auto steps = static_cast<double>(std::max<size_t>(sorted.size() - 1, 1));
  const auto index = static_cast<double>(first - sorted.begin());
  if (first != after) { // it is one of them, or several
    if (sorted.size() == 1) return 0.5;
    return (index + static_cast<double>(after - sorted.begin() - 1)) / 2 / steps;
  }
  if (first == sorted.begin()) return 0;
  if (first == sorted.end()) return 1;
  const double below = *(first - 1), above = *first;
  return (index - 1 + (value - below) / (above - below)) / steps;
}

Histogram histogram(const Encoded& points, int j, const Interval& interval, int bins) {
  assert(interval.low < interval.high && bins >= 1 && j >= 0 && j < points.latent);
  Histogram result{interval, std::vector<int64_t>(static_cast<size_t>(bins), 0)};
  const auto latent = static_cast<size_t>(points.latent);
  for (size_t i = static_cast<size_t>(j); i < points.mu.size(); i += latent) {
    const double value = points.mu[i];
    if (!(value >= interval.low && value <= interval.high)) continue;
    const auto bin = static_cast<int>((value - interval.low) / (interval.high - interval.low) * bins);
    ++result.counts[static_cast<size_t>(std::min(bin, bins - 1))];
  }
  return result;
}

LatentUse latentUse(const Encoded& points) {
  LatentUse use;
  use.byKl = !points.logVar.empty();
  use.codeVariance = codeVariances(points);
  use.value = use.byKl ? meanKl(points) : use.codeVariance;
  const double greatest = use.codeVariance.empty() ? 0 : std::ranges::max(use.codeVariance);
  const double threshold = use.byKl ? deadVariance : deadShare * greatest;
  for (const double variance : use.codeVariance) use.dead.push_back(!(variance > threshold));
  use.order.resize(use.value.size());
  std::iota(use.order.begin(), use.order.end(), 0);
  const auto rank = [&](int j) { // what is no number comes last
    const double value = use.value[static_cast<size_t>(j)];
    return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
  };
  std::ranges::stable_sort(use.order, [&](int a, int b) { return rank(a) > rank(b); });
  return use;
}

Result<GaussianFit> fitGaussian(const Encoded& points) {
  if (points.count == 0 || points.latent == 0) return inputError("There are no codes to fit a Gaussian to.");
  if (!std::ranges::all_of(points.mu, [](float value) { return std::isfinite(value); }))
    return inputError(
        "Some codes are no numbers, so that no Gaussian fits them; the model may have diverged.");
  const auto n = static_cast<size_t>(points.latent);
  GaussianFit fit;
  fit.latent = points.latent;
  fit.mean = meansOf(points.mu, n);
  fit.covariance = covarianceOf(points, fit.mean);
  double trace = 0;
  for (size_t j = 0; j < n; ++j) trace += fit.covariance[j * n + j];
  fit.jitter = std::max(firstJitter * trace / points.latent, smallestVariance);
  std::optional<std::vector<double>> root;
  while (!(root = cholesky(fit.covariance, n, fit.jitter))) fit.jitter *= 10;
  fit.root = std::move(*root);
  return fit;
}

std::vector<float> drawGaussian(const GaussianFit& fit, int64_t n, uint64_t seed, double temperature) {
  const auto latent = static_cast<size_t>(fit.latent);
  std::vector<float> points = drawPrior(fit.latent, n, seed);
  std::vector<double> eps(latent);
  for (size_t i = 0; i < static_cast<size_t>(n); ++i) {
    const auto z = std::span(points).subspan(i * latent, latent);
    std::ranges::copy(z, eps.begin());
    for (size_t j = 0; j < latent; ++j) {
      double sum = 0;
      for (size_t k = 0; k <= j; ++k) sum += fit.root[j * latent + k] * eps[k];
      z[j] = static_cast<float>(fit.mean[j] + temperature * sum);
    }
  }
  return points;
}

std::vector<float> drawPrior(int latent, int64_t n, uint64_t seed, double temperature) {
  std::vector<float> points;
  points.reserve(static_cast<size_t>(latent) * static_cast<size_t>(n));
  for (int64_t i = 0; i < n; ++i)
    for (const float eps : latentNoise({seed, i, 0}, latent))
      points.push_back(static_cast<float>(temperature * eps));
  return points;
}

} // namespace latent
