#include "ui/views/shared/navigator.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/source_keeper.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace latent::ui {

Navigator::Navigator(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    const bool standIn =
        now.active == m_awaitsCode && std::ranges::all_of(now.cursor, [](float z) { return z == 0.0F; });
    const RunItem* run = m_bench.runs->find(now.active);
    if (!standIn && run) m_cursors[now.active] = now.cursor;
    if (!m_selection.empty() && (!run || run->config.dataset != m_selectedFrom)) setSelection({});
    if (run && before.active != now.active && now.active == m_selectIn) select(std::move(m_selectNext));
  });
  connect(bench.input, &InputFeed::answered, this, [this](const RunId& run) {
    if (run == m_awaitsCode) fillCursor();
  });
}

const RunItem* Navigator::activeRun() const {
  return m_bench.runs->find(m_bench.focus->focus().active);
}

LatentPoint Navigator::inputCode() const {
  const ReconstructFrame* answer = m_bench.input->answer(m_bench.focus->focus().active);
  if (!answer || answer->posteriors.count < 1) return {};
  const auto& mu = answer->posteriors.mu;
  return {mu.begin(), mu.begin() + answer->posteriors.latent};
}

void Navigator::activate(const RunId& run) {
  const RunItem* item = m_bench.runs->find(run);
  if (!item || run == m_bench.focus->focus().active) return;
  m_bench.focus->set(activated(m_bench.focus->focus(), *item));
}

void Navigator::begin(const Focus& focus, const RunId& active) {
  const RunItem* item = m_bench.runs->find(active);
  if (item) m_bench.focus->reset(activated(focus, *item));
}

Focus Navigator::activated(Focus focus, const RunItem& run) {
  if (focus.active != run.id) focus.tokens.clear();
  focus.active = run.id;
  if (std::ranges::find(focus.shown, run.id) == focus.shown.end()) focus.shown.push_back(run.id);
  // The moment stays: as the snapshot of it that this run kept.
  if (focus.step) focus.step = m_bench.sources->stepFor(run.id);

  const auto size = static_cast<size_t>(run.latentSize());
  const auto known = m_cursors.find(run.id);
  m_awaitsCode.clear();
  if (known != m_cursors.end() && known->second.size() == size) {
    focus.cursor = known->second;
    return focus;
  }
  const ReconstructFrame* answer = m_bench.input->answer(run.id);
  if (answer && answer->posteriors.count > 0) {
    focus.cursor.assign(answer->posteriors.mu.begin(),
                        answer->posteriors.mu.begin() + static_cast<long>(size));
  } else {
    focus.cursor.assign(size, 0.0F);
    m_awaitsCode = run.id;
  }
  return focus;
}

// The stand-in gives way to the code of the input, unless the person has moved it in the meantime.
void Navigator::fillCursor() {
  Focus focus = m_bench.focus->focus();
  const bool untouched = std::ranges::all_of(focus.cursor, [](float z) { return z == 0.0F; });
  const LatentPoint code = focus.active == m_awaitsCode && untouched ? inputCode() : LatentPoint{};
  m_awaitsCode.clear();
  if (code.empty()) return;
  focus.cursor = code;
  if (m_bench.focus->canUndo())
    m_bench.focus->set(focus);
  else
    m_bench.focus->reset(focus); // nothing was done yet that could be undone
}

void Navigator::activateRow(int row) {
  if (row >= 0 && row < m_bench.runs->rowCount())
    activate(RunId(m_bench.runs->items()[static_cast<size_t>(row)].id));
}

void Navigator::toggleShown(const RunId& run) {
  const auto& shown = m_bench.focus->focus().shown;
  m_bench.focus->setShown(run, std::ranges::find(shown, run) == shown.end());
}

void Navigator::toggleShownRow(int row) {
  if (row >= 0 && row < m_bench.runs->rowCount())
    toggleShown(RunId(m_bench.runs->items()[static_cast<size_t>(row)].id));
}

void Navigator::setInput(int64_t index) {
  m_bench.focus->setSubject({"test", index, {}});
}

void Navigator::select(std::vector<int64_t> images) {
  selectLater({}, {});
  setSelection(std::move(images));
}

void Navigator::selectLater(const RunId& run, std::vector<int64_t> images) {
  m_selectIn = run;
  m_selectNext = std::move(images);
}

void Navigator::setSelection(std::vector<int64_t> images) {
  const RunItem* run = activeRun();
  if (!run) images.clear();
  if (images == m_selection) return;
  m_selection = std::move(images);
  m_selectedFrom = run ? run->config.dataset : std::string();
  emit selectionChanged();
}

void Navigator::askCodes(const RunId& run) {
  activate(run);
  emit codesAsked();
}

void Navigator::nextInput() {
  const RunItem* run = activeRun();
  const int64_t size = run ? m_bench.library->itemCount(run->config.dataset, "test") : 0;
  if (size > 0) setInput((std::max<int64_t>(m_bench.focus->focus().subject.index, -1) + 1) % size);
}

void Navigator::randomInput() {
  const RunItem* run = activeRun();
  const int64_t size = run ? m_bench.library->itemCount(run->config.dataset, "test") : 0;
  if (size > 0) setInput(QRandomGenerator::global()->bounded(static_cast<qint64>(size)));
}

void Navigator::encodeInput() {
  const RunItem* run = activeRun();
  if (run && run->discrete) m_bench.focus->setTokens({}); // the input's own
  const LatentPoint code = inputCode();
  if (!code.empty()) m_bench.focus->setCursor(code);
}

void Navigator::priorMean() {
  const RunItem* run = activeRun();
  if (!run) return;
  LatentPoint mean(static_cast<size_t>(run->latentSize()), 0.0F);
  const auto codes = m_bench.codes->codes();
  if (!run->hasPrior && codes && codes->codes.summary().mean.size() == mean.size())
    mean = codes->codes.summary().mean;
  m_bench.focus->setCursor(mean);
}

void Navigator::setLatent(int latent, float value) {
  LatentPoint z = m_bench.focus->focus().cursor;
  if (latent < 0 || static_cast<size_t>(latent) >= z.size()) return;
  z[static_cast<size_t>(latent)] = value;
  m_bench.focus->setCursor(z);
}

void Navigator::previousSnapshot() {
  const RunItem* run = activeRun();
  if (!run || run->snapshots.empty()) return;
  const auto& steps = run->snapshots;
  const auto& at = m_bench.focus->focus().step;
  // Before live stands the newest kept step that is older than what is seen.
  auto place = std::ranges::lower_bound(steps, at ? *at : run->step);
  const auto& damaged = m_bench.sources->damaged(run->id); // the keys pass over them
  while (place != steps.begin() && damaged.contains(*std::prev(place))) --place;
  if (place != steps.begin()) m_bench.focus->setStep(*std::prev(place));
}

void Navigator::nextSnapshot() {
  const RunItem* run = activeRun();
  const auto& at = m_bench.focus->focus().step;
  if (!run || !at) return;
  auto place = std::ranges::upper_bound(run->snapshots, *at);
  const auto& damaged = m_bench.sources->damaged(run->id);
  while (place != run->snapshots.end() && damaged.contains(*place)) ++place;
  m_bench.focus->setStep(place == run->snapshots.end() ? std::optional<int64_t>()
                                                       : std::optional<int64_t>(*place));
}

void Navigator::goLive() {
  m_bench.focus->setStep(std::nullopt);
}

} // namespace latent::ui
