// Numbers given on a grid over the plane (density, magnification) as colours or contours, and the bar that
// says which colour is which number.
#pragma once

#include "core/base/plane_frame.h"

#include <QImage>
#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace latent::ui {

struct ThemeColours;

/// Values at the centres of the cells of a grid.
struct PlaneField {
  TileGrid grid;
  std::vector<float> values; ///< [rows, columns], row 0 = lowest
  QString name;              ///< beside the colour bar
};

/// Lowest and highest finite value; equal where there are none or all are the same.
struct FieldRange {
  double low = 0, high = 0;
};
FieldRange rangeOf(const PlaneField& field);

/// One pixel a cell, in viridis over `range`; premultiplied, row 0 of the grid at the bottom. `veil`: the
/// lower a value, the more is seen through it. Cells that are no numbers are empty. Null for a field whose
/// sizes disagree.
QImage composeField(const PlaneField& field, const FieldRange& range, bool veil);
/// Smooth between the centres of the cells.
void drawField(QPainter& painter, const QImage& image, const PlaneRect& rect, const PlaneFrame& frame);

/// Where the field, linear between the centres of its cells, takes a value: pieces of two ends, in plane
/// coordinates.
std::vector<QPolygonF> contourOf(const PlaneField& field, double level);
/// The given number of contours at equal steps between 0 and the highest value.
void drawContours(QPainter& painter, const PlaneField& field, const FieldRange& range, int count,
                  const PlaneFrame& frame, const ThemeColours& theme);

/// A bar of colours with its two numbers and a name, its lower right corner at `corner`; returns its place.
QRectF drawColourBar(QPainter& painter, const QPointF& corner, const QString& name, const FieldRange& range,
                     const ThemeColours& theme);

} // namespace latent::ui
