// The list of runs on the left: eye, badge, ring, progress and the queue (EXPERIENCE.md, Runs).
#pragma once

#include "core/base/focus.h"
#include "ui/models/runs_model.h"

#include <QWidget>

#include <vector>

class QLabel;
class QListView;
class QMenu;
class QToolButton;

namespace latent::ui {

class EmptyState;
class RunsDelegate;

/// Shows a RunsModel and asks for changes by signals; it changes nothing itself. A click on a row asks to
/// make it active, a click on its eye to show or hide it. Keys: Up, Down, Enter (active), Space (eye), Delete
/// (trash, or out of the queue), F2 (rename), Alt+Up and Alt+Down (order of the queue), Menu key.
class RunsPanel : public QWidget {
  Q_OBJECT
 public:
  enum class Mode { panel, rail }; ///< 208 px with text, or 48 px with badges only
  explicit RunsPanel(QWidget* parent = nullptr);

  void setModel(RunsModel* model);
  void setMode(Mode mode);
  Mode mode() const { return m_mode; }
  /// 208 by default; 232 where the panel opens over the stage. Without effect on the rail.
  void setPanelWidth(int pixels);
  void setQueuePaused(bool paused);

  QListView* list() const { return m_list; }

 signals:
  void activeRequested(const latent::RunId& run);
  void shownToggled(const latent::RunId& run, bool shown);
  void openRequested();  ///< "+ Open run..."
  void trainRequested(); ///< the button of the empty list
  void queuePauseRequested(bool paused);
  void skipRequested(); ///< stop the running one, go on with the next
  void renameRequested(const latent::RunId& run, const QString& name);
  void continueRequested(const latent::RunId& run);
  void forkRequested(const latent::RunId& run); ///< a new run from its snapshot on
  void exportCurvesRequested(const latent::RunId& run);
  void revealRequested(const latent::RunId& run);
  void moveRequested(const latent::RunId& run, int places); ///< in the queue, -1 = earlier
  void removeFromQueueRequested(const latent::RunId& run);
  void trashRequested(const latent::RunId& run);
  void menuAsked(QMenu* menu, const latent::RunId& run); ///< before it opens: for entries of others

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QMenu* makeMenu(const QModelIndex& index);
  void showMenu(const QModelIndex& index, const QPoint& globalPosition);
  bool handleKey(int key, Qt::KeyboardModifiers modifiers);
  void activate(const QModelIndex& index);
  void toggleEye(const QModelIndex& index);
  void discard(const QModelIndex& index);
  void rename(const QModelIndex& index);
  void refresh(); ///< everything that follows from the rows
  void followActive();

  RunsModel* m_model = nullptr;
  RunsDelegate* m_delegate;
  QWidget* m_header;
  QLabel* m_title;
  QToolButton* m_open;
  QListView* m_list;
  EmptyState* m_empty;
  QWidget* m_queueBar;
  QLabel* m_queueText;
  QToolButton* m_pause;
  QToolButton* m_skip;
  Mode m_mode = Mode::panel;
  int m_panelWidth = 208;
  bool m_queuePaused = false;
  std::vector<int> m_heights; ///< of the rows, as last laid out
  RunId m_pressedEye;         ///< run whose eye was pressed: the release must not also make it active
};

} // namespace latent::ui
