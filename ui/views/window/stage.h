// The middle of the window: view header, workspace, time strip. Letters act while it has the focus.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QPixmap>
#include <QWidget>

class QStackedWidget;

namespace latent::ui {

class ExploreView;
class PlanePanel;
class TimePanel;
class TrainView;
class ViewHeader;

class Stage : public QWidget {
  Q_OBJECT
 public:
  enum class Workspace { train = 0, explore = 1 };
  explicit Stage(const Workbench& bench, QWidget* parent = nullptr);

  Workspace workspace() const;
  void setWorkspace(Workspace workspace);
  PlanePanel* planePanel() const; ///< of the workspace in front
  TrainView* trainView() const { return m_train; }
  ExploreView* exploreView() const { return m_explore; }
  ViewHeader* header() const { return m_header; }
  QWidget* keyTarget() const; ///< what takes the keys of the workspace in front
  /// Keys [ and ]: the previous or next axis, latent or code.
  void stepLatent(int direction);
  QPixmap frontPicture() const; ///< of the panel that has the focus, else of the plane or page in front

 signals:
  void workspaceChanged(latent::ui::Stage::Workspace workspace);
  void exportRequested();

 protected:
  void resizeEvent(QResizeEvent*) override;

 private:
  void sayProblem();

  Workbench m_bench;
  ViewHeader* m_header;
  QStackedWidget* m_stack;
  TrainView* m_train;
  ExploreView* m_explore;
  TimePanel* m_time;
};

} // namespace latent::ui
