#include "ui/widgets/plane_tiles.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int64_t maxSide = 1 << 15; ///< pixels; QImage and the rasteriser stay well inside their limits

bool sound(const PlaneTiles& tiles) {
  const TileGrid& g = tiles.grid;
  const ImageShape& s = tiles.shape;
  if (g.rows <= 0 || g.columns <= 0 || s.height <= 0 || s.width <= 0) return false;
  if (s.channels != 1 && s.channels != 3) return false;
  const int64_t width = int64_t{g.columns} * s.width, height = int64_t{g.rows} * s.height;
  if (width > maxSide || height > maxSide) return false;
  if (static_cast<int64_t>(tiles.pixels.size()) != width * height * s.channels) return false;
  return std::isfinite(g.rect.left + g.rect.right + g.rect.lower + g.rect.upper) && g.rect.width() > 0 &&
         g.rect.height() > 0;
}

/// Index of the image pixel under the centre of each device pixel from `first` on.
std::vector<int> sourceIndices(int first, int count, double origin, double step, int length) {
  std::vector<int> indices(count);
  for (int i = 0; i < count; ++i)
    indices[i] = std::clamp(static_cast<int>((first + i + 0.5 - origin) / step), 0, length - 1);
  return indices;
}

void drawNearest(QPainter& painter, const QImage& image, const QRectF& target, const QRect& area,
                 double scale) {
  const auto columns =
      sourceIndices(area.left(), area.width(), target.left(), target.width() / image.width(), image.width());
  const auto rows = sourceIndices(area.top(), area.height(), target.top(), target.height() / image.height(),
                                  image.height());
  QImage enlarged(area.size(), QImage::Format_RGB32);
  if (enlarged.isNull()) return;
  for (int y = 0; y < area.height(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(enlarged.scanLine(y));
    if (y > 0 && rows[y] == rows[y - 1]) {
      std::copy_n(reinterpret_cast<const QRgb*>(enlarged.constScanLine(y - 1)), area.width(), line);
      continue;
    }
    const auto* source = reinterpret_cast<const QRgb*>(image.constScanLine(rows[y]));
    for (int x = 0; x < area.width(); ++x) line[x] = source[columns[x]];
  }
  enlarged.setDevicePixelRatio(scale);
  painter.drawImage(QPointF(area.topLeft()) / scale, enlarged);
}

/// Halves until at most a twofold reduction is left, which bilinear interpolation does without aliasing.
QImage reduced(QImage image, double factor) {
  while (factor < 0.5 && image.width() > 1 && image.height() > 1) {
    image =
        image.scaled(image.width() / 2, image.height() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    factor *= 2;
  }
  return image;
}

} // namespace

QImage composeTiles(const PlaneTiles& tiles) {
  if (!sound(tiles)) return {};
  const ImageShape& shape = tiles.shape;
  const int rows = tiles.grid.rows, columns = tiles.grid.columns;
  QImage image(columns * shape.width, rows * shape.height, QImage::Format_RGB32);
  if (image.isNull()) return {};
  const int64_t plane = int64_t{shape.height} * shape.width;
  // Channel 0 serves all three colours of a grey image.
  const int64_t green = shape.channels == 3 ? plane : 0, blue = 2 * green;
  for (int row = 0; row < rows; ++row) {
    for (int y = 0; y < shape.height; ++y) {
      auto* line = reinterpret_cast<QRgb*>(image.scanLine((rows - 1 - row) * shape.height + y));
      for (int column = 0; column < columns; ++column) {
        const uint8_t* pixel = tiles.pixels.data() + (int64_t{row} * columns + column) * shape.pixels() +
                               int64_t{y} * shape.width;
        for (int x = 0; x < shape.width; ++x, ++pixel) *line++ = qRgb(pixel[0], pixel[green], pixel[blue]);
      }
    }
  }
  return image;
}

QRectF pixelRect(const PlaneFrame& frame, const PlaneRect& rect) {
  const PlanePoint topLeft = frame.toPixel({rect.left, rect.upper});
  const PlanePoint bottomRight = frame.toPixel({rect.right, rect.lower});
  return {QPointF(topLeft.x, topLeft.y), QPointF(bottomRight.x, bottomRight.y)};
}

void drawTiles(QPainter& painter, const QImage& image, const PlaneRect& rect, const PlaneFrame& frame,
               double scale) {
  if (image.isNull()) return;
  const QRectF logical = pixelRect(frame, rect);
  const QRectF target(logical.topLeft() * scale, logical.size() * scale);
  const QRectF view(0, 0, std::ceil(frame.width() * scale), std::ceil(frame.height() * scale));
  const QRectF seen = target.intersected(view);
  if (seen.isEmpty()) return;
  const double factor = std::min(target.width() / image.width(), target.height() / image.height());
  if (factor >= 2) {
    const QRect area(QPoint(qRound(seen.left()), qRound(seen.top())),
                     QPoint(qRound(seen.right()) - 1, qRound(seen.bottom()) - 1));
    if (!area.isEmpty()) drawNearest(painter, image, target, area, scale);
    return;
  }
  painter.save();
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(logical, reduced(image, factor));
  painter.restore();
}

} // namespace latent::ui
