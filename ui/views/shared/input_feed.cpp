#include "ui/views/shared/input_feed.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/source_keeper.h"

#include <algorithm>
#include <utility>

namespace latent::ui {

InputFeed::InputFeed(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.subject != now.subject) readImage();
    if (before.shown != now.shown) askAll();
  });
  connect(bench.library, &LibraryBridge::datasetLoaded, this, &InputFeed::readImage);
  connect(bench.sources, &SourceKeeper::changed, this, &InputFeed::ask);
  connect(bench.explorer, &ExplorerBridge::reconstructionsReady, this, [this](const ReconstructFrame& frame) {
    const auto view = m_views.find(frame.head.source);
    if (view == m_views.end() || view->second != frame.head.view) return;
    m_answers[frame.head.source] = frame;
    emit answered(frame.head.source);
  });
}

const ReconstructFrame* InputFeed::answer(const RunId& run) const {
  const auto found = m_answers.find(run);
  return found == m_answers.end() ? nullptr : &found->second;
}

void InputFeed::readImage() {
  const Focus& focus = m_bench.focus->focus();
  Image image;
  int64_t label = -1;
  if (focus.subject.index < 0) {
    image = focus.subject.image;
  } else if (const RunItem* run = m_bench.runs->find(focus.active)) {
    image = m_bench.library->image(run->config.dataset, focus.subject.split, focus.subject.index);
    label = m_bench.library->label(run->config.dataset, focus.subject.split, focus.subject.index);
  }
  if (image == m_image && label == m_label) return;
  m_image = std::move(image);
  m_label = label;
  m_answers.clear();
  emit imageChanged();
  askAll();
}

void InputFeed::askAll() {
  for (const RunId& run : m_bench.focus->focus().shown) ask(run);
}

void InputFeed::ask(const RunId& run) {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* item = m_bench.runs->find(run);
  if (m_image.empty() || !item || item->spec.shape != m_image.shape || !m_bench.sources->shown(run)) return;
  if (std::ranges::find(focus.shown, run) == focus.shown.end()) return;
  const auto [view, isNew] = m_views.try_emplace(run, 0);
  if (isNew) view->second = m_bench.explorer->newView();
  m_bench.explorer->requestReconstructions(view->second, run, {m_image});
}

} // namespace latent::ui
