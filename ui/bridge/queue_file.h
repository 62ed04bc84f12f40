// queue.json: the runs that wait, so that the queue survives a restart or a crash.
#pragma once

#include "core/base/focus.h"
#include "core/base/result.h"
#include "core/base/run_config.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace latent::ui {

/// A run that waits: a new one of this config or, with a folder, one that goes on.
struct QueuedRun {
  RunConfig config;
  RunId folder;
};

std::string queueToText(const std::vector<QueuedRun>& runs);
/// Input error that says what is wrong; a newer format number is named as such.
Result<std::vector<QueuedRun>> queueFromText(const std::string& text);

/// Any thread may write; what is older than what was written already is left out.
class QueueFile {
 public:
  explicit QueueFile(std::filesystem::path path) : m_path(std::move(path)) {}

  const std::filesystem::path& path() const { return m_path; }
  /// No file is an empty queue. A damaged one is set aside as queue.json.damaged and named in the error.
  Result<std::vector<QueuedRun>> read();
  /// `sequence` grows with each change of the queue.
  Status write(uint64_t sequence, const std::string& text);

 private:
  const std::filesystem::path m_path;
  std::mutex m_mutex;
  uint64_t m_written = 0;
};

} // namespace latent::ui
