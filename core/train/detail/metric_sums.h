// From the values of single updates to the rows of curves, independent of when they are read back. No torch.
#pragma once

#include "core/base/json.h"
#include "core/base/metric.h"
#include "core/models/named_measures.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace latent {

class MetricSums {
 public:
  /// Names of the values of an update, "loss" first.
  explicit MetricSums(std::vector<std::string> terms);

  /// Values of update `step`: means over its `images`. Every 10th step closes a window of `batch` rows.
  void add(int64_t step, double epoch, std::span<const float> values, int64_t images);

  /// `batch` rows of the windows closed since the last call.
  std::vector<Metric> takeRows();

  /// Means over the images of the epoch so far, by name, with elbo; the sums start anew with resetEpoch.
  Measures epochMeans() const;
  void resetEpoch();

  /// Both unfinished sums, to the last bit.
  Json toJson() const;
  void fromJson(const Json& json); ///< throws Json::exception where a key is missing

  static constexpr int64_t kWindow = 10;

 private:
  std::vector<std::string> m_terms;
  std::vector<double> m_window;
  int64_t m_windowUpdates = 0;
  std::vector<double> m_epoch;
  int64_t m_epochImages = 0;
  std::vector<Metric> m_rows;
};

/// One row a measure.
std::vector<Metric> metricRows(int64_t step, double epoch, const std::string& split,
                               const Measures& measures);

} // namespace latent
