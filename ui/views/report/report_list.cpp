#include "ui/views/report/report_list.h"

#include "ui/views/report/report_model.h"
#include "ui/widgets/list_row.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int rowHeight = 76, margin = 8;
constexpr QSize thumbnail(80, 60);
constexpr int scrollMs = 30, scrollStep = 8, scrollEdge = 24; // px

/// Two lines, the second one elided.
void drawTwoLines(QPainter* painter, const QRect& place, const QString& text) {
  const QFontMetrics metrics = painter->fontMetrics();
  QTextLayout layout(text, painter->font());
  layout.beginLayout();
  QTextLine line = layout.createLine();
  if (line.isValid()) line.setLineWidth(place.width());
  layout.endLayout();
  const qsizetype first = line.isValid() ? line.textLength() : text.size();
  painter->drawText(place.left(), place.top() + metrics.ascent(), text.left(first).trimmed());
  painter->drawText(place.left(), place.top() + metrics.height() + metrics.ascent(),
                    metrics.elidedText(text.mid(first).trimmed(), Qt::ElideRight, place.width()));
}

} // namespace

class ReportList::Delegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {160, std::max(rowHeight, static_cast<int>(rowHeight * textScale() * 0.9))};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const ThemeColours& theme = colours(option.widget);
    painter->save();
    paintRowGround(painter, option, theme);
    const QRect picture(
        QPoint(option.rect.x() + margin, option.rect.y() + (option.rect.height() - thumbnail.height()) / 2),
        thumbnail);
    paintPaper(painter, picture, index, theme);
    const QRect text = option.rect.adjusted(thumbnail.width() + 2 * margin + 4, 10, -margin, -8);
    painter->setFont(captionFont());
    painter->setPen(theme.muted);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignTop,
                      painter->fontMetrics().elidedText(index.data(Qt::StatusTipRole).toString(),
                                                        Qt::ElideRight, text.width()));
    const int below = painter->fontMetrics().height() + 4;
    painter->setFont(textFont());
    painter->setPen(theme.text);
    drawTwoLines(painter, text.adjusted(0, below, 0, 0), index.data().toString());
    paintRowFocus(painter, option, theme);
    painter->restore();
  }

 private:
  // White as the page, in both themes.
  static void paintPaper(QPainter* painter, const QRect& place, const QModelIndex& index,
                         const ThemeColours& theme) {
    painter->fillRect(place, Qt::white);
    const QImage image = index.data(Qt::DecorationRole).value<QImage>();
    if (!image.isNull()) {
      const QSizeF size = QSizeF(image.size()).scaled(place.size() - QSize(6, 6), Qt::KeepAspectRatio);
      painter->setRenderHint(QPainter::SmoothPixmapTransform);
      painter->drawImage(
          QRectF(QPointF(place.center()) + QPointF(0.5, 0.5) - QPointF(size.width(), size.height()) / 2,
                 size),
          image);
    } else {
      paintLines(painter, place, index.row() == 0);
    }
    painter->setPen(theme.line);
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5));
  }

  // What stands for a title page, or for a table with its three rules.
  static void paintLines(QPainter* painter, const QRect& place, bool title) {
    const QColor ink(0xB8, 0xBC, 0xC2);
    if (title) {
      painter->fillRect(QRect(place.x() + 18, place.y() + 14, 44, 4), ink.darker(130));
      for (int i = 0; i < 4; ++i)
        painter->fillRect(QRect(place.x() + 12, place.y() + 27 + 6 * i, i == 3 ? 34 : 56, 2), ink);
      return;
    }
    for (int i = 0; i < 5; ++i) {
      const bool rule = i == 0 || i == 1 || i == 4;
      painter->fillRect(QRect(place.x() + 10, place.y() + 12 + 9 * i, 60, rule ? 1 : 0), ink.darker(150));
      if (i == 4) continue;
      for (int column = 0; column < 3; ++column)
        painter->fillRect(QRect(place.x() + 12 + 21 * column, place.y() + 16 + 9 * i, 13, 2), ink);
    }
  }
};

ReportList::ReportList(QWidget* parent) : QListView(parent) {
  setItemDelegate(new Delegate(this));
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(ScrollPerPixel);
  setUniformItemSizes(true);
  setMouseTracking(true);
  setContextMenuPolicy(Qt::CustomContextMenu);
  m_scroll.setInterval(scrollMs);
  connect(&m_scroll, &QTimer::timeout, this, &ReportList::scrollAtEdge);
}

QString ReportList::currentId() const {
  return currentIndex().data(ReportModel::IdRole).toString();
}

// While a row is dragged Esc means the drag, not what the window does with it.
bool ReportList::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && m_dragged >= 0 &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    event->accept();
    return true;
  }
  return QListView::event(event);
}

bool ReportList::moveByKey(const QKeyEvent& event) {
  const int step = event.key() == Qt::Key_Up ? -1 : event.key() == Qt::Key_Down ? 1 : 0;
  if (step == 0 || !(event.modifiers() & Qt::AltModifier)) return false;
  const int place = currentIndex().row() - 1 + step;
  if (currentIndex().row() > 0 && place >= 0 && place < model()->rowCount() - 1)
    emit moveRequested(currentId(), place);
  return true;
}

void ReportList::keyPressEvent(QKeyEvent* event) {
  const bool item = !currentId().isEmpty();
  if (m_dragged >= 0 && event->key() == Qt::Key_Escape)
    endDrag();
  else if (moveByKey(*event))
    return;
  else if (item && event->key() == Qt::Key_Delete)
    emit removeRequested(currentId());
  else if (item && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
    emit openRequested(currentId());
  else if (event->key() == Qt::Key_F2)
    emit editRequested();
  else
    QListView::keyPressEvent(event);
}

void ReportList::mousePressEvent(QMouseEvent* event) {
  QListView::mousePressEvent(event);
  m_pressed = event->position().toPoint();
  m_pressedRow = event->button() == Qt::LeftButton ? indexAt(m_pressed).row() : -1;
}

void ReportList::mouseMoveEvent(QMouseEvent* event) {
  const QPoint place = event->position().toPoint();
  const bool held = event->buttons() & Qt::LeftButton && m_pressedRow > 0;
  if (held && m_dragged < 0 && (place - m_pressed).manhattanLength() >= QApplication::startDragDistance())
    beginDrag();
  if (m_dragged >= 0)
    dragTo(place);
  else if (!held)
    QListView::mouseMoveEvent(event);
}

void ReportList::mouseReleaseEvent(QMouseEvent* event) {
  if (m_dragged >= 0 && event->button() == Qt::LeftButton) {
    const QString id = model()->index(m_dragged, 0).data(ReportModel::IdRole).toString();
    const int place = (m_gap > m_dragged ? m_gap - 1 : m_gap) - 1;
    const bool moved = place != m_dragged - 1;
    endDrag();
    if (moved) emit moveRequested(id, place);
  } else {
    QListView::mouseReleaseEvent(event);
  }
  m_pressedRow = -1;
}

void ReportList::mouseDoubleClickEvent(QMouseEvent* event) {
  const QString id = indexAt(event->position().toPoint()).data(ReportModel::IdRole).toString();
  if (event->button() == Qt::LeftButton && !id.isEmpty()) emit openRequested(id);
}

void ReportList::focusOutEvent(QFocusEvent* event) {
  endDrag();
  QListView::focusOutEvent(event);
}

void ReportList::beginDrag() {
  m_dragged = m_pressedRow;
  const QRect row = visualRect(model()->index(m_dragged, 0));
  m_ghost = viewport()->grab(row.intersected(viewport()->rect()));
  m_pressed -= row.topLeft();
  viewport()->setCursor(Qt::ClosedHandCursor);
  m_scroll.start();
}

void ReportList::dragTo(const QPoint& place) {
  m_pointer = place;
  m_gap = gapAt(place.y());
  viewport()->update();
}

void ReportList::scrollAtEdge() {
  const int height = viewport()->height();
  const int step = m_pointer.y() < scrollEdge            ? -scrollStep
                   : m_pointer.y() > height - scrollEdge ? scrollStep
                                                         : 0;
  if (step == 0) return;
  verticalScrollBar()->setValue(verticalScrollBar()->value() + step);
  dragTo(m_pointer);
}

void ReportList::endDrag() {
  if (m_dragged < 0) return;
  m_dragged = m_gap = m_pressedRow = -1;
  m_ghost = {};
  m_scroll.stop();
  viewport()->unsetCursor();
  viewport()->update();
}

/// The title page stays first.
int ReportList::gapAt(int y) const {
  for (int row = 1; row < model()->rowCount(); ++row)
    if (y < visualRect(model()->index(row, 0)).center().y()) return row;
  return model()->rowCount();
}

int ReportList::gapY(int gap) const {
  const int rows = model()->rowCount();
  return gap < rows ? visualRect(model()->index(gap, 0)).top()
                    : visualRect(model()->index(rows - 1, 0)).bottom() + 1;
}

void ReportList::paintEvent(QPaintEvent* event) {
  QListView::paintEvent(event);
  if (m_dragged < 0) return;
  QPainter painter(viewport());
  const ThemeColours& theme = colours(this);
  painter.setOpacity(0.85);
  painter.drawPixmap(0, m_pointer.y() - m_pressed.y(), m_ghost);
  painter.setOpacity(1);
  const int y = std::max(1, gapY(m_gap));
  painter.setPen(QPen(theme.accent, 2));
  painter.drawLine(4, y, viewport()->width() - 4, y);
}

} // namespace latent::ui
