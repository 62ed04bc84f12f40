#include "core/run/run_writer.h"

#include "core/io/files.h"
#include "core/io/lines.h"
#include "core/io/metrics_file.h"
#include "core/io/safetensors.h"
#include "core/run/checkpoint_file.h"
#include "core/run/run_state.h"
#include "core/run/snapshots.h"

#include <cmath>
#include <stdexcept>
#include <utility>

namespace latent {
namespace {

namespace fs = std::filesystem;

void require(const Status& status) {
  if (!status) throw std::runtime_error(status.error().message);
}

} // namespace

StepCount stepCountOf(const RunRecord& record) {
  const ForkPoint first = record.config.parent.value_or(ForkPoint{});
  return stepCount(record.spec, record.trainImages, first.step, first.epoch);
}

std::map<std::string, std::string> weightsMetadata(const RunRecord& record) {
  return {{"format", "1"},
          {"model", record.spec.family},
          {"parameters", parametersToJson(record.spec.parameters).dump()}};
}

RunWriter::RunWriter(fs::path folder, RunRecord record, int64_t changes)
    : m_folder(std::move(folder)), m_record(std::move(record)), m_changes(changes) {}

RunRecord RunWriter::record() const {
  std::lock_guard lock(m_mutex);
  return m_record;
}

Status writeRunRecord(const fs::path& folder, const RunRecord& record) {
  const std::string text = recordToJson(record).dump(2, ' ', false, Json::error_handler_t::replace);
  return writeTextAtomically(folder / "run.json", text + "\n");
}

Status RunWriter::writeRecord() {
  return writeRunRecord(m_folder, record());
}

void RunWriter::metrics(const std::vector<Metric>& rows) {
  m_pending.insert(m_pending.end(), rows.begin(), rows.end());
}

void RunWriter::keepSnapshot(const Weights& weights) {
  // The initial weights before anything else, so that readers see a whole run as early as can be. Without a
  // state the run begins anew from its seed, so nothing depends on the order.
  const StepCount count = stepCountOf(m_record);
  if (weights.step == count.firstStep())
    require(writeWeights(m_folder / "weights.safetensors", weights, weightsMetadata(m_record)));
  require(writeWeights(snapshotPath(m_folder, weights.step), weights, weightsMetadata(m_record)));
  const auto bytes = static_cast<int64_t>(weights.values.size() * sizeof(float));
  for (const int64_t step : snapshotsToDrop(listSnapshots(m_folder), count, snapshotLimit(bytes))) {
    std::error_code ignored; // one file too many does no harm
    fs::remove(snapshotPath(m_folder, step), ignored);
  }
}

void RunWriter::checkpoint(const Checkpoint& checkpoint, const Weights& weights) {
  // In this order a kill between any two leaves a state whose metrics are all there; later rows are dropped
  // on resume.
  flushMetrics();
  require(writeCheckpoint(m_folder / "state.safetensors", {checkpoint, m_record.id, m_changes}));
  require(writeWeights(m_folder / "weights.safetensors", weights, weightsMetadata(m_record)));
  {
    std::lock_guard lock(m_mutex);
    noteTime();
    m_record.step = checkpoint.step;
    m_record.epoch = checkpoint.epoch;
  }
  require(writeRecord());
}

void RunWriter::parameterChanged(int64_t step, double seconds, const std::string& key, double from,
                                 double to) {
  require(appendChange(m_folder / "events.csv", {step, seconds, key, formatNumber(from), formatNumber(to)}));
  ++m_changes;
}

void RunWriter::stateChanged(TrainerState state, const std::string& message) {
  {
    std::lock_guard lock(m_mutex);
    noteTime();
    if (state == TrainerState::running)
      m_since = std::chrono::steady_clock::now();
    else
      m_since.reset();
    m_record.state = runStateOf(state);
    m_record.message = message;
  }
  if (state != TrainerState::failed) return require(writeRecord());
  // A full disk may be why it failed; what can still be noted is.
  (void)appendMetrics(m_folder / "metrics.csv", std::exchange(m_pending, {}));
  (void)writeRecord();
}

void RunWriter::flushMetrics() {
  require(appendMetrics(m_folder / "metrics.csv", m_pending));
  m_pending.clear();
}

/// With m_mutex held.
void RunWriter::noteTime() {
  if (!m_since) return;
  const auto now = std::chrono::steady_clock::now();
  m_record.wallSeconds += std::chrono::duration<double>(now - *m_since).count();
  m_since = now;
}

} // namespace latent
