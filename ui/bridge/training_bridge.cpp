#include "ui/bridge/training_bridge.h"

#include "core/run/training_run.h"
#include "ui/bridge/job_result.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/queue_file.h"
#include "ui/bridge/run_items.h"
#include "ui/bridge/run_session.h"

#include <QPointer>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

namespace latent::ui {

namespace fs = std::filesystem;

struct TrainingBridge::Impl {
  /// A row of the queue. New runs have an id of their own until their folder exists.
  struct Entry {
    RunId id;
    QueuedRun run;
    QString problem; ///< why it could not begin
  };

  Impl(TrainingBridge* bridge, JobBridge* jobBridge, LibraryBridge* libraryBridge)
      : owner(bridge),
        jobs(jobBridge),
        library(libraryBridge),
        file(std::make_shared<QueueFile>(standardRunsFolder().parent_path() / "queue.json")) {}

  TrainingBridge* owner;
  JobBridge* jobs;
  LibraryBridge* library;
  std::shared_ptr<QueueFile> file;

  std::vector<Entry> queue;
  bool paused = false;
  bool restoring = false;
  int lastNumber = 0;
  int runsDone = 0; ///< since the queue was empty last

  Entry current;                       ///< of the session
  std::unique_ptr<RunSession> session; ///< null where nothing trains or is paused

  uint64_t changes = 0; ///< of the queue
  bool saving = false;
  uint64_t saved = 0;

  // ---- the queue on the disk

  std::string queueText() const {
    std::vector<QueuedRun> runs;
    // A run in progress comes first: after a crash it goes on where it was. One that was told to stop does
    // not.
    if (session && !session->isStopping()) runs.push_back(session->run());
    for (const Entry& entry : queue) runs.push_back(entry.run);
    return queueToText(runs);
  }

  void queueChanged() {
    ++changes;
    emit owner->stateChanged();
    save();
  }

  /// One write at a time, then the newest. Not before the last session's queue was read.
  void save() {
    if (saving || restoring || saved == changes) return;
    saving = true;
    startJob<std::monostate>(
        *jobs, JobBridge::Lane::quick, "Saving the queue", owner,
        [file = file, sequence = changes, text = queueText()](JobControl&) {
          return file->write(sequence, text);
        },
        [this, sequence = changes](const Status& status) {
          saving = false;
          saved = sequence;
          if (!status) emit owner->failed(QString::fromStdString(status.error().message));
          save();
        });
  }

  // ---- rows

  /// Usage error for a config that no run on such images can have. While the data set is unknown, its shape
  /// is a guess.
  Result<RunItem> itemOf(const RunId& id, const RunConfig& config) const {
    const DatasetCard* data = nullptr;
    for (const DatasetCard& card : library->datasets())
      if (card.id == config.dataset) data = &card;
    const auto loaded = library->dataset(config.dataset);
    const ImageShape shape = loaded ? loaded->shape : data ? data->shape : ImageShape{};
    return queuedItem(id, config, shape, data ? data->name : QString::fromStdString(config.dataset));
  }

  RunItem itemOf(const Entry& entry) const {
    Result<RunItem> item = itemOf(entry.id, entry.run.config);
    if (!item) return {}; // checked when it was enqueued
    item->message = entry.problem;
    return *std::move(item);
  }

  void showEntry(const Entry& entry) {
    if (entry.run.folder.empty()) {
      emit owner->runChanged(itemOf(entry));
    } else {
      library->openRun(QString::fromStdString(entry.run.folder)); // mark() adds what the queue knows
    }
  }

  /// What the disk does not know of a run that this window trains or will train.
  void mark(RunItem& item) const {
    if (session && session->isOpen() && session->item().id == item.id) {
      item = session->item();
      return;
    }
    item.queued =
        std::any_of(queue.begin(), queue.end(), [&](const Entry& entry) { return entry.id == item.id; });
  }

  std::vector<Entry>::iterator find(const RunId& run) {
    return std::find_if(queue.begin(), queue.end(), [&](const Entry& entry) { return entry.id == run; });
  }

  // ---- one run after the other

  void beginNext() {
    if (session || paused || restoring) return;
    if (queue.empty()) {
      runsDone = 0;
      return;
    }
    current = std::move(queue.front());
    queue.erase(queue.begin());
    current.problem.clear();
    session = std::make_unique<RunSession>(jobs, library, current.run, nullptr);
    RunSession* s = session.get();
    QObject::connect(s, &RunSession::began, owner, [this] { began(); });
    // Queued: the session must not go while it speaks.
    QObject::connect(
        s, &RunSession::couldNotBegin, owner, [this](const Error& error) { couldNotBegin(error); },
        Qt::QueuedConnection);
    QObject::connect(
        s, &RunSession::ended, owner, [this] { ended(); }, Qt::QueuedConnection);
    QObject::connect(s, &RunSession::changed, owner, [this, s] {
      emit owner->runChanged(s->item());
      emit owner->stateChanged();
    });
    QObject::connect(s, &RunSession::metrics, owner, [this, s](const std::vector<Metric>& rows) {
      emit owner->metricsArrived(s->item().id, rows);
    });
    QObject::connect(s, &RunSession::weights, owner, [this, s](const std::shared_ptr<const Weights>& newest) {
      emit owner->weightsArrived(s->item().id, newest);
    });
    s->begin();
    queueChanged();
  }

  void began() {
    const RunId was = current.id;
    const RunItem& item = session->item();
    current.id = item.id;
    current.run = session->run();
    if (was != item.id) {
      emit owner->runBegan(was, item.id);
      emit owner->runRemoved(was);
    }
    emit owner->runChanged(item);
    queueChanged();
  }

  void couldNotBegin(const Error& error) {
    const bool wasStopped = session->isStopping();
    session.reset();
    Entry entry = std::exchange(current, {});
    const QString sentence = QString::fromStdString(error.message);
    if (entry.run.folder.empty()) {
      // Nothing a person typed is lost: the run waits, with the reason, and the queue with it.
      entry.problem = sentence;
      queue.insert(queue.begin(), std::move(entry));
      paused = true;
      showEntry(queue.front());
    } else {
      showEntry(entry); // its folder has it
    }
    if (error.fault != Fault::interrupted && !wasStopped) emit owner->failed(sentence);
    queueChanged();
    beginNext();
  }

  void ended() {
    const RunItem item = session->item();
    session.reset();
    current = {};
    ++runsDone;
    emit owner->runChanged(item);
    if (item.state == RunState::failed)
      emit owner->failed(TrainingBridge::tr("%1 stopped: %2").arg(item.name, item.message));
    queueChanged();
    beginNext();
  }
};

TrainingBridge::TrainingBridge(JobBridge* jobs, LibraryBridge* library, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(this, jobs, library)) {
  library->setMarker([impl = m_impl.get(), guard = QPointer<TrainingBridge>(this)](RunItem& item) {
    if (guard) impl->mark(item);
  });
}

TrainingBridge::~TrainingBridge() {
  // What is in progress stays first in the queue and is stopped cleanly; a write that still waits for a
  // worker is older than this one and leaves the file alone.
  if (!m_impl->restoring && m_impl->changes > 0)
    (void)m_impl->file->write(m_impl->changes + 1, m_impl->queueText());
  m_impl->session.reset();
}

void TrainingBridge::enqueue(const std::vector<RunConfig>& runs) {
  // Whoever presses Train with nothing waiting means now.
  if (!m_impl->session && m_impl->queue.empty()) m_impl->paused = false;
  for (const RunConfig& config : runs) {
    const Result<RunItem> item = m_impl->itemOf({}, config);
    if (!item) {
      emit failed(QString::fromStdString(item.error().message));
      continue;
    }
    m_impl->queue.push_back({"queue:" + std::to_string(++m_impl->lastNumber), {config, {}}, {}});
    m_impl->showEntry(m_impl->queue.back());
  }
  m_impl->queueChanged();
  m_impl->beginNext();
}

void TrainingBridge::restoreQueue() {
  m_impl->restoring = true;
  startJob<std::vector<QueuedRun>>(
      *m_impl->jobs, JobBridge::Lane::quick, "Reading the queue", this,
      [file = m_impl->file](JobControl&) { return file->read(); },
      [this](const Result<std::vector<QueuedRun>>& runs) {
        m_impl->restoring = false;
        if (!runs) emit failed(QString::fromStdString(runs.error().message));
        std::vector<Impl::Entry> restored;
        for (const QueuedRun& run : runs ? *runs : std::vector<QueuedRun>{}) {
          std::error_code ignored;
          if (!run.folder.empty() && !fs::exists(fs::path(run.folder) / "run.json", ignored))
            continue; // deleted since
          const RunId id = run.folder.empty() ? "queue:" + std::to_string(++m_impl->lastNumber) : run.folder;
          restored.push_back({id, run, {}});
        }
        // Nothing trains unasked after a restart.
        if (!restored.empty() && m_impl->queue.empty()) m_impl->paused = true;
        m_impl->queue.insert(m_impl->queue.begin(), restored.begin(), restored.end());
        for (const Impl::Entry& entry : restored) m_impl->showEntry(entry);
        m_impl->queueChanged();
        m_impl->beginNext();
      });
}

void TrainingBridge::continueRun(const RunId& run) {
  if (m_impl->library->isShipped(run)) {
    emit failed(tr("This run came with the program and stays as it is; train a copy of it."));
    return;
  }
  if (m_impl->session && m_impl->current.id == run) {
    m_impl->session->train();
    m_impl->queueChanged(); // whether it goes on after a restart may have changed
    return;
  }
  const auto waiting = m_impl->find(run);
  Impl::Entry entry = waiting == m_impl->queue.end() ? Impl::Entry{run, {{}, run}, {}} : *waiting;
  if (waiting != m_impl->queue.end()) m_impl->queue.erase(waiting);
  m_impl->queue.insert(m_impl->queue.begin(), std::move(entry));
  if (!m_impl->session) m_impl->paused = false;
  m_impl->showEntry(m_impl->queue.front());
  m_impl->queueChanged();
  m_impl->beginNext();
}

void TrainingBridge::removeFromQueue(const RunId& run) {
  const auto found = m_impl->find(run);
  if (found == m_impl->queue.end()) return;
  const Impl::Entry entry = std::move(*found);
  m_impl->queue.erase(found);
  if (entry.run.folder.empty()) {
    emit runRemoved(run);
  } else {
    m_impl->showEntry(entry);
  }
  m_impl->queueChanged();
}

void TrainingBridge::moveInQueue(const RunId& run, int places) {
  const auto found = m_impl->find(run);
  if (found == m_impl->queue.end()) return;
  const auto from = found - m_impl->queue.begin();
  const auto to = std::clamp<std::ptrdiff_t>(from + places, 0, std::ssize(m_impl->queue) - 1);
  if (to == from) return;
  Impl::Entry entry = std::move(*found);
  m_impl->queue.erase(found);
  m_impl->queue.insert(m_impl->queue.begin() + to, std::move(entry));
  m_impl->queueChanged();
}

void TrainingBridge::setQueuePaused(bool paused) {
  if (m_impl->paused == paused) return;
  m_impl->paused = paused;
  emit stateChanged();
  m_impl->beginNext();
}

bool TrainingBridge::queuePaused() const {
  return m_impl->paused;
}

int TrainingBridge::queueLength() const {
  return static_cast<int>(m_impl->queue.size());
}

bool TrainingBridge::training() const {
  return m_impl->session && m_impl->session->wantsToTrain();
}

RunId TrainingBridge::current() const {
  return m_impl->session ? m_impl->current.id : RunId{};
}

QString TrainingBridge::progressText() const {
  if (!m_impl->session || !m_impl->session->isOpen()) return {};
  const TrainerProgress now = m_impl->session->progress();
  if (m_impl->session->item().closedForm && m_impl->session->wantsToTrain()) return tr("Solving in one step");
  const auto epoch = std::min<int64_t>(now.epochs, static_cast<int64_t>(std::floor(now.epoch)) + 1);
  const bool runs = m_impl->session->wantsToTrain();
  QString text = (runs ? tr("Epoch %1/%2") : tr("Paused in epoch %1/%2")).arg(epoch).arg(now.epochs);
  if (runs && now.secondsPerEpoch > 0) { // nobody knows when a paused run goes on
    const double left = now.secondsPerEpoch * std::max(0.0, static_cast<double>(now.epochs) - now.epoch);
    text += tr(", %1 each, %2 left").arg(durationText(now.secondsPerEpoch), durationText(left));
  }
  const int ofRuns = m_impl->runsDone + 1 + queueLength();
  if (ofRuns > 1) text += tr(", run %1 of %2").arg(m_impl->runsDone + 1).arg(ofRuns);
  return text;
}

void TrainingBridge::trainOrPause() {
  if (!m_impl->session) return setQueuePaused(false);
  if (m_impl->session->wantsToTrain()) {
    m_impl->session->pause();
  } else {
    m_impl->session->train();
  }
  m_impl->queueChanged();
}

void TrainingBridge::step() {
  if (!m_impl->session) setQueuePaused(false); // the next one begins, with one step
  if (!m_impl->session) return;
  m_impl->session->stepOnce();
  m_impl->queueChanged();
}

void TrainingBridge::stop() {
  if (!m_impl->session) return;
  if (!m_impl->queue.empty()) m_impl->paused = true;
  m_impl->session->stop();
  m_impl->queueChanged();
}

void TrainingBridge::skip() {
  if (!m_impl->session) return;
  m_impl->paused = false;
  m_impl->session->stop();
  m_impl->queueChanged();
}

void TrainingBridge::setParameter(const std::string& key, const ParameterValue& value) {
  if (m_impl->session) m_impl->session->setParameter(key, value);
}

} // namespace latent::ui
