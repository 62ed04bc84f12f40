#include "core/run/run_folder.h"

#include "core/base/absolute_path.h"
#include "core/io/files.h"
#include "core/io/safetensors.h"
#include "core/models/families.h"
#include "core/run/run_lock.h"
#include "core/run/snapshots.h"

#include <algorithm>

namespace latent {

namespace fs = std::filesystem;

namespace {

/// Known not to be there: a file in a folder that may not be searched is none, and reading it says why.
bool isAbsent(const fs::path& path) {
  std::error_code ignored;
  return fs::status(path, ignored).type() == fs::file_type::not_found;
}

} // namespace

Result<RunFolder> RunFolder::open(const fs::path& folder) {
  if (folder.empty()) return usageError("A run folder without a name was given; name one.");
  std::error_code ignored;
  RunFolder run;
  run.m_path = absolutePath(folder);
  if (isAbsent(run.m_path)) return inputError("There is no run folder " + folder.string() + ".");
  if (fs::status(run.m_path, ignored).type() == fs::file_type::regular)
    return inputError(folder.string() + " is a file, not a run folder.");
  const fs::path file = run.m_path / "run.json";
  if (isAbsent(file)) return inputError(folder.string() + " is not a run folder: it has no run.json.");
  const auto text = readText(file, int64_t{256} << 10);
  if (!text) return text.error();
  auto record = parseRecord(*text, file.string());
  if (!record) return record.error();
  run.m_record = std::move(*record);
  if (run.m_record.state == RunState::running && !run.lockedByAnother())
    run.m_record.state = RunState::interrupted;
  if (auto& parent = run.m_record.config.parent; parent && !fs::exists(parent->run, ignored)) {
    // The folder of all runs was moved: the parent is still beside its fork.
    const fs::path beside = run.m_path.parent_path() / fs::path(parent->run).filename();
    if (fs::exists(beside / "run.json", ignored)) parent->run = beside.string();
  }
  return run;
}

Result<MetricsTable> RunFolder::metrics() const {
  return readMetrics(m_path / "metrics.csv");
}

Result<std::vector<ParameterChange>> RunFolder::changes() const {
  return readChanges(m_path / "events.csv");
}

std::vector<int64_t> RunFolder::snapshots() const {
  return listSnapshots(m_path);
}

Result<std::shared_ptr<const Weights>> RunFolder::weights(std::optional<int64_t> step) const {
  const fs::path file = step ? snapshotPath(m_path, *step) : m_path / "weights.safetensors";
  if (isAbsent(file)) return step ? withoutSnapshot(*step) : withoutWeights();
  const auto weights = readWeights(file);
  if (!weights) return weights.error();
  auto matched = matchWeights(m_record.spec, **weights);
  if (!matched) return inputError(file.string() + ": " + matched.error().message);
  return matched;
}

Error RunFolder::withoutSnapshot(int64_t step) const {
  const std::string wanted =
      "The run " + m_path.string() + " keeps no snapshot of step " + std::to_string(step);
  const std::vector<int64_t> kept = snapshots();
  if (kept.empty()) return inputError(wanted + ", nor of any other.");
  const auto after = std::lower_bound(kept.begin(), kept.end(), step);
  std::string nearest;
  if (after != kept.begin()) nearest = std::to_string(*std::prev(after));
  if (after != kept.end()) nearest += (nearest.empty() ? "" : " and ") + std::to_string(*after);
  return inputError(wanted + "; the nearest that it keeps: " + nearest + ".");
}

Error RunFolder::withoutWeights() const {
  const std::string run = m_path.string();
  if (lockedByAnother())
    return inputError("The run " + run +
                      " has no weights yet: its training is just beginning; try again in a moment.");
  std::error_code ignored;
  if (fs::exists(m_path / "state.safetensors", ignored))
    return inputError("The run " + run + " has lost its weights.safetensors; latent train --resume --out " +
                      run + " writes it again.");
  if (m_record.step > (m_record.config.parent ? m_record.config.parent->step : 0))
    return inputError("The run " + run + " has lost its weights.safetensors; put the file back.");
  return inputError("The run " + run + " has no weights yet: it ended before the first were written; " +
                    "latent train --resume --out " + run + " begins it anew.");
}

bool RunFolder::lockedByAnother() const {
  return RunLock::held(m_path);
}

} // namespace latent
