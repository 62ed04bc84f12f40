// What `latent train` says while it trains.
#pragma once

#include "app/cli/output.h"
#include "core/run/run_record.h"
#include "core/train/trainer.h"

namespace latent::cli {

class TrainReport {
 public:
  TrainReport(bool json, int64_t epochs) : m_json(json), m_epochs(epochs), m_line(!json) {}

  void epoch(const EpochSummary& summary);
  void progress(const TrainerProgress& progress);
  void done(const RunRecord& record, const std::string& folder);

 private:
  bool m_json;
  int64_t m_epochs;
  ProgressLine m_line;
};

} // namespace latent::cli
