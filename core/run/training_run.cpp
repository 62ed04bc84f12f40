#include "core/run/training_run.h"

#include "core/base/absolute_path.h"
#include "core/io/files.h"
#include "core/io/metrics_file.h"
#include "core/io/safetensors.h"
#include "core/models/compute.h"
#include "core/models/families.h"
#include "core/run/checkpoint_file.h"
#include "core/run/fork.h"
#include "core/run/new_run.h"
#include "core/run/run_writer.h"
#include "core/run/snapshots.h"
#include "core/train/checkpoint.h"
#include "core/train/steps.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace latent {
namespace {

namespace fs = std::filesystem;

/// The process has one BLAS count for its life; a run that needs another must have a program of its own.
Status useThreads(int threads) {
  try {
    setComputeThreads(threads);
    return done();
  } catch (const std::logic_error&) {
    return usageError("This run computes with " + std::to_string(threads) +
                      " BLAS threads, but this program already with " + std::to_string(computeThreads()) +
                      "; start a new program for it (--threads " + std::to_string(threads) + ").");
  }
}

/// The run's own parameters against runSchema().
Status checkConfig(const RunConfig& config) {
  const ParameterSchema& schema = runSchema();
  if (config.seed > uint64_t{9007199254740991})
    return usageError("seed: at most 9007199254740991, not " + std::to_string(config.seed) + ".");
  if (Status status = checkRecordable(config); !status) return status;
  for (const auto& [key, value] : std::initializer_list<std::pair<const char*, ParameterValue>>{
           {"epochs", config.epochs}, {"device", config.device}, {"threads", int64_t{config.threads}}})
    if (Status status = checkParameter(*findParameter(schema, key), value); !status) return status;
  return done();
}

void removeTemporaries(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (isTemporaryName(at->path().filename().string())) found.push_back(at->path());
  for (const fs::path& path : found) fs::remove(path, error);
}

Status checkData(const RunRecord& record, const Dataset& data, const fs::path& folder) {
  if (data.id != record.config.dataset)
    return usageError("The run " + folder.string() + " trains on " + record.config.dataset + ", not on " +
                      data.id + ".");
  if (data.shape == record.spec.shape && data.train->size() == record.trainImages &&
      data.test->size() == record.testImages && data.checksums == record.checksums)
    return done();
  return inputError("The data set " + data.id + (data.path.empty() ? "" : " in " + data.path) +
                    " is not the one that the run " + folder.string() +
                    " was trained on (other checksums); give it the old files.");
}

/// Parameters that may not change while a run goes on must be those of the record.
Status checkChanged(const RunRecord& record, const Parameters& changed) {
  const FamilyInfo& family = *findFamily(record.spec.family);
  for (const auto& [key, value] : changed.all()) {
    const ParameterSpec* spec = findParameter(family.schema, key);
    if (!spec) return usageError("The family " + family.id + " has no parameter " + key + ".");
    if (Status status = checkParameter(*spec, value); !status) return status;
    const ParameterValue& old = record.spec.parameters.at(key);
    if (value != old && !spec->live)
      return usageError(key + " is " + formatParameter(old) + " in this run and cannot become " +
                        formatParameter(value) + "; begin a new run for it.");
  }
  return done();
}

/// Killed, or out of disk, before its first state: such a run begins anew from its seed. Weights that came
/// without a state (a copy to give away) are a finished or stopped run's and are never trained over.
bool hadNoState(const fs::path& folder, const RunRecord& record) {
  std::error_code ignored;
  const bool ended = record.state == RunState::finished || record.state == RunState::stopped ||
                     record.state == RunState::paused;
  return record.step == stepCountOf(record).firstStep() &&
         (!ended || !fs::exists(folder / "weights.safetensors", ignored));
}

/// The newest state, or nothing for a run that never had one.
Result<std::optional<CheckpointFile>> readState(const fs::path& folder, const RunRecord& record) {
  const fs::path file = folder / "state.safetensors";
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    if (hadNoState(folder, record)) return std::optional<CheckpointFile>();
    return inputError(
        "The run " + folder.string() +
        " cannot be resumed: its state.safetensors is missing; put it back or begin a new run.");
  }
  auto content = readCheckpoint(file);
  if (!content) return content.error();
  if (content->runId != record.id)
    return inputError(file.string() + " is the state of another run; put the right file back.");
  return std::optional(std::move(*content));
}

/// A table with its header alone is a choice, an empty file is a loss.
bool holdsHeader(const fs::path& table) {
  const auto text = readText(table, int64_t{64} << 10);
  return text && text->find('\n') != std::string::npos;
}

/// A run that lost rows of its curves would go on with a gap that nobody sees. A file with its header alone
/// is a choice: the earlier curves are given up.
Status checkCurves(const fs::path& folder, const std::optional<CheckpointFile>& state,
                   const RunRecord& record) {
  if (!state) return done();
  // Not the place in the data: a run that was stopped in the test pass has seen the whole epoch without its
  // rows.
  const double epochsDone = state->checkpoint.values.value("epoch", std::floor(state->checkpoint.epoch));
  if (epochsDone <= static_cast<double>(stepCountOf(record).firstEpoch())) return done();
  const fs::path file = folder / "metrics.csv";
  const auto table = readMetrics(file);
  if (!table) return table.error();
  if (!table->warning.empty())
    return inputError(table->warning +
                      " Remove those lines to go on without them, or put the whole file back.");
  if (table->rows.empty() && holdsHeader(file)) return done();
  double last = 0;
  for (const Metric& row : table->rows)
    if (row.split == "test") last = std::max(last, row.epoch);
  if (last >= epochsDone) return done();
  return inputError(
      file.string() + " is missing or cut short: its curves end at epoch " +
      std::to_string(static_cast<int64_t>(last)) + ", the training state is of epoch " +
      std::to_string(static_cast<int64_t>(epochsDone)) +
      ". Put the whole file back, or one with its header line alone to go on without the earlier "
      "curves.");
}

/// How many live changes before the state are on record. All that the state counts, or none where events.csv
/// was given its header alone; any other number is a loss that nobody would see.
Result<int64_t> recordedChanges(const fs::path& folder, const std::optional<CheckpointFile>& state) {
  if (!state || state->changes == 0) return int64_t{0};
  const fs::path file = folder / "events.csv";
  const auto changes = readChanges(file);
  if (!changes) return changes.error();
  const auto count = static_cast<int64_t>(changes->size());
  if (count >= state->changes) return state->changes;
  if (count == 0 && holdsHeader(file)) return count;
  return inputError(file.string() + " is missing or cut short: it holds " + std::to_string(count) +
                    " of the " + std::to_string(state->changes) +
                    " changes of parameters that the training state counts. Put the whole file back, or one "
                    "with its header line alone to go on without them.");
}

/// Everything later than the state was lost with the process that wrote it, and will be computed again.
/// Without a state that is all but the snapshot of `step`, which a fork begins from.
Status dropLater(const fs::path& folder, int64_t step, int64_t changes, bool hasState) {
  removeTemporaries(folder);
  removeTemporaries(folder / "snapshots");
  for (const int64_t kept : listSnapshots(folder)) {
    std::error_code ignored;
    if (kept > step) fs::remove(snapshotPath(folder, kept), ignored);
  }
  Status status = truncateMetrics(folder / "metrics.csv", hasState ? step : -1);
  if (!status) return status;
  return truncateChanges(folder / "events.csv", static_cast<size_t>(changes));
}

TrainerConfig trainerConfig(const RunRecord& record) {
  TrainerConfig config{record.spec, record.config.seed, record.config.epochs, record.config.device};
  if (const auto& parent = record.config.parent) {
    config.start.step = parent->step;
    config.start.epoch = parent->epoch;
  }
  return config;
}

} // namespace

struct TrainingRun::Impl {
  Impl(fs::path folder, RunLock held, RunRecord record, int64_t changes)
      : path(std::move(folder)), lock(std::move(held)), writer(path, std::move(record), changes) {}

  /// `fork` is for one that begins.
  void makeTrainer(std::shared_ptr<const Dataset> dataset, std::optional<Checkpoint> checkpoint,
                   std::optional<ForkStart> fork) {
    TrainerConfig config = trainerConfig(writer.record());
    if (fork) {
      config.start.weights = std::move(fork->weights);
      config.start.rows = std::move(fork->rows);
    }
    trainer =
        std::make_unique<Trainer>(std::move(config), std::move(dataset), &writer, std::move(checkpoint));
  }

  const fs::path path;
  RunLock lock; ///< released last
  RunWriter writer;
  std::unique_ptr<Trainer> trainer;
};

Result<std::unique_ptr<TrainingRun>> TrainingRun::create(const fs::path& folder, const RunConfig& config,
                                                         std::shared_ptr<const Dataset> dataset) {
  if (const Status status = checkConfig(config); !status) return status.error();
  auto spec = makeModelSpec(config.family, dataset->shape, config.parameters);
  if (!spec) return spec.error();
  if (const FamilyInfo& family = *findFamily(config.family); !family.trainable)
    return usageError(family.name + " cannot be trained here; choose another model.");
  std::optional<ForkStart> fork;
  if (config.parent) {
    RunConfig asked = config;
    asked.dataset = dataset->id;
    auto start = openFork(asked, *spec);
    if (!start) return start.error();
    fork = std::move(*start);
  }
  const auto device = resolveDevice(config.device);
  if (!device) return device.error();
  if (const Status status = useThreads(config.threads > 0 ? config.threads : computeThreads()); !status)
    return status.error();

  const fs::path path = absolutePath(folder);
  auto lock = claimRunFolder(path);
  if (!lock) return lock.error();
  RunRecord record = newRecord(config, std::move(*spec), *dataset);
  record.config.device = *device;
  record.config.epochs = epochsOf(record.spec, config.epochs);
  if (fork) {
    record.config.parent = fork->point;
    record.step = fork->point.step;
    record.epoch = fork->point.epoch;
  }

  auto impl = std::make_unique<Impl>(path, std::move(*lock), std::move(record), 0);
  if (const Status status = impl->writer.writeRecord(); !status) return status.error();
  if (const Status status = createChanges(path / "events.csv"); !status) return status.error();
  if (const Status status = makeSnapshotsFolder(path); !status) return status.error();
  impl->makeTrainer(std::move(dataset), std::nullopt, std::move(fork));
  return std::unique_ptr<TrainingRun>(new TrainingRun(std::move(impl)));
}

Result<std::unique_ptr<TrainingRun>> TrainingRun::resume(const fs::path& folder,
                                                         std::shared_ptr<const Dataset> dataset,
                                                         std::optional<int64_t> epochs,
                                                         const Parameters& changed,
                                                         const std::optional<std::string>& device) {
  if (const auto run = RunFolder::open(folder); !run)
    return run.error(); // before a lock file is made anywhere
  const fs::path path = absolutePath(folder);
  auto lock = RunLock::acquire(path);
  if (!lock) return lock.error();
  const auto run = RunFolder::open(path); // again: now nobody else writes it
  if (!run) return run.error();
  RunRecord record = run->record();
  if (const Status status = checkData(record, *dataset, path); !status) return status.error();
  if (const Status status = checkChanged(record, changed); !status) return status.error();
  auto state = readState(path, record);
  if (!state) return state.error();
  if (const Status status = checkCurves(path, *state, record); !status) return status.error();
  const auto changes = recordedChanges(path, *state);
  if (!changes) return changes.error();
  const Checkpoint* checkpoint = *state ? &(*state)->checkpoint : nullptr;

  record.config.epochs = epochsOf(record.spec, epochs.value_or(record.config.epochs));
  record.config.device = device.value_or(record.config.device);
  if (const Status status = checkConfig(record.config); !status) return status.error();
  if (checkpoint && static_cast<double>(record.config.epochs) < checkpoint->epoch)
    return usageError("epochs: the run " + path.string() + " has already done " +
                      formatParameter(ParameterValue(checkpoint->epoch)) + ", so the total cannot be " +
                      std::to_string(record.config.epochs) + ".");
  const auto resolved = resolveDevice(record.config.device);
  if (!resolved) return resolved.error();
  record.config.device = *resolved;
  if (const Status status = useThreads(record.config.threads); !status) return status.error();

  std::shared_ptr<const Weights>
      weights; // as the state has them; a damaged one is told before anything is touched
  if (checkpoint) {
    auto restored = checkpointWeights(trainerConfig(record), dataset, *checkpoint);
    if (!restored) return inputError((path / "state.safetensors").string() + ": " + restored.error().message);
    weights = std::move(*restored);
    record.step = checkpoint->step;
    record.epoch = checkpoint->epoch;
  }
  std::optional<ForkStart> fork;
  if (!checkpoint && record.config.parent) {
    auto start = reopenFork(path, record);
    if (!start) return start.error();
    fork = std::move(*start);
  }
  const int64_t last = checkpoint ? checkpoint->step : fork ? fork->point.step : -1;
  if (const Status status = dropLater(path, last, *changes, checkpoint != nullptr); !status)
    return status.error();
  if (const Status status = makeSnapshotsFolder(path); !status) return status.error();
  if (weights) {
    const Status status = writeWeights(path / "weights.safetensors", *weights, weightsMetadata(record));
    if (!status) return status.error();
  }
  record.versions = versionsNow();

  auto impl = std::make_unique<Impl>(path, std::move(*lock), std::move(record), *changes);
  if (const Status status = impl->writer.writeRecord(); !status) return status.error();
  impl->makeTrainer(std::move(dataset),
                    *state ? std::optional(std::move((*state)->checkpoint)) : std::nullopt, std::move(fork));
  for (const ParameterSpec& parameter : findFamily(impl->writer.record().spec.family)->schema)
    if (parameter.live && changed.has(parameter.key))
      impl->trainer->setParameter(parameter.key, changed.real(parameter.key));
  return std::unique_ptr<TrainingRun>(new TrainingRun(std::move(impl)));
}

TrainingRun::TrainingRun(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TrainingRun::~TrainingRun() = default;

Trainer& TrainingRun::trainer() {
  return *m_impl->trainer;
}

const fs::path& TrainingRun::path() const {
  return m_impl->path;
}

RunRecord TrainingRun::record() const {
  RunRecord record = m_impl->writer.record();
  const TrainerProgress progress = m_impl->trainer->progress();
  record.step = std::max(record.step, progress.step);
  record.epoch = std::max(record.epoch, progress.epoch);
  return record;
}

} // namespace latent
