#include "ui/views/shared/codes_feed.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/source_keeper.h"

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr size_t rememberedFloats = 16u << 20; // 64 MiB
constexpr int shortestPauseMs = 400;
constexpr int pauseFactor = 3; // a pass of 0.3 s is followed by a pause of 0.9 s

size_t floatsOf(const RunCodes& codes) {
  return codes.codes.points().mu.size() + codes.codes.points().logVar.size();
}

} // namespace

CodesFeed::CodesFeed(const Workbench& bench, QObject* parent)
    : QObject(parent), m_bench(bench), m_view(bench.explorer->newView()) {
  m_pace.setSingleShot(true);
  connect(&m_pace, &QTimer::timeout, this, &CodesFeed::follow);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active == now.active) return;
    m_pace.stop();
    m_problem.clear();
    show(nullptr);
    follow();
  });
  connect(bench.sources, &SourceKeeper::changed, this, [this](const RunId& run) {
    if (run == m_bench.focus->focus().active) follow();
  });
  connect(bench.library, &LibraryBridge::datasetLoaded, this, &CodesFeed::follow);
  connect(bench.explorer, &ExplorerBridge::encodingReady, this, &CodesFeed::receive);
}

void CodesFeed::follow() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* item = m_bench.runs->find(focus.active);
  const auto weights = m_bench.sources->shown(focus.active);
  if (!item || item->discrete || !weights) return;
  if (m_codes && m_codes->codes.step() == weights->step) return;
  if (auto known = remembered(focus.active, weights->step)) {
    show(std::move(known));
    return;
  }
  const bool moving = item->training && !focus.step;
  // receive() and the pause come back here
  if (moving && ((m_waiting && m_askedRun == focus.active) || m_pace.isActive())) return;
  ask();
}

void CodesFeed::ask() {
  const RunId& run = m_bench.focus->focus().active;
  const RunItem* item = m_bench.runs->find(run);
  const auto weights = m_bench.sources->shown(run);
  const auto split = m_bench.library->split(item->config.dataset, "test");
  if (!split) return;
  if (m_waiting && m_askedRun == run && m_askedStep == weights->step) return;
  m_askedRun = run;
  m_askedStep = weights->step;
  m_waiting = true;
  m_sinceAsked.start();
  m_bench.explorer->requestEncoding(m_view, run, split, 0);
}

void CodesFeed::receive(const EncodeFrame& frame) {
  if (frame.head.view != m_view || frame.head.source != m_bench.focus->focus().active) return;
  m_waiting = false;
  m_pace.start(std::max<int>(shortestPauseMs, pauseFactor * static_cast<int>(m_sinceAsked.elapsed())));
  m_problem = QString::fromStdString(frame.error);
  if (!frame.error.empty()) {
    m_codes.reset();
    emit changed(); // also where there were none: the reason is new
    return;
  }
  auto codes = std::make_shared<RunCodes>(RunCodes{frame.head.source, Codes(frame), frame.labels});
  const RunItem* item = m_bench.runs->find(codes->run);
  if (item && !(item->training && !m_bench.focus->focus().step)) {
    m_remembered.push_front(codes);
    size_t floats = 0;
    for (const auto& entry : m_remembered) floats += floatsOf(*entry);
    for (; floats > rememberedFloats && m_remembered.size() > 1; m_remembered.pop_back())
      floats -= floatsOf(*m_remembered.back());
  }
  show(std::move(codes));
}

std::shared_ptr<const RunCodes> CodesFeed::remembered(const RunId& run, int64_t step) const {
  const auto found = std::ranges::find_if(
      m_remembered, [&](const auto& codes) { return codes->run == run && codes->codes.step() == step; });
  return found == m_remembered.end() ? nullptr : *found;
}

void CodesFeed::show(std::shared_ptr<const RunCodes> codes) {
  if (codes == m_codes) return;
  m_codes = std::move(codes);
  emit changed();
}

} // namespace latent::ui
