// Images at whole multiples of their pixels, also on displays with several device pixels to a widget pixel.
#pragma once

#include <QRectF>
#include <QSize>

#include <algorithm>
#include <cmath>

namespace latent::ui {

/// Device pixels for each image pixel: the largest whole number at which `image` fits into `available` widget
/// pixels, at least 1.
inline int integerScale(const QSize& image, const QSizeF& available, double devicePixelRatio) {
  if (image.isEmpty()) return 1;
  const double fit = std::min(available.width() / image.width(), available.height() / image.height());
  return std::max(1, static_cast<int>(std::floor(fit * devicePixelRatio + 1e-6)));
}

/// Size in widget pixels at that scale.
inline QSizeF scaledSize(const QSize& image, int scale, double devicePixelRatio) {
  return QSizeF(image) * scale / devicePixelRatio;
}

/// `position` moved to the nearest device pixel, so that no image pixel is split.
inline QPointF snapped(const QPointF& position, double devicePixelRatio) {
  return {std::round(position.x() * devicePixelRatio) / devicePixelRatio,
          std::round(position.y() * devicePixelRatio) / devicePixelRatio};
}

} // namespace latent::ui
