// The numbers along the plane's axes: values, or quantiles of a standard normal prior.
#pragma once

#include "core/base/plane_geometry.h"

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

/// latent::quantileTicks (core/base/plane_geometry.h).
std::vector<PlaneTick> quantileTicks(double low, double high, double spacing, double mean);

} // namespace latent::ui
