// How axes, grids and curves look: one code for the window's curves and for exported figures. Private to
// ui/plots.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QPen>

#include <qcustomplot.h>

namespace latent::ui {

/// `share` of b in a.
QColor mixed(const QColor& a, const QColor& b, double share);

struct PlotColours {
  QColor ground, text, muted, line, accent;

  static PlotColours light(); ///< of figures: EXPERIENCE's light theme on white
  static PlotColours of(const QPalette& palette);
};

/// Lengths in the units of the device: pixels in the window, twentieths of a point on a page.
struct AxisStyle {
  PlotColours colours;
  QFont tickFont, labelFont;
  double lineWidth = 1; ///< of the axis lines
  double gridWidth = 1; ///< 0 = no grid
  double tickLength = 0;
  double labelGap = 4;   ///< between axis and tick labels, and on to the axis label
  bool leftLine = false; ///< the vertical axis' own line
  int ticks = 5;         ///< about so many on an axis
};

/// Bottom and left axes, no box, no ticks on the grid.
void styleAxes(QCPAxisRect& rect, const AxisStyle& style);

/// Scale type and ticks: round numbers with a true minus sign, "12k" from 10,000 on, 1-2-5 on logarithmic
/// axes.
void setLogarithmic(QCPAxis& axis, bool logarithmic);

/// Ticks at whole numbers alone, as epochs have them. After setLogarithmic.
void setWholeTicks(QCPAxis& axis);

/// Run patterns: 0 solid, 1 dash, 2 dot, 3 dash-dot.
QPen curvePen(const QColor& colour, int pattern, double width);

/// A number as people write it: no exponent where digits do, a true minus sign.
QString numberText(double value, int significantDigits);

} // namespace latent::ui
