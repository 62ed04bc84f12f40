// How the ten digits are drawn by hand: our own pen paths, several a class.
#pragma once

#include <span>
#include <vector>

namespace latent {

struct PenPoint {
  double x = 0; ///< to the right, in hundredths of the digit's height
  double y = 0; ///< downwards, 0 = top, 100 = foot
};

/// A smooth curve through its points in the order in which a pen meets them; closed if the last equals the
/// first. Corners are where one curve ends and the next begins.
using PenCurve = std::vector<PenPoint>;

struct DigitSkeleton {
  int digit = 0;
  std::vector<PenCurve> curves;
};

/// All skeletons in order of their digits.
const std::vector<DigitSkeleton>& digitSkeletons();

/// The curve as a chain of short lines (Catmull-Rom spline through the points), `pieces` a span.
PenCurve flattened(const PenCurve& curve, int pieces);

} // namespace latent
