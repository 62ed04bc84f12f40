// The list of what a report holds, ordered by dragging its rows.
#pragma once

#include <QListView>
#include <QPixmap>
#include <QString>
#include <QTimer>

namespace latent::ui {

/// Shows a ReportModel and asks for changes by signals. Mouse: drag a row to another place, double click
/// opens its view. Keys: Alt+Up and Alt+Down move, Delete removes, Enter opens the view, F2 edits the
/// caption; Esc gives a drag up.
class ReportList : public QListView {
  Q_OBJECT
 public:
  explicit ReportList(QWidget* parent = nullptr);

  QString currentId() const; ///< "" for the title page

 signals:
  void moveRequested(const QString& id, int place); ///< 0 = the first item
  void removeRequested(const QString& id);
  void openRequested(const QString& id);
  void editRequested();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  class Delegate;
  bool moveByKey(const QKeyEvent& event);
  void beginDrag();
  void dragTo(const QPoint& place);
  void scrollAtEdge();
  void endDrag();
  int gapAt(int y) const;
  int gapY(int gap) const;

  QPoint m_pressed, m_pointer;
  int m_pressedRow = -1;
  int m_dragged = -1; ///< row, -1 while nothing is dragged
  int m_gap = -1;     ///< the row before which it would come to lie
  QPixmap m_ghost;
  QTimer m_scroll;
};

} // namespace latent::ui
