// Figures for print without colour.
#pragma once

#include "core/figure/figure.h"

#include <cstdint>
#include <string>

namespace latent {

/// The figure with greys that stay apart for the colours of its series (and marks for each of them, and
/// patterns where all lines were solid), and with the luminance of its images, bars and cells (ITU-R BT.601),
/// which is what a printer makes of them. Classes keep their numbers: classGrey() and classShape() are
/// theirs.
Figure inGreys(Figure figure);

/// "#RRGGBB" for a class, neighbours far apart; light for -1.
std::string classGrey(int64_t label);

/// Shapes of the points of a class on a page without colour: each of the four with its outline alone, too.
enum class PointShape {
  disc,
  square,
  triangle,
  diamond,
  ring,
  openSquare,
  openTriangle,
  openDiamond,
  plus,
  cross
};
PointShape classShape(int64_t label);

} // namespace latent
