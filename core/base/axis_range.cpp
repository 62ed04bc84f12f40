#include "core/base/axis_range.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace latent {

void Extent::add(double value) {
  if (!std::isfinite(value)) return;
  if (empty()) {
    lower = upper = value;
  } else {
    lower = std::min(lower, value);
    upper = std::max(upper, value);
  }
}

void Extent::add(const Extent& other) {
  if (other.empty()) return;
  add(other.lower);
  add(other.upper);
}

Extent extentOf(std::span<const double> values, bool logarithmic) {
  Extent extent;
  for (const double value : values)
    if (!logarithmic || value > 0) extent.add(value);
  return extent;
}

AxisRange roomAround(const Extent& extent, bool logarithmic, double before, double after) {
  if (extent.empty()) return logarithmic ? AxisRange{1, 10} : AxisRange{0, 1};
  if (logarithmic) {
    double lower = std::log10(extent.lower), upper = std::log10(extent.upper);
    if (upper - lower < 1e-6) {
      lower -= 0.05;
      upper += 0.05;
    }
    const double span = upper - lower;
    return {std::pow(10, lower - before * span), std::pow(10, upper + after * span)};
  }
  double lower = extent.lower, upper = extent.upper;
  // Less than what doubles resolve cannot be divided into ticks.
  const double least = std::max(std::abs(lower), std::abs(upper)) * 1e-9;
  if (!(upper - lower > least)) {
    const double room = lower == 0 ? 0.5 : 0.05 * std::abs(lower);
    lower -= room;
    upper += room;
  }
  const double span = upper - lower;
  return {lower - before * span, upper + after * span};
}

Extent fittedValues(size_t count, const std::function<double(size_t)>& value, const Extent& all) {
  constexpr double flattening = 1.5; // all values span so many times the others
  constexpr size_t dense = 100;      // more samples than this: a noisy curve
  constexpr size_t looked = 512;
  Extent fitted = all;
  if (count < dense) {
    Extent others;
    for (size_t i = 1; i < count; ++i) others.add(value(i));
    const double span = others.upper - others.lower;
    const bool flat = count > 4 && span > 0 && all.upper > others.upper + flattening * span;
    return flat ? others : all;
  }
  std::vector<double> values;
  const size_t stride = std::max<size_t>(1, count / looked);
  for (size_t i = 0; i < count; i += stride)
    if (std::isfinite(value(i))) values.push_back(value(i));
  if (values.empty()) return all;
  const auto high = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 98 / 100);
  std::nth_element(values.begin(), high, values.end());
  if (all.upper - all.lower > flattening * (*high - all.lower)) fitted.upper = *high;
  return fitted;
}

} // namespace latent
