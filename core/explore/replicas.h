// The viewing thread's own modules, one of each source that was looked at lately.
#pragma once

#include "core/base/frames.h"
#include "core/explore/viewer.h"

#include <functional>
#include <list>
#include <memory>

namespace latent {

/// At most 32, and beyond eight together at most 256 MiB of weights; the one not used for longest goes first.
/// Used by one thread.
class Replicas {
 public:
  /// The replica of a source, holding these weights. Valid until the next call. Throws std::runtime_error
  /// with one sentence where the model cannot be built or the weights are not its own.
  const Viewer& get(const SourceId& source, const ModelSpec& spec,
                    const std::shared_ptr<const Weights>& weights);
  void remove(const std::function<bool(const SourceId&)>& isGone);
  size_t size() const { return m_replicas.size(); }

 private:
  void makeRoom();

  struct Replica {
    SourceId source;
    Viewer viewer;
  };
  std::list<Replica> m_replicas; ///< the last used one first
};

} // namespace latent
