// Colours of a page, which are greys where it is for print without colour. Private to ui/plots.
#pragma once

#include "ui/plots/page.h"

#include <QColor>

#include <cstdint>

namespace latent::ui {

/// Of a class: Tol's colours or greys; -1 is a class that is not known.
QColor classInk(int64_t label, const PageStyle& style);

/// Of a number at `share` of its scale, 0 to 1: viridis, or greys from light to dark; pale for NaN.
QColor fieldInk(double share, const PageStyle& style);

} // namespace latent::ui
