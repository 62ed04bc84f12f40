#include "ui/plots/image_tiles.h"

#include <array>
#include <cmath>

namespace latent::ui {

QImage composeTiles(const std::vector<uint8_t>& pixels, const TileLayout& layout, double opacity) {
  const int width = layout.columns * layout.width + (layout.columns - 1) * layout.gap;
  const int height = layout.rows * layout.height + (layout.rows - 1) * layout.gap;
  const bool grey = layout.channels == 1;
  QImage image(width, height, grey ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
  if (image.isNull()) return image;
  image.fill(Qt::white);

  std::array<uint8_t, 256> shown{};
  for (size_t i = 0; i < shown.size(); ++i) {
    shown[i] = static_cast<uint8_t>(std::lround(255 - opacity * (255 - static_cast<double>(i))));
  }
  const size_t plane = static_cast<size_t>(layout.height) * static_cast<size_t>(layout.width);
  const uint8_t* source = pixels.data();
  for (int row = 0; row < layout.rows; ++row) {
    const int shownRow = layout.firstRowBelow ? layout.rows - 1 - row : row;
    const int top = shownRow * (layout.height + layout.gap);
    for (int column = 0; column < layout.columns; ++column) {
      const int left = column * (layout.width + layout.gap);
      for (int y = 0; y < layout.height; ++y) {
        uint8_t* line = image.scanLine(top + y) + static_cast<ptrdiff_t>(left) * layout.channels;
        for (int x = 0; x < layout.width; ++x) {
          const uint8_t* pixel = source + static_cast<ptrdiff_t>(y) * layout.width + x;
          for (int c = 0; c < layout.channels; ++c) *line++ = shown[pixel[static_cast<size_t>(c) * plane]];
        }
      }
      source += plane * static_cast<size_t>(layout.channels);
    }
  }
  return image;
}

} // namespace latent::ui
