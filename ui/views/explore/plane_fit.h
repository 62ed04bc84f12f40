// Which part of the plane the encoded points take, and whether a frame still shows them.
#pragma once

#include "core/base/plane_frame.h"

#include <vector>

namespace latent::ui {

/// Where all but the outermost percent of the points lie along each axis, with a margin; a usual size where
/// there are none. x and y have one value a point.
PlaneRect extentOf(const std::vector<float>& x, const std::vector<float>& y);

/// Standard deviation along each axis; 1 where there is none.
PlanePoint spreadOf(const std::vector<float>& x, const std::vector<float>& y);

/// True if more than 2 % of the points lie outside the frame, or if fitting `extent` would show less than a
/// third of its area. False for the frame that was just fitted to the extent of the same points, so that a
/// view that follows them comes to rest.
bool hasOutgrown(const PlaneFrame& frame, const PlaneRect& extent, const std::vector<float>& x,
                 const std::vector<float>& y);

} // namespace latent::ui
