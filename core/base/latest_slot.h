// The newest value wins: snapshots, decode requests and frames cross threads here.
#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace latent {

/// A mailbox for one value. put() replaces what was not yet taken; take() empties it. Any thread may call
/// either. A mutex, not std::atomic<std::shared_ptr>: GCC 12's ThreadSanitizer reports the latter.
template<class T>
class LatestSlot {
 public:
  /// Returns true if an older value was still waiting and is now gone.
  bool put(T value) {
    std::optional<T> old; // destroyed outside the lock: it may own megabytes
    {
      std::lock_guard lock(m_mutex);
      old = std::exchange(m_value, std::optional<T>(std::move(value)));
    }
    return old.has_value();
  }

  std::optional<T> take() {
    std::lock_guard lock(m_mutex);
    return std::exchange(m_value, std::nullopt);
  }

  bool empty() const {
    std::lock_guard lock(m_mutex);
    return !m_value.has_value();
  }

 private:
  mutable std::mutex m_mutex;
  std::optional<T> m_value;
};

} // namespace latent
