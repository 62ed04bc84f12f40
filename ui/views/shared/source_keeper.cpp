#include "ui/views/shared/source_keeper.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"

#include <algorithm>

namespace latent::ui {
namespace {

constexpr size_t rememberedFloats = 24u << 20; // 96 MiB

} // namespace

SourceKeeper::SourceKeeper(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.shown != now.shown || before.step != now.step) refresh();
  });
  connect(bench.runs, &QAbstractItemModel::rowsInserted, this, &SourceKeeper::refresh);
  connect(bench.runs, &QAbstractItemModel::rowsRemoved, this, [this] {
    std::erase_if(m_kept, [this](const auto& entry) {
      if (m_bench.runs->find(entry.first)) return false;
      m_bench.explorer->removeSource(entry.first);
      return true;
    });
  });
  connect(bench.training, &TrainingBridge::weightsArrived, this,
          [this](const RunId& run, const std::shared_ptr<const Weights>& weights) {
            m_kept[run].live = weights;
            if (std::ranges::find(m_bench.focus->focus().shown, run) != m_bench.focus->focus().shown.end())
              supply(run);
          });
  connect(bench.library, &LibraryBridge::snapshotLoaded, this, &SourceKeeper::remember);
}

std::shared_ptr<const Weights> SourceKeeper::shown(const RunId& run) const {
  const auto found = m_kept.find(run);
  return found == m_kept.end() ? nullptr : found->second.shown;
}

const std::set<int64_t>& SourceKeeper::damaged(const RunId& run) const {
  static const std::set<int64_t> none;
  const auto found = m_kept.find(run);
  return found == m_kept.end() ? none : found->second.damaged;
}

int64_t SourceKeeper::trainImages(const RunItem& run) const {
  return m_bench.library->itemCount(run.config.dataset, "train");
}

std::optional<double> SourceKeeper::timeOf(const RunItem& run, int64_t step) const {
  return ui::timeOf(run, step, m_unit, trainImages(run));
}

void SourceKeeper::setTimeUnit(TimeUnit unit) {
  if (unit == m_unit) return;
  m_unit = unit;
  refresh();
  emit timeUnitChanged();
}

std::optional<int64_t> SourceKeeper::stepFor(const RunId& run) const {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* item = m_bench.runs->find(run);
  const RunItem* active = m_bench.runs->find(focus.active);
  if (!focus.step || !item || !active) return std::nullopt;
  if (run == focus.active) return focus.step;
  // Where the active run's time is not known in this unit, updates are what is left to compare.
  const std::optional<double> moment = timeOf(*active, *focus.step);
  const TimeUnit unit = moment ? m_unit : TimeUnit::steps;
  return keptAt(*item, moment.value_or(static_cast<double>(*focus.step)), unit, damaged(run),
                trainImages(*item));
}

// The active run first: its weights are what the person waits for.
void SourceKeeper::refresh() {
  const Focus focus = m_bench.focus->focus();
  supply(focus.active);
  for (const RunId& run : focus.shown) {
    if (run != focus.active) supply(run);
  }
}

// A snapshot that cannot be read is no place to stay: back to the weights that are still seen.
void SourceKeeper::stepBack(const RunId& run, int64_t step) {
  Kept& kept = m_kept[run];
  if (kept.damaged.insert(step).second) emit damagedChanged(run);
  std::optional<int64_t> seen;
  if (kept.shown && kept.shown != kept.live && !kept.damaged.contains(kept.shown->step))
    seen = kept.shown->step;
  m_bench.focus->replaceStep(run, step, seen);
  if (run != m_bench.focus->focus().active) supply(run); // goes live
}

// Hands the weights that should be shown to the explorer, or asks for them.
void SourceKeeper::supply(const RunId& run) {
  const RunItem* item = m_bench.runs->find(run);
  if (!item || (item->queued && item->snapshots.empty())) return; // nothing on the disk yet
  Kept& kept = m_kept[run];
  const std::optional<int64_t> step = stepFor(run);
  std::shared_ptr<const Weights> wanted = kept.live;
  if (step) {
    const auto found = kept.snapshots.find(*step);
    wanted = found == kept.snapshots.end() ? nullptr : found->second;
  }
  if (!wanted) {
    if (!item->problem.isEmpty() && !step) return; // they were looked at when the run was opened
    if (item->training && !step) return; // its first weights are on their way from the training thread
    m_bench.library->loadSnapshot(run, step);
    return;
  }
  if (kept.shown != wanted) {
    kept.shown = wanted;
    m_bench.explorer->setSource(run, item->spec, wanted);
    emit changed(run);
  }
}

void SourceKeeper::remember(const RunId& run, std::optional<int64_t> step,
                            const std::shared_ptr<const Weights>& weights) {
  if (!m_bench.runs->find(run)) return;
  if (!weights) {
    if (step) stepBack(run, *step);
    return;
  }
  if (step && m_kept[run].damaged.erase(*step) > 0) emit damagedChanged(run); // it was put right
  size_t floats = weights->values.size();
  for (const auto& [id, kept] : m_kept) {
    for (const auto& [at, snapshot] : kept.snapshots) floats += snapshot->values.size();
  }
  if (floats > rememberedFloats) {
    for (auto& [id, kept] : m_kept) kept.snapshots.clear();
  }
  Kept& kept = m_kept[run];
  if (step) {
    kept.snapshots[*step] = weights;
  } else if (!kept.live || kept.live->step <= weights->step) {
    kept.live = weights; // a training run's own weights may have overtaken the file
  }
  refresh();
}

} // namespace latent::ui
