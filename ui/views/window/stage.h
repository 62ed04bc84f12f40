// The middle of the window: view header, workspace, time strip. Letters act while it has the focus.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QPixmap>
#include <QWidget>

class QStackedWidget;

namespace latent::ui {

class CompareView;
class ExploreView;
class PlanePanel;
class ReportView;
class TimePanel;
class TrainView;
class ViewHeader;

class Stage : public QWidget {
  Q_OBJECT
 public:
  /// The numbers are those of sessions and, from 1, of the keys.
  enum class Workspace { train = 0, explore = 1, compare = 2, report = 4 };
  explicit Stage(const Workbench& bench, QWidget* parent = nullptr);

  Workspace workspace() const;
  void setWorkspace(Workspace workspace);
  PlanePanel* planePanel() const; ///< of the workspace in front; of Explore where it has none
  TrainView* trainView() const { return m_train; }
  ExploreView* exploreView() const { return m_explore; }
  TimePanel* timePanel() const { return m_time; }
  CompareView* compareView() const { return m_compare; }
  ReportView* reportView() const { return m_report; }
  ViewHeader* header() const { return m_header; }
  QWidget* keyTarget() const; ///< what takes the keys of the workspace in front
  /// Keys [ and ]: the previous or next axis, latent or code.
  void stepLatent(int direction);
  void zoomBy(double factor);   ///< keys + and -
  void zoomToFit();             ///< key 0
  QPixmap frontPicture() const; ///< of the panel that has the focus, else of the plane or page in front

 signals:
  void workspaceChanged(latent::ui::Stage::Workspace workspace);
  void exportRequested();
  /// On a view, with the right button or the Menu key: `at` is what lies there.
  void menuRequested(QWidget* at, const QPoint& place);

 protected:
  void resizeEvent(QResizeEvent*) override;
  void contextMenuEvent(QContextMenuEvent*) override;

 private:
  void sayProblem();

  Workbench m_bench;
  ViewHeader* m_header;
  QStackedWidget* m_stack;
  TrainView* m_train;
  ExploreView* m_explore;
  CompareView* m_compare;
  ReportView* m_report;
  TimePanel* m_time;
};

} // namespace latent::ui
