#include "ui/widgets/viridis.h"

#include "core/figure/colours.h"

namespace latent::ui {

QColor viridis(double t) {
  const auto [red, green, blue] = latent::viridis(t);
  return {red, green, blue};
}

} // namespace latent::ui
