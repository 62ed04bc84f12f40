#include "core/run/run_lock.h"

#include "core/io/files.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace latent {
namespace {

namespace fs = std::filesystem;

constexpr const char* fileName = ".lock";

std::string reason(int code) {
  return std::error_code(code, std::generic_category()).message();
}

/// "latent, process 123"; empty where the holder left no note.
std::string holder(const fs::path& folder) {
  const auto text = readText(folder / fileName, 256);
  return text ? text->substr(0, text->find('\n')) : std::string();
}

void noteHolder(int descriptor) {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const std::string note = program.filename().string() + ", process " + std::to_string(::getpid()) + "\n";
  // The note only makes the message of the other program better; the lock holds without it.
  if (::ftruncate(descriptor, 0) == 0) (void)!::write(descriptor, note.data(), note.size());
}

/// 0 or an errno. A reader that asks `held` has the lock for an instant, so one refusal is no answer yet.
int lockPatiently(int descriptor) {
  for (int attempt = 0;; ++attempt) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return 0;
    if (errno != EWOULDBLOCK && errno != EINTR) return errno;
    if (attempt == 20) return EWOULDBLOCK;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

} // namespace

Result<RunLock> RunLock::acquire(const fs::path& folder) {
  const fs::path file = folder / fileName;
  RunLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (lock.m_descriptor < 0) return workError("Cannot write " + file.string() + ": " + reason(errno) + ".");
  const int code = lockPatiently(lock.m_descriptor);
  if (code == EWOULDBLOCK) {
    const std::string other = holder(folder);
    return workError("The run " + folder.string() + " is being written by another program" +
                     (other.empty() ? "" : " (" + other + ")") + "; stop it there first.");
  }
  if (code != 0) return workError("Cannot lock " + file.string() + ": " + reason(code) + ".");
  noteHolder(lock.m_descriptor);
  return lock;
}

bool RunLock::held(const fs::path& folder) {
  const RunLock probe(::open((folder / fileName).c_str(), O_RDONLY | O_CLOEXEC));
  return probe.m_descriptor >= 0 && ::flock(probe.m_descriptor, LOCK_SH | LOCK_NB) != 0 &&
         errno == EWOULDBLOCK;
}

RunLock::RunLock(RunLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

RunLock::~RunLock() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

} // namespace latent
