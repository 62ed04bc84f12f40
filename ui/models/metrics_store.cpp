#include "ui/models/metrics_store.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace latent::ui {
namespace {

constexpr size_t mostBatchSamples = 4096; // several for each pixel of a wide plot

template<class Curves>
void appendTo(Curves& curves, const Metric& metric) {
  const size_t limit = metric.split == "batch" ? mostBatchSamples : std::numeric_limits<size_t>::max();
  curves.try_emplace({metric.split, metric.series}, limit).first->second.append(metric);
}

/// Order in menus: what is minimised, its parts, then the rest by name.
size_t rankOf(const std::string& series) {
  static constexpr std::array<const char*, 4> known{"loss", "recon", "kl", "elbo"};
  return static_cast<size_t>(std::ranges::find(known, series) - known.begin());
}

} // namespace

void BoundedCurve::append(const Metric& metric) {
  const auto step = static_cast<double>(metric.step);
  if (!m_curve.step.empty() && m_curve.step.back() >= step) {
    const auto keep =
        static_cast<size_t>(std::ranges::lower_bound(m_curve.step, step) - m_curve.step.begin());
    m_curve.step.resize(keep);
    m_curve.epoch.resize(keep);
    m_curve.value.resize(keep);
  }
  if (step <= m_last) {
    m_pending = 0;
    m_sum = 0;
  }
  m_last = step;
  m_sum += metric.value;
  if (++m_pending < m_stride) return;
  push(step, metric.epoch, m_stride == 1 ? metric.value : m_sum / static_cast<double>(m_stride));
  m_pending = 0;
  m_sum = 0;
  if (m_curve.step.size() >= m_limit) halve();
}

void BoundedCurve::push(double step, double epoch, double value) {
  m_curve.step.push_back(step);
  m_curve.epoch.push_back(epoch);
  m_curve.value.push_back(value);
}

void BoundedCurve::halve() {
  const Curve fine = std::exchange(m_curve, {});
  for (size_t i = 1; i < fine.step.size(); i += 2)
    push(fine.step[i], fine.epoch[i], (fine.value[i - 1] + fine.value[i]) / 2);
  m_stride *= 2;
}

MetricsStore::MetricsStore(QObject* parent) : QObject(parent) {}

void MetricsStore::replace(const RunId& run, const std::vector<Metric>& metrics) {
  auto& curves = m_curves[run];
  curves.clear();
  for (const Metric& metric : metrics) appendTo(curves, metric);
  emit changed(run);
}

void MetricsStore::append(const RunId& run, const std::vector<Metric>& metrics) {
  if (metrics.empty()) return;
  auto& curves = m_curves[run];
  for (const Metric& metric : metrics) appendTo(curves, metric);
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
  return found == curves->second.end() ? none : found->second.curve();
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
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool MetricsStore::hasCurves(const RunId& run) const {
  const auto curves = m_curves.find(run);
  return curves != m_curves.end() && !curves->second.empty();
}

} // namespace latent::ui
