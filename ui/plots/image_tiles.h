// Many small images composed into one picture, so that a file holds one image object. Private to ui/plots.
#pragma once

#include <QColor>
#include <QImage>

#include <cstdint>
#include <vector>

namespace latent::ui {

/// How [rows, columns, C, H, W] bytes are laid out; C is 1 or 3.
struct TileLayout {
  int rows = 0, columns = 0, channels = 1, height = 0, width = 0;
  int gap = 0; ///< white pixels between images
  bool firstRowBelow = false;
  int rowGap = -1; ///< between rows; -1 = gap
  int enlarge = 1; ///< dots a side of each pixel; more than one: each image is interpolated by itself
};

/// Greyscale or RGB, one pixel for one pixel, or interpolated between the centres of pixels (bilinear) where
/// they are enlarged. `opacity` blends with white.
QImage composeTiles(const std::vector<uint8_t>& pixels, const TileLayout& layout, double opacity);

} // namespace latent::ui
