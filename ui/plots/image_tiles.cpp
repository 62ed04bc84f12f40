#include "ui/plots/image_tiles.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace latent::ui {
namespace {

/// Between which two pixels of `count` a dot lies, and how near to the second.
struct Between {
  int first, second;
  double share;

  Between(int dot, int enlarge, int count) {
    const double at = std::clamp((dot + 0.5) / enlarge - 0.5, 0.0, static_cast<double>(count - 1));
    first = static_cast<int>(at);
    second = std::min(first + 1, count - 1);
    share = at - first;
  }
};

/// One channel of an image.
struct Plane {
  const uint8_t* pixels;
  int height, width;

  double at(int y, int x) const { return pixels[static_cast<ptrdiff_t>(y) * width + x]; }
  uint8_t enlarged(const Between& y, const Between& x) const {
    const double upper = std::lerp(at(y.first, x.first), at(y.first, x.second), x.share);
    const double lower = std::lerp(at(y.second, x.first), at(y.second, x.second), x.share);
    return static_cast<uint8_t>(std::lround(std::lerp(upper, lower, y.share)));
  }
};

} // namespace

QImage composeTiles(const std::vector<uint8_t>& pixels, const TileLayout& layout, double opacity) {
  const int rowGap = layout.rowGap < 0 ? layout.gap : layout.rowGap;
  const int enlarge = std::max(1, layout.enlarge);
  const int width = enlarge * (layout.columns * layout.width + (layout.columns - 1) * layout.gap);
  const int height = enlarge * (layout.rows * layout.height + (layout.rows - 1) * rowGap);
  const bool grey = layout.channels == 1;
  QImage image(width, height, grey ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
  if (image.isNull()) return image;
  image.fill(Qt::white);

  std::array<uint8_t, 256> shown{};
  for (size_t i = 0; i < shown.size(); ++i) {
    shown[i] = static_cast<uint8_t>(std::lround(255 - opacity * (255 - static_cast<double>(i))));
  }
  const ptrdiff_t plane = static_cast<ptrdiff_t>(layout.height) * layout.width;
  const uint8_t* source = pixels.data();
  for (int row = 0; row < layout.rows; ++row) {
    const int shownRow = layout.firstRowBelow ? layout.rows - 1 - row : row;
    const int top = enlarge * shownRow * (layout.height + rowGap);
    for (int column = 0; column < layout.columns; ++column) {
      const int left = enlarge * column * (layout.width + layout.gap);
      for (int y = 0; y < enlarge * layout.height; ++y) {
        uint8_t* line = image.scanLine(top + y) + static_cast<ptrdiff_t>(left) * layout.channels;
        const Between between(y, enlarge, layout.height);
        for (int x = 0; x < enlarge * layout.width; ++x) {
          for (int c = 0; c < layout.channels; ++c) {
            const Plane channel{source + c * plane, layout.height, layout.width};
            *line++ = shown[enlarge == 1 ? channel.pixels[static_cast<ptrdiff_t>(y) * layout.width + x]
                                         : channel.enlarged(between, Between(x, enlarge, layout.width))];
          }
        }
      }
      source += plane * layout.channels;
    }
  }
  return image;
}

} // namespace latent::ui
