// Keeps the list of runs true: what the bridges tell goes into the models, and the first run to look at is
// chosen.
#pragma once

#include "core/base/focus.h"
#include "core/base/metric.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <set>
#include <vector>

namespace latent::ui {

class DeletedRun;

class RunKeeper : public QObject {
  Q_OBJECT
 public:
  explicit RunKeeper(const Workbench& bench, QObject* parent = nullptr);

  /// Opens the shipped models, what the last session had, the given folders and the queue. `last` is its
  /// Focus.
  void open(const std::vector<RunId>& lastRuns, const std::optional<Focus>& last, const QStringList& folders);
  /// Opens a folder that the person chose; it becomes active when it is there.
  void openFolder(const QString& folder);
  /// Another session in this window: runs of the old one leave the list (what trains or waits stays, as do
  /// shipped models), those of the new one are opened, and its Focus is shown once its active run is there.
  void changeSession(const std::vector<RunId>& runs, const Focus& focus);
  /// The next run that begins is the one the person waits for: it becomes active.
  void followNextRun();
  DeletedRun* deleted() const { return m_deleted; }

 signals:
  void opened(const QString& folder); ///< by the person: for File > Recent

 private:
  void connectTraining();
  void rereadForeign();
  bool foreign(const RunItem& item) const;
  void take(const RunItem& item, const std::vector<Metric>& metrics);
  void began(const RunId& queued, const RunId& run);
  void removed(const RunId& run);
  void chooseFirst();
  bool restoreLast();
  void loadData();
  void showPast();

  Workbench m_bench;
  DeletedRun* m_deleted;
  std::optional<Focus> m_last; ///< waits for its runs
  std::set<RunId> m_asked;     ///< folders a person opened: active when they arrive
  std::set<RunId> m_reread;    ///< read again, not opened by a person
  QTimer m_foreignPace;        ///< runs while another program holds one of the runs
  bool m_followNext = false;
  RunId m_activateWhenSeen;
};

} // namespace latent::ui
