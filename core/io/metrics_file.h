// metrics.csv and events.csv of a run folder: append-only, flushed, readable after a kill at any moment.
#pragma once

#include "core/base/metric.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace latent {

/// A live change of a parameter while a run trained.
struct ParameterChange {
  int64_t step = 0;
  double time = 0; ///< seconds of training since the run began
  std::string parameter;
  std::string oldValue;
  std::string newValue;
};

/// What a metrics.csv holds. Damage costs the damaged lines, never the others.
struct MetricsTable {
  std::vector<Metric> rows;
  std::string warning; ///< one sentence where lines are damaged, "" for a sound file
};

/// The text of such a file; what the readers below use.
Result<MetricsTable> parseMetrics(std::string_view text, const std::string& nameForErrors);
Result<std::vector<ParameterChange>> parseChanges(std::string_view text, const std::string& nameForErrors);

/// Reads "step,epoch,split,series,value". A last line without its newline is ignored (a writer was killed);
/// damaged lines before it are left out and told of in the warning. Input error if no line is a row of such a
/// file. A missing file is an empty table.
Result<MetricsTable> readMetrics(const std::filesystem::path& path);
/// Appends and flushes to the disk. Creates the file with its header.
Status appendMetrics(const std::filesystem::path& path, std::span<const Metric> metrics);
/// Keeps the rows whose step is at most `step` (atomic rewrite): what --resume does before it goes on.
/// Input error, and no change, where a line is damaged.
Status truncateMetrics(const std::filesystem::path& path, int64_t step);

Result<std::vector<ParameterChange>> readChanges(const std::filesystem::path& path);
Status appendChange(const std::filesystem::path& path, const ParameterChange& change);
/// A file with its header alone.
Status createChanges(const std::filesystem::path& path);
/// Keeps the first `count` rows.
Status truncateChanges(const std::filesystem::path& path, size_t count);

} // namespace latent
