// What LatentPlane keeps: the layers it was given, what is cached of them, and the gesture that is going on.
#pragma once

#include "ui/widgets/class_legend.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/plane_points.h"

#include <QPolygonF>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace latent::ui {

/// Beyond these a pixel is less than a float's spacing, or the data less than a pixel.
inline constexpr double leastUnitsPerPixel = 1e-6, mostUnitsPerPixel = 1e3;

struct ThemeColours;

enum class PlaneGesture { none, cursor, keys, pan, lasso };

struct LatentPlane::Impl {
  explicit Impl(LatentPlane* owner) : plane(owner), legend(new ClassLegend(owner)) {}

  LatentPlane* plane;
  ClassLegend* legend; ///< a child widget
  QTimer settle;

  PlaneFrame frame;
  PlaneRect home;
  bool frameChosen = false; ///< until somebody moves the frame, it follows home and size
  QString xLabel = QStringLiteral("z1"), yLabel = QStringLiteral("z2");

  TileGrid tileGrid;
  QImage tiles;
  PointCloud points;
  std::vector<double> rings;
  PlanePoint ringCentre;
  std::optional<PlanePoint> priorMean;
  std::optional<PlaneField> density, magnification;
  FieldRange densityRange, magnificationRange;
  QImage densityImage, magnificationImage; ///< one pixel a cell
  std::optional<PlaneEllipse> ellipse;
  std::vector<PlaneEllipse> ellipses;
  std::optional<PlanePoint> cursor, subject;
  PlanePoint spread{1, 1};
  PlaneLayers layers;
  std::optional<int64_t> isolated;
  QString notice;
  QStringList notes;
  std::function<QString(int)> pointWords;
  bool pointsFaded = false, hasSelection = false, linked = false;
  Qt::Corner legendCorner = Qt::TopRightCorner;

  // Caches, null = to be drawn again. The backdrop holds all but ellipse, marks and notice.
  QImage cloud, backdrop;

  PlaneGesture gesture = PlaneGesture::none;
  Qt::MouseButton button = Qt::NoButton; ///< that began the gesture
  std::optional<PlanePoint> cursorBefore;
  PlaneFrame frameBefore;
  QPointF last;
  QPolygonF lasso;
  bool spaceHeld = false, pointsHidden = false;

  bool showsPoints() const { return layers.points && !pointsHidden && !points.empty(); }
  void dropBackdrop() {
    backdrop = {};
    plane->update();
  }
  void dropCloud() {
    cloud = {};
    dropBackdrop();
  }
  QPointF pixelOf(PlanePoint z) const {
    const PlanePoint p = frame.toPixel(z);
    return {p.x, p.y};
  }
  double allowedZoom(double factor) const {
    const double scale = frame.unitsPerPixel();
    return std::clamp(factor, scale / mostUnitsPerPixel, scale / leastUnitsPerPixel);
  }
  void drawBackdrop(double scale);
  void drawColourBars(QPainter& painter, const ThemeColours& theme) const;
  void updateMark(const std::optional<PlanePoint>& z);
  void updateEllipse();
  void placeLegend();
  void chooseLegendCorner();
  QRect legendPlace(Qt::Corner corner) const;
  void describe();
};

inline bool finite(PlanePoint z) {
  return std::isfinite(z.x) && std::isfinite(z.y);
}

} // namespace latent::ui
