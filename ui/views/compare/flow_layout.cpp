#include "ui/views/compare/flow_layout.h"

#include <QWidget>

#include <algorithm>

namespace latent::ui {

FlowLayout::FlowLayout(QWidget* parent, int gap, int rowGap) : QLayout(parent), m_gap(gap), m_rowGap(rowGap) {
  setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() {
  for (QLayoutItem* item : m_items) delete item;
}

void FlowLayout::addItem(QLayoutItem* item) {
  m_items.push_back(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const {
  return index >= 0 && index < count() ? m_items[static_cast<size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
  QLayoutItem* item = itemAt(index);
  if (item) m_items.erase(m_items.begin() + index);
  return item;
}

QSize FlowLayout::minimumSize() const {
  QSize size;
  for (const QLayoutItem* item : m_items)
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  const QMargins margins = contentsMargins();
  return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  place(rect, true);
}

int FlowLayout::place(const QRect& rect, bool move) const {
  const QRect room = rect.marginsRemoved(contentsMargins());
  int x = room.left(), y = room.top(), rowHeight = 0;
  for (QLayoutItem* item : m_items) {
    if (item->isEmpty()) continue; // hidden
    const QSize size = item->sizeHint();
    if (x > room.left() && x + size.width() > room.right() + 1) {
      x = room.left();
      y += rowHeight + m_rowGap;
      rowHeight = 0;
    }
    if (move) item->setGeometry(QRect(QPoint(x, y), size));
    x += size.width() + m_gap;
    rowHeight = std::max(rowHeight, size.height());
  }
  return y + rowHeight - rect.top() + contentsMargins().bottom();
}

} // namespace latent::ui
