#include "core/data/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace latent {

namespace {

constexpr size_t blockBytes = size_t{1} << 16;
const char* const advice = " Fetch the file again.";

std::string systemText(int code) {
  return std::generic_category().message(code);
}

/// Names come from outside and go to a terminal: only what is printable, and not without end.
std::string printable(const char* name) {
  std::string text(name);
  if (text.size() > 100) text = text.substr(0, 100) + "...";
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 32 || c > 126; }, '?');
  return text;
}

} // namespace

struct ArchiveReader::State {
  std::string name;
  std::string memberName;
  int file = -1; // -1 = from memory
  int64_t storedBytes = 0;
  int64_t given = 0;
  archive* handle = nullptr;
  ArchiveKind kind = ArchiveKind::zip;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (handle) archive_read_free(handle);
    if (file >= 0) close(file);
  }

  std::string place() const { return memberName.empty() ? name : name + ", member " + memberName; }

  Error damage() const {
    const char* const reason = archive_error_string(handle);
    if (archive_errno(handle) == ENOMEM) return workError("There is not enough memory to read " + name + ".");
    return inputError(place() + " is damaged or no " + (kind == ArchiveKind::zip ? "zip" : "tar.gz") +
                      " archive, at byte " + std::to_string(given) + " of its content (" +
                      (reason ? printable(reason) : "unknown reason") + ")." + advice);
  }

  /// Only the expected format is switched on: other decoders of libarchive never see the file.
  Status begin(std::span<const uint8_t> memory) {
    handle = archive_read_new();
    if (!handle) return workError("There is not enough memory to read " + name + ".");
    const int format = kind == ArchiveKind::zip ? archive_read_support_format_zip_seekable(handle)
                                                : archive_read_support_format_tar(handle);
    const int filter = kind == ArchiveKind::zip ? ARCHIVE_OK : archive_read_support_filter_gzip(handle);
    if (format < ARCHIVE_WARN || filter < ARCHIVE_WARN) return damage();
    const int opened = file >= 0 ? archive_read_open_fd(handle, file, blockBytes)
                                 : archive_read_open_memory(handle, memory.data(), memory.size());
    if (opened != ARCHIVE_OK) return damage();
    return done();
  }
};

ArchiveReader::ArchiveReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader& ArchiveReader::operator=(ArchiveReader&&) noexcept = default;
ArchiveReader::~ArchiveReader() = default;

Result<ArchiveReader> ArchiveReader::open(const std::filesystem::path& path, ArchiveKind kind) {
  auto state = std::make_unique<State>();
  state->name = path.string();
  state->kind = kind;
  // Non-blocking, so that a pipe in a file's place cannot hang the reader; ordinary files ignore it.
  state->file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (state->file < 0)
    return inputError(state->name + " could not be opened: " + systemText(errno) +
                      ". Check the path and its permissions.");
  struct stat status {};
  if (fstat(state->file, &status) != 0)
    return inputError(state->name + " could not be examined: " + systemText(errno) + ".");
  if (!S_ISREG(status.st_mode))
    return inputError(state->name + (S_ISDIR(status.st_mode) ? " is a folder where a file should be."
                                                             : " is not an ordinary file."));
  if (status.st_size == 0) return inputError(state->name + " is empty." + advice);
  state->storedBytes = status.st_size;
  if (const Status begun = state->begin({}); !begun) return begun.error();
  return ArchiveReader(std::move(state));
}

Result<ArchiveReader> ArchiveReader::over(std::span<const uint8_t> file, std::string name, ArchiveKind kind) {
  auto state = std::make_unique<State>();
  state->name = std::move(name);
  state->kind = kind;
  state->storedBytes = static_cast<int64_t>(file.size());
  if (file.empty()) return inputError(state->name + " is empty." + advice);
  if (const Status begun = state->begin(file); !begun) return begun.error();
  return ArchiveReader(std::move(state));
}

Result<std::optional<std::string>> ArchiveReader::next() {
  State& state = *m_state;
  while (true) {
    archive_entry* entry = nullptr;
    const int code = archive_read_next_header(state.handle, &entry);
    state.memberName.clear();
    state.given = 0;
    if (code == ARCHIVE_EOF) return std::optional<std::string>();
    if (code < ARCHIVE_WARN) return state.damage();
    const char* path = archive_entry_pathname_utf8(entry);
    if (!path) path = archive_entry_pathname(entry);
    if (!path || archive_entry_filetype(entry) != AE_IFREG) continue;
    state.memberName = printable(path);
    return std::optional<std::string>(path);
  }
}

Result<size_t> ArchiveReader::read(std::span<uint8_t> out) {
  State& state = *m_state;
  size_t filled = 0;
  while (filled < out.size()) {
    const la_ssize_t count = archive_read_data(state.handle, out.data() + filled, out.size() - filled);
    if (count < 0) return state.damage();
    if (count == 0) break;
    filled += static_cast<size_t>(count);
    state.given += count;
  }
  return filled;
}

int64_t ArchiveReader::offset() const {
  return m_state->given;
}
std::string ArchiveReader::member() const {
  return m_state->place();
}
int64_t ArchiveReader::storedBytes() const {
  return m_state->storedBytes;
}
int64_t ArchiveReader::storedOffset() const {
  return archive_filter_bytes(m_state->handle, -1);
}

bool archivesAvailable() {
  return true;
}

} // namespace latent
