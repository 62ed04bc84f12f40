// The row under the menu: workspaces on the left, training and its progress on the right.
#pragma once

#include "ui/views/shared/workbench.h"
#include "ui/views/window/stage.h"

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QToolButton;

namespace latent::ui {

class HeaderBar : public QWidget {
  Q_OBJECT
 public:
  explicit HeaderBar(const Workbench& bench, QWidget* parent = nullptr);
  /// The actions that its buttons trigger.
  void setActions(QAction* train, QAction* step, QAction* stop);
  /// What Start would begin, said beside it while nothing trains.
  void setPlan(const QString& plan);
  void setWorkspace(Stage::Workspace workspace);

 signals:
  void workspaceRequested(latent::ui::Stage::Workspace workspace);

 protected:
  void changeEvent(QEvent*) override;

 private:
  void refresh();
  void tint();
  Workbench m_bench;
  QToolButton* m_train;
  QToolButton* m_explore;
  QToolButton* m_compare;
  QToolButton* m_report;
  QLabel* m_eta;
  QString m_plan;
  QPushButton* m_start;
  QToolButton* m_step;
  QToolButton* m_stop;
};

} // namespace latent::ui
