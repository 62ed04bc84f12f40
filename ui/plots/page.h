// The panels of a figure on a page, in units of a twentieth of a point. Private to ui/plots.
#pragma once

#include "core/figure/figure.h"
#include "ui/plots/axis_style.h"

#include <QFont>
#include <QRectF>

namespace latent::ui {

inline constexpr double unitsPerPoint = 20;
inline constexpr double unitsPerMm = unitsPerPoint * 72 / 25.4;

/// Fonts and line widths of a page, all in units.
struct PageStyle {
  explicit PageStyle(const Figure& figure, double dotsPerUnit = 0);

  AxisStyle axes;
  QFont font, headingFont;
  double em;      ///< size of the text
  double curve;   ///< width of a curve
  double hair;    ///< width of a thin line
  bool greyscale; ///< Figure::greyscale; series, images, bars and cells are grey already (inGreys)
  bool smooth;    ///< Figure::smooth
  /// Device dots a unit where the device has dots (png), else 0: images are then drawn at whole dots a pixel.
  double dotsPerUnit;
};

/// Dots a side into which an image pixel of so many units is interpolated; 1 where pixels are drawn as they
/// are. `side` is the picture's larger one in image pixels.
int enlargement(double unitsPerPixel, int side, const PageStyle& style);

/// The height that a panel wants at this width.
double preferredHeight(const CurvesPanel& panel, double width, const PageStyle& style);
double preferredHeight(const PlanePanel& panel, double width, const PageStyle& style);
double preferredHeight(const ImagesPanel& panel, double width, const PageStyle& style);
double preferredHeight(const CellsPanel& panel, double width, const PageStyle& style);
double preferredHeight(const BarsPanel& panel, double width, const PageStyle& style);

/// How the samples of a series are marked.
QCPScatterStyle sampleStyle(const FigureSeries& series, const PageStyle& style);

void drawPanel(QCPPainter& painter, const QRectF& cell, const CurvesPanel& panel, const PageStyle& style);
void drawPanel(QCPPainter& painter, const QRectF& cell, const PlanePanel& panel, const PageStyle& style);
void drawPanel(QCPPainter& painter, const QRectF& cell, const ImagesPanel& panel, const PageStyle& style);
void drawPanel(QCPPainter& painter, const QRectF& cell, const CellsPanel& panel, const PageStyle& style);
void drawPanel(QCPPainter& painter, const QRectF& cell, const BarsPanel& panel, const PageStyle& style);

/// Draws a panel's title at the top of its cell and returns what is left below.
QRectF drawTitle(QPainter& painter, const QRectF& cell, const std::string& title, const PageStyle& style);
double titleHeight(const std::string& title, const PageStyle& style);

} // namespace latent::ui
