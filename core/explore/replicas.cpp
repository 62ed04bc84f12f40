#include "core/explore/replicas.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace latent {

namespace {
constexpr size_t mostReplicas = 32; // a screen of runs and snapshots below each other
constexpr size_t alwaysKept = 8;
constexpr size_t mostBytes = size_t{256} << 20;
} // namespace

const Viewer& Replicas::get(const SourceId& source, const ModelSpec& spec,
                            const std::shared_ptr<const Weights>& weights) {
  const auto known = std::find_if(m_replicas.begin(), m_replicas.end(),
                                  [&](const Replica& replica) { return replica.source == source; });
  if (known != m_replicas.end() && known->viewer.spec() == spec) {
    m_replicas.splice(m_replicas.begin(), m_replicas, known);
  } else {
    if (known != m_replicas.end()) m_replicas.erase(known);
    Result<Viewer> viewer = Viewer::create(spec);
    if (!viewer) throw std::runtime_error(viewer.error().message);
    m_replicas.push_front({source, *std::move(viewer)});
  }
  Viewer& viewer = m_replicas.front().viewer;
  if (viewer.weights() != weights) {
    if (const Status set = viewer.setWeights(weights); !set) throw std::runtime_error(set.error().message);
    makeRoom();
  }
  return viewer;
}

void Replicas::makeRoom() {
  size_t bytes = 0;
  for (const Replica& replica : m_replicas)
    if (replica.viewer.weights()) bytes += replica.viewer.weights()->values.size() * sizeof(float);
  while (m_replicas.size() > mostReplicas || (m_replicas.size() > alwaysKept && bytes > mostBytes)) {
    if (const auto& weights = m_replicas.back().viewer.weights())
      bytes -= weights->values.size() * sizeof(float);
    m_replicas.pop_back();
  }
}

void Replicas::remove(const std::function<bool(const SourceId&)>& isGone) {
  m_replicas.remove_if([&](const Replica& replica) { return isGone(replica.source); });
}

} // namespace latent
