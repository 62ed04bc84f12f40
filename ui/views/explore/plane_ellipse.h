// The posterior of the input as the plane draws it.
#pragma once

#include "ui/views/explore/plane_map.h"
#include "ui/widgets/latent_plane.h"

namespace latent::ui {

/// One standard deviation of a Gaussian around `centre` with this covariance: half axes and direction from
/// its eigenvalues. Without correlation the half axes lie along the plane's and are the two standard
/// deviations.
PlaneEllipse ellipseOf(PlanePoint centre, const PlaneMap::Covariance& covariance);

} // namespace latent::ui
