#include "ui/views/window/run_keeper.h"

#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/metrics_store.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/window/deleted_run.h"

#include <QFileInfo>

#include <algorithm>
#include <array>

namespace latent::ui {
namespace {

constexpr int foreignPaceMs = 2000;

/// The order in which a first look is taken: the data a person knows best; the VAE, its twin, other methods.
int rank(const RunItem& run, const LibraryBridge& library) {
  constexpr std::array order{"mnist", "fashion-mnist", "digits"};
  const auto place = std::ranges::find(order, run.config.dataset);
  const auto& cards = library.datasets();
  const auto card = std::ranges::find(cards, run.config.dataset, &DatasetCard::id);
  const bool here = card != cards.end() && card->available;
  const int family = run.config.family == "vae" ? 0 : run.config.family == "ae" ? 1 : 2;
  return (here ? 0 : 100) + static_cast<int>(place - order.begin()) * 10 + family;
}

} // namespace

RunKeeper::RunKeeper(const Workbench& bench, QObject* parent)
    : QObject(parent), m_bench(bench), m_deleted(new DeletedRun(bench, this)) {
  connect(bench.library, &LibraryBridge::runOpened, this, &RunKeeper::take);
  connect(bench.library, &LibraryBridge::datasetsChanged, this, [this] {
    chooseFirst();
    loadData();
  });
  connect(bench.library, &LibraryBridge::failed, bench.messages, &Messages::error);
  connect(bench.library, &LibraryBridge::warned, bench.messages, &Messages::tell);
  connect(bench.library, &LibraryBridge::runTrashed, this, [this](const RunId& run) {
    const RunItem* item = m_bench.runs->find(run);
    const QString name = item ? item->name : QFileInfo(QString::fromStdString(run)).fileName();
    const int row = m_bench.runs->rowOf(run);
    const Focus before = m_bench.focus->focus();
    removed(run);
    m_deleted->note(run, name, row, before);
  });
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    m_bench.runs->setFocus(now);
    if (before.active != now.active) loadData();
    if (before.active != now.active || before.step != now.step) showPast();
  });
  connect(bench.sources, &SourceKeeper::timeUnitChanged, this, &RunKeeper::showPast);
  m_foreignPace.setInterval(foreignPaceMs);
  connect(&m_foreignPace, &QTimer::timeout, this, &RunKeeper::rereadForeign);
  connectTraining();
}

/// Another program trains it: what the window shows of it grows old.
bool RunKeeper::foreign(const RunItem& item) const {
  return item.readOnly && !item.queued && !m_bench.library->isShipped(item.id);
}

void RunKeeper::rereadForeign() {
  m_reread.clear(); // what did not answer is gone
  for (const RunItem& item : m_bench.runs->items())
    if (foreign(item)) m_reread.insert(item.id);
  if (m_reread.empty()) return m_foreignPace.stop();
  m_bench.library->rereadRuns({m_reread.begin(), m_reread.end()});
}

void RunKeeper::connectTraining() {
  connect(m_bench.training, &TrainingBridge::runBegan, this, &RunKeeper::began);
  connect(m_bench.training, &TrainingBridge::runRemoved, this, &RunKeeper::removed);
  connect(m_bench.training, &TrainingBridge::failed, m_bench.messages, &Messages::error);
  connect(m_bench.training, &TrainingBridge::metricsArrived, m_bench.metrics, &MetricsStore::append);
  connect(m_bench.training, &TrainingBridge::runChanged, this, [this](const RunItem& item) {
    m_bench.runs->put(item);
    if (item.id != m_activateWhenSeen) return;
    m_activateWhenSeen.clear();
    m_bench.navigator->activate(item.id);
  });
}

void RunKeeper::open(const std::vector<RunId>& lastRuns, const std::optional<Focus>& last,
                     const QStringList& folders) {
  m_last = last;
  m_bench.library->refreshDatasets();
  m_bench.library->openShippedModels();
  if (!lastRuns.empty()) m_bench.library->reopenRuns(lastRuns);
  for (const QString& folder : folders) openFolder(folder);
  m_bench.training->restoreQueue();
}

void RunKeeper::openFolder(const QString& folder) {
  const QString path = QFileInfo(folder).absoluteFilePath();
  const RunId id = path.toStdString();
  if (const RunItem* known = m_bench.runs->find(id)) {
    if (!known->training && !m_bench.library->isShipped(id)) { // it may have grown since
      m_reread.insert(id);
      m_bench.library->rereadRuns({id});
    }
    m_bench.navigator->activate(id);
    return;
  }
  m_asked.insert(id);
  m_bench.library->openRun(path);
}

void RunKeeper::changeSession(const std::vector<RunId>& runs, const Focus& focus) {
  std::vector<RunId> leaving, coming;
  for (const RunItem& item : m_bench.runs->items()) {
    const bool busy = item.queued || item.training || item.id == m_bench.training->current();
    const bool wanted = std::ranges::find(runs, item.id) != runs.end();
    if (!busy && !wanted && !m_bench.library->isShipped(item.id)) leaving.push_back(item.id);
  }
  for (const RunId& run : runs)
    if (!m_bench.runs->find(run)) coming.push_back(run);
  m_asked.clear();
  m_bench.focus->reset({});
  for (const RunId& run : leaving) {
    m_bench.runs->remove(run);
    m_bench.metrics->remove(run);
  }
  m_last = focus;
  if (!coming.empty()) m_bench.library->reopenRuns(coming);
  chooseFirst();
}

void RunKeeper::followNextRun() {
  m_followNext = true;
}

void RunKeeper::take(const RunItem& item, const std::vector<Metric>& metrics) {
  const RunItem* known = m_bench.runs->find(item.id);
  const bool again = m_reread.erase(item.id) > 0 && known;
  if (again && known->step == item.step && known->state == item.state && known->readOnly == item.readOnly &&
      known->snapshots == item.snapshots && known->problem == item.problem)
    return;
  m_bench.runs->put(item);
  m_bench.metrics->replace(item.id, metrics);
  if (foreign(item) && !m_foreignPace.isActive()) m_foreignPace.start();
  if (again && !item.training && item.problem.isEmpty())
    m_bench.library->loadSnapshot(item.id, std::nullopt); // the newest weights are others, too
  showPast();
  if (m_deleted->appeared(item.id)) return;
  if (m_asked.erase(item.id) > 0) {
    m_last.reset();
    m_bench.navigator->activate(item.id);
    emit opened(QString::fromStdString(item.id));
    return;
  }
  chooseFirst();
}

void RunKeeper::began(const RunId& queued, const RunId& run) {
  m_bench.runs->changeId(queued, run);
  Focus focus = m_bench.focus->focus();
  if (focus.active == queued) focus.active = run;
  std::ranges::replace(focus.shown, queued, run);
  if (std::ranges::find(focus.shown, run) == focus.shown.end() && m_bench.runs->find(run))
    focus.shown.push_back(run);
  m_bench.focus->set(focus);
  if (m_followNext) m_activateWhenSeen = run; // once its row is complete
  m_followNext = false;
}

void RunKeeper::removed(const RunId& run) {
  if (!m_bench.runs->find(run)) return;
  Focus focus = m_bench.focus->focus();
  std::erase(focus.shown, run);
  const bool wasActive = focus.active == run;
  m_bench.runs->remove(run);
  m_bench.metrics->remove(run);
  if (!wasActive) {
    if (focus.shown != m_bench.focus->focus().shown) m_bench.focus->set(focus);
    return;
  }
  const auto& rest = m_bench.runs->items();
  const auto next = std::ranges::find_if(rest, [](const RunItem& item) { return !item.queued; });
  focus.active.clear();
  focus.cursor.clear();
  focus.step.reset();
  m_bench.focus->reset(focus);
  if (next != rest.end()) m_bench.navigator->activate(RunId(next->id));
}

// Until the person does something, the best of what has arrived so far is shown.
void RunKeeper::chooseFirst() {
  if (m_bench.focus->canUndo() || restoreLast() || m_bench.library->datasets().empty()) return;
  const RunItem* best = nullptr;
  for (const RunItem& run : m_bench.runs->items()) {
    if (run.queued || !m_bench.library->isShipped(run.id)) continue;
    if (!best || rank(run, *m_bench.library) < rank(*best, *m_bench.library)) best = &run;
  }
  if (!best) {
    const auto& items = m_bench.runs->items();
    const auto any = std::ranges::find_if(items, [](const RunItem& item) { return !item.queued; });
    if (any == items.end()) return;
    best = &*any;
  }
  Focus focus = m_bench.focus->focus();
  focus.shown.clear();
  for (const RunItem& run : m_bench.runs->items()) {
    const bool twin = m_bench.library->isShipped(run.id) && m_bench.library->isShipped(best->id) &&
                      run.config.dataset == best->config.dataset && run.latentSize() == best->latentSize();
    if (!run.queued && (run.id == best->id || twin)) focus.shown.push_back(run.id);
  }
  m_bench.navigator->begin(focus, best->id);
}

// The last session's Focus, once its active run is there; runs that are gone are left out.
bool RunKeeper::restoreLast() {
  if (!m_last) return false;
  const RunItem* active = m_bench.runs->find(m_last->active);
  if (!active) return false;
  Focus focus = *m_last;
  std::erase_if(focus.shown, [this](const RunId& run) { return !m_bench.runs->find(run); });
  if (focus.step && !std::ranges::binary_search(active->snapshots, *focus.step)) focus.step.reset();
  if (static_cast<int>(focus.cursor.size()) != active->latentSize())
    focus.cursor.assign(static_cast<size_t>(active->latentSize()), 0.0F);
  // A cursor that was moved since is the person's.
  if (m_bench.focus->focus().active == focus.active) focus.cursor = m_bench.focus->focus().cursor;
  m_bench.focus->reset(focus);
  return true;
}

// The numbers beside the runs are of the time that is looked at, as far as they kept a snapshot of it.
void RunKeeper::showPast() {
  const Focus& focus = m_bench.focus->focus();
  std::map<RunId, PastStanding> past;
  for (const RunItem& run : m_bench.runs->items()) {
    const std::optional<int64_t> step =
        focus.step && !run.queued ? m_bench.sources->stepFor(run.id) : std::nullopt;
    if (!step) continue;
    past[run.id] = {*step, m_bench.metrics->valueAt(run.id, "test", run.hasPrior ? "elbo" : "recon", *step)};
  }
  m_bench.runs->setPast(past);
}

void RunKeeper::loadData() {
  const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
  if (!run || m_bench.library->dataset(run->config.dataset)) return;
  const auto& cards = m_bench.library->datasets();
  const auto card = std::ranges::find(cards, run->config.dataset, &DatasetCard::id);
  const bool ofThePerson = QFileInfo(QString::fromStdString(run->config.dataset)).isAbsolute();
  if (card != cards.end() && card->available)
    m_bench.library->loadDataset(run->config.dataset);
  else if (ofThePerson)
    m_bench.library->addDataset(QString::fromStdString(run->config.dataset));
}

} // namespace latent::ui
