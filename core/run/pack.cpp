#include "core/run/pack.h"

#include "core/io/files.h"
#include "core/io/safetensors.h"
#include "core/run/run_writer.h"
#include "core/run/snapshots.h"

#include <algorithm>
#include <string>

namespace latent {
namespace {

namespace fs = std::filesystem;

Status checkSteps(const RunFolder& run, const std::vector<int64_t>& steps) {
  const std::vector<int64_t> kept = run.snapshots();
  for (const int64_t step : steps) {
    if (std::ranges::count(kept, step) > 0) continue;
    std::string known;
    for (const int64_t s : kept) known += (known.empty() ? "" : ", ") + std::to_string(s);
    return usageError("There is no snapshot of step " + std::to_string(step) + " in " + run.path().string() +
                      (known.empty() ? ", nor any other." : "; kept are " + known + "."));
  }
  return done();
}

Status packWeights(const RunFolder& run, std::optional<int64_t> step, const fs::path& file) {
  const auto weights = run.weights(step);
  if (!weights) return weights.error();
  return writeWeights(file, **weights, weightsMetadata(run.record()), ElementType::f16);
}

Status packMetrics(const RunFolder& run, const fs::path& file) {
  auto metrics = run.metrics();
  if (!metrics) return metrics.error();
  if (!metrics->warning.empty()) return inputError(metrics->warning); // a copy would hide the gap
  std::erase_if(metrics->rows, [](const Metric& metric) { return metric.split == "batch"; });
  return appendMetrics(file, metrics->rows);
}

Status packInto(const RunFolder& run, const std::vector<int64_t>& steps, const fs::path& target) {
  std::error_code failure;
  fs::create_directories(target / "snapshots", failure);
  if (failure) return workError("Cannot make the folder " + target.string() + ": " + failure.message() + ".");
  for (const int64_t step : steps)
    if (Status status = packWeights(run, step, snapshotPath(target, step)); !status) return status;
  if (Status status = packWeights(run, std::nullopt, target / "weights.safetensors"); !status) return status;
  if (Status status = packMetrics(run, target / "metrics.csv"); !status) return status;
  // Last: a folder without run.json is no run, so a copy that was cut short is never taken for a whole one.
  return writeRunRecord(target, run.record());
}

} // namespace

Status packRun(const RunFolder& run, const std::vector<int64_t>& steps, const fs::path& target) {
  if (target.empty()) return usageError("The folder of the copy needs a name.");
  if (Status status = checkSteps(run, steps); !status) return status;
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(target, ignored)))
    return usageError(target.string() + " is there already; choose another folder.");
  Status status = packInto(run, steps, target);
  if (!status)
    fs::remove_all(target, ignored); // a part of a copy would only stand in the way of the next try
  return status;
}

} // namespace latent
