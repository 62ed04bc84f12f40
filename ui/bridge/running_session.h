// The file of the session that runs now: there while a window runs, gone after a clean end.
#pragma once

#include "core/base/result.h"

#include <QLockFile>

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

namespace latent::ui {

/// Any thread may write; what is older than what was written already is left out.
class RunningSession {
 public:
  /// In `folder`, which is made. Owned by the first process that comes, until it ends.
  explicit RunningSession(const std::filesystem::path& folder);

  bool owned() const { return m_owned; }
  /// The text that a crash left; the file is set aside under another name.
  std::optional<std::string> takeCrashed();
  Status write(const std::string& text);
  void end(); ///< removes the file; later writes do nothing

 private:
  const std::filesystem::path m_file;
  QLockFile m_lock;
  bool m_owned = false;
  std::mutex m_mutex;
  bool m_ended = false;
};

} // namespace latent::ui
