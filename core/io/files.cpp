#include "core/io/files.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace latent {
namespace {

namespace fs = std::filesystem;

std::string reason(int code) {
  return std::error_code(code, std::generic_category()).message();
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  ~Descriptor() {
    if (m_fd >= 0) ::close(m_fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return m_fd; }
  bool open() const { return m_fd >= 0; }
  bool close() { return ::close(std::exchange(m_fd, -1)) == 0; }

 private:
  int m_fd;
};

Error cannotRead(const fs::path& path, int code) {
  return inputError("Cannot read " + path.string() + ": " + reason(code) + ".");
}

Error cannotWrite(const fs::path& path, int code) {
  std::string advice;
  if (code == ENOSPC || code == EDQUOT) advice = "; free some space and try again";
  return workError("Cannot write " + path.string() + ": " + reason(code) + advice + ".");
}

/// 0 or the errno of the write that failed.
int writeAll(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes = bytes.subspan(static_cast<size_t>(written));
  }
  return 0;
}

fs::path folderOf(const fs::path& path) {
  const fs::path parent = path.parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

int syncFolder(const fs::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.open()) return errno;
  // Some network file systems cannot sync a folder; the rename is then as durable as they make it.
  return ::fsync(descriptor.get()) == 0 || errno == EINVAL ? 0 : errno;
}

/// 0 or the errno of what failed; the temporary file is the caller's to remove.
int writeTemporary(const fs::path& path, std::span<const std::byte> bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file.open()) return errno;
  if (const int code = writeAll(file.get(), bytes)) return code;
  if (::fsync(file.get()) != 0) return errno;
  return file.close() ? 0 : errno;
}

/// Devices and pipes cannot be replaced by a rename, and must not be.
Status writeToDevice(const fs::path& path, std::span<const std::byte> bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.open()) return cannotWrite(path, errno);
  if (const int code = writeAll(file.get(), bytes)) return cannotWrite(path, code);
  if (!file.close()) return cannotWrite(path, errno);
  return done();
}

} // namespace

Result<std::vector<std::byte>> readFile(const fs::path& path, int64_t maximumBytes) {
  // Without O_NONBLOCK opening a pipe that nobody writes would wait for ever.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.open()) return cannotRead(path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return cannotRead(path, errno);
  if (S_ISDIR(status.st_mode)) return inputError(path.string() + " is a folder, not a file.");
  if (!S_ISREG(status.st_mode)) return inputError(path.string() + " is not a regular file.");
  if (status.st_size > maximumBytes)
    return inputError(path.string() + " has " + std::to_string(status.st_size) + " bytes; at most " +
                      std::to_string(maximumBytes) + " are read.");
  std::vector<std::byte> bytes(static_cast<size_t>(status.st_size));
  size_t used = 0;
  while (used < bytes.size()) {
    const ssize_t got = ::read(file.get(), bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannotRead(path, errno);
    if (got == 0) break; // somebody shortened it meanwhile
    used += static_cast<size_t>(got);
  }
  bytes.resize(used);
  return bytes;
}

Result<std::string> readText(const fs::path& path, int64_t maximumBytes) {
  const auto bytes = readFile(path, maximumBytes);
  if (!bytes) return bytes.error();
  return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

Status writeFileAtomically(const fs::path& path, std::span<const std::byte> bytes) {
  std::error_code ignored;
  fs::path target = path;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::is_directory(status)) return workError("Cannot write " + path.string() + ": it is a folder.");
  if (fs::exists(status) && !fs::is_regular_file(status)) return writeToDevice(path, bytes);
  if (fs::exists(status)) target = fs::canonical(path, ignored); // a link stays a link
  if (target.empty()) target = path;

  const fs::path temporary = folderOf(target) / temporaryName(target.filename().string());
  int code = writeTemporary(temporary, bytes);
  if (code == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) code = errno;
  if (code == 0) code = syncFolder(folderOf(target));
  if (code == 0) return done();
  fs::remove(temporary, ignored);
  return cannotWrite(path, code);
}

Status writeTextAtomically(const fs::path& path, std::string_view text) {
  return writeFileAtomically(path, std::as_bytes(std::span(text)));
}

Status appendToFile(const fs::path& path, std::string_view text) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (!file.open()) return cannotWrite(path, errno);
  struct stat before {};
  if (::fstat(file.get(), &before) != 0) return cannotWrite(path, errno);
  int code = writeAll(file.get(), std::as_bytes(std::span(text)));
  if (code == 0 && ::fsync(file.get()) != 0) code = errno;
  if (code == 0) return done();
  // Half a line would spoil the lines of a later, luckier append.
  if (S_ISREG(before.st_mode) && ::ftruncate(file.get(), before.st_size) != 0) code = errno;
  return cannotWrite(path, code);
}

std::string temporaryName(const std::string& name) {
  static std::atomic<unsigned> counter{0};
  constexpr size_t longest = 200; // so that this is still a file name where `name` is as long as one can be
  return "." + name.substr(0, longest) + ".tmp-" + std::to_string(::getpid()) + "-" +
         std::to_string(counter++);
}

bool isTemporaryName(const std::string& name) {
  return name.starts_with('.') && name.find(".tmp-") != std::string::npos;
}

} // namespace latent
