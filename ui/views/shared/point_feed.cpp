#include "ui/views/shared/point_feed.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/source_keeper.h"

#include <algorithm>

namespace latent::ui {

PointFeed::PointFeed(const Workbench& bench, QObject* parent)
    : QObject(parent), m_bench(bench), m_view(bench.explorer->newView()) {
  m_clock.start();
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active) {
      m_frame = {};
      emit cleared();
    }
    if (before.active != now.active || before.cursor != now.cursor) ask();
  });
  connect(bench.sources, &SourceKeeper::changed, this, [this](const RunId& run) {
    if (run == m_bench.focus->focus().active) ask();
  });
  connect(bench.explorer, &ExplorerBridge::pointReady, this, [this](const PointFrame& frame) {
    if (frame.head.view != m_view || frame.head.source != m_bench.focus->focus().active) return;
    answered(frame.z);
    m_frame = frame;
    emit arrived(m_frame);
  });
}

// The oldest request that this frame answers tells how long the person waited; older and equal ones are done.
void PointFeed::answered(const LatentPoint& z) {
  const auto equal = [&z](const auto& asked) { return asked.first == z; };
  const auto first = std::ranges::find_if(m_asked, equal);
  if (first == m_asked.end()) return;
  emit latencyMeasured(static_cast<double>(m_clock.nsecsElapsed() - first->second) / 1e6);
  m_asked.erase(m_asked.begin(), std::find_if_not(first, m_asked.end(), equal));
}

void PointFeed::ask() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  if (!run || run->discrete || !m_bench.sources->shown(focus.active)) return;
  if (static_cast<int>(focus.cursor.size()) != run->latentSize()) return;
  m_asked.emplace_back(focus.cursor, m_clock.nsecsElapsed());
  if (m_asked.size() > 64) m_asked.pop_front();
  m_bench.explorer->requestPoint(m_view, focus.active, focus.cursor);
}

} // namespace latent::ui
