// How one run looks in the list: badge, ring, two lines, eye and progress.
#pragma once

#include <QStyledItemDelegate>

namespace latent::ui {

class RunsDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void setRail(bool rail) { m_rail = rail; }
  void setWidth(int pixels) { m_width = pixels; } ///< of a row, from which its lines follow

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

  /// Where a click toggles the eye; empty on the rail. In the coordinates of `row`.
  QRect eyeRect(const QRect& row) const;
  /// Where the name of a run of this RunsModel::DepthRole stands: the place of the rename field.
  QRect nameRect(const QRect& row, int depth) const;

 private:
  void paintBadge(QPainter* painter, const QPointF& centre, const QStyleOptionViewItem& option,
                  const QModelIndex& index) const;
  void paintLock(QPainter* painter, const QRectF& disc, const QStyleOptionViewItem& option,
                 bool active) const;
  void paintText(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
  void paintProgress(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

  bool m_rail = false;
  int m_width = 208;
};

} // namespace latent::ui
