#include "ui/widgets/plane_ticks.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {

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

std::vector<PlaneTick> quantileTicks(double low, double high, double spacing, double mean) {
  std::vector<PlaneTick> ticks;
  for (const auto& [at, text] : latent::quantileTicks(low, high, spacing, mean))
    ticks.push_back({at, QString::fromStdString(text)});
  return ticks;
}

} // namespace latent::ui
