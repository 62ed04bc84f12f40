// The numbers along the plane's axes: values, or quantiles of a standard normal prior.
#pragma once

#include <QString>

#include <vector>

namespace latent::ui {

struct PlaneTick {
  double at = 0; ///< plane coordinate
  QString text;
};

/// "−0.5": as many decimals as `step` needs, a true minus sign.
QString tickText(double value, double step);
/// 1, 2 or 5 times a power of ten, the smallest not below `least` (> 0).
double tickStep(double least);

/// Values between low and high at least `spacing` apart, all in plane units.
std::vector<PlaneTick> valueTicks(double low, double high, double spacing);

/// Phi(z), the distribution function of N(0, 1).
double normalFraction(double z);
/// Its inverse, p in (0, 1).
double normalQuantile(double p);

/// Quantiles p of N(mean, 1) between low and high, each where it truly lies, mean + Phi^-1(p), and at least
/// `spacing` apart: the median first, then 0.01, 0.1, 0.9 and 0.99, then ever finer ones. Ascending.
std::vector<PlaneTick> quantileTicks(double low, double high, double spacing, double mean);

} // namespace latent::ui
