// Handwriting as MNIST has it: strokes or a picture of a digit, fitted into a box and centred by mass.
#pragma once

#include "core/base/image.h"

#include <optional>
#include <vector>

namespace latent {

/// A place on the drawing pad: [0, 1] from left to right and from top to bottom.
struct InkPoint {
  float x = 0, y = 0;
  bool operator==(const InkPoint&) const = default;
};
using InkStroke = std::vector<InkPoint>;

/// In pixels: (0, 0) is the middle of the first pixel of the first row.
struct MassCentre {
  double x = 0, y = 0;
};
/// Of all channels together, values taken as masses; nothing for an image without any.
std::optional<MassCentre> centreOfMass(const Image& image);

/// The strokes as a data set of digits would hold them: scaled, keeping proportions, until ink and pen fill a
/// box of 20/28 of the shorter side (MNIST: 20 of 28 pixels), drawn with an antialiased pen of constant
/// width, and moved until the centre of mass lies at (width/2, height/2), as far as all of the ink stays in
/// the picture (LeCun et al., "Gradient-based learning applied to document recognition", 1998, section
/// III.A). Grey on all channels; black without strokes.
Image renderInk(const std::vector<InkStroke>& strokes, const ImageShape& shape);

/// The same for a picture of any size with bright ink on a dark ground: contrast stretched from the median
/// (the ground) to the brightest value, the ink's box (what is brighter than a tenth) averaged into the box
/// of 20/28, and moved by whole pixels. Grey on all channels. An empty or uniform picture gives black.
Image fitInk(const Image& picture, const ImageShape& shape);

} // namespace latent
