// The queue and the one run that trains: commands in, curves, states and weights out on the GUI thread.
#pragma once

#include "core/base/metric.h"
#include "core/base/run_config.h"
#include "core/base/weights.h"
#include "ui/models/runs_model.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace latent::ui {

class JobBridge;
class LibraryBridge;

/// Drains the Trainer on a 33 ms timer that runs only while a run trains. Runs of the queue train one at a
/// time; the queue is saved at every change (queue.json in the user's data folder) and restored by
/// restoreQueue(). Closing the program stops the run cleanly and keeps everything.
class TrainingBridge : public QObject {
  Q_OBJECT
 public:
  TrainingBridge(JobBridge* jobs, LibraryBridge* library, QObject* parent = nullptr);
  ~TrainingBridge() override;

  /// Appends to the queue and, if nothing trains, begins. Folders are made in the runs folder when a run
  /// begins.
  void enqueue(const std::vector<RunConfig>& runs);
  /// Reads the queue of the last session. What was in progress comes first; nothing trains before
  /// trainOrPause().
  void restoreQueue();
  /// An interrupted, stopped or paused run goes on: now, or next after the one that trains.
  void continueRun(const RunId& run);
  void removeFromQueue(const RunId& run);
  void moveInQueue(const RunId& run, int places);
  void setQueuePaused(bool paused); ///< the running one goes on; no next one begins
  bool queuePaused() const;
  int queueLength() const;

  bool training() const; ///< a run is running now
  RunId current() const; ///< running or paused; "" = none

  QString progressText() const; ///< "Epoch 7/40, 3.1 s each, 1 min 42 s left, run 3 of 10"

 public slots:
  void trainOrPause(); ///< F5 on the current run; without one the queue goes on
  void step();         ///< F6: one update of a paused run; pauses a running one
  void stop();         ///< Shift+F5; what waits in the queue waits on, paused
  void skip();         ///< stop the current one, go on with the next
  /// A live parameter of the current run; others are ignored.
  void setParameter(const std::string& key, const latent::ParameterValue& value);

 signals:
  void runChanged(const latent::ui::RunItem& item); ///< new or changed row
  void metricsArrived(const latent::RunId& run, const std::vector<latent::Metric>& metrics);
  void weightsArrived(const latent::RunId& run, const std::shared_ptr<const latent::Weights>& weights);
  void runRemoved(const latent::RunId& run); ///< a queued row became a folder, or left the queue
  /// Comes before runRemoved(queuedId) and runChanged(run), so that a row can keep its place and letter.
  void runBegan(const latent::RunId& queuedId, const latent::RunId& run);
  void stateChanged(); ///< for buttons and the status line
  void failed(const QString& sentence);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
