#include "ui/models/thumbnail.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {

QImage thumbnailImage(const Image& image) {
  const ImageShape& shape = image.shape;
  const bool colour = shape.channels == 3;
  if (image.empty() || (shape.channels != 1 && !colour) ||
      static_cast<int64_t>(image.pixels.size()) != shape.pixels())
    return {};
  QImage picture(shape.width, shape.height, QImage::Format_RGB32);
  if (picture.isNull()) return {};
  const auto plane = static_cast<size_t>(shape.height) * static_cast<size_t>(shape.width);
  const auto byte = [&](size_t at) {
    const float value = image.pixels[at];
    return value > 0 ? static_cast<int>(std::lround(std::min(value, 1.0F) * 255)) : 0; // NaN is black
  };
  size_t at = 0;
  for (int y = 0; y < shape.height; ++y) {
    auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
    for (int x = 0; x < shape.width; ++x, ++at)
      line[x] = colour ? qRgb(byte(at), byte(at + plane), byte(at + 2 * plane))
                       : qRgb(byte(at), byte(at), byte(at));
  }
  return picture;
}

} // namespace latent::ui
