#include "core/base/latent_traversal.h"

#include <cassert>
#include <cmath>

namespace latent {

namespace {

constexpr double leastReach = 1e-3; // of a latent that never moves, so that its track has a length

float valueAt(const Interval& interval, int i, int count) {
  if (i == count - 1) return static_cast<float>(interval.high);
  return static_cast<float>(interval.low + i * (interval.high - interval.low) / (count - 1));
}

} // namespace

std::string rangeKindName(RangeKind kind) {
  switch (kind) {
  case RangeKind::priorSigma:
    return "prior";
  case RangeKind::dataQuantile:
    return "quantile";
  case RangeKind::value:
    break;
  }
  return "value";
}

Result<RangeKind> rangeKindFromName(const std::string& name) {
  for (const RangeKind kind : {RangeKind::priorSigma, RangeKind::dataQuantile, RangeKind::value})
    if (rangeKindName(kind) == name) return kind;
  return inputError("'" + name + "' is no kind of range; use prior, quantile or value.");
}

TraversalRange defaultRange(RangeKind kind) {
  return kind == RangeKind::dataQuantile ? TraversalRange{kind, 0.01, 0.99} : TraversalRange{kind, -3, 3};
}

TraversalRange defaultRange(bool hasPrior) {
  return defaultRange(hasPrior ? RangeKind::priorSigma : RangeKind::dataQuantile);
}

Status checkRange(const TraversalRange& range) {
  if (!(std::isfinite(range.low) && std::isfinite(range.high) && range.low < range.high))
    return usageError("A range needs two numbers, the lower one first.");
  if (range.kind == RangeKind::dataQuantile && (range.low < 0 || range.high > 1))
    return usageError("A range by quantiles lies within 0 and 1, such as 0.01 to 0.99.");
  return done();
}

Result<Interval> traversalInterval(const TraversalRange& range, std::span<const float> sortedCodes) {
  if (const Status status = checkRange(range); !status) return status.error();
  if (range.kind != RangeKind::dataQuantile) return Interval{range.low, range.high};
  if (sortedCodes.empty())
    return usageError(
        "A range by quantiles needs encoded data, and there is none yet; use a range by value.");
  Interval interval{quantile(sortedCodes, range.low), quantile(sortedCodes, range.high)};
  if (!(interval.low < interval.high)) {
    interval.low -= leastReach;
    interval.high += leastReach;
  }
  return interval;
}

std::vector<float> traversalStrip(std::span<const float> start, int j, const Interval& interval, int frames) {
  assert(j >= 0 && static_cast<size_t>(j) < start.size() && frames >= 2);
  std::vector<float> points;
  points.reserve(start.size() * static_cast<size_t>(frames));
  for (int i = 0; i < frames; ++i) {
    points.insert(points.end(), start.begin(), start.end());
    points[points.size() - start.size() + static_cast<size_t>(j)] = valueAt(interval, i, frames);
  }
  return points;
}

std::vector<float> traversalGrid(std::span<const float> start, int j, const Interval& acrossInterval,
                                 int columns, int k, const Interval& upInterval, int rows) {
  assert(j != k && k >= 0 && static_cast<size_t>(k) < start.size() && rows >= 2);
  LatentPoint z(start.begin(), start.end());
  std::vector<float> points;
  for (int row = 0; row < rows; ++row) {
    z[static_cast<size_t>(k)] = valueAt(upInterval, row, rows);
    const std::vector<float> strip = traversalStrip(z, j, acrossInterval, columns);
    points.insert(points.end(), strip.begin(), strip.end());
  }
  return points;
}

} // namespace latent
