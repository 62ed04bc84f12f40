// Planes of two moments laid over each other, so that what moves is learning and not drift.
#pragma once

#include "core/base/plane_frame.h"

#include <span>

namespace latent {

/// A rotation, or a rotation and a reflection, about two centres: p -> to + Q (p - from), Q orthogonal. It
/// keeps distances; there is no scaling, so a plane that grows is seen to grow.
struct PlaneAlignment {
  PlanePoint from, to;
  double xx = 1, xy = 0, yx = 0, yy = 1; ///< rows of Q: (xx xy), (yx yy)

  PlanePoint apply(PlanePoint p) const {
    const double x = p.x - from.x, y = p.y - from.y;
    return {to.x + xx * x + xy * y, to.y + yx * x + yy * y};
  }
  PlanePoint undo(PlanePoint p) const { // the inverse of an orthogonal matrix is its transpose
    const double x = p.x - to.x, y = p.y - to.y;
    return {from.x + xx * x + yx * y, from.y + xy * x + yy * y};
  }
  bool reflects() const { return xx * yy - xy * yx < 0; }
  bool operator==(const PlaneAlignment&) const = default;
};

/// Least squares over all rotations and reflections: minimises sum_i |apply(moving_i) - fixed_i|^2
/// (orthogonal Procrustes, Schoenemann 1966, in closed form for the plane). Point i of both is the same
/// image. Pairs that are no finite numbers are left out; without a pair it is the identity, and points that
/// all coincide are only shifted. Spans are of equal length.
PlaneAlignment alignPlanes(std::span<const PlanePoint> moving, std::span<const PlanePoint> fixed);

} // namespace latent
