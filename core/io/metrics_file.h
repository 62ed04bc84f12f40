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

/// The text of such a file; what the readers below use.
Result<std::vector<Metric>> parseMetrics(std::string_view text, const std::string& nameForErrors);
Result<std::vector<ParameterChange>> parseChanges(std::string_view text, const std::string& nameForErrors);

/// Reads "step,epoch,split,series,value". A last line without its newline is ignored (a writer was killed);
/// a damaged line before it is an input error with its line number. A missing file is an empty list.
Result<std::vector<Metric>> readMetrics(const std::filesystem::path& path);
/// Appends and flushes to the disk. Creates the file with its header.
Status appendMetrics(const std::filesystem::path& path, std::span<const Metric> metrics);
/// Keeps the rows whose step is at most `step` (atomic rewrite): what --resume does before it goes on.
Status truncateMetrics(const std::filesystem::path& path, int64_t step);

Result<std::vector<ParameterChange>> readChanges(const std::filesystem::path& path);
Status appendChange(const std::filesystem::path& path, const ParameterChange& change);
/// A file with its header alone.
Status createChanges(const std::filesystem::path& path);
/// Keeps the first `count` rows.
Status truncateChanges(const std::filesystem::path& path, size_t count);

} // namespace latent
