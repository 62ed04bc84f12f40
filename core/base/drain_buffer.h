// Nothing is lost: metrics, states and errors cross threads here.
#pragma once

#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace latent {

/// Values in the order in which they were appended. drain() takes all of them at once, so a reader pays
/// one lock for a thousand values. Any thread may call any function.
template<class T>
class DrainBuffer {
 public:
  void append(T value) {
    std::lock_guard lock(m_mutex);
    m_values.push_back(std::move(value));
  }

  void append(std::vector<T> values) {
    std::lock_guard lock(m_mutex);
    if (m_values.empty()) {
      m_values = std::move(values);
    } else {
      m_values.insert(m_values.end(), std::make_move_iterator(values.begin()),
                      std::make_move_iterator(values.end()));
    }
  }

  std::vector<T> drain() {
    std::lock_guard lock(m_mutex);
    return std::exchange(m_values, {});
  }

 private:
  std::mutex m_mutex;
  std::vector<T> m_values;
};

} // namespace latent
