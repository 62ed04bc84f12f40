// The line above a view: which run, which time, what follows it, export. Amber while it is not live.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace latent::ui {

class ViewHeader : public QWidget {
  Q_OBJECT
 public:
  explicit ViewHeader(const Workbench& bench, QWidget* parent = nullptr);

  /// Controls of the view, between the words and Export; one at a time is shown.
  void addTools(QWidget* tools);
  void showTools(QWidget* tools);
  QString text() const;

 signals:
  void exportRequested();

 protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;

 private:
  void makeLinks();
  void adapt();
  void refresh();

  Workbench m_bench;
  QLabel* m_text;
  QToolButton* m_live;
  QToolButton* m_link; ///< how the point is found in other shown runs
  QHBoxLayout* m_row;
  QList<QWidget*> m_tools;
  bool m_pinned = false;
};

} // namespace latent::ui
