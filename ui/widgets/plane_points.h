// The encoded points of the plane: drawing, medians of their classes, picking.
#pragma once

#include "core/base/plane_frame.h"
#include "ui/widgets/latent_plane.h"

#include <QImage>
#include <QPolygonF>

#include <optional>
#include <vector>

namespace latent::ui {

struct ThemeColours;

struct PlaneClass {
  int64_t label = 0;
  QString name;      ///< of the data set, or the number
  PlanePoint median; ///< of each coordinate over the points of the class
};

class PointCloud {
 public:
  /// False, and nothing changes, when x and y differ in length. Labels, values and filters of another length
  /// count as absent.
  bool set(const PlanePoints& points);
  void setSelection(const std::vector<int>& points); ///< indices out of range are dropped
  void setIsolated(std::optional<int64_t> label) { m_isolated = label; }

  bool empty() const { return m_points.x.empty(); }
  /// That have points, ascending label; none while points are coloured by numbers.
  const std::vector<PlaneClass>& classes() const { return m_classes; }
  const PlanePoints& points() const { return m_points; }
  bool colouredByNumber() const { return m_points.values && m_points.values->size() == m_points.x.size(); }
  int64_t label(int point) const; ///< -1 unknown
  QString className(int64_t label) const;

  /// Premultiplied image of the frame's size in device pixels: discs in their class's colour with a halo of
  /// one widget pixel; faded ones lie below.
  QImage paint(const PlaneFrame& frame, double scale, const ThemeColours& theme) const;

  /// Nearest point within `radius` widget pixels, -1 if none. Points faded by an isolated class cannot be
  /// picked.
  int nearest(const PlaneFrame& frame, const QPointF& pixel, double radius) const;
  /// Points drawn inside a rectangle of widget pixels.
  size_t countIn(const PlaneFrame& frame, const QRectF& rect) const;
  /// Points inside a polygon of widget pixels, ascending; again without those faded by an isolated class.
  std::vector<int> inside(const PlaneFrame& frame, const QPolygonF& polygon) const;

 private:
  bool ofIsolated(int point) const { return !m_isolated || label(point) == *m_isolated; }
  bool kept(int point) const;
  bool canBePicked(int point) const { return kept(point) && ofIsolated(point); }
  int64_t colourKey(int point) const; ///< of a stamp: the class, or a step of the colour bar
  bool faded(int point) const;
  bool labelled() const { return m_points.labels && m_points.labels->size() == m_points.x.size(); }

  PlanePoints m_points;
  std::vector<PlaneClass> m_classes;
  std::vector<char> m_selected; ///< empty = no selection, else one a point
  std::optional<int64_t> m_isolated;
};

} // namespace latent::ui
