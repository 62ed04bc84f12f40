// Mouse, wheel and keys of the plane. One gesture is one undo: gestureStarted, cursorMoved ...,
// gestureFinished.
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/latent_plane_impl.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr double pickRadius = 8; ///< widget pixels around a point that a double-click accepts
constexpr double keyZoom = 1.25;
constexpr double wheelZoom = 1.2;  ///< for one notch of 120
constexpr double arrowStep = 0.05; ///< of the spread

bool isArrow(int key) {
  return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

PlanePoint toPlane(const QPointF& pixel) {
  return {pixel.x(), pixel.y()};
}

} // namespace

void LatentPlane::showPointer() {
  const bool panning = m_impl->gesture == PlaneGesture::pan;
  QWidget::setCursor(panning             ? Qt::ClosedHandCursor
                     : m_impl->spaceHeld ? Qt::OpenHandCursor
                                         : Qt::CrossCursor);
}

void LatentPlane::moveCursorTo(PlanePoint z) {
  setCursor(z);
  emit cursorMoved(z);
}

void LatentPlane::mousePressEvent(QMouseEvent* event) {
  Impl& d = *m_impl;
  if (d.gesture == PlaneGesture::keys) endGesture(true);
  if (d.gesture != PlaneGesture::none) return; // a second button does not disturb the first
  const bool left = event->button() == Qt::LeftButton;
  if (!left && event->button() != Qt::MiddleButton) {
    event->ignore(); // the right button is the window's
    return;
  }
  d.button = event->button();
  d.last = event->position();
  if (!left || d.spaceHeld) {
    d.gesture = PlaneGesture::pan;
    d.frameBefore = d.frame;
  } else if (event->modifiers() & Qt::ShiftModifier) {
    d.gesture = PlaneGesture::lasso;
    d.lasso = QPolygonF{event->position()};
  } else {
    d.gesture = PlaneGesture::cursor;
    d.cursorBefore = d.cursor;
    emit gestureStarted();
    dragTo(event->position());
  }
  showPointer();
}

void LatentPlane::dragTo(const QPointF& pixel) {
  // Outside, the point stays at the edge, where it can be seen.
  const PlanePoint inside{std::clamp(pixel.x(), 0.0, double(width())),
                          std::clamp(pixel.y(), 0.0, double(height()))};
  const PlanePoint z = m_impl->frame.toLatent(inside);
  if (m_impl->cursor != z) moveCursorTo(z);
}

void LatentPlane::mouseMoveEvent(QMouseEvent* event) {
  Impl& d = *m_impl;
  switch (d.gesture) {
  case PlaneGesture::cursor:
    dragTo(event->position());
    break;
  case PlaneGesture::pan: {
    const QPointF moved = event->position() - d.last;
    d.last = event->position();
    setFrame(d.frame.panned(moved.x(), moved.y()));
    emit frameMoved();
    break;
  }
  case PlaneGesture::lasso:
    d.lasso << event->position();
    update();
    break;
  case PlaneGesture::keys:
  case PlaneGesture::none:
    event->ignore();
    break;
  }
}

void LatentPlane::mouseReleaseEvent(QMouseEvent* event) {
  if (m_impl->gesture == PlaneGesture::none || event->button() != m_impl->button) return;
  endGesture(true);
}

void LatentPlane::endGesture(bool keep) {
  Impl& d = *m_impl;
  const PlaneGesture ended = std::exchange(d.gesture, PlaneGesture::none);
  d.button = Qt::NoButton;
  switch (ended) {
  case PlaneGesture::cursor:
  case PlaneGesture::keys:
    if (!keep && d.cursorBefore) {
      moveCursorTo(*d.cursorBefore);
    } else if (!keep) {
      setCursor(std::optional<PlanePoint>());
    }
    emit gestureFinished();
    break;
  case PlaneGesture::pan:
    if (!keep) setFrame(d.frameBefore);
    break;
  case PlaneGesture::lasso: {
    const QPolygonF path = std::exchange(d.lasso, {});
    update();
    if (keep) emit lassoed(d.showsPoints() ? d.points.inside(d.frame, path) : std::vector<int>{});
    break;
  }
  case PlaneGesture::none:
    break;
  }
  showPointer();
}

void LatentPlane::mouseDoubleClickEvent(QMouseEvent* event) {
  const bool plain =
      event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && !m_impl->spaceHeld;
  const int point = plain ? pointAt(event->position(), pickRadius) : -1;
  if (point >= 0) {
    emit pointPicked(point);
  } else {
    mousePressEvent(event); // the second of two quick presses is a press
  }
}

void LatentPlane::wheelEvent(QWheelEvent* event) {
  const double notches = event->angleDelta().y() / 120.0;
  if (notches == 0) {
    event->ignore();
    return;
  }
  event->accept();
  setFrame(
      m_impl->frame.zoomedAt(toPlane(event->position()), m_impl->allowedZoom(std::pow(wheelZoom, notches))));
  emit frameMoved();
}

void LatentPlane::stepCursor(int key, Qt::KeyboardModifiers modifiers) {
  Impl& d = *m_impl;
  if (d.gesture != PlaneGesture::none && d.gesture != PlaneGesture::keys) return; // the mouse has it
  double size = arrowStep;
  if (modifiers & Qt::ShiftModifier) size *= 10;
  if (modifiers & Qt::ControlModifier) size /= 10;
  PlanePoint z = d.cursor.value_or(d.frame.centre());
  switch (key) {
  case Qt::Key_Left:
    z.x -= size * d.spread.x;
    break;
  case Qt::Key_Right:
    z.x += size * d.spread.x;
    break;
  case Qt::Key_Up:
    z.y += size * d.spread.y;
    break;
  default:
    z.y -= size * d.spread.y;
    break; // down
  }
  if (d.gesture == PlaneGesture::none) {
    d.cursorBefore = d.cursor;
    d.gesture = PlaneGesture::keys; // until the key is released: a held key is one undo
    emit gestureStarted();
  }
  moveCursorTo(z);
}

void LatentPlane::keyPressEvent(QKeyEvent* event) {
  Impl& d = *m_impl;
  const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
  const bool bare = !(modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
  const int key = event->key();
  event->accept();
  if (key == Qt::Key_Escape && d.gesture != PlaneGesture::none) {
    endGesture(false);
    return;
  }
  if (key == Qt::Key_Escape && d.hasSelection) {
    emit lassoed({});
    return;
  }
  if (isArrow(key) && !(modifiers & (Qt::AltModifier | Qt::MetaModifier))) {
    stepCursor(key, modifiers);
    return;
  }
  if (bare && (key == Qt::Key_Plus || key == Qt::Key_Equal)) return zoomBy(keyZoom);
  if (bare && (key == Qt::Key_Minus || key == Qt::Key_Underscore)) return zoomBy(1 / keyZoom);
  if (bare && key == Qt::Key_0) return zoomToHome();
  if (bare && key == Qt::Key_Space) {
    d.spaceHeld = true;
    return showPointer();
  }
  if (bare && key == Qt::Key_H) {
    if (!d.pointsHidden) {
      d.pointsHidden = true;
      d.dropBackdrop();
    }
    return;
  }
  event->ignore(); // the window's keys
}

void LatentPlane::keyReleaseEvent(QKeyEvent* event) {
  Impl& d = *m_impl;
  const int key = event->key();
  if (event->isAutoRepeat()) {
    event->setAccepted(isArrow(key) || key == Qt::Key_H || key == Qt::Key_Space);
    return;
  }
  if (isArrow(key) && d.gesture == PlaneGesture::keys) {
    endGesture(true);
  } else if (key == Qt::Key_H && d.pointsHidden) {
    d.pointsHidden = false;
    d.dropBackdrop();
  } else if (key == Qt::Key_Space && d.spaceHeld) {
    d.spaceHeld = false;
    showPointer();
  } else {
    event->ignore();
  }
}

/// What is held is let go: the release will arrive elsewhere.
void LatentPlane::focusOutEvent(QFocusEvent* event) {
  Impl& d = *m_impl;
  d.spaceHeld = false;
  if (d.gesture == PlaneGesture::keys) endGesture(true);
  if (d.pointsHidden) {
    d.pointsHidden = false;
    d.dropBackdrop();
  }
  showPointer();
  QWidget::focusOutEvent(event);
}

} // namespace latent::ui
