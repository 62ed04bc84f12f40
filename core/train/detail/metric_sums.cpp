#include "core/train/detail/metric_sums.h"

#include <algorithm>
#include <utility>

namespace latent {

namespace {

Measures meansOf(const std::vector<std::string>& terms, std::vector<double> sums, int64_t count) {
  for (double& sum : sums) sum /= static_cast<double>(count);
  return namedMeasures(terms, sums);
}

} // namespace

MetricSums::MetricSums(std::vector<std::string> terms)
    : m_terms(std::move(terms)), m_window(m_terms.size()), m_epoch(m_terms.size()) {}

void MetricSums::add(int64_t step, double epoch, std::span<const float> values, int64_t images) {
  for (size_t i = 0; i < m_terms.size(); ++i) {
    m_window[i] += values[i];
    m_epoch[i] += static_cast<double>(values[i]) * static_cast<double>(images);
  }
  m_epochImages += images;
  ++m_windowUpdates;
  if (step % kWindow != 0) return;
  const std::vector<Metric> rows =
      metricRows(step, epoch, "batch", meansOf(m_terms, m_window, m_windowUpdates));
  m_rows.insert(m_rows.end(), rows.begin(), rows.end());
  std::fill(m_window.begin(), m_window.end(), 0.0);
  m_windowUpdates = 0;
}

std::vector<Metric> MetricSums::takeRows() {
  return std::exchange(m_rows, {});
}

Measures MetricSums::epochMeans() const {
  return meansOf(m_terms, m_epoch, m_epochImages);
}

void MetricSums::resetEpoch() {
  std::fill(m_epoch.begin(), m_epoch.end(), 0.0);
  m_epochImages = 0;
}

Json MetricSums::toJson() const {
  return {{"window", m_window},
          {"window_updates", m_windowUpdates},
          {"epoch", m_epoch},
          {"epoch_images", m_epochImages}};
}

void MetricSums::fromJson(const Json& json) {
  m_window = json.at("window").get<std::vector<double>>();
  m_windowUpdates = json.at("window_updates").get<int64_t>();
  m_epoch = json.at("epoch").get<std::vector<double>>();
  m_epochImages = json.at("epoch_images").get<int64_t>();
  m_window.resize(m_terms.size());
  m_epoch.resize(m_terms.size());
}

std::vector<Metric> metricRows(int64_t step, double epoch, const std::string& split,
                               const Measures& measures) {
  std::vector<Metric> rows;
  for (const auto& [series, value] : measures) rows.push_back({step, epoch, split, series, value});
  return rows;
}

} // namespace latent
