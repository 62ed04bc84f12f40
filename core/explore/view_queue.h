// The requests of one kind that wait for the viewing thread: at most one of each view.
#pragma once

#include "core/base/frames.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace latent {

/// A request keeps its place when a newer one of its view replaces it, so that a busy view starves no other.
/// Not thread-safe: Explorer guards it.
template<class Request>
class ViewQueue {
 public:
  /// Requests older than what the view already asked for are dropped (threads may post out of order).
  void put(Request request) {
    View& view = m_views[request.head.view];
    if (request.head.generation < view.newest || view.isForgotten(request.head.generation)) return;
    view.newest = request.head.generation;
    const auto waiting = find(request.head.view);
    if (waiting == m_waiting.end()) {
      m_waiting.push_back(std::move(request));
    } else {
      *waiting = std::move(request);
    }
  }

  std::optional<Request> take() {
    if (m_waiting.empty()) return std::nullopt;
    std::optional<Request> first(std::move(m_waiting.front()));
    m_waiting.erase(m_waiting.begin());
    return first;
  }

  void cancel(ViewId id) {
    const auto view = m_views.find(id);
    if (view == m_views.end()) return;
    view->second.forgotten = view->second.newest;
    const auto waiting = find(id);
    if (waiting != m_waiting.end()) m_waiting.erase(waiting);
  }

  /// True for a request whose view has asked for something newer, or was cancelled, since.
  bool isStale(const RequestHead& head) const {
    const auto view = m_views.find(head.view);
    return view != m_views.end() &&
           (head.generation < view->second.newest || view->second.isForgotten(head.generation));
  }

  bool empty() const { return m_waiting.empty(); }

 private:
  struct View {
    uint64_t newest = 0;
    std::optional<uint64_t> forgotten; ///< cancelled, up to this generation
    bool isForgotten(uint64_t generation) const { return forgotten && generation <= *forgotten; }
  };

  auto find(ViewId view) {
    return std::find_if(m_waiting.begin(), m_waiting.end(),
                        [view](const Request& request) { return request.head.view == view; });
  }

  std::vector<Request> m_waiting; ///< a handful: one of each view on the screen
  std::map<ViewId, View> m_views;
};

} // namespace latent
