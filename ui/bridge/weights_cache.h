// Kept snapshots that were looked at lately, so that scrubbing back and forth does not read them again.
#pragma once

#include "core/base/focus.h"
#include "core/base/weights.h"

#include <cstdint>
#include <list>
#include <memory>

namespace latent::ui {

/// Bounded by the bytes of the weights; the one not used for longest goes first.
class WeightsCache {
 public:
  explicit WeightsCache(size_t bytes) : m_limit(bytes) {}

  std::shared_ptr<const Weights> find(const RunId& run, int64_t step) {
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
      if (entry->run != run || entry->weights->step != step) continue;
      m_entries.splice(m_entries.begin(), m_entries, entry);
      return entry->weights;
    }
    return nullptr;
  }

  /// Weights larger than the whole bound are not kept.
  void put(const RunId& run, std::shared_ptr<const Weights> weights) {
    if (find(run, weights->step)) {
      m_bytes -= bytesOf(m_entries.front());
      m_entries.pop_front();
    }
    m_entries.push_front({run, std::move(weights)});
    m_bytes += bytesOf(m_entries.front());
    while (m_bytes > m_limit) {
      m_bytes -= bytesOf(m_entries.back());
      m_entries.pop_back();
    }
  }

  void forget(const RunId& run) {
    std::erase_if(m_entries, [&](const Entry& entry) {
      if (entry.run == run) m_bytes -= bytesOf(entry);
      return entry.run == run;
    });
  }

  size_t bytes() const { return m_bytes; }

 private:
  struct Entry {
    RunId run;
    std::shared_ptr<const Weights> weights;
  };
  static size_t bytesOf(const Entry& entry) { return entry.weights->values.size() * sizeof(float); }

  size_t m_limit;
  size_t m_bytes = 0;
  std::list<Entry> m_entries; ///< the last used one first
};

} // namespace latent::ui
