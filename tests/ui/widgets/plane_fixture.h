// Real events and small scenes for the tests of the plane.
#pragma once

#include "ui/widgets/latent_plane.h"

#include <QApplication>
#include <QImage>
#include <QMouseEvent>
#include <QWheelEvent>

#include <memory>

namespace latent::ui {

inline void sendMouse(QWidget& widget, QEvent::Type type, const QPointF& pixel, Qt::MouseButton button,
                      Qt::MouseButtons held, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  QMouseEvent event(type, pixel, widget.mapToGlobal(pixel), button, held, modifiers);
  QApplication::sendEvent(&widget, &event);
}
inline void press(QWidget& widget, const QPointF& pixel, Qt::MouseButton button = Qt::LeftButton,
                  Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  sendMouse(widget, QEvent::MouseButtonPress, pixel, button, button, modifiers);
}
inline void moveHeld(QWidget& widget, const QPointF& pixel, Qt::MouseButton button = Qt::LeftButton,
                     Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  sendMouse(widget, QEvent::MouseMove, pixel, Qt::NoButton, button, modifiers);
}
inline void release(QWidget& widget, const QPointF& pixel, Qt::MouseButton button = Qt::LeftButton,
                    Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  sendMouse(widget, QEvent::MouseButtonRelease, pixel, button, Qt::NoButton, modifiers);
}
inline void doubleClick(QWidget& widget, const QPointF& pixel) {
  press(widget, pixel);
  release(widget, pixel);
  sendMouse(widget, QEvent::MouseButtonDblClick, pixel, Qt::LeftButton, Qt::LeftButton);
  release(widget, pixel);
}
inline void turnWheel(QWidget& widget, const QPointF& pixel, int angle) {
  QWheelEvent event(pixel, widget.mapToGlobal(pixel), {}, {0, angle}, Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QApplication::sendEvent(&widget, &event);
}

/// Black tiles of `side` x `side` pixels, one of them white.
inline PlaneTiles oneWhiteTile(const TileGrid& tileGrid, int side, int row, int column) {
  PlaneTiles tiles{tileGrid, {1, side, side}, {}};
  const size_t each = static_cast<size_t>(side) * side;
  tiles.pixels.assign(each * tileGrid.rows * tileGrid.columns, 0);
  std::fill_n(tiles.pixels.begin() + static_cast<std::ptrdiff_t>(each * (row * tileGrid.columns + column)),
              each, 255);
  return tiles;
}

/// Points at the given places with labels 0, 1, 2 ... by `labels`.
inline PlanePoints pointsAt(const std::vector<PlanePoint>& places, std::vector<int64_t> labels = {}) {
  PlanePoints points;
  for (const PlanePoint& p : places) {
    points.x.push_back(static_cast<float>(p.x));
    points.y.push_back(static_cast<float>(p.y));
  }
  if (!labels.empty()) points.labels = std::make_shared<const std::vector<int64_t>>(std::move(labels));
  return points;
}

/// Bounding rectangle of the pixels that `wanted` accepts; null if there are none.
template<class Wanted>
QRect boundsOf(const QImage& image, Wanted wanted) {
  QRect bounds;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      if (wanted(image.pixelColor(x, y))) bounds |= QRect(x, y, 1, 1);
  return bounds;
}

} // namespace latent::ui
