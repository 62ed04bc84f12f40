#include "ui/widgets/plane_ticks.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace latent::ui {
namespace {

constexpr double outermost = 8; ///< beyond, a quantile is 0 or 1 to all digits of a double

} // namespace

double tickStep(double least) {
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

QString tickText(double value, double step) {
  const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
  if (std::abs(value) < step / 2) value = 0; // never "-0.0"
  return QString::number(value, 'f', decimals).replace(QLatin1Char('-'), QChar(0x2212));
}

std::vector<PlaneTick> valueTicks(double low, double high, double spacing) {
  std::vector<PlaneTick> ticks;
  const double step = tickStep(spacing);
  for (double i = std::ceil(low / step); i * step <= high; ++i)
    ticks.push_back({i * step, tickText(i * step, step)});
  return ticks;
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

std::vector<PlaneTick> quantileTicks(double low, double high, double spacing, double mean) {
  std::vector<PlaneTick> ticks;
  const double left = std::max(low - mean, -outermost), right = std::min(high - mean, outermost);
  const auto offer = [&](double p, int decimals) {
    if (!(p > 0 && p < 1)) return;
    const double at = mean + normalQuantile(p);
    if (at < low || at > high) return;
    const bool free = std::ranges::none_of(
        ticks, [&](const PlaneTick& tick) { return std::abs(tick.at - at) < spacing * (1 - 1e-9); });
    if (free) ticks.push_back({at, QString::number(p, 'f', decimals)});
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
  std::ranges::sort(ticks, {}, &PlaneTick::at);
  return ticks;
}

} // namespace latent::ui
