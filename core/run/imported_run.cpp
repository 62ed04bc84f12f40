#include "core/run/imported_run.h"

#include "core/base/absolute_path.h"
#include "core/io/files.h"
#include "core/io/metrics_file.h"
#include "core/io/safetensors.h"
#include "core/run/new_run.h"
#include "core/run/run_writer.h"
#include "core/run/snapshots.h"

#include <algorithm>
#include <cmath>

namespace latent {
namespace {

namespace fs = std::filesystem;

/// run.json comes last: a folder without it is no run, so one that was cut short is never taken for a whole
/// one.
Status write(const fs::path& folder, const RunRecord& record, const Weights& weights) {
  if (Status status = makeSnapshotsFolder(folder); !status) return status;
  for (const fs::path& file : {snapshotPath(folder, weights.step), folder / "weights.safetensors"})
    if (Status status = writeWeights(file, weights, weightsMetadata(record)); !status) return status;
  if (Status status = appendMetrics(folder / "metrics.csv", {}); !status) return status;
  if (Status status = createChanges(folder / "events.csv"); !status) return status;
  return writeRunRecord(folder, record);
}

void removeParts(const fs::path& folder) {
  std::error_code ignored;
  for (const char* part : {"snapshots", "weights.safetensors", "metrics.csv", "events.csv", ".lock"})
    fs::remove_all(folder / part, ignored);
  fs::remove(folder, ignored); // where nothing else is in it
}

} // namespace

Result<fs::path> writeImportedRun(const fs::path& out, RunRecord record, const Weights& weights) {
  if (const Status status = checkRecordable(record.config); !status) return status.error();
  record.config.epochs = static_cast<int64_t>(std::clamp(std::ceil(weights.epoch), 1.0, 1e6));
  record.config.device = "cpu";
  record.state = RunState::finished;
  record.step = weights.step;
  record.epoch = weights.epoch;
  const fs::path folder = absolutePath(out);
  const auto lock = claimRunFolder(folder);
  if (!lock) return lock.error();
  if (const Status status = write(folder, record, weights); !status) {
    removeParts(folder);
    return status.error();
  }
  return folder;
}

} // namespace latent
