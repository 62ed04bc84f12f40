#include "ui/views/explore/plane_ellipse.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {

PlaneEllipse ellipseOf(PlanePoint centre, const PlaneMap::Covariance& c) {
  if (c.xy == 0) return {centre, std::sqrt(c.xx), std::sqrt(c.yy), 0};
  const double mean = (c.xx + c.yy) / 2, half = std::hypot((c.xx - c.yy) / 2, c.xy);
  return {centre, std::sqrt(mean + half), std::sqrt(std::max(0.0, mean - half)),
          std::atan2(2 * c.xy, c.xx - c.yy) / 2};
}

} // namespace latent::ui
