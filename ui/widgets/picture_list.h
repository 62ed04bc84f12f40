// A list whose rows are a picture with two lines: pins, moments of the history.
#pragma once

#include <QListView>

namespace latent::ui {

/// Decoration: the picture, nearest neighbour. Display: the name. Status tip: the second line. A click, Enter
/// or Space chooses a row; F2 edits its name where the model allows it; Delete asks to remove it.
class PictureList : public QListView {
  Q_OBJECT
 public:
  explicit PictureList(QWidget* parent = nullptr);
  /// A role of type bool: rows with true are faint.
  void setFaintRole(int role);

 signals:
  void chosen(const QModelIndex& index);
  void removeRequested(const QModelIndex& index);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  class Delegate;
  Delegate* m_delegate;
};

} // namespace latent::ui
