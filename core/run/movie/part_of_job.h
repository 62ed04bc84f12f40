// A part of a longer job: steps that report their own progress from 0 to 1 move only this part of it.
#pragma once

#include "core/base/job.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace latent {

/// While it lives, control() is cancelled soon after `whole` is, and its progress moves that of `whole`
/// between `from` and `to`.
class PartOfJob {
 public:
  PartOfJob(JobControl& whole, double from, double to)
      : m_whole(whole),
        m_from(from),
        m_to(to),
        m_watch([this](const std::stop_token& stop) { watch(stop); }) {}
  ~PartOfJob() {
    m_watch.request_stop();
    m_watch.join();
    pass();
  }
  PartOfJob(const PartOfJob&) = delete;
  PartOfJob& operator=(const PartOfJob&) = delete;

  JobControl& control() { return m_part; }

 private:
  void pass() {
    if (m_whole.cancelled()) m_part.cancel();
    if (m_part.progress() >= 0) m_whole.setProgress(m_from + (m_to - m_from) * m_part.progress());
  }
  void watch(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      pass();
      changed.wait_for(lock, stop, std::chrono::milliseconds(20), [] { return false; });
    }
  }

  JobControl& m_whole;
  JobControl m_part;
  double m_from, m_to;
  std::jthread m_watch; // last: it uses what stands above
};

} // namespace latent
