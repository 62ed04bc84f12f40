// The latents as rows, of which only those that can be seen exist.
#pragma once

#include "ui/views/traverse/traverse_row.h"

#include <QAbstractScrollArea>

#include <vector>

namespace latent::ui {

/// Rows are made for one screen and used again while it scrolls. Up, Down and Page keys choose a latent, Left
/// and Right move it (HistogramSlider); a press on a row chooses it.
class TraverseRows : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit TraverseRows(QWidget* parent = nullptr);

  void setOrder(const std::vector<int>& latents);
  const std::vector<int>& order() const { return m_order; }
  void setPlan(const RowPlan& plan);
  void setCurrent(int latent); ///< scrolls to it; does not emit
  int current() const { return m_current; }
  void stepCurrent(int rows);             ///< to another row, as the arrow keys do
  std::vector<TraverseRow*> seen() const; ///< rows that are at least partly seen, from above
  TraverseRow* rowOf(int latent) const;   ///< null if it is not seen
  int made() const { return static_cast<int>(m_rows.size()); } ///< rows that exist

 signals:
  void seenChanged(); ///< other latents are seen, or rows of another size
  void currentChanged(int latent);
  void gestureStarted();
  void valueMoved(int latent, double value);
  void imagePicked(int latent, int column);
  void gestureFinished();

 protected:
  void resizeEvent(QResizeEvent*) override;
  void scrollContentsBy(int dx, int dy) override;
  void wheelEvent(QWheelEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void keyReleaseEvent(QKeyEvent*) override;
  void focusInEvent(QFocusEvent*) override;
  void focusOutEvent(QFocusEvent*) override;

 private:
  void place();
  void mark();
  TraverseRow* makeRow();
  void choose(int latent);
  int placeOfCurrent() const; ///< in the order; -1 = not in it

  std::vector<int> m_order;
  std::vector<TraverseRow*> m_rows; ///< row p is made by m_rows[p % size]
  RowPlan m_plan;
  int m_current = -1;
};

} // namespace latent::ui
