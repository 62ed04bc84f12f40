// How a CompareGrid looks.
#include "ui/views/compare/compare_grid.h"
#include "ui/widgets/pixel_scale.h"
#include "ui/widgets/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace latent::ui {
namespace {

constexpr int markWidth = 4, textLine = 16;
constexpr int outline = 3; ///< px that the marks of a cell reach beyond it

/// A smaller picture stands in the middle of its cell.
void drawPicture(QPainter& painter, const QRectF& cell, const QImage& image, int scale, double ratio) {
  const QSizeF size = scaledSize(image.size(), scale, ratio);
  const QPointF corner(cell.center().x() - size.width() / 2, cell.center().y() - size.height() / 2);
  painter.drawImage(QRectF(snapped(corner, ratio), size), image);
}

} // namespace

void CompareGrid::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.save();
  painter.setClipRect(QRectF(m_layout.bodyLeft() - outline, m_layout.bodyTop() - outline, viewport()->width(),
                             viewport()->height()));
  paintCells(painter);
  painter.restore();
  paintHeads(painter);
  paintLabels(painter);
}

void CompareGrid::paintCells(QPainter& painter) const {
  const ThemeColours& theme = colours(this);
  const double ratio = devicePixelRatioF();
  for (int row = m_seen.firstLine; row < m_seen.endLine; ++row) {
    const GridLine& entry = line(row);
    if (!entry.sentence.isEmpty()) {
      const QRectF first = cellRect(row, 0);
      painter.setFont(textFont());
      painter.setPen(theme.muted);
      painter.drawText(QRectF(m_layout.bodyLeft() + 4, first.top(),
                              viewport()->width() - m_layout.bodyLeft() - 8, first.height()),
                       Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, entry.sentence);
      continue;
    }
    for (int column = m_seen.firstColumn; column < m_seen.endColumn; ++column) {
      const QRectF place = cellRect(row, column);
      const GridCell& picture = cell(row, column);
      if (picture.image.isNull())
        painter.fillRect(place, theme.hover);
      else
        drawPicture(painter, place, picture.image, m_layout.scale(), ratio);
      if (m_wipe && !picture.under.isNull()) {
        const double edge = place.left() + *m_wipe * place.width();
        painter.save();
        painter.setClipRect(QRectF(place.left(), place.top(), edge - place.left(), place.height()),
                            Qt::IntersectClip);
        drawPicture(painter, place, picture.under, m_layout.scale(), ratio);
        painter.restore();
        if (*m_wipe > 0 && *m_wipe < 1)
          painter.fillRect(QRectF(edge - 1, place.top(), 2, place.height()), theme.accent);
      }
      if (!picture.badge.isEmpty() && !m_wipe) paintBadge(painter, place, picture);
      painter.setBrush(Qt::NoBrush);
      if (picture.taken) {
        painter.setPen(QPen(theme.accent, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(place.adjusted(-1, -1, 1, 1));
      }
      if (row == m_line && column == m_column && hasFocus()) {
        painter.setPen(QPen(theme.text, 1, Qt::DotLine));
        painter.drawRect(place.adjusted(-2.5, -2.5, 2.5, 2.5));
      }
    }
  }
}

void CompareGrid::paintHeads(QPainter& painter) const {
  const ThemeColours& theme = colours(this);
  const QFontMetrics metrics(captionFont());
  painter.setFont(captionFont());
  const bool leads = m_layout.bodyLeft() > GridLayout::labelWidth;
  if (leads && !m_leadTitle.isEmpty() && m_layout.lines() > 0) {
    painter.setPen(theme.muted);
    const QRectF lead = m_layout.leadRect(0);
    painter.drawText(QRectF(lead.left(), 0, lead.width(), textLine), Qt::AlignCenter,
                     metrics.elidedText(m_leadTitle, Qt::ElideRight, static_cast<int>(lead.width())));
  }
  painter.save();
  painter.setClipRect(QRectF(m_layout.bodyLeft() - 2, 0, viewport()->width(), m_layout.bodyTop()));
  for (int index = m_seen.firstColumn; index < m_seen.endColumn; ++index) {
    const GridColumn& head = column(index);
    const QRectF box = headRect(index);
    painter.setPen(index == m_takenColumn ? theme.accent : theme.muted);
    painter.drawText(QRectF(box.left() - 2, 0, box.width() + 4, textLine), Qt::AlignCenter,
                     metrics.elidedText(head.label, Qt::ElideRight, static_cast<int>(box.width()) + 4));
    if (head.image.isNull()) continue;
    const QRectF place = m_layout.headImageRect(index).translated(-scrolled().x(), 0);
    drawPicture(painter, place, head.image, m_layout.scale(), devicePixelRatioF());
    if (index == m_takenColumn) {
      painter.setPen(QPen(theme.accent, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
      painter.setBrush(Qt::NoBrush);
      painter.drawRect(place.adjusted(-1, -1, 1, 1));
    }
  }
  painter.restore();
}

void CompareGrid::paintLabels(QPainter& painter) const {
  painter.save();
  painter.setClipRect(QRectF(0, m_layout.bodyTop() - 2, m_layout.bodyLeft(), viewport()->height()));
  for (int row = m_seen.firstLine; row < m_seen.endLine; ++row) {
    const QRectF place = m_layout.leadRect(row).translated(0, -scrolled().y());
    paintLabel(painter, row, QRectF(0, place.top(), GridLayout::labelWidth, place.height()));
    if (!line(row).lead.isNull())
      drawPicture(painter, place, line(row).lead, m_layout.scale(), devicePixelRatioF());
  }
  painter.restore();
}

void CompareGrid::paintLabel(QPainter& painter, int row, const QRectF& box) const {
  const ThemeColours& theme = colours(this);
  const GridLine& entry = line(row);
  if (entry.active) painter.fillRect(box.adjusted(0, 0, -8, 0), theme.selection);
  if (entry.mark.isValid())
    painter.fillRect(QRectF(box.left(), box.top(), markWidth, box.height()), entry.mark);
  const double left = box.left() + markWidth + 6, room = box.right() - 10 - left;
  const int lines = 1 + (entry.note.isEmpty() ? 0 : 1) + (entry.detail.isEmpty() ? 0 : 1);
  double top = box.center().y() - lines * textLine / 2.0;
  const auto put = [&](const QString& text, double from, const QFont& font, const QColor& colour) {
    const int space = static_cast<int>(left + room - from);
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(QRectF(from, top, space, textLine), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(font).elidedText(text, Qt::ElideRight, space));
  };
  double from = left;
  if (!entry.letter.isEmpty()) {
    QFont bold = textFont();
    bold.setWeight(QFont::Bold);
    put(entry.letter, from, bold, theme.text);
    from += QFontMetrics(bold).horizontalAdvance(entry.letter) + 6;
  }
  put(entry.label, from, textFont(), entry.letter.isEmpty() ? theme.muted : theme.text);
  for (const QString& text : {entry.note, entry.detail}) {
    if (text.isEmpty()) continue;
    top += textLine;
    put(text, left, captionFont(), theme.muted);
  }
}

// On a scrim, so that it is read on any picture; what is lost stands out by its colour and its cross.
void CompareGrid::paintBadge(QPainter& painter, const QRectF& place, const GridCell& picture) const {
  const ThemeColours& theme = colours(this);
  const QFontMetrics metrics(captionFont());
  const QString text = metrics.elidedText(picture.badge, Qt::ElideRight, static_cast<int>(place.width()) - 8);
  const QRectF box(place.left(), place.bottom() - textLine, metrics.horizontalAdvance(text) + 8, textLine);
  painter.fillRect(box, picture.warns ? theme.error : theme.panel);
  painter.setFont(captionFont());
  painter.setPen(picture.warns ? theme.onAccent : theme.muted);
  painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace latent::ui
