// Long work off the GUI thread, with progress and cancel, listed in the status line.
#pragma once

#include "core/base/job.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace latent::ui {

/// Two worker threads. `finish` of a job runs on the GUI thread. Destruction cancels what runs and joins
/// without calling `finish`.
class JobBridge : public QObject {
  Q_OBJECT
 public:
  explicit JobBridge(QObject* parent = nullptr);
  ~JobBridge() override;

  /// quick: a file or two, milliseconds; too short for the list.
  enum class Lane { work, quick };

  /// Starts when a worker of its lane is free. Returns a number for cancel().
  int start(Job job, Lane lane = Lane::work);
  void cancel(int number); ///< a job that did not begin ends at once; unknown numbers are ignored
  void cancelAll();        ///< all that running() lists

  struct Entry {
    int number;
    QString title;
    double progress;
  };
  std::vector<Entry> running() const; ///< in the order of start(), those that wait for a worker included

 signals:
  void changed(); ///< a job began, moved (at most ten times a second) or ended

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
