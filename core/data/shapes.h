// The factor grid of dSprites (Matthey, Higgins, Hassabis and Lerchner 2017), drawn by index: nothing is
// stored.
#pragma once

#include "core/data/dataset.h"

#include <array>
#include <memory>

namespace latent {

/// One point of the grid. 3 * 6 * 40 * 32 * 32 = 737,280 of them.
struct ShapeFactors {
  int shape = 0;       ///< 0 square, 1 ellipse, 2 heart
  int scale = 0;       ///< 0..5: size 0.5 + scale / 10
  int orientation = 0; ///< 0..39: clockwise by 2 pi orientation / 40
  int x = 0;           ///< 0..31: centre in column 16 + x
  int y = 0;           ///< 0..31: centre in row 16 + y, downwards
  bool operator==(const ShapeFactors&) const = default;
};

inline constexpr int64_t shapeCount = int64_t{3} * 6 * 40 * 32 * 32;
inline constexpr int64_t shapeTestCount = shapeCount / 10;

/// In the order of dSprites: shape slowest, then scale, orientation, x, and y fastest. Both directions are
/// inverse.
ShapeFactors shapeAt(int64_t gridIndex);
int64_t shapeGridIndex(const ShapeFactors& factors);

/// 64x64 pixels, 0 or 255 as in dSprites. No shape touches the border.
void drawShape(const ShapeFactors& factors, uint8_t* out);

/// Which grid point is item i of the whole, 0 <= i < shapeCount: a fixed bijection that looks random. Items 0
/// to shapeTestCount - 1 are the test split, the rest the training split.
int64_t shuffledShape(int64_t item);

/// "shapes": 663,552 training and 73,728 test images. The label is the shape; the factors of an image are
/// shape 0..2, scale 0.5..1, orientation in [0, 2 pi), x and y in [0, 1]. (dSprites gives orientation 0 and 2
/// pi both, that is the same image twice.)
std::shared_ptr<const Dataset> makeShapes();

} // namespace latent
