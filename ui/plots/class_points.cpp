#include "ui/plots/class_points.h"

#include "ui/plots/page_ink.h"

#include <QPainterPath>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace latent::ui {
namespace {

/// One mark of that shape about the origin, as wide as 1; areas are alike.
QPainterPath outlineOf(PointShape shape) {
  QPainterPath path;
  switch (shape) {
  case PointShape::disc:
  case PointShape::ring:
    path.addEllipse(QPointF(0, 0), 0.5, 0.5);
    break;
  case PointShape::square:
  case PointShape::openSquare:
    path.addRect(-0.45, -0.45, 0.9, 0.9);
    break;
  case PointShape::triangle:
  case PointShape::openTriangle:
    path.addPolygon(QPolygonF({{0, -0.62}, {0.58, 0.42}, {-0.58, 0.42}}));
    path.closeSubpath();
    break;
  case PointShape::diamond:
  case PointShape::openDiamond:
    path.addPolygon(QPolygonF({{0, -0.64}, {0.5, 0}, {0, 0.64}, {-0.5, 0}}));
    path.closeSubpath();
    break;
  case PointShape::plus:
    path.moveTo(-0.55, 0);
    path.lineTo(0.55, 0);
    path.moveTo(0, -0.55);
    path.lineTo(0, 0.55);
    break;
  case PointShape::cross:
    path.moveTo(-0.42, -0.42);
    path.lineTo(0.42, 0.42);
    path.moveTo(-0.42, 0.42);
    path.lineTo(0.42, -0.42);
    break;
  }
  return path;
}

bool isOpen(PointShape shape) {
  return shape >= PointShape::ring && shape <= PointShape::openDiamond;
}

/// Points that are drawn alike.
struct Look {
  PointShape shape;
  QRgb colour;
  bool operator<(const Look& other) const {
    return std::pair(shape, colour) < std::pair(other.shape, other.colour);
  }
};

/// What each point looks like.
class Looks {
 public:
  Looks(const PlanePanel& panel, const PageStyle& style) : m_panel(panel), m_style(style) {}

  Look operator()(size_t i) const {
    if (!m_panel.pointValue.empty())
      return {PointShape::disc, faded(i, valueInk(m_panel.pointValue[i])).rgb()};
    const int64_t label = m_panel.pointLabel[i];
    return {m_style.greyscale ? classShape(label) : PointShape::disc,
            faded(i, classInk(label, m_style)).rgb()};
  }
  bool isFaded(size_t i) const { return !m_panel.pointFaded.empty() && m_panel.pointFaded[i] != 0; }

 private:
  QColor valueInk(float value) const {
    constexpr double steps = 64; // points alike are one object in a file
    const double span = m_panel.valueHigh - m_panel.valueLow;
    const double share = (value - m_panel.valueLow) / (span > 0 ? span : 1);
    return fieldInk(std::isnan(share) ? share : std::round(std::clamp(share, 0.0, 1.0) * steps) / steps,
                    m_style);
  }
  QColor faded(size_t i, const QColor& ink) const {
    constexpr double share = 0.75; // of the page in what is pale
    return isFaded(i) ? mixed(ink, m_style.axes.colours.ground, share) : ink;
  }

  const PlanePanel& m_panel;
  const PageStyle& m_style;
};

/// Discs are strokes of no length with round ends: a thousand of them are one short object in a file.
void drawDiscs(QPainter& painter, const QColor& colour, double size, const QVector<QPointF>& places) {
  painter.setPen(QPen(colour, size, Qt::SolidLine, Qt::RoundCap));
  painter.drawPoints(places.data(), static_cast<int>(places.size()));
}

/// What sets points off from tiles and from each other. The palest colours would vanish in a white halo.
void drawHalos(QPainter& painter, const std::map<Look, QVector<QPointF>>& alike, double size) {
  constexpr int pale = 200;
  QVector<QPointF> light, dark;
  for (const auto& [look, places] : alike) {
    if (look.shape >= PointShape::plus) continue;
    (QColor(look.colour).lightness() > pale ? dark : light) << places;
  }
  drawDiscs(painter, QColor("#FFFFFF"), size, light);
  drawDiscs(painter, QColor("#6B7178"), size, dark);
}

} // namespace

void drawMarks(QPainter& painter, PointShape shape, const QColor& colour, double size,
               const QVector<QPointF>& places) {
  if (shape == PointShape::disc) return drawDiscs(painter, colour, size, places);
  constexpr double stroke = 0.2; // of the size
  const QPainterPath one = QTransform::fromScale(size, size).map(outlineOf(shape));
  QPainterPath all;
  for (const QPointF& at : places) all.addPath(one.translated(at));
  const bool lines = shape >= PointShape::plus || isOpen(shape);
  painter.setPen(lines ? QPen(colour, stroke * size, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin)
                       : QPen(Qt::NoPen));
  if (lines)
    painter.setBrush(isOpen(shape) ? QBrush(Qt::white) : QBrush(Qt::NoBrush));
  else
    painter.setBrush(colour);
  all.setFillRule(Qt::WindingFill); // where two marks meet there is no hole
  painter.drawPath(all);
  painter.setBrush(Qt::NoBrush);
}

/// A chunk at a time, halos first, so that no class lies over all others only because it comes last; what is
/// pale lies below everything.
void drawPoints(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style) {
  constexpr size_t chunk = 400;
  const auto count = panel.pointX.size();
  const double few = std::pow(400.0 / static_cast<double>(std::max<size_t>(count, 1)), 0.28);
  const double shapes =
      style.greyscale && panel.pointValue.empty() ? 1.35 : 1; // which are read, not only seen
  constexpr double standardCurve = 0.9; // points; where lines are thicker to be seen from afar, so are points
  const double diameter = shapes * style.curve / standardCurve * std::clamp(2.6 * few, 1.05, 2.6);
  const double halo = 0.3 * diameter; // of both sides together
  const Looks lookOf(panel, style);
  painter.save();
  painter.setOpacity(panel.pointOpacity);
  for (const bool faded : {true, false}) {
    for (size_t begin = 0; begin < count; begin += chunk) {
      std::map<Look, QVector<QPointF>> alike;
      for (size_t i = begin; i < std::min(begin + chunk, count); ++i) {
        const double x = panel.pointX[i], y = panel.pointY[i];
        if (!(x >= panel.rect.left && x <= panel.rect.right && y >= panel.rect.lower &&
              y <= panel.rect.upper))
          continue;
        if (lookOf.isFaded(i) != faded) continue;
        const PlanePoint at = frame.toPixel({x, y});
        alike[lookOf(i)] << QPointF(at.x, at.y);
      }
      if (!faded) drawHalos(painter, alike, diameter + halo);
      for (const auto& [look, places] : alike)
        drawMarks(painter, look.shape, QColor(look.colour), diameter, places);
    }
  }
  painter.restore();
}

} // namespace latent::ui
