#include "core/run/report/part_control.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace latent::detail {

PartControl::PartControl(JobControl& whole, double begin, double share) {
  whole.setProgress(begin);
  m_watch = std::jthread([this, &whole, begin, share](const std::stop_token& stop) {
    constexpr std::chrono::milliseconds pause(30);
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
      if (whole.cancelled()) m_part.cancel();
      whole.setProgress(begin + share * std::clamp(m_part.progress(), 0.0, 1.0));
    }
  });
}

} // namespace latent::detail
