// Reading a run folder (INTERFACE.md, "A run folder"), also while another program writes it.
#pragma once

#include "core/base/metric.h"
#include "core/base/result.h"
#include "core/base/weights.h"
#include "core/io/metrics_file.h"
#include "core/run/run_record.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace latent {

class RunFolder {
 public:
  /// Input error if there is no readable run there; says which file is missing or damaged.
  static Result<RunFolder> open(const std::filesystem::path& folder);

  const std::filesystem::path& path() const { return m_path; }
  /// State `running` without a held lock is given as `interrupted`.
  const RunRecord& record() const { return m_record; }
  /// The sound rows, and a warning where some are damaged.
  Result<MetricsTable> metrics() const;
  Result<std::vector<ParameterChange>> changes() const;

  /// Steps of the kept snapshots, ascending; files with other names are ignored.
  std::vector<int64_t> snapshots() const;
  /// A kept snapshot, or the newest weights; matched against the model (input error). A run that was killed
  /// before its first weights is an input error that says so.
  Result<std::shared_ptr<const Weights>> weights(std::optional<int64_t> step = std::nullopt) const;

  bool lockedByAnother() const; ///< somebody holds .lock now

 private:
  RunFolder() = default;
  Error withoutWeights() const;
  Error withoutSnapshot(int64_t step) const;

  std::filesystem::path m_path;
  RunRecord m_record;
};

} // namespace latent
