// What an axis shows, and what of curves it should.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

namespace latent {

/// Ends of an axis in its units, low < high.
struct AxisRange {
  double low = 0, high = 1;
  bool operator==(const AxisRange&) const = default;
};

/// Lowest and highest finite values; lower > upper where there are none.
struct Extent {
  double lower = 1, upper = -1;
  bool empty() const { return lower > upper; }
  void add(double value);
  void add(const Extent& other);
};

/// Of the values that an axis of this scale can show: a logarithmic one those above 0.
Extent extentOf(std::span<const double> values, bool logarithmic);

/// An axis range around an extent, with room: a fraction of the span on a linear or of the decades on a
/// logarithmic axis, whose extent is above 0; a span of nothing gets some. Without values 0 to 1, or 1 to 10.
AxisRange roomAround(const Extent& extent, bool logarithmic, double before, double after);

/// What a fit should show of a curve's `count` values, of which `all` is the extent: all of them, except the
/// first or, of a dense curve, the highest 2 % when they would flatten the rest (the first updates of a
/// training run do). Looks at some 512 values at most.
Extent fittedValues(size_t count, const std::function<double(size_t)>& value, const Extent& all);

} // namespace latent
