#include "ui/views/explore/plane_ellipse.h"

namespace latent::ui {

PlaneEllipse ellipseOf(PlanePoint centre, const PlaneCovariance& covariance) {
  const auto [halfX, halfY, angle] = deviationEllipse(covariance);
  return {centre, halfX, halfY, angle};
}

} // namespace latent::ui
