#include "ui/views/codes/codebook_feed.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/widgets/code_colours.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int shortestPauseMs = 400;
constexpr int pauseFactor = 3; // as CodesFeed: a pass of 0.3 s is followed by a pause of 0.9 s

/// Where codes stand without main directions: along their first two components.
std::vector<float> placesOf(const CodebookFrame& frame) {
  if (!frame.embedding.empty() || frame.dimension < 1) return frame.embedding;
  std::vector<float> places;
  for (int64_t code = 0; code < frame.codes; ++code) {
    const auto at = static_cast<size_t>(code * frame.dimension);
    places.push_back(frame.vectors[at]);
    places.push_back(frame.dimension > 1 ? frame.vectors[at + 1] : 0.0F);
  }
  return places;
}

} // namespace

CodebookFeed::CodebookFeed(const Workbench& bench, QObject* parent)
    : QObject(parent), m_bench(bench), m_view(bench.explorer->newView()) {
  m_pace.setSingleShot(true);
  connect(&m_pace, &QTimer::timeout, this, &CodebookFeed::follow);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active == now.active) return;
    m_bench.explorer->cancel(m_view);
    m_pace.stop();
    m_waiting = false;
    m_frame = {};
    m_look = {};
    m_problem.clear();
    emit changed();
    follow();
  });
  connect(bench.sources, &SourceKeeper::changed, this, &CodebookFeed::follow);
  connect(bench.library, &LibraryBridge::datasetLoaded, this, &CodebookFeed::follow);
  connect(bench.explorer, &ExplorerBridge::codebookReady, this, &CodebookFeed::receive);
}

void CodebookFeed::setFollowing(bool on) {
  m_following = on;
  follow();
}

void CodebookFeed::follow() {
  const RunId& run = m_bench.focus->focus().active;
  const RunItem* item = m_bench.runs->find(run);
  const auto weights = m_bench.sources->shown(run);
  if (!m_following || m_waiting || m_pace.isActive() || !item || !item->discrete || !weights) return;
  const auto split = m_bench.library->split(item->config.dataset, "test");
  if (!split || (m_frame.codes > 0 && m_frame.step == weights->step)) return;
  m_waiting = true;
  m_sinceAsked.start();
  m_askedImages = m_bench.library->itemCount(item->config.dataset, "test");
  m_bench.explorer->requestCodebook(m_view, run, split, 0);
}

void CodebookFeed::receive(const CodebookFrame& frame) {
  if (frame.head.view != m_view || frame.head.source != m_bench.focus->focus().active) return;
  m_waiting = false;
  m_pace.start(std::max<int>(shortestPauseMs, pauseFactor * static_cast<int>(m_sinceAsked.elapsed())));
  m_problem = QString::fromStdString(frame.error);
  if (frame.error.empty()) {
    m_frame = frame;
    m_images = m_askedImages;
    const std::vector<float> places = placesOf(frame);
    m_look = {frame.used, places, codeColours(places)};
  }
  emit changed();
}

std::vector<NearCode> CodebookFeed::nearest(int64_t code, size_t n) const {
  std::vector<NearCode> all;
  if (code < 0 || code >= m_frame.codes) return all;
  const auto size = static_cast<size_t>(m_frame.dimension);
  const float* from = m_frame.vectors.data() + static_cast<size_t>(code) * size;
  for (int64_t other = 0; other < m_frame.codes; ++other) {
    const float* to = m_frame.vectors.data() + static_cast<size_t>(other) * size;
    double sum = 0;
    for (size_t k = 0; k < size; ++k) sum += (double(to[k]) - from[k]) * (double(to[k]) - from[k]);
    all.push_back({other, std::sqrt(sum)});
  }
  std::ranges::stable_sort(all, [code](const NearCode& a, const NearCode& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.code == code && b.code != code;
  });
  if (all.size() > n) all.resize(n);
  return all;
}

std::vector<int64_t> CodebookFeed::dead() const {
  std::vector<int64_t> codes;
  for (size_t code = 0; code < m_frame.used.size(); ++code)
    if (m_frame.used[code] == 0) codes.push_back(static_cast<int64_t>(code));
  return codes;
}

} // namespace latent::ui
