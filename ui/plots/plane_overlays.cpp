#include "ui/plots/plane_overlays.h"

#include "core/base/plane_geometry.h"
#include "ui/plots/figure_text.h"
#include "ui/plots/page_ink.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

namespace latent::ui {
namespace {

QPointF toPoint(PlanePoint point) {
  return {point.x, point.y};
}

QColor veiled(QColor colour, double opacity) {
  colour.setAlphaF(static_cast<float>(colour.alphaF() * opacity));
  return colour;
}

/// Linear between the centres of the cells, constant beyond the outermost.
class Interpolated {
 public:
  explicit Interpolated(const PlaneField& field) : m_field(field) {}

  /// row and column in cells, 0 = the centre of the first.
  double at(double row, double column) const {
    const auto [r, below] = split(row, m_field.rows);
    const auto [c, left] = split(column, m_field.columns);
    const int r1 = std::min(r + 1, m_field.rows - 1), c1 = std::min(c + 1, m_field.columns - 1);
    return (1 - below) * ((1 - left) * value(r, c) + left * value(r, c1)) +
           below * ((1 - left) * value(r1, c) + left * value(r1, c1));
  }

 private:
  static std::pair<int, double> split(double place, int count) {
    const double inside = std::clamp(place, 0.0, static_cast<double>(count - 1));
    const int whole = static_cast<int>(inside);
    return {whole, inside - whole};
  }
  double value(int row, int column) const {
    return m_field.values[static_cast<size_t>(row) * static_cast<size_t>(m_field.columns) +
                          static_cast<size_t>(column)];
  }
  const PlaneField& m_field;
};

/// Fine enough that no viewer shows the cells, whether it smooths pictures or not.
QImage imageOf(const PlaneField& field, const PageStyle& style) {
  constexpr int fine = 500; // pixels of the longer side
  const int scale = std::max(1, fine / std::max(field.rows, field.columns));
  const int rows = field.rows * scale, columns = field.columns * scale;
  QImage image(columns, rows, QImage::Format_ARGB32);
  const Interpolated values(field);
  const double span = field.high > field.low ? field.high - field.low : 1;
  for (int y = 0; y < rows; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(rows - 1 - y));
    for (int x = 0; x < columns; ++x) {
      const double share = (values.at((y + 0.5) / scale - 0.5, (x + 0.5) / scale - 0.5) - field.low) / span;
      if (!std::isfinite(share)) {
        line[x] = 0;
        continue;
      }
      const double veil = field.veil ? std::sqrt(std::clamp(share, 0.0, 1.0)) : 1;
      line[x] = veiled(fieldInk(share, style), veil * field.opacity).rgba();
    }
  }
  return image;
}

void drawContours(QPainter& painter, const PlaneFrame& frame, const PlaneField& field,
                  const PageStyle& style) {
  if (!(field.high > 0)) return;
  const TileGrid grid{field.rect, field.rows, field.columns};
  for (const bool halo : {true, false}) { // so that the lines show on any tile
    for (int i = 1; i <= kContours; ++i) {
      const double share = static_cast<double>(i) / (kContours + 1);
      QPainterPath path;
      for (const auto& [from, to] : contourOf(grid, field.values, share * field.high)) {
        path.moveTo(toPoint(frame.toPixel(from)));
        path.lineTo(toPoint(frame.toPixel(to)));
      }
      const QColor colour = halo ? QColor(255, 255, 255, 150) : fieldInk(share, style);
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(veiled(colour, field.opacity), (halo ? 3.2 : 1.6) * style.hair, Qt::SolidLine,
                          Qt::RoundCap, Qt::RoundJoin));
      painter.drawPath(path);
    }
  }
}

/// Words that show on any ground; text, not outlines: it can be searched and edited.
void drawHaloText(QPainter& painter, const QPointF& baseline, const QString& words, const QFont& font,
                  const PageStyle& style) {
  QPainterPath outline;
  outline.addText(baseline, font, words);
  painter.strokePath(
      outline, QPen(QColor(255, 255, 255, 225), 0.3 * style.em, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setFont(font);
  painter.setPen(style.axes.colours.text);
  painter.drawText(baseline, words);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// A place for the words as near to their median as others let them be.
QRectF freePlace(const QPointF& median, const QSizeF& size, const std::vector<QRectF>& taken) {
  const auto at = [&](double shift) {
    return QRectF(median + QPointF(-size.width() / 2, shift - size.height() / 2), size);
  };
  const auto isFree = [&](const QRectF& place) {
    return std::ranges::none_of(taken, [&](const QRectF& other) { return other.intersects(place); });
  };
  for (int i = 0; i <= 8; ++i) { // up and down in half lines; after two lines the median matters more
    const int lines = (i % 2 ? -1 : 1) * ((i + 1) / 2);
    const QRectF place = at(lines * size.height() / 2);
    if (isFree(place)) return place;
  }
  return at(0);
}

/// A cross in a ring, black and white: whatever lies below, one of the two stands out.
void drawPoint(QPainter& painter, const QPointF& at, bool linked, const PageStyle& style) {
  const double radius = 0.5 * style.em, inner = 0.28 * style.em, outer = 1.0 * style.em;
  QPainterPath path;
  path.addEllipse(at, radius, radius);
  if (!linked)
    for (const QPointF& way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
      path.moveTo(at + way * inner);
      path.lineTo(at + way * outer);
    }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(0, 0, 0), 4.4 * style.hair, Qt::SolidLine, Qt::RoundCap));
  painter.drawPath(path);
  QPen light(Qt::white, 1.8 * style.hair, Qt::SolidLine, Qt::RoundCap);
  if (linked) light.setDashPattern({2.4, 2.2});
  painter.setPen(light);
  painter.drawPath(path);
  if (!linked) return;
  painter.setPen(Qt::NoPen); // the very point, since no cross leads to it
  painter.setBrush(Qt::black);
  painter.drawEllipse(at, 0.16 * style.em, 0.16 * style.em);
}

void drawInput(QPainter& painter, const QPointF& at, const PageStyle& style) {
  const double half = 0.42 * style.em;
  const QPolygonF diamond{at + QPointF(0, -half), at + QPointF(half, 0), at + QPointF(0, half),
                          at + QPointF(-half, 0)};
  painter.setPen(QPen(Qt::white, 3.2 * style.hair, Qt::SolidLine, Qt::RoundCap, Qt::MiterJoin));
  painter.setBrush(style.axes.colours.accent);
  painter.drawPolygon(diamond);
  painter.setPen(QPen(Qt::black, style.hair, Qt::SolidLine, Qt::RoundCap, Qt::MiterJoin));
  painter.drawPolygon(diamond);
}

} // namespace

void drawFields(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style) {
  for (const PlaneField& field : panel.fields) {
    if (field.contours) {
      drawContours(painter, frame, field, style);
      continue;
    }
    const QRectF place(toPoint(frame.toPixel({field.rect.left, field.rect.upper})),
                       toPoint(frame.toPixel({field.rect.right, field.rect.lower})));
    painter.drawImage(place, imageOf(field, style));
  }
}

void drawRings(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style) {
  // A dark line on a light one: on black, grey and white ground alike one of the two stands out.
  const double dark = 0.65 * style.curve, light = 2.4 * dark;
  const QColor ink = mixed(style.axes.colours.text, style.axes.colours.ground, 0.15);
  painter.setBrush(Qt::NoBrush);
  const QPointF centre = toPoint(frame.toPixel(panel.ringCentre));
  for (double radius : panel.rings) {
    const double r = frame.toPixels(radius);
    painter.setPen(QPen(veiled(QColor(255, 255, 255, 140), panel.ringOpacity), light));
    painter.drawEllipse(centre, r, r);
    painter.setPen(QPen(veiled(ink, panel.ringOpacity), dark));
    painter.drawEllipse(centre, r, r);
  }
}

void drawEllipses(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel,
                  const PageStyle& style) {
  for (const PlaneEllipse& ellipse : panel.ellipses) {
    painter.save();
    painter.translate(toPoint(frame.toPixel({ellipse.x, ellipse.y})));
    painter.rotate(-ellipse.angle * 180 / std::numbers::pi); // Qt turns clockwise
    const double rx = frame.toPixels(ellipse.halfX), ry = frame.toPixels(ellipse.halfY);
    const QColor ink = ellipse.strong ? style.axes.colours.accent : style.axes.colours.text;
    painter.setBrush(ellipse.strong ? QBrush(veiled(ink, 0.18 * ellipse.opacity)) : QBrush(Qt::NoBrush));
    painter.setPen(
        QPen(veiled(QColor(255, 255, 255, 220), ellipse.opacity), (ellipse.strong ? 5 : 2.4) * style.hair));
    painter.drawEllipse(QPointF(), rx, ry);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(veiled(ink, ellipse.opacity), (ellipse.strong ? 2.4 : 1) * style.hair));
    painter.drawEllipse(QPointF(), rx, ry);
    painter.restore();
  }
}

void drawNames(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style) {
  if (!panel.pointValue.empty() || !(panel.classNames || style.greyscale)) return;
  std::map<int64_t, std::pair<std::vector<double>, std::vector<double>>> byLabel;
  for (size_t i = 0; i < panel.pointX.size(); ++i) {
    if (!std::isfinite(panel.pointX[i]) || !std::isfinite(panel.pointY[i])) continue;
    if (!panel.pointFaded.empty() && panel.pointFaded[i] != 0) continue;
    auto& [x, y] = byLabel[panel.pointLabel[i]];
    x.push_back(panel.pointX[i]);
    y.push_back(panel.pointY[i]);
  }
  const QFontMetricsF metrics(style.headingFont);
  std::vector<QRectF> taken;
  for (const auto& [label, xy] : byLabel) {
    if (label < 0 || static_cast<size_t>(label) >= panel.classes.size()) continue;
    const QString name = figureText(panel.classes[static_cast<size_t>(label)]);
    const QPointF at = toPoint(frame.toPixel({median(xy.first), median(xy.second)}));
    const QSizeF size(metrics.horizontalAdvance(name) + 0.2 * style.em, metrics.capHeight() + 0.3 * style.em);
    taken.push_back(freePlace(at, size, taken));
    const QPointF baseline(taken.back().center() +
                           QPointF(-metrics.horizontalAdvance(name) / 2, metrics.capHeight() / 2));
    drawHaloText(painter, baseline, name, style.headingFont, style);
  }
}

void drawPlaces(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style) {
  const QFontMetricsF metrics(style.headingFont);
  for (const PlaneMark& mark : panel.marks) {
    const QPointF at = toPoint(frame.toPixel({mark.x, mark.y}));
    if (mark.kind == PlaneMark::Kind::input)
      drawInput(painter, at, style);
    else
      drawPoint(painter, at, mark.kind == PlaneMark::Kind::linked, style);
    if (mark.text.empty()) continue;
    const QPointF beside(0.75 * style.em, -0.55 * style.em);
    drawHaloText(painter, at + beside, figureText(mark.text), style.headingFont, style);
  }
}

} // namespace latent::ui
