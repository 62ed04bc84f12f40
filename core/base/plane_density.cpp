#include "core/base/plane_density.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <optional>

namespace latent {

namespace {

constexpr double reach = 4;        // bandwidths after which a kernel has ended: 3e-4 of its peak
constexpr double binsPerWidth = 3; // bins a bandwidth
constexpr int mostBins = 320;      // along an axis

/// Bins along one axis: bin i is centred at first + i * width.
struct Axis {
  double first = 0, width = 1;
  int bins = 0;
  double bandwidth = 1;
  double at(double value) const { return (value - first) / width; }
};

struct Moments {
  double deviation = 0;
  int64_t count = 0;
};

Moments momentsOf(std::span<const float> values, std::span<const float> others) {
  double mean = 0, squares = 0;
  int64_t count = 0;
  for (size_t i = 0; i < values.size(); ++i) { // Welford 1962
    if (!std::isfinite(values[i]) || !std::isfinite(others[i])) continue;
    const double difference = values[i] - mean;
    mean += difference / static_cast<double>(++count);
    squares += difference * (values[i] - mean);
  }
  return {count > 0 ? std::sqrt(squares / static_cast<double>(count)) : 0, count};
}

/// Bins over what is shown and as much around it as its points' kernels reach into it.
std::optional<Axis> axisFor(double low, double high, std::span<const float> values,
                            std::span<const float> others) {
  const Moments moments = momentsOf(values, others);
  if (!(moments.deviation > 0)) return std::nullopt;
  Axis axis;
  axis.bandwidth = moments.deviation * std::pow(static_cast<double>(moments.count), -1.0 / 6);
  const double from = low - reach * axis.bandwidth, to = high + reach * axis.bandwidth;
  axis.width = std::max(axis.bandwidth / binsPerWidth, (to - from) / (mostBins - 2));
  axis.first = from;
  axis.bins = static_cast<int>(std::ceil((to - from) / axis.width)) + 2; // one more to interpolate into
  return axis;
}

/// Share of a kernel that falls into the bin i bins away, for i = 0, 1, ...
std::vector<double> kernelOf(const Axis& axis) {
  const double scale = axis.width / (axis.bandwidth * std::sqrt(2.0));
  const auto last = static_cast<int>(std::ceil(reach * axis.bandwidth / axis.width));
  std::vector<double> kernel;
  for (int i = 0; i <= last; ++i)
    kernel.push_back((std::erf((i + 0.5) * scale) - std::erf((i - 0.5) * scale)) / 2);
  return kernel;
}

/// Bins of x by bins of y, x running fastest.
std::vector<double> binned(std::span<const float> x, std::span<const float> y, const Axis& across,
                           const Axis& up) {
  std::vector<double> bins(static_cast<size_t>(across.bins) * static_cast<size_t>(up.bins), 0);
  for (size_t i = 0; i < x.size(); ++i) {
    const double column = across.at(x[i]), row = up.at(y[i]);
    if (!(column >= 0 && column < across.bins - 1 && row >= 0 && row < up.bins - 1)) continue;
    const auto c = static_cast<size_t>(column), r = static_cast<size_t>(row);
    const double u = column - static_cast<double>(c), v = row - static_cast<double>(r);
    double* corner = &bins[r * static_cast<size_t>(across.bins) + c];
    corner[0] += (1 - u) * (1 - v);
    corner[1] += u * (1 - v);
    corner[across.bins] += (1 - u) * v;
    corner[across.bins + 1] += u * v;
  }
  return bins;
}

/// Each line of `length` values `stride` apart is convolved with a symmetric kernel.
void smooth(std::vector<double>& bins, int lines, int lineStride, int length, int stride,
            const std::vector<double>& kernel) {
  const auto half = static_cast<int>(kernel.size()) - 1;
  std::vector<double> line(static_cast<size_t>(length));
  for (int l = 0; l < lines; ++l) {
    double* first = bins.data() + static_cast<ptrdiff_t>(l) * lineStride;
    for (int i = 0; i < length; ++i) line[static_cast<size_t>(i)] = first[static_cast<ptrdiff_t>(i) * stride];
    for (int i = 0; i < length; ++i) {
      double sum = 0;
      for (int k = std::max(0, i - half); k <= std::min(length - 1, i + half); ++k)
        sum += line[static_cast<size_t>(k)] * kernel[static_cast<size_t>(std::abs(k - i))];
      first[static_cast<ptrdiff_t>(i) * stride] = sum;
    }
  }
}

double interpolated(const std::vector<double>& bins, const Axis& across, const Axis& up, PlanePoint point) {
  const double column = across.at(point.x), row = up.at(point.y);
  const auto c = static_cast<size_t>(column), r = static_cast<size_t>(row);
  const double u = column - static_cast<double>(c), v = row - static_cast<double>(r);
  const double* corner = &bins[r * static_cast<size_t>(across.bins) + c];
  const double lower = corner[0] + u * (corner[1] - corner[0]);
  const double upper = corner[across.bins] + u * (corner[across.bins + 1] - corner[across.bins]);
  return lower + v * (upper - lower);
}

} // namespace

std::vector<float> planeDensity(std::span<const float> x, std::span<const float> y, const TileGrid& grid) {
  assert(x.size() == y.size() && grid.rows >= 1 && grid.columns >= 1);
  std::vector<float> density(static_cast<size_t>(grid.rows) * static_cast<size_t>(grid.columns), 0);
  const auto across = axisFor(grid.rect.left, grid.rect.right, x, y);
  const auto up = axisFor(grid.rect.lower, grid.rect.upper, y, x);
  if (!across || !up) return density;

  std::vector<double> bins = binned(x, y, *across, *up);
  smooth(bins, up->bins, across->bins, across->bins, 1, kernelOf(*across));
  smooth(bins, across->bins, 1, up->bins, across->bins, kernelOf(*up));
  const auto points = static_cast<double>(momentsOf(x, y).count);
  const double scale = 1 / (points * across->width * up->width);
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column)
      density[static_cast<size_t>(row) * static_cast<size_t>(grid.columns) + static_cast<size_t>(column)] =
          static_cast<float>(scale * interpolated(bins, *across, *up, grid.centre(row, column)));
  return density;
}

} // namespace latent
