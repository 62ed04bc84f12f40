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

/// One run whose codes are kept up to date.
struct CodesFeed::Follower {
  ViewId view = 0;
  int watchers = 0;
  std::shared_ptr<const RunCodes> codes;
  QString problem;
  int64_t askedStep = -1;
  bool waiting = false;
  std::unique_ptr<QTimer> pace;
  QElapsedTimer sinceAsked;
};

CodesFeed::CodesFeed(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active) takeActive();
  });
  connect(bench.sources, &SourceKeeper::changed, this, &CodesFeed::follow);
  connect(bench.library, &LibraryBridge::datasetLoaded, this, [this] {
    std::vector<RunId> runs; // a listener may begin or end to watch a run
    for (const auto& entry : m_followers) runs.push_back(entry.first);
    for (const RunId& run : runs) follow(run);
  });
  connect(bench.explorer, &ExplorerBridge::encodingReady, this, &CodesFeed::receive);
}

CodesFeed::~CodesFeed() = default;

QString CodesFeed::problem() const {
  return problem(m_active);
}

std::shared_ptr<const RunCodes> CodesFeed::codes(const RunId& run) const {
  const auto found = m_followers.find(run);
  return found == m_followers.end() ? nullptr : found->second.codes;
}

QString CodesFeed::problem(const RunId& run) const {
  const auto found = m_followers.find(run);
  return found == m_followers.end() ? QString() : found->second.problem;
}

void CodesFeed::watch(const RunId& run) {
  if (run.empty()) return;
  ++followed(run).watchers;
  follow(run);
}

void CodesFeed::unwatch(const RunId& run) {
  const auto found = m_followers.find(run);
  if (found == m_followers.end() || found->second.watchers == 0) return;
  --found->second.watchers;
  release(run);
}

void CodesFeed::takeActive() {
  const RunId was = std::exchange(m_active, m_bench.focus->focus().active);
  release(was);
  if (!m_active.empty()) followed(m_active);
  const auto known = codes(m_active);
  if (known != m_codes) {
    m_codes = known;
    emit changed();
  }
  follow(m_active);
}

CodesFeed::Follower& CodesFeed::followed(const RunId& run) {
  const auto [entry, isNew] = m_followers.try_emplace(run);
  Follower& follower = entry->second;
  if (!isNew) return follower;
  if (m_freeViews.empty()) {
    follower.view = m_bench.explorer->newView();
  } else {
    follower.view = m_freeViews.back();
    m_freeViews.pop_back();
  }
  follower.pace = std::make_unique<QTimer>();
  follower.pace->setSingleShot(true);
  connect(follower.pace.get(), &QTimer::timeout, this, [this, run] { follow(run); });
  return follower;
}

void CodesFeed::release(const RunId& run) {
  const auto found = m_followers.find(run);
  if (found == m_followers.end() || run == m_active || found->second.watchers > 0) return;
  m_bench.explorer->cancel(found->second.view);
  m_freeViews.push_back(found->second.view);
  found->second.pace.release()->deleteLater(); // it may be the timer that led here
  m_followers.erase(found);
}

void CodesFeed::follow(const RunId& run) {
  const auto found = m_followers.find(run);
  const RunItem* item = m_bench.runs->find(run);
  const auto weights = m_bench.sources->shown(run);
  if (found == m_followers.end() || !item || item->discrete || !weights) return;
  Follower& follower = found->second;
  if (follower.codes && follower.codes->codes.step() == weights->step) return;
  if (auto known = remembered(run, weights->step)) {
    show(run, std::move(known));
    return;
  }
  const bool moving = item->training && !m_bench.focus->focus().step;
  // receive() and the pause come back here
  if (moving && (follower.waiting || follower.pace->isActive())) return;
  ask(run, follower);
}

void CodesFeed::ask(const RunId& run, Follower& follower) {
  const auto weights = m_bench.sources->shown(run);
  const auto split = m_bench.library->split(m_bench.runs->find(run)->config.dataset, "test");
  if (!split || (follower.waiting && follower.askedStep == weights->step)) return;
  follower.askedStep = weights->step;
  follower.waiting = true;
  follower.sinceAsked.start();
  m_bench.explorer->requestEncoding(follower.view, run, split, 0);
}

void CodesFeed::receive(const EncodeFrame& frame) {
  const RunId run = frame.head.source;
  const auto found = m_followers.find(run);
  if (found == m_followers.end() || found->second.view != frame.head.view) return;
  Follower& follower = found->second;
  follower.waiting = false;
  follower.pace->start(
      std::max<int>(shortestPauseMs, pauseFactor * static_cast<int>(follower.sinceAsked.elapsed())));
  follower.problem = QString::fromStdString(frame.error);
  if (!frame.error.empty()) {
    follower.codes.reset();
    if (run == m_active) {
      m_codes.reset();
      emit changed(); // also where there were none: the reason is new
    }
    emit codesChanged(run);
    return;
  }
  auto codes = std::make_shared<RunCodes>(RunCodes{run, Codes(frame), frame.labels});
  const RunItem* item = m_bench.runs->find(run);
  if (item && !(item->training && !m_bench.focus->focus().step)) remember(codes);
  show(run, std::move(codes));
}

void CodesFeed::remember(const std::shared_ptr<const RunCodes>& codes) {
  m_remembered.push_front(codes);
  size_t floats = 0;
  for (const auto& entry : m_remembered) floats += floatsOf(*entry);
  for (; floats > rememberedFloats && m_remembered.size() > 1; m_remembered.pop_back())
    floats -= floatsOf(*m_remembered.back());
}

std::shared_ptr<const RunCodes> CodesFeed::remembered(const RunId& run, int64_t step) const {
  const auto found = std::ranges::find_if(
      m_remembered, [&](const auto& codes) { return codes->run == run && codes->codes.step() == step; });
  return found == m_remembered.end() ? nullptr : *found;
}

void CodesFeed::show(const RunId& run, std::shared_ptr<const RunCodes> codes) {
  Follower& follower = m_followers.at(run);
  if (codes == follower.codes) return;
  follower.codes = codes;
  if (run == m_active) {
    m_codes = std::move(codes);
    emit changed();
  }
  emit codesChanged(run);
}

} // namespace latent::ui
