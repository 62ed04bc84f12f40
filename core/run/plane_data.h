// Where a plane lies in a run's latent space, and the codes that it shows. Private to core/run.
#pragma once

#include "core/base/plane_geometry.h"
#include "core/explore/viewer.h"
#include "core/run/plane_figure.h"

#include <optional>

namespace latent::detail {

/// What a plane needs to know of the data: the codes, and what follows from them where nothing was chosen.
struct PlaneData {
  std::optional<EncodeFrame> codes;
  PlaneAxes axes;
  PlaneRect rect;
};

/// z: as many numbers as the axes have. Coordinates along axes of any length.
PlanePoint onPlane(const PlaneAxes& axes, const float* z);
/// A^T diag(exp(logVar)) A for the two axes A.
PlaneCovariance projectVariance(const PlaneAxes& axes, const float* logVar);

/// The latent that an axis runs along, nothing for any other direction.
std::optional<size_t> latentOf(const LatentPoint& axis);
bool areOrthonormal(const PlaneAxes& axes);

/// Without `needPoints` codes are only read where the axes or the area follow from them.
Result<PlaneData> preparePlane(const Viewer& viewer, const FigureSource& source, const PlaneOptions& options,
                               const Dataset* data, bool needPoints, JobControl& control);

} // namespace latent::detail
