// Moving one latent, or two, while all others stay.
#pragma once

#include "core/base/latent_point.h"
#include "core/base/latent_statistics.h"
#include "core/base/result.h"

#include <span>
#include <string>
#include <vector>

namespace latent {

/// In which unit the ends of a traversal are given.
enum class RangeKind {
  priorSigma,   ///< standard deviations of the prior N(0, 1)
  dataQuantile, ///< fractions of the encoded data, each latent with its own range
  value         ///< values of z
};
std::string rangeKindName(RangeKind kind); ///< "prior", "quantile", "value": what files hold
Result<RangeKind> rangeKindFromName(const std::string& name); ///< input error lists the names

struct TraversalRange {
  RangeKind kind = RangeKind::priorSigma;
  double low = -3, high = 3; ///< low < high
  bool operator==(const TraversalRange&) const = default;
};

/// -3..3 prior sigma, quantiles 0.01..0.99, values -3..3.
TraversalRange defaultRange(RangeKind kind);
/// The range to begin with: by the prior where the family has one, else by the data.
TraversalRange defaultRange(bool hasPrior);
/// Usage error: low >= high, no numbers, or quantiles outside of [0, 1].
Status checkRange(const TraversalRange& range);

/// The values of z_j between which latent j moves: the slider's ends and the strip's. sortedCodes:
/// sortedCodes(points, j); only read for dataQuantile. A latent whose quantiles are equal (it never moves)
/// gets 1e-3 to each side. Usage error: a range that checkRange refuses, or dataQuantile without codes.
Result<Interval> traversalInterval(const TraversalRange& range, std::span<const float> sortedCodes);

/// [frames, K] row-major: `start` with z_j evenly from interval.low to interval.high, both ends included; all
/// other components are start's bits. j in [0, K), frames >= 2.
std::vector<float> traversalStrip(std::span<const float> start, int j, const Interval& interval, int frames);

/// [rows, columns, K] row-major: z_j from left to right, z_k by rows, row 0 = lowest z_k (as in a plane's
/// arrays; pictures draw it at the bottom). j != k, rows and columns >= 2.
std::vector<float> traversalGrid(std::span<const float> start, int j, const Interval& acrossInterval,
                                 int columns, int k, const Interval& upInterval, int rows);

} // namespace latent
