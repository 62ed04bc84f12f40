#include "ui/widgets/picture_list.h"

#include "ui/widgets/list_row.h"
#include "ui/widgets/pixel_scale.h"
#include "ui/widgets/theme.h"

#include <QImage>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace latent::ui {
namespace {

constexpr int pictureSide = 56, margin = 8, rowHeight = pictureSide + 8;

} // namespace

class PictureList::Delegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  int faintRole = -1;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {160, rowHeight}; }

  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                            const QModelIndex&) const override {
    const QRect text = textRect(option.rect);
    editor->setGeometry(text.x() - margin, text.y(), text.width() + margin, controlHeight);
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const ThemeColours& theme = colours(option.widget);
    painter->save();
    paintRowGround(painter, option, theme);
    if (faintRole >= 0 && index.data(faintRole).toBool()) painter->setOpacity(0.5);
    paintPicture(painter, option, index.data(Qt::DecorationRole).value<QImage>(), theme);
    const QRect text = textRect(option.rect);
    const QString second = index.data(Qt::StatusTipRole).toString();
    const QRect first = second.isEmpty() ? text : text.adjusted(0, 8, 0, -text.height() / 2);
    painter->setPen(theme.text);
    painter->setFont(textFont());
    painter->drawText(
        first, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    painter->setPen(theme.muted);
    painter->setFont(captionFont());
    painter->drawText(text.adjusted(0, text.height() / 2, 0, -8), Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(second, Qt::ElideRight, text.width()));
    painter->setOpacity(1);
    paintRowFocus(painter, option, theme);
    painter->restore();
  }

 private:
  static QRect textRect(const QRect& row) { return row.adjusted(margin + pictureSide + 12, 0, -margin, 0); }

  static void paintPicture(QPainter* painter, const QStyleOptionViewItem& option, const QImage& picture,
                           const ThemeColours& theme) {
    const double ratio = painter->device()->devicePixelRatioF();
    const QRectF place(option.rect.x() + margin, option.rect.y() + (option.rect.height() - pictureSide) / 2.0,
                       pictureSide, pictureSide);
    if (picture.isNull()) {
      painter->setPen(theme.line);
      painter->drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5));
      return;
    }
    const bool fits = picture.width() <= pictureSide * ratio && picture.height() <= pictureSide * ratio;
    const QSizeF size =
        fits ? scaledSize(picture.size(), integerScale(picture.size(), place.size(), ratio), ratio)
             : QSizeF(picture.size()).scaled(place.size(), Qt::KeepAspectRatio);
    painter->setRenderHint(QPainter::SmoothPixmapTransform, !fits);
    const QPointF corner = place.center() - QPointF(size.width(), size.height()) / 2;
    painter->drawImage(QRectF(snapped(corner, ratio), size), picture);
  }
};

PictureList::PictureList(QWidget* parent) : QListView(parent), m_delegate(new Delegate(this)) {
  setItemDelegate(m_delegate);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(ScrollPerPixel);
  setUniformItemSizes(true);
  setMouseTracking(true);
  setEditTriggers(QAbstractItemView::EditKeyPressed);
}

void PictureList::setFaintRole(int role) {
  m_delegate->faintRole = role;
}

void PictureList::keyPressEvent(QKeyEvent* event) {
  const QModelIndex index = currentIndex();
  const bool idle = state() != EditingState && index.isValid();
  if (idle &&
      (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space))
    emit chosen(index);
  else if (idle && event->key() == Qt::Key_Delete)
    emit removeRequested(index);
  else
    QListView::keyPressEvent(event);
}

void PictureList::mouseReleaseEvent(QMouseEvent* event) {
  QListView::mouseReleaseEvent(event);
  const QModelIndex index = indexAt(event->position().toPoint());
  if (event->button() == Qt::LeftButton && index.isValid() && state() != EditingState) emit chosen(index);
}

} // namespace latent::ui
