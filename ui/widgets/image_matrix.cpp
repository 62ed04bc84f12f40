#include "ui/widgets/image_matrix.h"

#include "ui/widgets/pixel_scale.h"
#include "ui/widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr double gap = 2;    // between images
constexpr double margin = 8; // below and left of them: the marks of the place

} // namespace

ImageMatrix::ImageMatrix(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Images over the latents"));
  setCursor(Qt::PointingHandCursor);
}

QSize ImageMatrix::sizeFor(int rows, int columns, const QSize& image, double scale) {
  return {static_cast<int>(std::ceil(margin + columns * (image.width() * scale + gap))),
          static_cast<int>(std::ceil(margin + rows * (image.height() * scale + gap)))};
}

int ImageMatrix::columnsFor(int width, double image) {
  return std::max(2, static_cast<int>(std::floor((width - margin) / (image + gap) + 1e-6)));
}

void ImageMatrix::setShape(int rows, int columns, const QSize& image) {
  if (rows == m_rows && columns == m_columns && image == m_image) return;
  m_rows = rows;
  m_columns = columns;
  m_image = image;
  m_images.clear();
  setAccessibleDescription(tr("%1 by %2 images").arg(columns).arg(rows));
  update();
}

void ImageMatrix::setImages(std::vector<QImage> images) {
  m_images = std::move(images);
  update();
}

void ImageMatrix::setPosition(std::optional<QPointF> place) {
  if (place == m_place) return;
  m_place = place;
  update();
}

void ImageMatrix::setError(const QString& text) {
  if (text == m_error) return;
  m_error = text;
  update();
}

int ImageMatrix::scale() const {
  if (m_rows < 1 || m_columns < 1) return 1;
  const QSize all(m_image.width() * m_columns, m_image.height() * m_rows);
  return integerScale(all, QSizeF(width() - margin - gap * m_columns, height() - margin - gap * m_rows),
                      devicePixelRatioF());
}

QSizeF ImageMatrix::cell() const {
  return scaledSize(m_image, scale(), devicePixelRatioF());
}

QRectF ImageMatrix::cellRect(int row, int column) const {
  const QSizeF size = cell();
  const QPointF corner(margin + column * (size.width() + gap), (m_rows - 1 - row) * (size.height() + gap));
  return {snapped(corner, devicePixelRatioF()), size};
}

void ImageMatrix::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  if (!m_error.isEmpty()) {
    painter.setPen(theme.error);
    painter.setFont(textFont());
    painter.drawText(QRectF(rect()).adjusted(margin, 0, 0, 0), Qt::AlignVCenter | Qt::TextWordWrap, m_error);
    return;
  }
  for (int row = 0; row < m_rows; ++row) {
    for (int column = 0; column < m_columns; ++column) {
      const QRectF place = cellRect(row, column);
      const auto i = static_cast<size_t>(row) * static_cast<size_t>(m_columns) + static_cast<size_t>(column);
      if (i < m_images.size() && !m_images[i].isNull())
        painter.drawImage(place, m_images[i]);
      else
        painter.fillRect(place, theme.hover);
    }
  }
  if (!m_place || m_rows < 1 || m_columns < 1) return;

  // The nearest image is outlined; marks outside of the images say where exactly the point is.
  const QPointF last(m_columns - 1, m_rows - 1);
  const QPointF inside(std::clamp(m_place->x(), 0.0, last.x()), std::clamp(m_place->y(), 0.0, last.y()));
  const bool beyond = inside != *m_place;
  const QRectF nearest =
      cellRect(static_cast<int>(std::lround(inside.y())), static_cast<int>(std::lround(inside.x())));
  if (!beyond) {
    painter.setPen(QPen(theme.accent, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(nearest.adjusted(0, 0, 0, 0));
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.accent, 1.2));
  painter.setBrush(beyond ? QBrush(Qt::NoBrush) : QBrush(theme.accent));
  const QSizeF size = cell();
  const double x = margin + inside.x() * (size.width() + gap) + size.width() / 2;
  const double bottom = m_rows * (size.height() + gap) + 0.5;
  const QPointF below[] = {{x, bottom}, {x - 4, bottom + 6}, {x + 4, bottom + 6}};
  painter.drawPolygon(below, 3);
  if (m_rows == 1) return;
  const double y = (last.y() - inside.y()) * (size.height() + gap) + size.height() / 2;
  const QPointF left[] = {{margin - 1.5, y}, {margin - 7.5, y - 4}, {margin - 7.5, y + 4}};
  painter.drawPolygon(left, 3);
}

void ImageMatrix::pick(const QPointF& pixel) {
  if (m_rows < 1 || m_columns < 1) return;
  const QSizeF size = cell();
  const int column = static_cast<int>(std::floor((pixel.x() - margin + gap / 2) / (size.width() + gap)));
  const int fromTop = static_cast<int>(std::floor((pixel.y() + gap / 2) / (size.height() + gap)));
  const int right = std::clamp(column, 0, m_columns - 1);
  const int row = m_rows - 1 - std::clamp(fromTop, 0, m_rows - 1);
  if (row * m_columns + right == m_picked) return;
  m_picked = row * m_columns + right;
  emit picked(row, right);
}

void ImageMatrix::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_held) {
    event->ignore();
    return;
  }
  m_held = true;
  m_picked = -1;
  emit gestureStarted();
  pick(event->position());
}

void ImageMatrix::mouseMoveEvent(QMouseEvent* event) {
  if (m_held) pick(event->position());
}

void ImageMatrix::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !m_held) return;
  m_held = false;
  emit gestureFinished();
}

} // namespace latent::ui
