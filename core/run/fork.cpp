#include "core/run/fork.h"

#include "core/base/parameter.h"
#include "core/io/lines.h"
#include "core/io/safetensors.h"
#include "core/models/families.h"
#include "core/run/new_run.h"
#include "core/run/snapshots.h"

#include <algorithm>
#include <map>

namespace latent {
namespace {

namespace fs = std::filesystem;

std::string snapshotOf(const RunFolder& run, int64_t step) {
  return "The snapshot of step " + std::to_string(step) + " of " + run.path().string();
}

std::string shapeText(const WeightEntry& entry) {
  std::string text;
  for (const int64_t size : entry.shape) text += (text.empty() ? "[" : ", ") + std::to_string(size);
  return text + "]";
}

/// Names one tensor of two layouts that are not the same.
std::string firstDifference(const WeightLayout& there, const WeightLayout& here) {
  const auto find = [](const WeightLayout& layout, const std::string& name) {
    return std::find_if(layout.begin(), layout.end(),
                        [&](const WeightEntry& entry) { return entry.name == name; });
  };
  for (const WeightEntry& entry : here) {
    const auto same = find(there, entry.name);
    if (same == there.end()) return "it has no " + entry.name;
    if (same->shape != entry.shape)
      return entry.name + " is " + shapeText(*same) + " there and " + shapeText(entry) + " here";
  }
  for (const WeightEntry& entry : there)
    if (find(here, entry.name) == here.end()) return "there is no " + entry.name + " here";
  return "its weights are others";
}

std::vector<Metric> rowsAt(const RunFolder& run, int64_t step) {
  std::vector<Metric> rows;
  const auto table = run.metrics();
  if (!table) return rows;
  std::map<std::string, Metric> batch; // the newest of each series
  for (const Metric& row : table->rows) {
    if (row.step > step) continue;
    if (row.split == "batch") {
      batch[row.series] = row;
    } else if (row.step == step) {
      rows.push_back(row);
    }
  }
  std::vector<Metric> all;
  all.reserve(batch.size() + rows.size());
  for (const auto& [series, row] : batch) all.push_back(row);
  all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

} // namespace

bool measuresTheSame(const RunRecord& parent, const RunConfig& config, const ModelSpec& spec) {
  const auto pixels = [](const Parameters& parameters) {
    return parameters.has("pixels") ? parameters.choice("pixels") : std::string();
  };
  return parent.config.dataset == config.dataset && pixels(parent.spec.parameters) == pixels(spec.parameters);
}

RunConfig forkConfig(const RunFolder& parent, int64_t step) {
  RunConfig config = parent.record().config;
  config.name.clear();
  config.threads = 0; // those of the process
  config.parent = ForkPoint{.run = parent.path().string(), .step = step};
  return config;
}

Result<ForkStart> openFork(const RunConfig& config, const ModelSpec& spec) {
  const auto run = RunFolder::open(config.parent->run);
  if (!run) return run.error();
  const int64_t step = config.parent->step;
  const auto kept = run->weights(step);
  if (!kept) return kept.error();

  const FamilyInfo& family = *findFamily(spec.family);
  if (family.closedForm)
    return usageError(family.name +
                      " is solved in one step and cannot go on from a snapshot; train it anew.");
  auto weights = matchWeights(spec, **kept);
  if (!weights)
    return usageError(snapshotOf(*run, step) +
                      " does not fit this model: " + firstDifference(*(*kept)->layout, *weightLayout(spec)) +
                      "; leave what its structure hangs on as it is, or train a new run.");
  if (static_cast<double>(config.epochs) <= (*weights)->epoch)
    return usageError(
        "epochs: " + snapshotOf(*run, step) + " is of epoch " + formatNumber((*weights)->epoch) +
        ", which counts; the total must be more than that, not " + std::to_string(config.epochs) + ".");
  ForkStart start;
  start.point = {run->path().string(), step, (*weights)->epoch, run->record().id, run->record().config.name};
  start.weights = std::move(*weights);
  if (measuresTheSame(run->record(), config, spec)) start.rows = rowsAt(*run, step);
  return start;
}

Result<ForkStart> reopenFork(const fs::path& folder, const RunRecord& record) {
  const ForkPoint& point = *record.config.parent;
  auto start = openFork(record.config, record.spec);
  if (start && start->point.id == point.id) return start;
  const auto own = readWeights(snapshotPath(folder, point.step));
  if (!own)
    return inputError("The run " + folder.string() + " was stopped before its first state, and its parent " +
                      point.run + " is gone; put that run back, or begin a new run.");
  auto weights = matchWeights(record.spec, **own);
  if (!weights) return weights.error();
  return ForkStart{point, std::move(*weights), {}};
}

} // namespace latent
