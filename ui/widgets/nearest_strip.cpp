#include "ui/widgets/nearest_strip.h"

#include "ui/widgets/image_view.h"
#include "ui/widgets/pixel_scale.h"
#include "ui/widgets/theme.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace latent::ui {
namespace {

constexpr double side = 56, gap = 4, edge = 2, labelHeight = 16; ///< edge: room for the focus ring

} // namespace

NearestStrip::NearestStrip(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Nearest images"));
  setFocusPolicy(Qt::TabFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  describe();
}

void NearestStrip::setItems(const std::vector<NearestItem>& items) {
  m_items = items;
  m_pixels.clear();
  for (const NearestItem& item : items) m_pixels.push_back(toQImage(item.image));
  m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(items.size()) - 1));
  describe();
  update();
}

void NearestStrip::setPlaceholder(const QString& text) {
  m_placeholder = text;
  describe();
  update();
}

void NearestStrip::describe() {
  QStringList labels;
  for (const NearestItem& item : m_items) labels << item.label;
  setAccessibleDescription(labels.isEmpty() ? m_placeholder : labels.join(QStringLiteral(", ")));
}

QSize NearestStrip::sizeHint() const {
  return {280, static_cast<int>(side + labelHeight + 2 * edge)};
}
QSize NearestStrip::minimumSizeHint() const {
  return {static_cast<int>(side + 2 * edge), sizeHint().height()};
}

int NearestStrip::itemsShown() const {
  const int fitting = static_cast<int>((width() - 2 * edge + gap) / (side + gap));
  return std::clamp(fitting, 0, static_cast<int>(m_items.size()));
}

QRectF NearestStrip::imageRect(int item) const {
  return {edge + item * (side + gap), edge, side, side};
}

int NearestStrip::itemAt(const QPointF& pixel) const {
  for (int item = 0; item < itemsShown(); ++item)
    if (imageRect(item).adjusted(0, 0, 0, labelHeight).contains(pixel)) return item;
  return -1;
}

void NearestStrip::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  painter.setFont(captionFont());
  painter.setPen(theme.muted);
  if (m_items.empty()) {
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, m_placeholder);
    return;
  }
  const double ratio = devicePixelRatioF();
  const QFontMetricsF metrics(captionFont());
  for (int item = 0; item < itemsShown(); ++item) {
    const QRectF place = imageRect(item);
    const QImage& pixels = m_pixels[static_cast<size_t>(item)];
    if (pixels.isNull()) {
      painter.fillRect(place, theme.hover);
    } else {
      const QSizeF size = scaledSize(pixels.size(), integerScale(pixels.size(), place.size(), ratio), ratio);
      painter.save();
      painter.setClipRect(place); // images wider than the place show their middle
      painter.drawImage(
          QRectF(snapped(place.center() - QPointF(size.width(), size.height()) / 2, ratio), size), pixels);
      painter.restore();
    }
    painter.setPen(theme.muted);
    const QString& label = m_items[static_cast<size_t>(item)].label;
    painter.drawText(QRectF(place.left(), place.bottom() + 2, place.width(), labelHeight - 2),
                     Qt::AlignCenter, metrics.elidedText(label, Qt::ElideRight, place.width()));
    if (hasFocus() && item == m_current) {
      painter.setPen(QPen(theme.accent, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
      painter.drawRect(place.adjusted(-1, -1, 1, 1));
    }
  }
}

void NearestStrip::mousePressEvent(QMouseEvent* event) {
  const int item = event->button() == Qt::LeftButton ? itemAt(event->position()) : -1;
  if (item < 0) {
    event->ignore();
    return;
  }
  m_current = item;
  update();
  emit clicked(m_items[static_cast<size_t>(item)].index);
}

void NearestStrip::keyPressEvent(QKeyEvent* event) {
  const int shown = itemsShown();
  switch (event->key()) {
  case Qt::Key_Left:
    m_current = std::max(0, m_current - 1);
    break;
  case Qt::Key_Right:
    m_current = std::max(0, std::min(shown - 1, m_current + 1));
    break;
  case Qt::Key_Space:
  case Qt::Key_Return:
  case Qt::Key_Enter:
    if (m_current < shown) emit clicked(m_items[static_cast<size_t>(m_current)].index);
    break;
  default:
    QWidget::keyPressEvent(event);
    return;
  }
  update();
}

bool NearestStrip::event(QEvent* event) {
  if (event->type() == QEvent::MouseMove) {
    const bool over = itemAt(static_cast<QMouseEvent*>(event)->position()) >= 0;
    setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
  }
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int item = itemAt(help->pos());
  if (item < 0) {
    QToolTip::hideText();
    event->ignore();
    return true;
  }
  const NearestItem& shown = m_items[static_cast<size_t>(item)];
  QToolTip::showText(help->globalPos(),
                     tr("Image %L1: %2. A click takes it as Input x.").arg(shown.index).arg(shown.label),
                     this);
  return true;
}

} // namespace latent::ui
