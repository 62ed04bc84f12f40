#include "core/base/plane_geometry.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace latent {
namespace {

constexpr double outermost = 8; ///< beyond, a quantile is 0 or 1 to all digits of a double

std::string fixed(double value, int decimals) {
  std::array<char, 64> text; // not by printf, whose decimal point follows the locale
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
  return {text.data(), end.ptr};
}

} // namespace

DeviationEllipse deviationEllipse(const PlaneCovariance& c) {
  if (c.xy == 0) return {std::sqrt(c.xx), std::sqrt(c.yy), 0};
  const double mean = (c.xx + c.yy) / 2, half = std::hypot((c.xx - c.yy) / 2, c.xy);
  return {std::sqrt(mean + half), std::sqrt(std::max(0.0, mean - half)),
          std::atan2(2 * c.xy, c.xx - c.yy) / 2};
}

// Of the two ways to join four crossings the mean of the corners decides.
std::vector<PlaneSegment> contourOf(const TileGrid& grid, std::span<const float> values, double level) {
  std::vector<PlaneSegment> pieces;
  const auto value = [&](int row, int column) {
    return static_cast<double>(
        values[static_cast<size_t>(row) * static_cast<size_t>(grid.columns) + static_cast<size_t>(column)]);
  };
  for (int row = 0; row + 1 < grid.rows; ++row) {
    for (int column = 0; column + 1 < grid.columns; ++column) {
      // Corners in turn around the square, each edge from one to the next.
      const std::array<double, 4> corner{value(row, column), value(row, column + 1),
                                         value(row + 1, column + 1), value(row + 1, column)};
      const std::array<PlanePoint, 4> place{grid.centre(row, column), grid.centre(row, column + 1),
                                            grid.centre(row + 1, column + 1), grid.centre(row + 1, column)};
      std::vector<PlanePoint> crossings;
      for (size_t k = 0; k < 4; ++k) {
        const double from = corner[k], to = corner[(k + 1) % 4];
        if ((from >= level) == (to >= level)) continue;
        const double part = (level - from) / (to - from);
        const PlanePoint &a = place[k], &b = place[(k + 1) % 4];
        crossings.push_back({a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)});
      }
      if (crossings.size() == 2) {
        pieces.push_back({crossings[0], crossings[1]});
      } else if (crossings.size() == 4) {
        const bool middle = (corner[0] + corner[1] + corner[2] + corner[3]) / 4 >= level;
        const size_t shift = middle == (corner[0] >= level) ? 0 : 1;
        pieces.push_back({crossings[shift], crossings[shift + 1]});
        pieces.push_back({crossings[shift + 2], crossings[(shift + 3) % 4]});
      }
    }
  }
  return pieces;
}

double normalFraction(double z) {
  return std::erfc(-z / std::numbers::sqrt2) / 2;
}

// Bisection: a few dozen ticks need no faster inverse, and none is more exact.
double normalQuantile(double p) {
  double low = -40, high = 40;
  while (high - low > 1e-13 * std::max(1.0, std::abs(low))) {
    const double middle = (low + high) / 2;
    if (middle == low || middle == high) break;
    // In the upper half the distance from 1 is what is told exactly.
    const bool below = p < 0.5 ? normalFraction(middle) < p : normalFraction(-middle) > 1 - p;
    (below ? low : high) = middle;
  }
  return (low + high) / 2;
}

std::vector<QuantileTick> quantileTicks(double low, double high, double spacing, double mean) {
  std::vector<QuantileTick> ticks;
  const double left = std::max(low - mean, -outermost), right = std::min(high - mean, outermost);
  const auto offer = [&](double p, int decimals) {
    if (!(p > 0 && p < 1)) return;
    const double at = mean + normalQuantile(p);
    if (at < low || at > high) return;
    const bool free = std::ranges::none_of(
        ticks, [&](const QuantileTick& tick) { return std::abs(tick.at - at) < spacing * (1 - 1e-9); });
    if (free) ticks.push_back({at, fixed(p, decimals)});
  };
  offer(0.5, 1);
  for (const double p : {0.1, 0.9}) offer(p, 1);
  for (const double p : {0.01, 0.99}) offer(p, 2);
  for (const double p : {0.001, 0.999}) offer(p, 3);
  for (const double p : {0.25, 0.75, 0.05, 0.95}) offer(p, 2);
  for (int decimals = 1; decimals <= 6; ++decimals) { // zoomed in, or far out
    const double step = std::pow(10, -decimals);
    const double from = std::ceil(normalFraction(left) / step), to = std::floor(normalFraction(right) / step);
    if (to - from > 100) break;
    for (int i = 0; i <= static_cast<int>(to - from); ++i) offer((from + i) * step, decimals);
  }
  std::ranges::sort(ticks, {}, &QuantileTick::at);
  return ticks;
}

} // namespace latent
