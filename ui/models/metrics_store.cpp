#include "ui/models/metrics_store.h"

#include <algorithm>
#include <array>

namespace latent::ui {
namespace {

/// Steps of a curve grow strictly: a row at or before the end replaces what stands from there on. This
/// happens when a run is resumed from an earlier state and repeats the rows after it.
void appendTo(Curve& curve, const Metric& metric) {
  const auto step = static_cast<double>(metric.step);
  if (!curve.step.empty() && curve.step.back() >= step) {
    const auto keep = std::ranges::lower_bound(curve.step, step) - curve.step.begin();
    curve.step.resize(keep);
    curve.epoch.resize(keep);
    curve.value.resize(keep);
  }
  curve.step.push_back(step);
  curve.epoch.push_back(metric.epoch);
  curve.value.push_back(metric.value);
}

/// Order in menus: what is minimised, its parts, then the rest by name.
size_t rankOf(const std::string& series) {
  static constexpr std::array<const char*, 4> known{"loss", "recon", "kl", "elbo"};
  return static_cast<size_t>(std::ranges::find(known, series) - known.begin());
}

} // namespace

MetricsStore::MetricsStore(QObject* parent) : QObject(parent) {}

void MetricsStore::replace(const RunId& run, const std::vector<Metric>& metrics) {
  auto& curves = m_curves[run];
  curves.clear();
  for (const Metric& metric : metrics) appendTo(curves[{metric.split, metric.series}], metric);
  emit changed(run);
}

void MetricsStore::append(const RunId& run, const std::vector<Metric>& metrics) {
  if (metrics.empty()) return;
  auto& curves = m_curves[run];
  for (const Metric& metric : metrics) appendTo(curves[{metric.split, metric.series}], metric);
  emit changed(run);
}

void MetricsStore::remove(const RunId& run) {
  if (m_curves.erase(run) > 0) emit changed(run);
}

const Curve& MetricsStore::curve(const RunId& run, const std::string& split,
                                 const std::string& series) const {
  static const Curve none;
  const auto curves = m_curves.find(run);
  if (curves == m_curves.end()) return none;
  const auto found = curves->second.find({split, series});
  return found == curves->second.end() ? none : found->second;
}

std::optional<double> MetricsStore::valueAt(const RunId& run, const std::string& split,
                                            const std::string& series, int64_t step) const {
  const Curve& known = curve(run, split, series);
  const auto place = std::ranges::lower_bound(known.step, static_cast<double>(step));
  if (place == known.step.end() || *place != static_cast<double>(step)) return std::nullopt;
  return known.value[static_cast<size_t>(place - known.step.begin())];
}

std::vector<std::string> MetricsStore::series(const std::vector<RunId>& runs) const {
  std::vector<std::string> names;
  for (const RunId& run : runs) {
    const auto curves = m_curves.find(run);
    if (curves == m_curves.end()) continue;
    for (const auto& [key, curve] : curves->second) names.push_back(key.second);
  }
  std::ranges::sort(names, [](const std::string& a, const std::string& b) {
    return std::pair(rankOf(a), a) < std::pair(rankOf(b), b);
  });
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

bool MetricsStore::hasCurves(const RunId& run) const {
  const auto curves = m_curves.find(run);
  return curves != m_curves.end() && !curves->second.empty();
}

} // namespace latent::ui
