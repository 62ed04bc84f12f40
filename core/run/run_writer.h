// Writes a training run into its folder, so that a kill at any moment leaves a run that resumes to the same
// bits.
#pragma once

#include "core/run/run_record.h"
#include "core/train/steps.h"
#include "core/train/trainer.h"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

namespace latent {

/// Hears a Trainer on its thread; record() may be called from any thread. What cannot be written is thrown
/// (std::runtime_error), which stops the run as `failed`.
class RunWriter : public TrainerListener {
 public:
  /// `changes` rows of events.csv are there already.
  RunWriter(std::filesystem::path folder, RunRecord record, int64_t changes);

  RunRecord record() const;
  Status writeRecord();

  void metrics(const std::vector<Metric>& rows) override;
  void keepSnapshot(const Weights& weights) override;
  void checkpoint(const Checkpoint& checkpoint, const Weights& weights) override;
  void parameterChanged(int64_t step, double seconds, const std::string& key, double from,
                        double to) override;
  void stateChanged(TrainerState state, const std::string& message) override;

 private:
  void flushMetrics();
  void noteTime();

  const std::filesystem::path m_folder;
  mutable std::mutex m_mutex; ///< guards m_record; the rest is the training thread's
  RunRecord m_record;
  std::optional<std::chrono::steady_clock::time_point>
      m_since; ///< training since then, not yet in wallSeconds
  std::vector<Metric> m_pending;
  int64_t m_changes = 0;
};

/// run.json. A text that is no UTF-8 has U+FFFD where it is not; checkRecordable() refuses paths before.
Status writeRunRecord(const std::filesystem::path& folder, const RunRecord& record);

/// How the run's updates are counted.
StepCount stepCountOf(const RunRecord& record);

/// What the files of weights say about their model beside step and epoch.
std::map<std::string, std::string> weightsMetadata(const RunRecord& record);

} // namespace latent
