#include "ui/widgets/class_legend.h"

#include "ui/widgets/theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int rowHeight = 16, padding = 8, dotSpace = 14;

QString heading() {
  return ClassLegend::tr("Classes");
}

} // namespace

ClassLegend::ClassLegend(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Legend of classes"));
  setToolTip(tr("A click on a class shows it alone, a second click shows all; the heading folds the list."));
  setFocusPolicy(Qt::TabFocus); // a click must not take the arrow keys from the plane
  setMouseTracking(true);
  setCursor(Qt::PointingHandCursor);
  hide();
}

void ClassLegend::setEntries(std::vector<LegendEntry> entries) {
  if (entries == m_entries) return;
  m_entries = std::move(entries);
  m_row = std::min(m_row, static_cast<int>(m_entries.size()) - 1);
  m_hovered.reset();
  setVisible(!m_entries.empty());
  adapt();
}

void ClassLegend::setIsolated(std::optional<int64_t> label) {
  if (label == m_isolated) return;
  m_isolated = label;
  describe();
  update();
}

void ClassLegend::setFolded(bool folded) {
  if (folded == m_folded) return;
  m_folded = folded;
  adapt();
}

void ClassLegend::setLargest(const QSize& size) {
  if (size == m_largest) return;
  m_largest = size;
  adapt();
}

/// Until the plane places it anew the right edge stays where it is.
void ClassLegend::adapt() {
  const QSize size = sizeHint();
  setGeometry(x() + width() - size.width(), y(), size.width(), size.height());
  describe();
  update();
}

void ClassLegend::describe() {
  const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                  [&](const LegendEntry& entry) { return m_isolated == entry.label; });
  setAccessibleDescription(found == m_entries.end() ? tr("All classes are shown")
                                                    : tr("Only %1 is shown").arg(found->name));
}

int ClassLegend::rowsShown() const {
  if (m_folded) return 0;
  const int fitting = std::max(0, (m_largest.height() - 2 * padding) / rowHeight - 1);
  const int all = static_cast<int>(m_entries.size());
  return all <= fitting ? all : std::max(0, fitting - 1); // the last line counts the rest
}

QSize ClassLegend::sizeHint() const {
  const QFontMetrics metrics(captionFont());
  int width = metrics.horizontalAdvance(heading()) + 14;
  const int rows = rowsShown();
  for (int i = 0; i < rows; ++i)
    width = std::max(width, metrics.horizontalAdvance(m_entries[i].name) + dotSpace);
  const bool more = !m_folded && rows < static_cast<int>(m_entries.size());
  return {std::min(width + 2 * padding, m_largest.width()),
          (1 + rows + (more ? 1 : 0)) * rowHeight + (m_folded ? padding : padding + 4)};
}

QRectF ClassLegend::rowRect(int row) const {
  return QRectF(0, 0.5 * padding + (row + 1) * rowHeight, width(), rowHeight);
}

std::optional<int> ClassLegend::rowAt(const QPointF& pixel) const {
  for (int row = -1; row < rowsShown(); ++row)
    if (rowRect(row).contains(pixel)) return row;
  return std::nullopt;
}

void ClassLegend::choose(int row) {
  if (row < 0) {
    setFolded(!m_folded);
    emit foldedChanged(m_folded);
    return;
  }
  const int64_t label = m_entries[static_cast<size_t>(row)].label;
  emit clicked(m_isolated == label ? std::nullopt : std::optional<int64_t>(label));
}

void ClassLegend::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor panel = theme.panel;
  panel.setAlphaF(0.8f);
  painter.setBrush(panel);
  painter.setPen(QPen(hasFocus() ? theme.accent : theme.line, hasFocus() ? 2 : 1));
  const double inset = hasFocus() ? 1 : 0.5;
  painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 4, 4);

  painter.setFont(captionFont());
  const QFontMetrics metrics(captionFont());
  const auto textRect = [&](int row, int indent) {
    return rowRect(row).adjusted(padding + indent, 0, -padding, 0);
  };
  const auto ground = [&](int row) {
    const bool marked = m_hovered == row || (hasFocus() && m_row == row);
    if (marked) painter.fillRect(rowRect(row).adjusted(2, 0, -2, 0), theme.hover);
  };
  ground(-1);
  painter.setPen(theme.muted);
  painter.drawText(textRect(-1, 0), Qt::AlignLeft | Qt::AlignVCenter, heading());
  // A chevron: down while open, left while folded.
  const QPointF tip(width() - padding - 4, rowRect(-1).center().y());
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  if (m_folded) {
    painter.drawPolyline(QPolygonF{tip + QPointF(2, -3), tip + QPointF(-1, 0), tip + QPointF(2, 3)});
  } else {
    painter.drawPolyline(QPolygonF{tip + QPointF(-3, -1.5), tip + QPointF(0, 1.5), tip + QPointF(3, -1.5)});
  }

  const int rows = rowsShown();
  for (int row = 0; row < rows; ++row) {
    const LegendEntry& entry = m_entries[static_cast<size_t>(row)];
    ground(row);
    const bool faint = m_isolated && *m_isolated != entry.label;
    painter.setOpacity(faint ? 0.4 : 1);
    painter.setPen(QPen(theme.muted, 0.5)); // light colours on a light ground
    painter.setBrush(classQColor(entry.label));
    painter.drawEllipse(QPointF(padding + 4, rowRect(row).center().y()), 4, 4);
    painter.setPen(theme.text);
    const QRectF place = textRect(row, dotSpace);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(entry.name, Qt::ElideRight, static_cast<int>(place.width()) + 1));
    painter.setOpacity(1);
  }
  if (!m_folded && rows < static_cast<int>(m_entries.size())) {
    painter.setPen(theme.muted);
    painter.drawText(textRect(rows, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("+%1 more").arg(static_cast<int>(m_entries.size()) - rows));
  }
}

// Presses are taken even where they do nothing: below lies the plane, where they would move the point.
void ClassLegend::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const auto row = rowAt(event->position())) choose(*row);
}

void ClassLegend::mouseReleaseEvent(QMouseEvent*) {}

void ClassLegend::mouseDoubleClickEvent(QMouseEvent* event) {
  mousePressEvent(event);
}

void ClassLegend::mouseMoveEvent(QMouseEvent* event) {
  const auto row = rowAt(event->position());
  if (row == m_hovered) return;
  m_hovered = row;
  update();
}

void ClassLegend::leaveEvent(QEvent* event) {
  m_hovered.reset();
  update();
  QWidget::leaveEvent(event);
}

void ClassLegend::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
  case Qt::Key_Up:
    m_row = std::max(-1, m_row - 1);
    break;
  case Qt::Key_Down:
    m_row = std::min(rowsShown() - 1, m_row + 1);
    break;
  case Qt::Key_Left:
  case Qt::Key_Right:
    if (m_folded == (event->key() == Qt::Key_Right)) choose(-1);
    break;
  case Qt::Key_Space:
  case Qt::Key_Return:
  case Qt::Key_Enter:
    choose(std::min(m_row, rowsShown() - 1));
    break;
  default:
    QWidget::keyPressEvent(event);
    return;
  }
  update();
}

void ClassLegend::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
}

} // namespace latent::ui
