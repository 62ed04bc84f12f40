// The gestures and keys of the time strip: where a hand moves it.
#include "ui/widgets/time_strip.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

namespace latent::ui {

void TimeStrip::moveTo(std::optional<int64_t> step) {
  if (step == m_current) return;
  setCurrent(step);
  emit moved(step);
}

void TimeStrip::moveToPlace(int place) {
  const int count = static_cast<int>(m_steps.size());
  place = std::max(place, 0);
  moveTo(place >= count ? std::nullopt : std::optional<int64_t>(m_steps[static_cast<size_t>(place)]));
}

void TimeStrip::previous() {
  if (m_steps.empty()) return;
  int place = currentPlace();
  if (!m_current) { // from live to the newest snapshot that looks different
    const auto below = std::lower_bound(m_steps.begin(), m_steps.end(), m_liveStep);
    place = below == m_steps.begin() ? 1 : static_cast<int>(below - m_steps.begin());
  }
  do --place;
  while (isDamaged(place));
  if (place >= 0) moveToPlace(place);
}

void TimeStrip::next() {
  if (!m_current) return;
  int place = currentPlace() + 1;
  while (isDamaged(place)) ++place;
  moveToPlace(place);
}

void TimeStrip::goLive() {
  moveTo(std::nullopt);
}

void TimeStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_dragging) {
    event->ignore();
    return;
  }
  if (returnRect().contains(event->position())) {
    goLive();
    return;
  }
  m_dragging = true;
  m_before = m_current;
  emit gestureStarted();
  moveToPlace(placeAt(event->position().x()));
}

void TimeStrip::mouseMoveEvent(QMouseEvent* event) {
  if (m_dragging) {
    const int place = placeAt(event->position().x());
    if (!isDamaged(place)) moveToPlace(place);
  } else {
    setCursor(returnRect().contains(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
  }
}

void TimeStrip::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !m_dragging) return;
  m_dragging = false;
  emit gestureFinished();
}

void TimeStrip::wheelEvent(QWheelEvent* event) {
  // Away from the person is later, as on a slider.
  const int delta = event->angleDelta().y();
  if (delta == 0) {
    event->ignore();
    return;
  }
  event->accept();
  delta > 0 ? next() : previous();
}

void TimeStrip::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) {
    event->ignore();
    return;
  }
  switch (event->key()) {
  case Qt::Key_Left:
    previous();
    break;
  case Qt::Key_Right:
    next();
    break;
  case Qt::Key_Home: {
    int first = 0;
    while (isDamaged(first)) ++first;
    moveToPlace(first);
    break;
  }
  case Qt::Key_End:
  case Qt::Key_L:
    goLive();
    break;
  case Qt::Key_Escape:
    if (m_dragging) {
      m_dragging = false;
      moveTo(m_before);
      emit gestureFinished();
      break;
    }
    [[fallthrough]];
  default:
    event->ignore();
  }
}

bool TimeStrip::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int place = placeAt(help->pos().x());
  QString text = place < static_cast<int>(m_steps.size()) ? placeText(m_steps[static_cast<size_t>(place)])
                                                          : tr("The newest weights. L returns here.");
  if (place < static_cast<int>(m_steps.size())) text += laneText(timeAt(place));
  if (isDamaged(place)) text += QStringLiteral("\n") + tr("Its file could not be read. A click tries again.");
  QToolTip::showText(help->globalPos(), text, this);
  return true;
}

} // namespace latent::ui
