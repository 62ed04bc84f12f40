// Buffers for snapshots, used again once every viewer has let go: a copy into warm memory takes 0.1 ms, into
// fresh pages ten times that.
#pragma once

#include "core/base/weights.h"

#include <memory>
#include <mutex>
#include <vector>

namespace latent {

/// Any thread may drop what lend() gave, also after the pool is gone.
class SnapshotPool {
 public:
  /// fill(Weights&) sets every member; the buffer may hold old values.
  template<class Fill>
  std::shared_ptr<const Weights> lend(Fill&& fill) {
    std::unique_ptr<Weights> buffer = m_shelf->take();
    fill(*buffer);
    return {buffer.release(), [shelf = m_shelf](const Weights* used) {
              shelf->put(std::unique_ptr<Weights>(const_cast<Weights*>(used))); // made non-const by take()
            }};
  }

 private:
  struct Shelf {
    std::mutex mutex;
    std::vector<std::unique_ptr<Weights>> free;

    std::unique_ptr<Weights> take() {
      std::lock_guard lock(mutex);
      if (free.empty()) return std::make_unique<Weights>();
      auto buffer = std::move(free.back());
      free.pop_back();
      return buffer;
    }
    void put(std::unique_ptr<Weights> buffer) {
      std::lock_guard lock(mutex);
      if (free.size() < 2) free.push_back(std::move(buffer));
    }
  };

  std::shared_ptr<Shelf> m_shelf = std::make_shared<Shelf>();
};

} // namespace latent
