#include "ui/widgets/viridis.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace latent::ui {
namespace {

// Every eighth of the map; in between it is straight to within what a screen shows.
constexpr std::array<QRgb, 9> stops{0xFF440154, 0xFF472D7B, 0xFF3B528B, 0xFF2C728E, 0xFF21908C,
                                    0xFF27AD81, 0xFF5DC863, 0xFFAADC32, 0xFFFDE725};

} // namespace

QColor viridis(double t) {
  if (std::isnan(t)) return {0x99, 0x99, 0x99};
  const double place = std::clamp(t, 0.0, 1.0) * (stops.size() - 1);
  const size_t below = std::min(static_cast<size_t>(place), stops.size() - 2);
  const double part = place - static_cast<double>(below);
  const auto mixed = [&](int (*channel)(QRgb)) {
    return static_cast<int>(
        std::lround((1 - part) * channel(stops[below]) + part * channel(stops[below + 1])));
  };
  return {mixed(qRed), mixed(qGreen), mixed(qBlue)};
}

} // namespace latent::ui
