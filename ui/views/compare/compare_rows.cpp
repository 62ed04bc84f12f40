#include "ui/views/compare/compare_rows.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/run_time.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/shared/words.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

SourceId snapshotSource(const RunId& run, int64_t step) {
  return run + "#" + std::to_string(step);
}

QString stepWords(const RunItem& run, int64_t step) {
  if (run.closedForm) return timeText(run, step);
  const std::optional<double> epoch = timeOf(run, step, TimeUnit::epochs);
  if (!epoch || (*epoch > 0 && *epoch < 1))
    return CompareRows::tr("step %1").arg(QLocale().toString(static_cast<qlonglong>(step)));
  return CompareRows::tr("epoch %1").arg(static_cast<int64_t>(*epoch + 1e-6));
}

bool sameRows(const std::vector<CompareRow>& a, const std::vector<CompareRow>& b) {
  return std::ranges::equal(a, b, [](const CompareRow& x, const CompareRow& y) {
    return x.source == y.source && x.label == y.label && x.note == y.note && x.letter == y.letter &&
           x.mark == y.mark && x.ofActive == y.ofActive && x.current == y.current && x.problem == y.problem &&
           x.spec == y.spec;
  });
}

} // namespace

std::vector<int64_t> chosenSnapshots(const RunItem& run, const std::vector<double>& epochs,
                                     const std::set<int64_t>& damaged, size_t most) {
  std::vector<int64_t> kept;
  std::ranges::copy_if(run.snapshots, std::back_inserter(kept),
                       [&](int64_t step) { return !damaged.contains(step); });
  if (kept.empty()) return kept;
  std::set<int64_t> chosen;
  if (!epochs.empty()) {
    const auto time = [&run](int64_t step) {
      return timeOf(run, step, TimeUnit::epochs).value_or(static_cast<double>(step));
    };
    for (const double epoch : epochs)
      chosen.insert(
          *std::ranges::min_element(kept, {}, [&](int64_t step) { return std::abs(time(step) - epoch); }));
  } else {
    const size_t count = std::min(most, kept.size());
    for (size_t i = 0; i < count; ++i)
      chosen.insert(kept[count == 1 ? kept.size() - 1 : i * (kept.size() - 1) / (count - 1)]);
  }
  return {chosen.begin(), chosen.end()};
}

CompareRows::CompareRows(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.shown != now.shown || before.step != now.step) refresh();
  });
  for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
    connect(bench.runs, signal, this, &CompareRows::refresh);
  connect(bench.runs, &QAbstractItemModel::dataChanged, this, &CompareRows::refresh);
  connect(bench.sources, &SourceKeeper::changed, this, [this](const RunId& run) {
    refresh();
    if (find(run)) emit weightsChanged(run);
  });
  connect(bench.library, &LibraryBridge::snapshotLoaded, this, &CompareRows::take);
}

CompareRows::~CompareRows() {
  for (const auto& [source, weights] : m_kept) m_bench.explorer->removeSource(source);
}

const CompareRow* CompareRows::find(const SourceId& source) const {
  const auto found = std::ranges::find(m_rows, source, &CompareRow::source);
  return found == m_rows.end() ? nullptr : &*found;
}

void CompareRows::choose(bool snapshots, const std::vector<double>& epochs) {
  if (snapshots == m_snapshots && epochs == m_epochs) return;
  m_snapshots = snapshots;
  m_epochs = epochs;
  m_unreadable.clear(); // asked for again: perhaps it was put right
  refresh();
}

void CompareRows::setWatched(bool watched) {
  m_watched = watched;
  if (watched) refresh();
}

CompareRow CompareRows::rowOf(const RunItem& item) const {
  const Focus& focus = m_bench.focus->focus();
  CompareRow row;
  row.source = row.run = item.id;
  row.spec = item.spec;
  row.dataset = item.config.dataset;
  row.datasetName = item.datasetName;
  row.family = item.shortFamily;
  row.letter = item.letterText();
  row.label = item.discrete ? item.shortFamily
                            : QStringLiteral("%1 z%2").arg(item.shortFamily).arg(item.latentSize());
  row.mark = item.colour();
  row.pattern = item.pattern();
  row.latent = item.latentSize();
  row.hasPrior = item.hasPrior;
  row.discrete = item.discrete;
  row.ofActive = item.id == focus.active;
  row.current = row.ofActive;
  row.weights = m_bench.sources->shown(item.id);
  const auto step = m_bench.sources->stepFor(item.id);
  row.step = step;
  row.live = item.training && !step;
  row.note = step ? stepWords(item, *step) : item.training ? tr("live") : stepWords(item, item.step);
  if (!item.problem.isEmpty()) row.problem = tr("The weights of this run cannot be read.");
  return row;
}

CompareRow CompareRows::snapshotRow(const RunItem& item, int64_t step) const {
  CompareRow row = rowOf(item);
  row.source = snapshotSource(item.id, step);
  row.snapshot = row.step = step;
  row.note = stepWords(item, step);
  row.live = false;
  row.current = m_bench.focus->focus().step == step;
  const auto kept = m_kept.find(row.source);
  row.weights = kept == m_kept.end() ? nullptr : kept->second;
  row.problem =
      m_unreadable.contains(row.source) ? tr("The file of this snapshot cannot be read.") : QString();
  return row;
}

void CompareRows::refresh() {
  if (!m_watched) return;
  const Focus& focus = m_bench.focus->focus();
  std::vector<CompareRow> rows;
  if (const RunItem* active = m_bench.runs->find(focus.active); m_snapshots && active) {
    for (const int64_t step : chosenSnapshots(*active, m_epochs, m_bench.sources->damaged(focus.active)))
      rows.push_back(snapshotRow(*active, step));
  } else if (!m_snapshots) {
    for (const RunItem& item : m_bench.runs->items())
      if (!item.queued && std::ranges::find(focus.shown, item.id) != focus.shown.end())
        rows.push_back(rowOf(item));
  }
  const bool other = !sameRows(rows, m_rows);
  m_rows = std::move(rows);
  dropUnused();
  if (other) emit changed();
  readNext();
}

void CompareRows::dropUnused() {
  std::erase_if(m_kept, [this](const auto& entry) {
    if (find(entry.first)) return false;
    m_bench.explorer->removeSource(entry.first);
    return true;
  });
}

// One file after the other: the library answers the newest wish of a run alone, and the time strip has its
// own.
void CompareRows::readNext() {
  if (m_reading || !m_watched) return;
  const auto next = std::ranges::find_if(
      m_rows, [](const CompareRow& row) { return row.snapshot && !row.weights && row.problem.isEmpty(); });
  if (next == m_rows.end()) return;
  m_reading = true;
  m_bench.library->loadSnapshot(next->run, next->snapshot);
}

void CompareRows::take(const RunId& run, std::optional<int64_t> step,
                       const std::shared_ptr<const Weights>& weights) {
  const bool ours = std::exchange(m_reading, false);
  if (step) {
    const SourceId source = snapshotSource(run, *step);
    const auto row = std::ranges::find(m_rows, source, &CompareRow::source);
    if (row != m_rows.end() && !row->weights) {
      if (weights) {
        m_kept[source] = weights;
        m_bench.explorer->setSource(source, row->spec, weights);
      } else {
        m_unreadable.insert(source);
      }
      refresh();
      if (weights) emit weightsChanged(source);
      return;
    }
  }
  if (ours) readNext();
}

} // namespace latent::ui
