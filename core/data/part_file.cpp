#include "core/data/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace latent {

namespace {

std::string systemText(int code) {
  return std::generic_category().message(code);
}

} // namespace

Result<PartFile> PartFile::open(const std::filesystem::path& target) {
  std::filesystem::path path = target;
  path += ".part";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return workError(path.string() + " could not be written: " + systemText(errno) + ".");
  PartFile part(file, path, 0);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return workError(path.string() +
                     " is being written by another program; wait until its download is done.");
  }
  struct stat facts {};
  struct stat named {};
  // Whoever held the lock before may have put the file in place meanwhile: then the name is free or another
  // file's.
  if (fstat(file, &facts) != 0 || stat(path.c_str(), &named) != 0 || facts.st_ino != named.st_ino)
    return workError(path.string() + " was just taken by another download; start again.");
  part.m_size = facts.st_size;
  return part;
}

PartFile::PartFile(PartFile&& other) noexcept
    : m_file(std::exchange(other.m_file, -1)), m_path(std::move(other.m_path)), m_size(other.m_size) {}

PartFile& PartFile::operator=(PartFile&& other) noexcept {
  std::swap(m_file, other.m_file);
  std::swap(m_path, other.m_path);
  std::swap(m_size, other.m_size);
  return *this;
}

PartFile::~PartFile() {
  if (m_file >= 0) close(m_file);
}

Error PartFile::failure(const char* what) const {
  const int code = errno;
  const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
  return workError(m_path.string() + " could not be " + what + ": " + systemText(code) +
                   (full ? ". Make room and start again; what has arrived is kept." : "."));
}

Status PartFile::append(std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(m_file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failure("written");
    m_size += count;
    bytes = bytes.subspan(static_cast<size_t>(count));
  }
  return done();
}

Status PartFile::clear() {
  if (m_size > 0 && ftruncate(m_file, 0) != 0) return failure("emptied");
  m_size = 0;
  return done();
}

Status PartFile::moveTo(const std::filesystem::path& target) {
  if (fsync(m_file) != 0) return failure("written");
  if (rename(m_path.c_str(), target.c_str()) != 0) return failure("put in place");
  const int folder = ::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    fsync(folder); // where a file system cannot sync folders, the rename is still atomic
    close(folder);
  }
  return done();
}

void PartFile::remove() {
  std::error_code ignored; // what stays is an empty file
  std::filesystem::remove(m_path, ignored);
}

} // namespace latent
