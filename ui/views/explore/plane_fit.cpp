#include "ui/views/explore/plane_fit.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr size_t leftOut = 200;  // one value in so many at either end: at most 2 % of the points in all
constexpr double outside = 0.02; // part of the points
constexpr double least = 1.0 / 3;

std::pair<double, double> extent(std::vector<float> values) {
  if (values.empty()) return {-3, 3};
  const size_t cut = values.size() / leftOut;
  std::ranges::nth_element(values, values.begin() + static_cast<long>(cut));
  const double low = values[cut];
  const size_t top = values.size() - 1 - cut;
  std::ranges::nth_element(values, values.begin() + static_cast<long>(top));
  const double high = values[top];
  const double margin = std::max(1e-3, 0.05 * (high - low));
  return {low - margin, high + margin};
}

double deviation(const std::vector<float>& values) {
  double sum = 0, squares = 0;
  for (const float value : values) sum += value;
  const double mean = sum / static_cast<double>(std::max<size_t>(values.size(), 1));
  for (const float value : values) squares += (value - mean) * (value - mean);
  const double spread = std::sqrt(squares / static_cast<double>(std::max<size_t>(values.size(), 1)));
  return spread > 0 && std::isfinite(spread) ? spread : 1;
}

double area(const PlaneRect& rect) {
  return rect.width() * rect.height();
}

} // namespace

PlaneRect extentOf(const std::vector<float>& x, const std::vector<float>& y) {
  const auto [left, right] = extent(x);
  const auto [lower, upper] = extent(y);
  return {left, right, lower, upper};
}

PlanePoint spreadOf(const std::vector<float>& x, const std::vector<float>& y) {
  return {deviation(x), deviation(y)};
}

bool hasOutgrown(const PlaneFrame& frame, const PlaneRect& extent, const std::vector<float>& x,
                 const std::vector<float>& y) {
  const PlaneRect seen = frame.visible();
  size_t hidden = 0;
  for (size_t i = 0; i < x.size(); ++i)
    hidden += x[i] < seen.left || x[i] > seen.right || y[i] < seen.lower || y[i] > seen.upper;
  if (static_cast<double>(hidden) > outside * static_cast<double>(x.size())) return true;
  return area(PlaneFrame::fitted(extent, frame.width(), frame.height()).visible()) < least * area(seen);
}

} // namespace latent::ui
