#include "ui/bridge/run_session.h"

#include "core/models/families.h"
#include "core/run/run_state.h"
#include "core/run/snapshots.h"
#include "core/run/training_run.h"
#include "ui/bridge/job_result.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/run_items.h"

#include <optional>
#include <utility>

namespace latent::ui {

namespace {

constexpr int frameMs = 33;
constexpr int changeMs = 200;      // rows and progress are read by people
constexpr int mostQuietTicks = 30; // a second after the last news of a paused run the timer rests

bool isEnd(TrainerState state) {
  return state == TrainerState::stopped || state == TrainerState::finished || state == TrainerState::failed;
}

} // namespace

struct RunSession::Opened {
  std::shared_ptr<TrainingRun> run;
  std::vector<LiveChange> changes; ///< made before it was interrupted or stopped
};

/// What is left when a run has ended.
struct RunSession::Closed {
  std::vector<Metric> metrics;
  std::optional<std::shared_ptr<const Weights>> weights;
  std::optional<RunItem> item;
};

RunSession::RunSession(JobBridge* jobs, LibraryBridge* library, QueuedRun run, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_library(library), m_queued(std::move(run)) {
  m_timer.setInterval(frameMs);
  connect(&m_timer, &QTimer::timeout, this, &RunSession::tick);
}

RunSession::~RunSession() = default;

void RunSession::begin() {
  if (m_queued.folder.empty()) {
    openData(m_queued.config.dataset, m_queued.config.dataDir);
  } else {
    openFolder();
  }
}

void RunSession::openFolder() {
  startJob<RunConfig>(
      *m_jobs, JobBridge::Lane::quick, "Opening a run", this,
      [folder = m_queued.folder](JobControl&) -> Result<RunConfig> {
        const Result<RunFolder> run = RunFolder::open(folder);
        if (!run) return run.error();
        return run->record().config;
      },
      [this](const Result<RunConfig>& config) {
        if (!config) {
          emit couldNotBegin(config.error());
          return;
        }
        m_queued.config = *config;
        openData(config->dataset, config->dataDir);
      });
}

void RunSession::openData(const std::string& dataset, const std::string& dataDir) {
  m_library->withDataset(
      dataset, dataDir,
      [guard = QPointer<RunSession>(this)](const Result<std::shared_ptr<const Dataset>>& data) {
        if (!guard) return;
        if (data) {
          guard->openRun(*data);
        } else {
          emit guard->couldNotBegin(data.error());
        }
      });
}

void RunSession::openRun(const std::shared_ptr<const Dataset>& data) {
  startJob<Opened>(
      *m_jobs, JobBridge::Lane::quick, "Opening a run", this,
      [data, run = m_queued](JobControl&) -> Result<Opened> {
        auto made = run.folder.empty() ? TrainingRun::create(freeRunFolder(standardRunsFolder(), run.config),
                                                             run.config, data)
                                       : TrainingRun::resume(run.folder, data);
        if (!made) return made.error();
        Opened result{*std::move(made), {}};
        if (const auto folder = RunFolder::open(result.run->path())) result.changes = changesOf(*folder);
        return result;
      },
      [this](const Result<Opened>& run) {
        if (run) {
          opened(*run);
        } else {
          emit couldNotBegin(run.error());
        }
      });
}

void RunSession::opened(const Opened& opened) {
  m_run = opened.run;
  const RunRecord record = m_run->record();
  m_queued = {record.config, m_run->path().string()};
  m_item = itemOf(record, m_run->path());
  m_item.secondsPerEpoch = 0; // measured anew
  m_item.changes = opened.changes;
  m_item.training = true;
  m_sinceChange.start();
  listSnapshots();
  emit began();
  obey();
}

void RunSession::train() {
  if (m_wanted == Wanted::stop) return;
  m_wanted = Wanted::train;
  obey();
}

void RunSession::pause() {
  if (m_wanted == Wanted::stop) return;
  m_wanted = Wanted::pause;
  obey();
}

void RunSession::stepOnce() {
  if (m_wanted == Wanted::stop) return;
  m_wanted = Wanted::step;
  obey();
}

void RunSession::stop() {
  m_wanted = Wanted::stop;
  obey();
}

void RunSession::setParameter(const std::string& key, const ParameterValue& value) {
  if (!m_run) return;
  const FamilyInfo* family = findFamily(m_run->record().spec.family);
  const ParameterSpec* spec = family ? findParameter(family->schema, key) : nullptr;
  if (!spec || !spec->live || !checkParameter(*spec, value)) return;
  Parameters given;
  given.set(key, value);
  const double to = given.real(key);
  const TrainerProgress now = progress();
  const auto from = now.live.find(key);
  if (from == now.live.end() || from->second == to) return;
  m_item.changes.push_back({now.step, key, from->second, to});
  m_run->trainer().setParameter(key, to);
  updateItem(now);
}

TrainerProgress RunSession::progress() const {
  return m_run ? m_run->trainer().progress() : TrainerProgress{};
}

/// Gives the trainer the last command; before the run is open it is only remembered.
void RunSession::obey() {
  if (!m_run) return;
  Trainer& trainer = m_run->trainer();
  switch (m_wanted) {
  case Wanted::train:
    trainer.start();
    break;
  case Wanted::pause:
    if (trainer.progress().state == TrainerState::running) trainer.pause();
    break;
  case Wanted::step:
    // On a run in full flight it is a pause: the step in progress is the one.
    if (trainer.progress().state == TrainerState::running) {
      trainer.pause();
    } else {
      trainer.stepOnce();
    }
    m_wanted = Wanted::pause;
    break;
  case Wanted::stop:
    if (trainer.progress().state == TrainerState::ready) return close(); // there is no thread to stop
    trainer.stop();
    break;
  }
  m_quietTicks = 0;
  m_timer.start();
}

void RunSession::tick() {
  Trainer& trainer = m_run->trainer();
  const TrainerProgress now = trainer.progress(); // before draining: what it knows of is drained below
  if (isEnd(now.state)) return close();

  // Everything is taken before anybody hears of it: a slot may end the run.
  const std::vector<Metric> rows = trainer.metrics().drain();
  const auto newest = trainer.live().take();
  const std::vector<EpochSummary> epochs = trainer.epochs().drain();
  const bool epochDone = !epochs.empty();
  if (epochDone) m_item.measure = epochs.back().test.at(m_item.hasPrior ? "elbo" : "recon");
  const bool moved = m_item.step != now.step && m_sinceChange.elapsed() >= changeMs;
  const bool itemChanged = epochDone || moved || m_item.state != runStateOf(now.state);

  const bool news = !rows.empty() || newest || itemChanged || now.state == TrainerState::running;
  m_quietTicks = news ? 0 : m_quietTicks + 1;
  if (m_quietTicks >= mostQuietTicks) m_timer.stop();

  if (itemChanged) updateItem(now);
  if (!rows.empty()) emit metrics(rows);
  if (newest) emit weights(*newest);
}

void RunSession::updateItem(const TrainerProgress& progress) {
  m_sinceChange.restart();
  m_item.state = runStateOf(progress.state);
  m_item.message = QString::fromStdString(progress.message);
  m_item.step = progress.step;
  m_item.epoch = progress.epoch;
  m_item.secondsPerEpoch = progress.secondsPerEpoch;
  listSnapshots();
  emit changed();
}

/// The folder knows which snapshots are kept: old ones make room for new ones.
void RunSession::listSnapshots() {
  if (m_listing) return;
  m_listing = true;
  startJob<std::vector<int64_t>>(
      *m_jobs, JobBridge::Lane::quick, "Looking for snapshots", this,
      [folder = m_queued.folder](JobControl&) -> Result<std::vector<int64_t>> {
        return latent::listSnapshots(folder);
      },
      [this](const Result<std::vector<int64_t>>& steps) {
        m_listing = false;
        if (!steps || !m_run || m_item.snapshots == *steps) return;
        m_item.snapshots = *steps;
        emit changed();
      });
}

void RunSession::close() {
  m_timer.stop();
  m_wanted = Wanted::stop;
  m_item.training = false;
  startJob<Closed>(
      *m_jobs, JobBridge::Lane::quick, "Closing a run", this,
      [run = std::move(m_run)](JobControl&) mutable -> Result<Closed> {
        Closed last;
        const std::filesystem::path folder = run->path();
        last.metrics = run->trainer().metrics().drain();
        last.weights = run->trainer().live().take();
        run.reset(); // joins, and releases the lock
        if (const Result<OpenedRun> read = readRun(folder)) last.item = read->item;
        return last;
      },
      [this](const Result<Closed>& last) { closed(last ? *last : Closed{}); });
  m_run.reset();
}

void RunSession::closed(const Closed& last) {
  if (!last.metrics.empty()) emit metrics(last.metrics);
  if (last.weights) emit weights(*last.weights);
  if (last.item) m_item = *last.item;
  emit ended();
}

} // namespace latent::ui
