// Long work away from the window: process on a worker, finish where the job was started.
#pragma once

#include "core/base/result.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace latent {

/// What a running job tells and hears. Shared between the worker and whoever watches; every member is
/// thread-safe.
class JobControl {
 public:
  bool cancelled() const { return m_cancelled.load(std::memory_order_relaxed); }
  void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }
  double progress() const { return m_progress.load(std::memory_order_relaxed); } ///< 0..1, negative = unknown
  void setProgress(double fraction) { m_progress.store(fraction, std::memory_order_relaxed); }

 private:
  std::atomic<bool> m_cancelled{false};
  std::atomic<double> m_progress{-1};
};

/// `process` runs on a worker and may throw; `finish` runs on the thread that owns the job and receives the
/// exception as an Error (Fault::interrupted after a cancel).
struct Job {
  std::string title; ///< for the job list: "Encoding 10,000 test images"
  std::function<void(JobControl&)> process;
  std::function<void(const Status&)> finish;
};

} // namespace latent
