// The folder that an open report is kept in. It touches the disk: call it on a worker.
#pragma once

#include "core/base/result.h"
#include "core/run/report/report.h"
#include "core/run/run_lock.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

namespace latent::ui {

/// While this object lives, no other window writes into its folder. Every member is thread-safe.
class ReportHome {
 public:
  ReportHome() = default; ///< the first save() makes a folder of the user's own
  explicit ReportHome(std::filesystem::path folder) : m_folder(std::move(folder)) {}

  struct Opened {
    Report report;
    std::string
        warning; ///< a sentence where changes are kept in a copy, because the folder is not ours; else ""
  };
  /// Reads the folder. It is left as it is where it cannot be read (input error).
  Result<Opened> open();
  /// What is older than what was saved already is left out: `sequence` grows with each change.
  Status save(uint64_t sequence, const Report& report);
  std::filesystem::path folder() const; ///< "" before the first save()

 private:
  Status makeFolder();

  mutable std::mutex m_mutex;
  std::filesystem::path m_folder;
  std::optional<RunLock> m_lock;
  uint64_t m_saved = 0;
};

/// Where the window keeps reports: $XDG_DATA_HOME or ~/.local/share, then latent-explorer/reports.
std::filesystem::path reportsFolder();

} // namespace latent::ui
