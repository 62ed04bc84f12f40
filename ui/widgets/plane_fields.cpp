#include "ui/widgets/plane_fields.h"

#include "core/base/plane_geometry.h"
#include "ui/widgets/plane_tiles.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/viridis.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

bool sound(const PlaneField& field) {
  return field.grid.rows > 0 && field.grid.columns > 0 && field.grid.rect.width() > 0 &&
         field.grid.rect.height() > 0 &&
         field.values.size() ==
             static_cast<size_t>(field.grid.rows) * static_cast<size_t>(field.grid.columns);
}

/// Three significant digits, a true minus sign.
QString barNumber(double value) {
  return QString::number(value, 'g', 3).replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace

FieldRange rangeOf(const PlaneField& field) {
  FieldRange range;
  bool first = true;
  for (const float value : field.values) {
    if (!std::isfinite(value)) continue;
    range.low = first ? value : std::min<double>(range.low, value);
    range.high = first ? value : std::max<double>(range.high, value);
    first = false;
  }
  return range;
}

QImage composeField(const PlaneField& field, const FieldRange& range, bool veil) {
  if (!sound(field)) return {};
  const int rows = field.grid.rows, columns = field.grid.columns;
  QImage image(columns, rows, QImage::Format_ARGB32_Premultiplied);
  if (image.isNull()) return {};
  const double span = range.high > range.low ? range.high - range.low : 1;
  for (int row = 0; row < rows; ++row) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(rows - 1 - row));
    const float* values = field.values.data() + static_cast<ptrdiff_t>(row) * columns;
    for (int column = 0; column < columns; ++column) {
      const double t = (values[column] - range.low) / span;
      QColor colour = std::isfinite(t) ? viridis(t) : QColor(Qt::transparent);
      if (veil && std::isfinite(t)) colour.setAlphaF(static_cast<float>(std::sqrt(std::clamp(t, 0.0, 1.0))));
      line[column] = qPremultiply(colour.rgba());
    }
  }
  return image;
}

void drawField(QPainter& painter, const QImage& image, const PlaneRect& rect, const PlaneFrame& frame) {
  if (image.isNull()) return;
  painter.save();
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(pixelRect(frame, rect), image);
  painter.restore();
}

std::vector<QPolygonF> contourOf(const PlaneField& field, double level) {
  std::vector<QPolygonF> pieces;
  if (!sound(field)) return pieces;
  for (const auto& [from, to] : latent::contourOf(field.grid, field.values, level))
    pieces.push_back({QPointF(from.x, from.y), QPointF(to.x, to.y)});
  return pieces;
}

void drawContours(QPainter& painter, const PlaneField& field, const FieldRange& range, int count,
                  const PlaneFrame& frame, const ThemeColours& theme) {
  if (!(range.high > 0)) return;
  QColor under = theme.dark ? QColor(Qt::black) : QColor(Qt::white);
  under.setAlphaF(0.6F);
  for (const bool below : {true, false}) { // light or dark below, so that the lines show on any tile
    for (int i = 1; i <= count; ++i) {
      const double part = static_cast<double>(i) / (count + 1);
      painter.setPen(below ? QPen(under, 3) : QPen(viridis(part), 1.5));
      for (const QPolygonF& piece : contourOf(field, part * range.high)) {
        const PlanePoint a = frame.toPixel({piece[0].x(), piece[0].y()});
        const PlanePoint b = frame.toPixel({piece[1].x(), piece[1].y()});
        painter.drawLine(QPointF(a.x, a.y), QPointF(b.x, b.y));
      }
    }
  }
}

QRectF drawColourBar(QPainter& painter, const QPointF& corner, const QString& name, const FieldRange& range,
                     const ThemeColours& theme) {
  constexpr double barWidth = 96, barHeight = 8, margin = 8, gap = 6, lineHeight = 14;
  const QFontMetricsF metrics(captionFont());
  const QString low = barNumber(range.low), high = barNumber(range.high);
  const double lowWidth = metrics.horizontalAdvance(low), highWidth = metrics.horizontalAdvance(high);
  const double width =
      2 * margin + std::max(lowWidth + highWidth + barWidth + 2 * gap, metrics.horizontalAdvance(name));
  const QRectF chip(std::floor(corner.x() - width), corner.y() - 2 * lineHeight - 2 * gap, std::ceil(width),
                    2 * lineHeight + 2 * gap);
  QColor ground = theme.panel;
  ground.setAlphaF(0.94F);
  painter.setPen(QPen(theme.line, 1));
  painter.setBrush(ground);
  painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
  painter.setFont(captionFont());
  painter.setPen(theme.muted);
  painter.drawText(QRectF(chip.left() + margin, chip.top() + gap, chip.width() - 2 * margin, lineHeight),
                   Qt::AlignLeft | Qt::AlignVCenter, name);
  painter.setPen(theme.text);
  const QRectF line(chip.left() + margin, chip.top() + gap + lineHeight, chip.width() - 2 * margin,
                    lineHeight);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, low);
  painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, high);
  const QRectF bar(line.left() + lowWidth + gap, line.center().y() - barHeight / 2,
                   line.width() - lowWidth - highWidth - 2 * gap, barHeight);
  QLinearGradient colours(bar.topLeft(), bar.topRight());
  for (int i = 0; i <= 8; ++i) colours.setColorAt(i / 8.0, viridis(i / 8.0));
  painter.fillRect(bar, colours);
  return chip;
}

} // namespace latent::ui
