// One run from its beginning to its end in this window: opened on a worker, drained on a timer, closed on a
// worker.
#pragma once

#include "core/base/metric.h"
#include "core/base/result.h"
#include "core/base/weights.h"
#include "core/train/trainer.h"
#include "ui/bridge/queue_file.h"
#include "ui/models/runs_model.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace latent {
class TrainingRun;
}

namespace latent::ui {

class JobBridge;
class LibraryBridge;

/// Commands return at once. Destruction stops the run cleanly, which waits for the step in progress.
class RunSession : public QObject {
  Q_OBJECT
 public:
  RunSession(JobBridge* jobs, LibraryBridge* library, QueuedRun run, QObject* parent);
  ~RunSession() override;

  /// Ends with began() or couldNotBegin(). In the first case the run goes on as the last command says;
  /// without one it trains.
  void begin();
  void train();
  void pause();
  void stepOnce();
  void stop();
  void setParameter(const std::string& key, const ParameterValue& value);

  bool isOpen() const { return m_run != nullptr; }
  /// What the last command wants: buttons answer at once.
  bool wantsToTrain() const { return m_wanted == Wanted::train; }
  bool isStopping() const { return m_wanted == Wanted::stop; }
  const QueuedRun& run() const { return m_queued; } ///< its folder is known once it is open
  const RunItem& item() const { return m_item; }
  TrainerProgress progress() const; ///< of an open run

 signals:
  void began();
  void couldNotBegin(const latent::Error& error);
  void changed();
  void metrics(const std::vector<latent::Metric>& rows);
  void weights(const std::shared_ptr<const latent::Weights>& newest);
  void ended(); ///< item() is as it is on the disk, the lock is released

 private:
  enum class Wanted { train, pause, step, stop };
  struct Opened;
  struct Closed;

  void openFolder();
  void openData(const std::string& dataset, const std::string& dataDir);
  void openRun(const std::shared_ptr<const Dataset>& data);
  void opened(const Opened& opened);
  void obey();
  void tick();
  void updateItem(const TrainerProgress& progress);
  void listSnapshots();
  void close();
  void closed(const Closed& last);

  JobBridge* m_jobs;
  LibraryBridge* m_library;
  QueuedRun m_queued;
  Wanted m_wanted = Wanted::train;
  std::shared_ptr<TrainingRun> m_run;
  RunItem m_item;
  QTimer m_timer;
  QElapsedTimer m_sinceChange;
  int m_quietTicks = 0;
  bool m_listing = false;
};

} // namespace latent::ui
