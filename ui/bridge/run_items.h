// Rows of the Runs list, made from run folders and from runs that wait.
#pragma once

#include "core/base/metric.h"
#include "core/base/result.h"
#include "core/run/run_folder.h"
#include "ui/models/runs_model.h"

#include <filesystem>
#include <vector>

namespace latent::ui {

/// Where the models that come with the program lie; empty if they were not found.
std::filesystem::path shippedModelsFolder();
bool isShippedRun(const RunId& run);

/// From a record alone: no snapshots, nobody's lock.
RunItem itemOf(const RunRecord& record, const std::filesystem::path& folder);
/// With kept snapshots and lock, read from disk now. Shipped and locked runs are read-only.
RunItem itemOf(const RunFolder& run);
/// What events.csv tells; rows that are no numbers are left out, a damaged file tells nothing.
std::vector<LiveChange> changesOf(const RunFolder& run);
/// A run that waits in the queue; the shape of its images may be a guess until its data set is loaded. Usage
/// error for a config that no run can have.
Result<RunItem> queuedItem(const RunId& id, const RunConfig& config, const ImageShape& shape,
                           const QString& datasetName);

/// What the window shows of a run folder.
struct OpenedRun {
  RunItem item;
  std::vector<Metric> metrics;
  std::string problem; ///< what is damaged: a person who opens it is to be told
};
Result<OpenedRun> readRun(const std::filesystem::path& folder);

} // namespace latent::ui
