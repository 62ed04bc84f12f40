#include "ui/bridge/running_session.h"

#include "core/io/files.h"

#include <system_error>

namespace latent::ui {

namespace fs = std::filesystem;

RunningSession::RunningSession(const fs::path& folder)
    : m_file(folder / "running.latent-session"),
      m_lock(QString::fromStdString((folder / "running.lock").string())) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  m_lock.setStaleLockTime(0); // a window may be open for days
  m_owned = m_lock.tryLock(0);
}

std::optional<std::string> RunningSession::takeCrashed() {
  std::lock_guard lock(m_mutex);
  std::error_code error;
  if (!m_owned || !fs::exists(m_file, error)) return std::nullopt;
  fs::path aside = m_file;
  aside.replace_filename("crashed.latent-session");
  const Result<std::string> text = readText(m_file);
  fs::rename(m_file, aside, error);
  if (!text) return std::nullopt;
  return *text;
}

Status RunningSession::write(const std::string& text) {
  std::lock_guard lock(m_mutex);
  if (!m_owned || m_ended) return done();
  return writeTextAtomically(m_file, text);
}

void RunningSession::end() {
  std::lock_guard lock(m_mutex);
  m_ended = true;
  std::error_code ignored;
  if (m_owned) fs::remove(m_file, ignored);
}

} // namespace latent::ui
