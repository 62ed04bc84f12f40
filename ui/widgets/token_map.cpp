#include "ui/widgets/token_map.h"

#include "ui/widgets/code_colours.h"
#include "ui/widgets/pixel_scale.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr double smallestNumbered = 20; // px of a cell

} // namespace

TokenMap::TokenMap(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Map of codes"));
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(56, 56);
  describe();
}

void TokenMap::setTokens(int rows, int columns, const std::vector<int64_t>& tokens) {
  if (rows == m_rows && columns == m_columns && tokens == m_tokens) return;
  m_rows = rows;
  m_columns = columns;
  m_tokens = tokens;
  if (m_current >= rows * columns) m_current = -1;
  describe();
  update();
}

void TokenMap::setOwn(const std::vector<int64_t>& tokens) {
  m_own = tokens;
  update();
}

void TokenMap::setColours(const std::vector<QColor>& byCode) {
  m_colours = byCode;
  update();
}

void TokenMap::setDrawn(int cells) {
  if (cells == m_drawn) return;
  m_drawn = cells;
  update();
}

void TokenMap::setCurrent(int cell) {
  if (cell == m_current) return;
  m_current = cell;
  describe();
  update();
}

void TokenMap::setImage(const QImage& image) {
  m_showsImage = true;
  m_image = image;
  m_imageSize = image.size();
  update();
}

void TokenMap::setImageSize(const QSize& size) {
  m_imageSize = size;
  update();
}

void TokenMap::setPlaceholder(const QString& text) {
  m_placeholder = text;
  describe();
  update();
}

void TokenMap::describe() {
  const auto cell = static_cast<size_t>(std::max(0, m_current));
  if (m_tokens.empty())
    setAccessibleDescription(m_placeholder);
  else if (m_current < 0)
    setAccessibleDescription(tr("%1 rows of %2 codes").arg(m_rows).arg(m_columns));
  else
    setAccessibleDescription(tr("Row %1, column %2: code %3")
                                 .arg(m_current / m_columns + 1)
                                 .arg(m_current % m_columns + 1)
                                 .arg(m_tokens[cell]));
}

// ---- geometry ----

int TokenMap::across() const {
  if (m_rows != 1 || m_columns < 4) return m_columns;
  return static_cast<int>(std::ceil(std::sqrt(m_columns)));
}

int TokenMap::down() const {
  return across() > 0 ? (m_rows * m_columns + across() - 1) / across() : 0;
}

QRectF TokenMap::area() const {
  const double ratio = devicePixelRatioF();
  QSizeF size(QSize(width(), height()));
  if (!m_imageSize.isEmpty()) {
    size = scaledSize(m_imageSize, integerScale(m_imageSize, this->size(), ratio), ratio);
  } else if (across() > 0) {
    const double cell = std::floor(std::min(size.width() / across(), size.height() / down()));
    size = QSizeF(cell * across(), cell * down());
  }
  return {snapped(QPointF(width() - size.width(), height() - size.height()) / 2, ratio), size};
}

QRectF TokenMap::cellRect(int cell) const {
  if (cell < 0 || cell >= m_rows * m_columns) return {};
  const QRectF all = area();
  const double w = all.width() / across(), h = all.height() / down();
  const int column = cell % across(), row = cell / across();
  return {all.left() + column * w, all.top() + row * h, w, h};
}

int TokenMap::cellAt(const QPointF& pixel) const {
  const QRectF all = area();
  if (m_tokens.empty() || !all.contains(pixel) || (m_showsImage && m_rows == 1)) return -1;
  const int column = static_cast<int>((pixel.x() - all.left()) / all.width() * across());
  const int row = static_cast<int>((pixel.y() - all.top()) / all.height() * down());
  const int cell = row * across() + column;
  return cell < m_rows * m_columns ? cell : -1;
}

// ---- painting ----

void TokenMap::paintCodes(QPainter& painter) {
  const ThemeColours& theme = colours(this);
  const double side = cellRect(0).width();
  const bool numbered = side >= smallestNumbered;
  QFont font = side >= 30 ? textFont() : captionFont();
  painter.setFont(font);
  for (int cell = 0; cell < m_rows * m_columns; ++cell) {
    const QRectF place = cellRect(cell);
    const auto i = static_cast<size_t>(cell);
    const auto code = static_cast<size_t>(m_tokens[i]);
    const bool waits = m_drawn >= 0 && cell >= m_drawn;
    const QColor fill = waits || code >= m_colours.size() ? theme.hover : m_colours[code];
    painter.fillRect(place.adjusted(0.5, 0.5, -0.5, -0.5), fill);
    if (waits) continue;
    const QColor ink = code < m_colours.size() ? inkOn(fill) : theme.text;
    if (i < m_own.size() && m_own[i] != m_tokens[i]) { // edited
      const double fold = std::min(8.0, side / 3);
      const QPointF corner[] = {place.topRight() + QPointF(-fold, 0.5), place.topRight() + QPointF(-0.5, 0.5),
                                place.topRight() + QPointF(-0.5, fold)};
      painter.setPen(Qt::NoPen);
      painter.setBrush(ink);
      painter.drawPolygon(corner, 3);
    }
    if (!numbered) continue;
    painter.setPen(ink);
    painter.drawText(place, Qt::AlignCenter, QString::number(m_tokens[i]));
  }
}

void TokenMap::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  const bool empty = m_showsImage ? m_image.isNull() : m_tokens.empty();
  if (empty) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(theme.muted);
    painter.setFont(textFont());
    painter.drawText(QRectF(rect()).adjusted(12, 8, -12, -8), Qt::AlignCenter | Qt::TextWordWrap,
                     m_placeholder);
  } else if (m_showsImage) {
    painter.drawImage(area(), m_image);
  } else {
    paintCodes(painter);
  }
  const bool cells = !empty && !(m_showsImage && m_rows == 1);
  if (cells && m_current >= 0) {
    const QRectF place = cellRect(m_current);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.panel, 4, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(place.adjusted(1, 1, -1, -1));
    painter.setPen(QPen(theme.accent, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(place.adjusted(0, 0, 0, 0));
  }
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
  }
}

// ---- choosing ----

void TokenMap::choose(int cell) {
  if (cell < 0 || cell == m_current) return;
  setCurrent(cell);
  emit currentChanged(cell);
}

void TokenMap::mousePressEvent(QMouseEvent* event) {
  const int cell = event->button() == Qt::LeftButton ? cellAt(event->position()) : -1;
  if (cell < 0)
    event->ignore();
  else
    choose(cell);
}

void TokenMap::mouseDoubleClickEvent(QMouseEvent* event) {
  const int cell = event->button() == Qt::LeftButton ? cellAt(event->position()) : -1;
  if (cell < 0) return event->ignore();
  choose(cell);
  emit activated(cell);
}

void TokenMap::keyPressEvent(QKeyEvent* event) {
  const bool bare = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
  const int cells = m_rows * m_columns, wide = across();
  if (!bare || m_tokens.empty()) return QWidget::keyPressEvent(event);
  const int at = m_current;
  switch (event->key()) {
  case Qt::Key_Left:
    return choose(at < 0 ? 0 : at % wide > 0 ? at - 1 : at);
  case Qt::Key_Right:
    return choose(at < 0 ? 0 : at % wide < wide - 1 && at + 1 < cells ? at + 1 : at);
  case Qt::Key_Up:
    return choose(at < 0 ? 0 : at >= wide ? at - wide : at);
  case Qt::Key_Down:
    return choose(at < 0 ? 0 : at + wide < cells ? at + wide : at);
  case Qt::Key_Return:
  case Qt::Key_Enter:
  case Qt::Key_Space:
    if (at >= 0) emit activated(at);
    return;
  default:
    break;
  }
  if (event->key() >= Qt::Key_0 && event->key() <= Qt::Key_9 && at >= 0) {
    emit digitTyped(event->key() - Qt::Key_0);
    return;
  }
  QWidget::keyPressEvent(event);
}

bool TokenMap::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) { // digits begin a number here, whatever the window does
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool digit = key->key() >= Qt::Key_0 && key->key() <= Qt::Key_9;
    if (digit && m_current >= 0 && !(key->modifiers() & ~Qt::KeypadModifier)) {
      event->accept();
      return true;
    }
  }
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int cell = cellAt(help->pos());
    if (cell < 0) {
      QToolTip::hideText();
      event->ignore();
      return true;
    }
    const auto i = static_cast<size_t>(cell);
    QString text =
        tr("Row %1, column %2: code %3").arg(cell / m_columns + 1).arg(cell % m_columns + 1).arg(m_tokens[i]);
    if (i < m_own.size() && m_own[i] != m_tokens[i]) text += tr(" (the input's own: %1)").arg(m_own[i]);
    QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return QWidget::event(event);
}

} // namespace latent::ui
