#include "ui/widgets/plane_marks.h"

#include "ui/widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace latent::ui {
namespace {

constexpr double tickSpacing = 72; ///< least distance of two ticks, widget pixels

QColor faded(QColor colour, double alpha) {
  colour.setAlphaF(static_cast<float>(alpha));
  return colour;
}

QPointF toPoint(PlanePoint p) {
  return {p.x, p.y};
}

/// Text that shows on any ground; `position` is the left end of its base line.
void drawHaloText(QPainter& painter, const QPointF& position, const QString& text, const QFont& font,
                  const QColor& fill, const QColor& halo) {
  QPainterPath path;
  path.addText(position, font, text);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(halo, 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(path);
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  painter.drawPath(path);
}

/// A light line over a soft dark one: seen on black tiles, on white ink and on both themes.
void drawOnAnyGround(QPainter& painter, const QPolygonF& line, const ThemeColours& theme) {
  painter.setPen(QPen(faded(theme.panel, 0.6), 2.5));
  painter.drawPolyline(line);
  painter.setPen(QPen(faded(theme.muted, 0.95), 1));
  painter.drawPolyline(line);
}

/// A circle as chords that stay within a tenth of a pixel of it, cut into the pieces near the view: Bézier
/// arcs, as QPainter draws them, are off by half a pixel from a radius of 2,000 pixels on.
std::vector<QPolygonF> circleNearView(const QPointF& centre, double radius, const QRectF& view) {
  const double angle = 2 * std::acos(1 - std::min(0.1 / radius, 0.5));
  const int chords = std::max(64, static_cast<int>(std::ceil(2 * std::numbers::pi / angle)));
  const double chord = radius * angle; // one that crosses the view may begin and end outside
  const QRectF near = view.adjusted(-chord, -chord, chord, chord);
  std::vector<QPolygonF> pieces;
  QPolygonF piece;
  QPointF before(centre.x() + radius, centre.y());
  for (int i = 1; i <= chords; ++i) {
    const double t = 2 * std::numbers::pi * i / chords;
    const QPointF now(centre.x() + radius * std::cos(t), centre.y() - radius * std::sin(t));
    if (near.contains(before) || near.contains(now)) {
      if (piece.isEmpty()) piece << before;
      piece << now;
    } else if (!piece.isEmpty()) {
      pieces.push_back(std::move(piece));
      piece = {};
    }
    before = now;
  }
  if (!piece.isEmpty()) pieces.push_back(std::move(piece));
  return pieces;
}

} // namespace

void drawRings(QPainter& painter, const PlaneFrame& frame, PlanePoint middle,
               const std::vector<double>& radii, const ThemeColours& theme) {
  const QRectF view(0, 0, frame.width(), frame.height());
  const QPointF centre = toPoint(frame.toPixel(middle));
  painter.setBrush(Qt::NoBrush);
  for (const double radius : radii) {
    const double pixels = frame.toPixels(radius);
    if (!(pixels > 0.5) || !std::isfinite(pixels)) continue;
    for (const QPolygonF& piece : circleNearView(centre, pixels, view))
      drawOnAnyGround(painter, piece, theme);
  }
  for (const double radius : radii) {
    const double pixels = frame.toPixels(radius);
    if (!(pixels > 24)) continue;
    const QString name = QString::number(radius, 'g', 3) + QChar(0x03C3);
    // On the ring, half way between the axes, where neither ticks nor the legend stand.
    const QPointF spot = centre + QPointF(-pixels, -pixels) * std::numbers::sqrt2 / 2;
    if (!view.adjusted(axisLeft, 0, -8, -axisBottom).contains(spot)) continue;
    const QFontMetricsF metrics(captionFont());
    drawHaloText(painter, spot + QPointF(-metrics.horizontalAdvance(name) / 2, metrics.capHeight() / 2), name,
                 captionFont(), theme.text, faded(theme.ground, 0.85));
    painter.setBrush(Qt::NoBrush);
  }
}

void drawAxes(QPainter& painter, const PlaneFrame& frame, const QString& xLabel, const QString& yLabel,
              const std::optional<PlanePoint>& priorMean, const ThemeColours& theme) {
  const double width = frame.width(), height = frame.height();
  const double spacing = tickSpacing * frame.unitsPerPixel();
  const PlaneRect seen = frame.visible();
  const auto ticks = [&](double low, double high, double mean) {
    return priorMean ? quantileTicks(low, high, 0.75 * spacing, mean) : valueTicks(low, high, spacing);
  };
  painter.fillRect(QRectF(0, height - axisBottom, width, axisBottom), faded(theme.ground, 0.78));
  painter.fillRect(QRectF(0, 0, axisLeft, height - axisBottom), faded(theme.ground, 0.78));

  painter.setFont(captionFont());
  const QFontMetricsF metrics(captionFont());
  const double xLabelLeft = width - 8 - metrics.horizontalAdvance(xLabel);
  const double baseLine = height - (axisBottom - metrics.capHeight()) / 2;
  for (const auto& [at, text] : ticks(seen.left, seen.right, priorMean ? priorMean->x : 0)) {
    const double x = frame.toPixel({at, 0}).x;
    const double half = metrics.horizontalAdvance(text) / 2;
    if (x - half < axisLeft || x + half > xLabelLeft - 8) continue;
    painter.setPen(theme.muted);
    painter.drawLine(QPointF(x, height - axisBottom), QPointF(x, height - axisBottom + 3));
    painter.drawText(QPointF(x - half, baseLine), text);
  }
  for (const auto& [at, text] : ticks(seen.lower, seen.upper, priorMean ? priorMean->y : 0)) {
    const double y = frame.toPixel({0, at}).y;
    if (y < 28 || y > height - axisBottom - 8) continue;
    painter.setPen(theme.muted);
    painter.drawLine(QPointF(axisLeft, y), QPointF(axisLeft - 3, y));
    painter.drawText(QPointF(axisLeft - 6 - metrics.horizontalAdvance(text), y + metrics.capHeight() / 2),
                     text);
  }
  painter.setPen(theme.text);
  painter.drawText(QPointF(xLabelLeft, baseLine), xLabel);
  // A long name ("main 2") takes a bit of the plane rather than to be cut.
  const double yLabelWidth = std::max(axisLeft - 10, metrics.horizontalAdvance(yLabel));
  if (yLabelWidth > axisLeft - 10)
    painter.fillRect(QRectF(axisLeft, 0, yLabelWidth + 10 - axisLeft, 28), faded(theme.ground, 0.78));
  painter.drawText(QRectF(4, 6, yLabelWidth, 16), Qt::AlignRight | Qt::AlignVCenter, yLabel);
}

void drawClassNames(QPainter& painter, const PlaneFrame& frame, const std::vector<PlaneClass>& classes,
                    std::optional<int64_t> isolated, const ThemeColours& theme) {
  QFont font = headingFont();
  font.setPixelSize(17);
  const QFontMetricsF metrics(font);
  const QRectF view(0, 0, frame.width(), frame.height());
  std::vector<QRectF> taken;
  for (const PlaneClass& named : classes) {
    if (isolated && named.label != *isolated) continue;
    const QPointF median = toPoint(frame.toPixel(named.median));
    if (!view.contains(median)) continue;
    const QSizeF size(metrics.horizontalAdvance(named.name) + 4, metrics.capHeight() + 6);
    const auto rectAt = [&](const QPointF& shift) {
      return QRectF(median + shift - QPointF(size.width() / 2, size.height() / 2), size);
    };
    const auto free = [&](const QRectF& rect) {
      return std::none_of(taken.begin(), taken.end(),
                          [&](const QRectF& other) { return other.intersects(rect); });
    };
    QRectF rect = rectAt({0, 0});
    // Up and down in half lines until nothing is covered; after two lines the median matters more.
    for (int i = 1; i <= 8 && !free(rect); ++i)
      rect = rectAt({0, (i % 2 ? -1 : 1) * ((i + 1) / 2) * size.height() / 2});
    if (!free(rect)) rect = rectAt({0, 0});
    taken.push_back(rect);
    drawHaloText(painter, QPointF(rect.left() + 2, rect.bottom() - 3), named.name, font, theme.text,
                 faded(theme.panel, 0.92));
  }
}

QRectF ellipseBounds(const PlaneFrame& frame, const PlaneEllipse& ellipse) {
  const QPointF centre = toPoint(frame.toPixel(ellipse.centre));
  const double rx = frame.toPixels(ellipse.sigmaX), ry = frame.toPixels(ellipse.sigmaY);
  const double cosine = std::cos(ellipse.angle), sine = std::sin(ellipse.angle);
  const QPointF half(std::hypot(rx * cosine, ry * sine) + 4, std::hypot(rx * sine, ry * cosine) + 4);
  return {centre - half, centre + half};
}

void drawEllipse(QPainter& painter, const PlaneFrame& frame, const PlaneEllipse& ellipse,
                 const ThemeColours& theme) {
  if (!ellipseBounds(frame, ellipse).intersects(QRectF(0, 0, frame.width(), frame.height()))) return;
  const double rx = frame.toPixels(ellipse.sigmaX), ry = frame.toPixels(ellipse.sigmaY);
  painter.save();
  painter.translate(toPoint(frame.toPixel(ellipse.centre)));
  painter.rotate(-ellipse.angle * 180 / std::numbers::pi); // Qt turns clockwise
  painter.setBrush(faded(theme.accent, 0.18));
  painter.setPen(QPen(faded(theme.panel, 0.9), 4));
  painter.drawEllipse(QPointF(), rx, ry);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.accent, 2));
  painter.drawEllipse(QPointF(), rx, ry);
  painter.restore();
}

void drawThinEllipse(QPainter& painter, const PlaneFrame& frame, const PlaneEllipse& ellipse,
                     const ThemeColours& theme) {
  if (!ellipseBounds(frame, ellipse).intersects(QRectF(0, 0, frame.width(), frame.height()))) return;
  painter.save();
  painter.translate(toPoint(frame.toPixel(ellipse.centre)));
  painter.rotate(-ellipse.angle * 180 / std::numbers::pi);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.text, 1));
  painter.drawEllipse(QPointF(), frame.toPixels(ellipse.sigmaX), frame.toPixels(ellipse.sigmaY));
  painter.restore();
}

void drawSubject(QPainter& painter, const QPointF& pixel, const ThemeColours& theme) {
  constexpr double half = 5.5;
  const QPolygonF diamond{pixel + QPointF(0, -half), pixel + QPointF(half, 0), pixel + QPointF(0, half),
                          pixel + QPointF(-half, 0)};
  painter.setPen(QPen(theme.panel, 4, Qt::SolidLine, Qt::RoundCap, Qt::MiterJoin));
  painter.setBrush(Qt::NoBrush);
  painter.drawPolygon(diamond);
  painter.setPen(QPen(theme.panel, 1.5));
  painter.setBrush(theme.accent);
  painter.drawPolygon(diamond);
}

QRectF markBounds(const QPointF& pixel) {
  return {pixel.x() - 22, pixel.y() - 22, 44, 44};
}

void drawCursor(QPainter& painter, const QPointF& pixel, const ThemeColours&) {
  constexpr double radius = 9, inner = 5, outer = 18;
  const auto arms = [&] {
    for (const QPointF& direction : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
      painter.drawLine(pixel + direction * inner, pixel + direction * outer);
  };
  painter.setBrush(Qt::NoBrush);
  // Black and white in both themes: whatever lies below, one of the two stands out.
  painter.setPen(QPen(QColor(0, 0, 0, 215), 4.5, Qt::SolidLine, Qt::RoundCap));
  painter.drawEllipse(pixel, radius, radius);
  arms();
  painter.setPen(QPen(Qt::white, 2, Qt::SolidLine, Qt::RoundCap));
  painter.drawEllipse(pixel, radius, radius);
  arms();
}

void drawLinkedCursor(QPainter& painter, const QPointF& pixel) {
  constexpr double radius = 9;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(0, 0, 0, 215), 4.5));
  painter.drawEllipse(pixel, radius, radius);
  QPen dashes(Qt::white, 2);
  dashes.setDashPattern({3, 1.7});
  painter.setPen(dashes);
  painter.drawEllipse(pixel, radius, radius);
  painter.setPen(Qt::NoPen); // the very point, since no crosshair leads to it
  painter.setBrush(QColor(0, 0, 0, 215));
  painter.drawEllipse(pixel, 2.5, 2.5);
  painter.setBrush(Qt::white);
  painter.drawEllipse(pixel, 1.5, 1.5);
}

void drawLasso(QPainter& painter, const QPolygonF& path, const ThemeColours& theme) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(faded(theme.accent, 0.15));
  painter.drawPolygon(path);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.panel, 3));
  painter.drawPolygon(path);
  painter.setPen(QPen(theme.accent, 1.5, Qt::DashLine));
  painter.drawPolygon(path);
}

void drawNotes(QPainter& painter, const QRectF& area, const QStringList& lines, const ThemeColours& theme) {
  constexpr double gap = 4, sides = 10, above = 3;
  const QFontMetricsF metrics(captionFont());
  const double middle = (area.left() + axisLeft + area.right()) / 2;
  const double widest = std::max(40.0, area.width() - axisLeft - 16 - 2 * sides);
  double bottom = area.bottom() - axisBottom - 8;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    const QRectF words = metrics.boundingRect(QRectF(0, 0, widest, area.height() / 2),
                                              Qt::AlignHCenter | Qt::TextWordWrap, *line);
    const double width = std::ceil(words.width()) + 2 * sides, height = std::ceil(words.height()) + 2 * above;
    const QRectF chip(std::round(middle - width / 2), bottom - height, width, height);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(faded(theme.panel, 0.94));
    painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(captionFont());
    painter.setPen(theme.text);
    painter.drawText(chip.adjusted(sides - 1, 0, 1 - sides, 0), Qt::AlignCenter | Qt::TextWordWrap, *line);
    bottom -= height + gap;
  }
}

void drawNotice(QPainter& painter, const QRectF& area, const QString& text, const ThemeColours& theme) {
  const QFontMetricsF metrics(textFont());
  const double widest = std::min(360.0, area.width() - 2 * axisLeft - 32);
  const QRectF box =
      metrics.boundingRect(QRectF(0, 0, widest, area.height()), Qt::AlignCenter | Qt::TextWordWrap, text);
  QRectF panel(0, 0, std::ceil(box.width()) + 32, std::ceil(box.height()) + 20);
  panel.moveCenter(area.center());
  painter.setPen(QPen(theme.line, 1));
  painter.setBrush(faded(theme.panel, 0.94));
  painter.drawRoundedRect(panel, 4, 4);
  painter.setFont(textFont());
  painter.setPen(theme.text);
  painter.drawText(panel, Qt::AlignCenter | Qt::TextWordWrap, text);
}

} // namespace latent::ui
