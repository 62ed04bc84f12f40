#include "core/base/plane_alignment.h"

#include <cassert>

namespace latent {

namespace {

bool finite(PlanePoint p) {
  return std::isfinite(p.x) && std::isfinite(p.y);
}

} // namespace

PlaneAlignment alignPlanes(std::span<const PlanePoint> moving, std::span<const PlanePoint> fixed) {
  assert(moving.size() == fixed.size());
  PlaneAlignment result;
  double n = 0;
  for (size_t i = 0; i < moving.size(); ++i) {
    if (!finite(moving[i]) || !finite(fixed[i])) continue;
    n += 1;
    result.from.x += (moving[i].x - result.from.x) / n;
    result.from.y += (moving[i].y - result.from.y) / n;
    result.to.x += (fixed[i].x - result.to.x) / n;
    result.to.y += (fixed[i].y - result.to.y) / n;
  }

  double xx = 0, xy = 0, yx = 0, yy = 0; // sums of fixed times moving: H = sum f m'
  for (size_t i = 0; i < moving.size(); ++i) {
    if (!finite(moving[i]) || !finite(fixed[i])) continue;
    const double mx = moving[i].x - result.from.x, my = moving[i].y - result.from.y;
    const double fx = fixed[i].x - result.to.x, fy = fixed[i].y - result.to.y;
    xx += fx * mx;
    xy += fx * my;
    yx += fy * mx;
    yy += fy * my;
  }
  // tr(Q' H) is to be greatest. Q = (c -s; s c) gives c (xx + yy) + s (yx - xy), the reflection Q = (c s; s
  // -c) gives c (xx - yy) + s (yx + xy): each is greatest along its own vector, and the longer vector wins.
  const double rotation = std::hypot(xx + yy, yx - xy), reflection = std::hypot(xx - yy, yx + xy);
  if (rotation == 0 && reflection == 0) return result;
  if (rotation >= reflection) {
    const double c = (xx + yy) / rotation, s = (yx - xy) / rotation;
    result.xx = result.yy = c;
    result.yx = s;
    result.xy = -s;
  } else {
    const double c = (xx - yy) / reflection, s = (yx + xy) / reflection;
    result.xx = c;
    result.xy = result.yx = s;
    result.yy = -c;
  }
  return result;
}

} // namespace latent
