// Controls in rows: what does not fit goes on in the next row.
#pragma once

#include <QLayout>

#include <vector>

namespace latent::ui {

class FlowLayout : public QLayout {
 public:
  /// Pixels between neighbours, and between rows.
  FlowLayout(QWidget* parent, int gap, int rowGap);
  ~FlowLayout() override;

  void addItem(QLayoutItem* item) override;
  int count() const override { return static_cast<int>(m_items.size()); }
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  Qt::Orientations expandingDirections() const override { return {}; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override { return place(QRect(0, 0, width, 0), false); }
  QSize sizeHint() const override { return minimumSize(); }
  QSize minimumSize() const override;
  void setGeometry(const QRect& rect) override;

 private:
  int place(const QRect& rect, bool move) const; ///< height that it takes
  std::vector<QLayoutItem*> m_items;
  int m_gap, m_rowGap;
};

} // namespace latent::ui
