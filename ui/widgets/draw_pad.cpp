#include "ui/widgets/draw_pad.h"

#include "ui/widgets/image_view.h"
#include "ui/widgets/pixel_scale.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr double penWidth = 0.075;     ///< of the pad's side
constexpr float shortestMove = 0.004F; ///< of the pad's side: a resting hand adds no points
constexpr int previewSide = 64;        ///< px at most
constexpr int margin = 8;

QPainterPath pathOf(const InkStroke& stroke, const QRectF& paper) {
  const auto place = [&](const InkPoint& point) {
    return QPointF(paper.x() + paper.width() * static_cast<double>(point.x),
                   paper.y() + paper.height() * static_cast<double>(point.y));
  };
  QPainterPath path(place(stroke.front()));
  for (const InkPoint& point : stroke) path.lineTo(place(point));
  return path;
}

} // namespace

DrawPad::DrawPad(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::CrossCursor);
  setAccessibleName(tr("Drawing pad"));
  redraw();
}

void DrawPad::setShape(const ImageShape& shape) {
  if (shape == m_shape) return;
  m_shape = shape;
  redraw();
}

void DrawPad::setStrokes(std::vector<InkStroke> strokes) {
  if (strokes == m_strokes) return;
  m_strokes = std::move(strokes);
  redraw();
}

QSize DrawPad::sizeHint() const {
  return {280, 280};
}

QRectF DrawPad::paper() const {
  const double side = std::min(width(), height());
  return {(width() - side) / 2, (height() - side) / 2, side, side};
}

InkPoint DrawPad::pointAt(const QPointF& position) const {
  const QRectF area = paper();
  const auto part = [](double from, double size, double at) {
    return static_cast<float>(std::clamp((at - from) / size, 0.0, 1.0));
  };
  return {part(area.x(), area.width(), position.x()), part(area.y(), area.height(), position.y())};
}

void DrawPad::redraw() {
  m_image = renderInk(m_strokes, m_shape);
  m_preview = toQImage(m_image);
  setAccessibleDescription(
      tr("Strokes: %1. Draw with the pointer; Ctrl+Z takes the last one away.").arg(m_strokes.size()));
  update();
}

void DrawPad::undoStroke() {
  if (m_strokes.empty() || m_drawing) return;
  m_strokes.pop_back();
  takeAway();
}

void DrawPad::clear() {
  if (m_strokes.empty() || m_drawing) return;
  m_strokes.clear();
  takeAway();
}

void DrawPad::takeAway() {
  redraw();
  emit changed(m_image);
  emit edited();
}

void DrawPad::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  setFocus(Qt::MouseFocusReason);
  m_drawing = true;
  emit strokeStarted();
  m_strokes.push_back({pointAt(event->position())});
  redraw();
  emit changed(m_image);
}

void DrawPad::mouseMoveEvent(QMouseEvent* event) {
  if (!m_drawing) return event->ignore();
  const InkPoint point = pointAt(event->position());
  const InkPoint& last = m_strokes.back().back();
  if (std::max(std::abs(point.x - last.x), std::abs(point.y - last.y)) < shortestMove) return;
  m_strokes.back().push_back(point);
  redraw();
  emit changed(m_image);
}

void DrawPad::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !m_drawing) return event->ignore();
  m_drawing = false;
  emit strokeFinished();
}

// These keys are the pad's while it has the focus, not those of the window.
bool DrawPad::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Undo) || key->key() == Qt::Key_Escape) {
      event->accept();
      return true;
    }
  }
  return QWidget::event(event);
}

void DrawPad::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Undo)) {
    undoStroke();
  } else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
    clear();
  } else if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_D) {
    emit leaveRequested();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void DrawPad::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF area = paper();
  painter.fillRect(area, Qt::black); // the ground of the images, in either theme
  painter.setPen(QPen(Qt::white, penWidth * area.width(), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setClipRect(area);
  for (const InkStroke& stroke : m_strokes) painter.drawPath(pathOf(stroke, area));
  painter.setClipping(false);
  if (m_strokes.empty()) {
    painter.setFont(textFont());
    painter.setPen(QColor(0xA4, 0xAB, 0xB3));
    painter.drawText(area.adjusted(12, 8, -12, -8), Qt::AlignCenter | Qt::TextWordWrap, tr("Draw here"));
  } else if (!m_preview.isNull() && area.width() >= 3 * previewSide) {
    const double ratio = devicePixelRatioF();
    const QSizeF size = scaledSize(m_preview.size(),
                                   integerScale(m_preview.size(), {previewSide, previewSide}, ratio), ratio);
    const QRectF box(area.right() - margin - size.width(), area.bottom() - margin - size.height(),
                     size.width(), size.height());
    painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(0xA4, 0xAB, 0xB3));
    painter.drawImage(box, m_preview);
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(hasFocus() ? theme.accent : theme.line, hasFocus() ? 2 : 1));
  painter.drawRect(area.adjusted(1, 1, -1, -1));
}

} // namespace latent::ui
