#include "ui/widgets/image_view.h"

#include "ui/widgets/pixel_scale.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

int toByte(float value) {
  return value > 0 ? static_cast<int>(std::lround(std::min(value, 1.0f) * 255)) : 0; // NaN is black
}

} // namespace

QImage toQImage(const Image& image) {
  const ImageShape& shape = image.shape;
  if (shape.width <= 0 || shape.height <= 0 || (shape.channels != 1 && shape.channels != 3)) return {};
  if (static_cast<int64_t>(image.pixels.size()) != shape.pixels()) return {};
  QImage pixels(shape.width, shape.height, QImage::Format_RGB32);
  if (pixels.isNull()) return {};
  const int64_t plane = int64_t{shape.height} * shape.width;
  const int64_t green = shape.channels == 3 ? plane : 0, blue = 2 * green;
  const float* value = image.pixels.data();
  for (int y = 0; y < shape.height; ++y) {
    auto* line = reinterpret_cast<QRgb*>(pixels.scanLine(y));
    for (int x = 0; x < shape.width; ++x, ++value)
      line[x] = qRgb(toByte(value[0]), toByte(value[green]), toByte(value[blue]));
  }
  return pixels;
}

ImageView::ImageView(QWidget* parent) : QWidget(parent) {
  setCaption(tr("Image"));
  setMinimumSize(28, 28);
}

void ImageView::setImage(const Image& image) {
  m_error.clear();
  m_image = image;
  m_pixels = toQImage(image);
  describe();
  update();
}

void ImageView::setError(const QString& text) {
  if (text == m_error) return;
  m_error = text;
  describe();
  update();
}

void ImageView::setPlaceholder(const QString& text) {
  if (text == m_placeholder) return;
  m_placeholder = text;
  describe();
  update();
}

void ImageView::setCaption(const QString& text) {
  setAccessibleName(text);
  setToolTip(text);
}

void ImageView::setClickable(bool clickable) {
  m_clickable = clickable;
  setFocusPolicy(clickable ? Qt::TabFocus : Qt::NoFocus);
  clickable ? setCursor(Qt::PointingHandCursor) : unsetCursor();
}

void ImageView::describe() {
  QString text = m_error;
  if (text.isEmpty() && m_pixels.isNull()) text = m_placeholder;
  if (text.isEmpty()) text = tr("%1 by %2 pixels").arg(m_pixels.width()).arg(m_pixels.height());
  setAccessibleDescription(text);
}

QSize ImageView::sizeHint() const {
  return {280, 280};
}

int ImageView::scale() const {
  return integerScale(m_pixels.size(), size(), devicePixelRatioF());
}

void ImageView::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  QRectF area = rect();
  if (m_pixels.isNull()) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.ground);
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
  } else {
    const double ratio = devicePixelRatioF();
    const QSizeF size = scaledSize(m_pixels.size(), scale(), ratio);
    area = QRectF(snapped(QPointF(width() - size.width(), height() - size.height()) / 2, ratio), size);
    if (!m_error.isEmpty()) painter.setOpacity(0.25);
    painter.drawImage(area, m_pixels);
    painter.setOpacity(1);
  }
  const QString& text = m_error.isEmpty() ? m_placeholder : m_error;
  if (!text.isEmpty() && (m_pixels.isNull() || !m_error.isEmpty())) {
    painter.setFont(textFont());
    const QRectF box = area.adjusted(12, 8, -12, -8);
    const QRectF lines = painter.boundingRect(box, Qt::AlignCenter | Qt::TextWordWrap, text);
    const bool fits = box.contains(lines); // half a word is worse than none: who made it so small says it
    if (!m_error.isEmpty()) {
      QColor scrim = theme.panel;
      scrim.setAlphaF(0.85f);
      painter.fillRect(lines.adjusted(-8, -6, 8, 6), scrim);
    }
    painter.setPen(m_error.isEmpty() ? theme.muted : theme.error);
    if (fits || !m_error.isEmpty()) painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap, text);
  }
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRect(area.adjusted(1, 1, -1, -1));
  }
}

void ImageView::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && m_clickable) {
    emit clicked();
  } else {
    event->ignore();
  }
}

void ImageView::keyPressEvent(QKeyEvent* event) {
  const bool chosen =
      event->key() == Qt::Key_Space || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (chosen && m_clickable) {
    emit clicked();
  } else {
    QWidget::keyPressEvent(event);
  }
}

} // namespace latent::ui
