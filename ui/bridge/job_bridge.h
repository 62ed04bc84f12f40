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

  /// Starts when a worker is free. Returns a number for cancel().
  int start(Job job);
  void cancel(int number);
  void cancelAll();

  struct Entry {
    int number;
    QString title;
    double progress;
  };
  std::vector<Entry> running() const;

 signals:
  void changed(); ///< a job began, moved (at most ten times a second) or ended

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
