// A listener that keeps all it hears, for tests that compare runs.
#pragma once

#include "core/train/trainer.h"

#include <functional>
#include <string>
#include <vector>

namespace latent::fixtures {

/// Read its members only while the trainer rests or is gone.
class RecordingListener : public TrainerListener {
 public:
  std::vector<Metric> rows;
  std::vector<EpochSummary> summaries;
  std::vector<Weights> kept;
  std::vector<Checkpoint> checkpoints;
  std::vector<Weights> checkpointWeights;
  std::vector<TrainerState> states;
  std::vector<std::string> messages;
  struct Change {
    int64_t step;
    double seconds;
    std::string key;
    double from, to;
  };
  std::vector<Change> changes;
  std::function<void(const Weights&)> onKept; ///< runs on the training thread

  void metrics(const std::vector<Metric>& values) override {
    rows.insert(rows.end(), values.begin(), values.end());
  }
  void epochDone(const EpochSummary& summary) override { summaries.push_back(summary); }
  void keepSnapshot(const Weights& weights) override {
    kept.push_back(weights);
    if (onKept) onKept(weights);
  }
  void checkpoint(const Checkpoint& checkpoint, const Weights& weights) override {
    checkpoints.push_back(checkpoint);
    checkpointWeights.push_back(weights);
  }
  void parameterChanged(int64_t step, double seconds, const std::string& key, double from,
                        double to) override {
    changes.push_back({step, seconds, key, from, to});
  }
  void stateChanged(TrainerState state, const std::string& message) override {
    states.push_back(state);
    if (!message.empty()) messages.push_back(message);
  }
};

/// Everything but the clock's readings.
inline Json withoutTimes(Json values) {
  values.erase("seconds");
  values.erase("epoch_seconds");
  return values;
}

inline std::vector<Metric> rowsAfter(const std::vector<Metric>& rows, int64_t step) {
  std::vector<Metric> later;
  for (const Metric& row : rows) {
    if (row.step > step) later.push_back(row);
  }
  return later;
}

} // namespace latent::fixtures
