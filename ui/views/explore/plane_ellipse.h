// The posterior of the input as the plane draws it.
#pragma once

#include "ui/views/explore/plane_map.h"
#include "ui/widgets/latent_plane.h"

namespace latent::ui {

/// deviationEllipse (core/base/plane_geometry.h) around `centre`.
PlaneEllipse ellipseOf(PlanePoint centre, const PlaneCovariance& covariance);

} // namespace latent::ui
