// What is drawn on a latent plane, in its own coordinates: ellipses, contours, ticks.
#pragma once

#include "core/base/plane_frame.h"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace latent {

struct PlaneCovariance {
  double xx = 0, xy = 0, yy = 0;
};
/// One standard deviation of a Gaussian: half axes and direction from the covariance's eigenvalues. Without
/// correlation they lie along the plane's axes and are the two standard deviations.
struct DeviationEllipse {
  double halfX = 0, halfY = 0;
  double angle = 0; ///< radians from the horizontal axis to that of halfX, counter-clockwise
};
DeviationEllipse deviationEllipse(const PlaneCovariance& covariance);

/// Where a field, linear between the centres of its cells, takes a value (marching squares): pieces of two
/// ends. values: [grid.rows, grid.columns], row 0 = lowest.
using PlaneSegment = std::array<PlanePoint, 2>;
std::vector<PlaneSegment> contourOf(const TileGrid& grid, std::span<const float> values, double level);
constexpr int kContours = 6; ///< of a density, at equal steps between 0 and its highest value

/// Phi(z), the distribution function of N(0, 1).
double normalFraction(double z);
/// Its inverse, p in (0, 1).
double normalQuantile(double p);

struct QuantileTick {
  double at = 0; ///< plane coordinate
  std::string text;
};
/// Quantiles p of N(mean, 1) between low and high, each where it truly lies, mean + Phi^-1(p), and at least
/// `spacing` apart: the median first, then 0.01, 0.1, 0.9 and 0.99, then ever finer ones. Ascending.
std::vector<QuantileTick> quantileTicks(double low, double high, double spacing, double mean);

} // namespace latent
