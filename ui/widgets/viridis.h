// The colours of fields and numbers: viridis (van der Walt and Smith, 2015, matplotlib), even in lightness
// and told apart by colour-blind people.
#pragma once

#include <QColor>

namespace latent::ui {

/// t in [0, 1], clamped; grey for NaN.
QColor viridis(double t);

} // namespace latent::ui
