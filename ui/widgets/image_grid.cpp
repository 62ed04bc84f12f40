#include "ui/widgets/image_grid.h"

#include "ui/widgets/image_view.h"
#include "ui/widgets/pixel_scale.h"
#include "ui/widgets/theme.h"

#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace latent::ui {
namespace {

constexpr int labelWidth = 120, gap = 4, markWidth = 4, scrollWidth = 10;
constexpr double wheelNotch = 120; // eighths of a degree (Qt, QWheelEvent::angleDelta)

} // namespace

struct ImageGrid::Layout {
  QSizeF cell;               ///< widget pixels; null without images
  double rowHeight = 0;      ///< with its gap
  int rows = 0, columns = 0; ///< that fit
  int scale = 1;             ///< device pixels to an image pixel
  QRectF cellRect(int row, int column, double ratio) const {
    return {snapped({labelWidth + column * (cell.width() + gap), row * rowHeight}, ratio), cell};
  }
};

ImageGrid::ImageGrid(QWidget* parent) : QWidget(parent), m_scroll(new QScrollBar(Qt::Vertical, this)) {
  setAccessibleName(tr("Images in rows"));
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(labelWidth + 28, 28);
  m_scroll->setAccessibleName(tr("Rows"));
  m_scroll->hide();
  connect(m_scroll, &QScrollBar::valueChanged, this, [this] {
    update();
    emit scrolled();
  });
}

ImageGrid::Layout ImageGrid::layOut() const {
  Layout layout;
  const int rows = static_cast<int>(m_rows.size());
  layout.rows = rows;
  if (rows == 0) return layout;
  layout.rowHeight = (height() + gap) / static_cast<double>(rows);
  QSize image;
  size_t columns = 0;
  for (const auto& row : m_pixels) {
    columns = std::max(columns, row.size());
    for (const QImage& pixels : row) image = image.expandedTo(pixels.size());
  }
  if (image.isEmpty()) return layout;
  const double ratio = devicePixelRatioF();
  layout.scale = integerScale(image, QSizeF(width() - labelWidth, layout.rowHeight - gap), ratio);
  layout.cell = scaledSize(image, layout.scale, ratio);
  // Not less than the tallest image: rows that do not fit scroll.
  layout.rowHeight = layout.cell.height() + gap;
  layout.rows = std::clamp(static_cast<int>((height() + gap) / layout.rowHeight + 1e-6), 1, rows);
  const int room = width() - labelWidth - (layout.rows < rows ? scrollWidth + gap : 0);
  const int fitting = static_cast<int>(std::floor((room + gap) / (layout.cell.width() + gap) + 1e-6));
  layout.columns = std::clamp(fitting, 0, static_cast<int>(columns));
  return layout;
}

void ImageGrid::setRows(const std::vector<ImageRow>& rows) {
  m_rows = rows;
  m_pixels.clear();
  for (const ImageRow& row : rows) {
    auto& pixels = m_pixels.emplace_back();
    for (const Image& image : row.images) pixels.push_back(toQImage(image));
  }
  QStringList labels;
  for (const ImageRow& row : rows) labels << row.label;
  setAccessibleDescription(labels.join(QStringLiteral(", ")));
  adapt();
}

void ImageGrid::adapt() {
  update();
  const Layout layout = layOut();
  const int columns = layout.columns, hidden = static_cast<int>(m_rows.size()) - layout.rows;
  m_scroll->setRange(0, hidden);
  m_scroll->setPageStep(std::max(1, layout.rows - 1));
  m_scroll->setVisible(hidden > 0);
  const int top = static_cast<int>(layout.rowHeight); // beside the rows that move
  m_scroll->setGeometry(width() - scrollWidth, top, scrollWidth, height() - top);
  if (columns == m_columnsShown) return;
  m_columnsShown = columns;
  emit columnsShownChanged(columns);
}

void ImageGrid::setCurrentColumn(int column) {
  if (column == m_current) return;
  m_current = column;
  update();
}

int ImageGrid::columnsShown() const {
  return m_columnsShown;
}

int ImageGrid::sourceRow(int place) const {
  return place == 0 ? 0 : place + m_scroll->value();
}

bool ImageGrid::isRowShown(int row) const {
  const int place = row == 0 ? 0 : row - m_scroll->value();
  return row >= 0 && (row == 0 || place > 0) && place < layOut().rows;
}

int ImageGrid::columnAt(const QPointF& pixel) const {
  const Layout layout = layOut();
  const double bottom = layout.rows * layout.rowHeight;
  if (pixel.x() < labelWidth || pixel.y() < 0 || pixel.y() >= bottom) return -1;
  for (int column = 0; column < layout.columns; ++column) {
    const QRectF cell = layout.cellRect(0, column, devicePixelRatioF());
    if (pixel.x() >= cell.left() && pixel.x() < cell.right()) return column;
  }
  return -1;
}

QSize ImageGrid::sizeHint() const {
  return {920, 176};
}

void ImageGrid::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  const Layout layout = layOut();
  const double ratio = devicePixelRatioF();
  QPainter painter(this);
  const QFontMetrics textMetrics(textFont()), captionMetrics(captionFont());
  for (int index = 0; index < layout.rows; ++index) {
    const auto i = static_cast<size_t>(sourceRow(index));
    const ImageRow& row = m_rows[i];
    const double top = index * layout.rowHeight, height = layout.rowHeight - gap;
    if (row.mark.isValid()) painter.fillRect(QRectF(0, top, markWidth, height), row.mark);
    const int textLeft = row.mark.isValid() ? markWidth + 8 : 0, room = labelWidth - textLeft - 8;
    const int lines = row.note.isEmpty() ? 18 : 34;
    const double first = top + std::max(0.0, (height - lines) / 2);
    painter.setFont(textFont());
    painter.setPen(theme.text);
    painter.drawText(QRectF(textLeft, first, room, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     textMetrics.elidedText(row.label, Qt::ElideRight, room));
    painter.setFont(captionFont());
    painter.setPen(theme.muted);
    painter.drawText(QRectF(textLeft, first + 18, room, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     captionMetrics.elidedText(row.note, Qt::ElideRight, room));
    if (!row.error.isEmpty()) {
      painter.setFont(textFont());
      painter.setPen(theme.error);
      painter.drawText(QRectF(labelWidth, top, width() - labelWidth, height),
                       Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, row.error);
      continue;
    }
    const auto& images = m_pixels[i];
    for (int column = 0; column < std::min(layout.columns, static_cast<int>(images.size())); ++column) {
      const QRectF cell = layout.cellRect(index, column, ratio);
      const QImage& image = images[static_cast<size_t>(column)];
      if (image.isNull()) {
        painter.fillRect(cell, theme.hover);
      } else {
        const QSizeF size = scaledSize(image.size(), layout.scale, ratio); // a smaller one in the middle
        const QPointF corner(cell.center().x() - size.width() / 2, cell.center().y() - size.height() / 2);
        painter.drawImage(QRectF(snapped(corner, ratio), size), image);
      }
    }
  }
  if (m_current >= 0 && m_current < layout.columns) {
    const QRectF top = layout.cellRect(0, m_current, ratio);
    const QRectF bottom = layout.cellRect(layout.rows - 1, m_current, ratio);
    painter.setPen(QPen(theme.accent, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(top.united(bottom).adjusted(-1, 1, 1, -1));
  }
  if (hasFocus()) {
    painter.setPen(QPen(theme.accent, 1, Qt::DotLine));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
  }
}

void ImageGrid::mousePressEvent(QMouseEvent* event) {
  const int column = event->button() == Qt::LeftButton ? columnAt(event->position()) : -1;
  if (column >= 0) {
    emit columnClicked(column);
  } else {
    event->ignore();
  }
}

void ImageGrid::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  adapt();
}

void ImageGrid::keyPressEvent(QKeyEvent* event) {
  int column = 0;
  switch (event->key()) {
  case Qt::Key_Up:
    m_scroll->triggerAction(QAbstractSlider::SliderSingleStepSub);
    return;
  case Qt::Key_Down:
    m_scroll->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    return;
  case Qt::Key_PageUp:
    m_scroll->triggerAction(QAbstractSlider::SliderPageStepSub);
    return;
  case Qt::Key_PageDown:
    m_scroll->triggerAction(QAbstractSlider::SliderPageStepAdd);
    return;
  case Qt::Key_Left:
    column = m_current < 0 ? 0 : m_current - 1;
    break;
  case Qt::Key_Right:
    column = m_current + 1;
    break;
  case Qt::Key_Home:
    column = 0;
    break;
  case Qt::Key_End:
    column = m_columnsShown - 1;
    break;
  default:
    QWidget::keyPressEvent(event);
    return;
  }
  column = std::clamp(column, 0, std::max(0, m_columnsShown - 1));
  if (m_columnsShown > 0 && column != m_current) emit columnClicked(column);
}

void ImageGrid::wheelEvent(QWheelEvent* event) {
  if (!m_scroll->isVisible()) {
    event->ignore();
    return;
  }
  m_wheel += event->angleDelta().y() / wheelNotch;
  const int rows = static_cast<int>(m_wheel);
  m_wheel -= rows;
  m_scroll->setValue(m_scroll->value() - rows);
}

/// Labels may be elided: the tooltip has them whole.
bool ImageGrid::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const Layout layout = layOut();
  const int row = layout.rowHeight > 0 ? static_cast<int>(help->pos().y() / layout.rowHeight) : -1;
  if (row < 0 || row >= layout.rows) {
    QToolTip::hideText();
    event->ignore();
    return true;
  }
  const ImageRow& shown = m_rows[static_cast<size_t>(sourceRow(row))];
  QString text = shown.note.isEmpty() ? shown.label : shown.label + QLatin1Char('\n') + shown.note;
  if (columnAt(help->pos()) >= 0)
    text += QLatin1Char('\n') + tr("A click takes this column's input as Input x.");
  QToolTip::showText(help->globalPos(), text, this);
  return true;
}

} // namespace latent::ui
