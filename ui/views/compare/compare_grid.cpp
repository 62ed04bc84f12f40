#include "ui/views/compare/compare_grid.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace latent::ui {

CompareGrid::CompareGrid(QWidget* parent) : QAbstractScrollArea(parent) {
  setAccessibleName(tr("Pictures to compare"));
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  viewport()->setAutoFillBackground(false);
  horizontalScrollBar()->setAccessibleName(tr("Columns"));
  verticalScrollBar()->setAccessibleName(tr("Lines"));
  horizontalScrollBar()->setFocusPolicy(Qt::NoFocus);
  verticalScrollBar()->setFocusPolicy(Qt::NoFocus);
}

void CompareGrid::setFrame(const QSize& image, std::vector<GridColumn> columns, std::vector<GridLine> lines,
                           const QString& leadTitle, int columnsInView) {
  m_image = image;
  m_columns = std::move(columns);
  m_lines = std::move(lines);
  m_leadTitle = leadTitle;
  m_columnsInView = columnsInView;
  m_cells.resize(m_lines.size());
  for (auto& cells : m_cells) cells.resize(m_columns.size());
  m_line = std::clamp(m_line, 0, std::max(0, lineCount() - 1));
  m_column = std::clamp(m_column, 0, std::max(0, columnCount() - 1));
  adapt();
  describe();
}

void CompareGrid::setCell(int line, int column, GridCell cell) {
  if (line < 0 || line >= lineCount() || column < 0 || column >= columnCount()) return;
  m_cells[static_cast<size_t>(line)][static_cast<size_t>(column)] = std::move(cell);
  viewport()->update();
  if (line == m_line && column == m_column) describe();
}

const GridCell& CompareGrid::cell(int line, int column) const {
  static const GridCell none;
  if (line < 0 || line >= lineCount() || column < 0 || column >= columnCount()) return none;
  return m_cells[static_cast<size_t>(line)][static_cast<size_t>(column)];
}

void CompareGrid::setSentence(int line, const QString& sentence) {
  if (line < 0 || line >= lineCount()) return;
  m_lines[static_cast<size_t>(line)].sentence = sentence;
  viewport()->update();
  if (line == m_line) describe();
}

void CompareGrid::setTakenColumn(int column) {
  if (column == m_takenColumn) return;
  m_takenColumn = column;
  viewport()->update();
}

void CompareGrid::setZoom(int steps) {
  if (steps == m_zoom) return;
  m_zoom = steps;
  adapt();
}

GridLayoutInput CompareGrid::layoutInput(const QSizeF& room) const {
  GridLayoutInput input;
  input.image = m_image;
  input.room = room;
  input.ratio = devicePixelRatioF();
  input.columns = columnCount();
  input.columnsInView = m_columnsInView;
  for (const GridLine& line : m_lines) {
    input.groupStarts.push_back(line.groupStart);
    input.leadImages = input.leadImages || !line.lead.isNull();
  }
  for (const GridColumn& column : m_columns) input.headImages = input.headImages || !column.image.isNull();
  input.zoom = m_zoom;
  return input;
}

// A scroll bar takes room, and beside it another scale may be the one that fits.
GridLayout CompareGrid::layoutIn(QSizeF room) const {
  const int bar = horizontalScrollBar()->sizeHint().height();
  GridLayout free(layoutInput(room));
  const bool wide = free.bodyLeft() + free.contentWidth() > room.width();
  const bool high = free.bodyTop() + free.contentHeight() > room.height() - (wide ? bar : 0);
  if (!wide && !high) return free;
  return GridLayout(layoutInput(room - QSizeF(high ? bar : 0, wide ? bar : 0)));
}

int CompareGrid::heightFor(int room) const {
  const double width = maximumViewportSize().width();
  const GridLayout layout = layoutIn(QSizeF(width, room));
  const bool wide = layout.bodyLeft() + layout.contentWidth() > width;
  const double height =
      layout.bodyTop() + layout.contentHeight() + 4 + (wide ? horizontalScrollBar()->sizeHint().height() : 0);
  return std::min(room, static_cast<int>(std::ceil(height)));
}

void CompareGrid::adapt() {
  m_layout = layoutIn(QSizeF(maximumViewportSize()));
  const QSize room = viewport()->size();
  const double bodyWidth = room.width() - m_layout.bodyLeft(),
               bodyHeight = room.height() - m_layout.bodyTop();
  const auto range = [](QScrollBar* bar, double content, double visible, double pitch) {
    bar->setRange(0, std::max(0, static_cast<int>(std::ceil(content - visible))));
    bar->setPageStep(std::max(1, static_cast<int>(visible)));
    bar->setSingleStep(std::max(1, static_cast<int>(pitch)));
  };
  range(horizontalScrollBar(), m_layout.contentWidth(), bodyWidth, m_layout.columnPitch());
  range(verticalScrollBar(), m_layout.contentHeight(), bodyHeight, m_layout.linePitch());
  viewport()->update();
  noteSeen();
}

GridWindow CompareGrid::seen() const {
  return m_seen;
}

void CompareGrid::noteSeen() {
  GridWindow seen;
  const QPointF moved = scrolled();
  const double right = moved.x() + viewport()->width() - m_layout.bodyLeft();
  const double bottom = moved.y() + viewport()->height() - m_layout.bodyTop();
  if (m_layout.columns() > 0 && m_layout.lines() > 0 && right > 0 && bottom > 0) {
    seen.firstColumn = static_cast<int>(moved.x() / m_layout.columnPitch());
    seen.endColumn =
        std::min(m_layout.columns(), static_cast<int>(std::ceil(right / m_layout.columnPitch())));
    while (seen.firstLine < m_layout.lines() &&
           m_layout.lineTop(seen.firstLine) + m_layout.cell().height() <= moved.y())
      ++seen.firstLine;
    seen.endLine = seen.firstLine;
    while (seen.endLine < m_layout.lines() && m_layout.lineTop(seen.endLine) < bottom) ++seen.endLine;
  }
  if (seen == m_seen) return;
  m_seen = seen;
  emit seenChanged();
}

QPointF CompareGrid::scrolled() const {
  return QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
}

QRectF CompareGrid::cellRect(int line, int column) const {
  return m_layout.cellRect(line, column).translated(-scrolled());
}

QRectF CompareGrid::headRect(int column) const {
  const QRectF image = m_layout.headImageRect(column).translated(-scrolled().x(), 0);
  return {image.left(), 0, image.width(), m_layout.bodyTop()};
}

CompareGrid::Place CompareGrid::placeAt(const QPointF& pixel) const {
  Place place;
  const QPointF moved = scrolled();
  const double x = pixel.x() - m_layout.bodyLeft() + moved.x();
  const double y = pixel.y() - m_layout.bodyTop() + moved.y();
  if (pixel.y() < m_layout.bodyTop()) {
    if (pixel.x() >= m_layout.bodyLeft()) place.column = m_layout.columnAt(x);
    place.head = place.column >= 0;
    return place;
  }
  place.line = m_layout.lineAt(y);
  if (place.line < 0) return place;
  if (pixel.x() < m_layout.bodyLeft())
    place.label = true;
  else
    place.column = m_layout.columnAt(x);
  return place;
}

void CompareGrid::setCurrent(int line, int column) {
  line = std::clamp(line, 0, std::max(0, lineCount() - 1));
  column = std::clamp(column, 0, std::max(0, columnCount() - 1));
  if (line == m_line && column == m_column) return;
  m_line = line;
  m_column = column;
  reveal(line, column);
  viewport()->update();
  describe();
  emit currentChanged(line, column);
}

void CompareGrid::reveal(int line, int column) {
  if (line >= m_layout.lines() || column >= m_layout.columns()) return;
  const auto show = [](QScrollBar* bar, double from, double to, double visible) {
    if (from < bar->value())
      bar->setValue(static_cast<int>(std::floor(from)));
    else if (to > bar->value() + visible)
      bar->setValue(static_cast<int>(std::ceil(to - visible)));
  };
  const double left = column * m_layout.columnPitch(), top = m_layout.lineTop(line);
  show(horizontalScrollBar(), left, left + m_layout.cell().width(),
       viewport()->width() - m_layout.bodyLeft());
  show(verticalScrollBar(), top, top + m_layout.cell().height(), viewport()->height() - m_layout.bodyTop());
}

// Lines that only say why they are empty are passed over.
void CompareGrid::moveCurrent(int lines, int columns) {
  int line = m_line + lines;
  while (lines != 0 && line >= 0 && line < lineCount() &&
         !m_lines[static_cast<size_t>(line)].sentence.isEmpty())
    line += lines;
  if (line < 0 || line >= lineCount()) line = m_line;
  setCurrent(line, m_column + columns);
}

QString CompareGrid::wordsOf(int line, int column) const {
  if (line >= lineCount()) return {};
  const GridLine& row = m_lines[static_cast<size_t>(line)];
  QStringList words{QStringLiteral("%1 %2").arg(row.letter, row.label).trimmed()};
  for (const QString& more : {row.note, row.detail})
    if (!more.isEmpty()) words << more;
  if (!row.sentence.isEmpty()) return (words << row.sentence).join(QStringLiteral(", "));
  if (column < columnCount()) words << m_columns[static_cast<size_t>(column)].words;
  const GridCell& picture = cell(line, column);
  if (!picture.words.isEmpty()) words << picture.words;
  return words.join(QStringLiteral(", "));
}

// Who cannot see the picture hears which cell it is and what is known of it.
void CompareGrid::describe() {
  const QString words = wordsOf(m_line, m_column);
  if (words == accessibleDescription()) return;
  setAccessibleDescription(words);
  if (!hasFocus()) return;
  QAccessibleEvent event(this, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&event);
}

void CompareGrid::setWipe(std::optional<double> share) {
  if (share == m_wipe) return;
  m_wipe = share;
  viewport()->update();
}

void CompareGrid::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  adapt();
}

void CompareGrid::scrollContentsBy(int, int) {
  viewport()->update();
  noteSeen();
}

void CompareGrid::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    event->ignore();
    return;
  }
  m_pressed = placeAt(event->position());
  m_pressedAt = event->position();
  if (m_pressed.isCell()) setCurrent(m_pressed.line, m_pressed.column);
}

// Across a picture: all pictures are wiped by the same share, so that one drag compares a whole line.
void CompareGrid::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton) || !m_pressed.isCell()) return;
  const bool far = std::abs(event->position().x() - m_pressedAt.x()) >= QApplication::startDragDistance();
  if ((!far && !m_wipe) || cell(m_pressed.line, m_pressed.column).under.isNull()) return;
  const QRectF picture = cellRect(m_pressed.line, m_pressed.column);
  setWipe(std::clamp((event->position().x() - picture.left()) / picture.width(), 0.0, 1.0));
}

void CompareGrid::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const Place pressed = std::exchange(m_pressed, {});
  if (m_wipe) {
    setWipe(std::nullopt);
    return;
  }
  const Place place = placeAt(event->position());
  if (place.line != pressed.line || place.column != pressed.column) return;
  if (place.isCell()) {
    if (line(place.line).sentence.isEmpty()) emit cellTaken(place.line, place.column);
  } else if (place.head) {
    emit columnTaken(place.column);
  } else if (place.label) {
    emit lineTaken(place.line);
  }
}

void CompareGrid::mouseDoubleClickEvent(QMouseEvent* event) {
  const Place place = placeAt(event->position());
  if (event->button() != Qt::LeftButton || !place.isCell()) return;
  m_pressed = {};
  if (line(place.line).sentence.isEmpty()) emit cellOpened(place.line, place.column);
}

void CompareGrid::keyPressEvent(QKeyEvent* event) {
  const int page = std::max(1, m_seen.endColumn - m_seen.firstColumn - 1);
  switch (event->key()) {
  case Qt::Key_Left:
    return moveCurrent(0, -1);
  case Qt::Key_Right:
    return moveCurrent(0, 1);
  case Qt::Key_Up:
    return moveCurrent(-1, 0);
  case Qt::Key_Down:
    return moveCurrent(1, 0);
  case Qt::Key_PageUp:
    return moveCurrent(0, -page);
  case Qt::Key_PageDown:
    return moveCurrent(0, page);
  case Qt::Key_End:
    return moveCurrent(0, columnCount());
  case Qt::Key_Return:
  case Qt::Key_Enter:
    if (m_line < lineCount() && m_column < columnCount() && line(m_line).sentence.isEmpty())
      emit event->modifiers() & Qt::ControlModifier ? cellOpened(m_line, m_column)
                                                    : cellTaken(m_line, m_column);
    return;
  case Qt::Key_W:
    if (event->modifiers() == Qt::NoModifier) return setWipe(1.0);
    break;
  default:
    break;
  }
  QAbstractScrollArea::keyPressEvent(event);
}

void CompareGrid::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_W && !event->isAutoRepeat()) return setWipe(std::nullopt);
  QAbstractScrollArea::keyReleaseEvent(event);
}

void CompareGrid::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  setWipe(std::nullopt); // the release of the key goes elsewhere
}

// Sideways where only columns are hidden, so that a plain wheel is of use.
void CompareGrid::wheelEvent(QWheelEvent* event) {
  const bool sideways = event->modifiers() & Qt::ShiftModifier || verticalScrollBar()->maximum() == 0;
  const QPoint turned = event->angleDelta();
  const int delta = turned.x() != 0 ? turned.x() : turned.y();
  if (!sideways && turned.x() == 0) return QAbstractScrollArea::wheelEvent(event);
  QScrollBar* bar = horizontalScrollBar();
  if (bar->maximum() == 0) {
    event->ignore();
    return;
  }
  bar->setValue(bar->value() - delta * bar->singleStep() / 120);
  event->accept();
}

bool CompareGrid::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const Place place = placeAt(help->pos());
  QString text;
  if (place.isCell())
    text = wordsOf(place.line, place.column);
  else if (place.head)
    text = column(place.column).words;
  else if (place.label)
    text = wordsOf(place.line, columnCount());
  if (text.isEmpty())
    QToolTip::hideText();
  else
    QToolTip::showText(help->globalPos(), text, this);
  return true;
}

} // namespace latent::ui
