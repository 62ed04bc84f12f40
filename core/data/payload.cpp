#include "core/data/payload.h"

#include "core/data/sha256.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <vector>

namespace latent {

namespace {

constexpr size_t chunkBytes = size_t{1} << 16;
constexpr int64_t deflateRatio = 1032; // zlib's technical notes, "Maximum compression factor"

std::string systemText(int code) {
  return std::generic_category().message(code);
}

} // namespace

struct PayloadReader::State {
  std::string name;
  int file = -1;                    // -1 = from memory
  std::span<const uint8_t> memory;  // what is left of it
  int64_t storedBytes = 0;          // length of the file
  std::vector<uint8_t> chunk;       // of a file
  std::span<const uint8_t> pending; // fetched and not yet used
  int64_t fetched = 0;
  int64_t given = 0;
  z_stream stream{};
  bool gzip = false;
  bool streamReady = false;
  bool ended = false;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (streamReady) inflateEnd(&stream);
    if (file >= 0) close(file);
  }

  int64_t storedOffset() const { return fetched - static_cast<int64_t>(pending.size()); }

  /// Refills `pending`; empty afterwards means the end of the file.
  Status fetch() {
    if (file < 0) {
      pending = memory.first(std::min(memory.size(), chunkBytes));
      memory = memory.subspan(pending.size());
    } else {
      ssize_t count = 0;
      do {
        count = ::read(file, chunk.data(), chunk.size());
      } while (count < 0 && errno == EINTR);
      if (count < 0) {
        return inputError(name + " could not be read at byte " + std::to_string(fetched) + ": " +
                          systemText(errno) + ". Check the file and its disk.");
      }
      pending = std::span<const uint8_t>(chunk).first(static_cast<size_t>(count));
    }
    fetched += static_cast<int64_t>(pending.size());
    return done();
  }

  Result<size_t> readPlain(std::span<uint8_t> out);
  Result<size_t> readGzip(std::span<uint8_t> out);
  Status endGzip();
};

Result<size_t> PayloadReader::State::readPlain(std::span<uint8_t> out) {
  size_t filled = 0;
  while (filled < out.size() && !ended) {
    if (pending.empty()) {
      if (Status status = fetch(); !status) return status.error();
      ended = pending.empty();
      continue;
    }
    const size_t count = std::min(pending.size(), out.size() - filled);
    std::memcpy(out.data() + filled, pending.data(), count);
    pending = pending.subspan(count);
    filled += count;
  }
  return filled;
}

/// Nothing may follow a gzip member: neither another one nor padding occurs in published data.
Status PayloadReader::State::endGzip() {
  if (pending.empty()) {
    if (Status status = fetch(); !status) return status;
  }
  if (!pending.empty()) {
    return inputError(name + " is damaged: its gzip data ends at byte " + std::to_string(storedOffset()) +
                      ", but more bytes follow. Fetch the file again.");
  }
  ended = true;
  return done();
}

Result<size_t> PayloadReader::State::readGzip(std::span<uint8_t> out) {
  size_t filled = 0;
  while (filled < out.size() && !ended) {
    const size_t room = std::min(out.size() - filled, size_t{1} << 30); // zlib counts in 32 bits
    stream.next_in = const_cast<Bytef*>(pending.data()); // zlib's interface; it does not write there
    stream.avail_in = static_cast<uInt>(pending.size());
    stream.next_out = out.data() + filled;
    stream.avail_out = static_cast<uInt>(room);
    // Also called when nothing is pending: zlib may hold output that did not fit before.
    const int code = inflate(&stream, Z_NO_FLUSH);
    pending = pending.last(stream.avail_in);
    filled += room - stream.avail_out;
    const bool starved = pending.empty() && (code == Z_OK || code == Z_BUF_ERROR);
    if (code == Z_STREAM_END) {
      if (Status status = endGzip(); !status) return status.error();
    } else if (code == Z_MEM_ERROR) {
      return workError("There is not enough memory to decompress " + name + ".");
    } else if (code != Z_OK && !starved) {
      return inputError(name + " is damaged: its gzip data breaks at byte " + std::to_string(storedOffset()) +
                        " (" + (stream.msg ? stream.msg : "unknown reason") + "). Fetch the file again.");
    } else if (starved && filled < out.size()) {
      if (Status status = fetch(); !status) return status.error();
      if (pending.empty()) {
        return inputError(name + " is cut off: its gzip data stops at byte " + std::to_string(fetched) +
                          ". Fetch the file again.");
      }
    }
  }
  return filled;
}

PayloadReader::PayloadReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
PayloadReader::PayloadReader(PayloadReader&&) noexcept = default;
PayloadReader& PayloadReader::operator=(PayloadReader&&) noexcept = default;
PayloadReader::~PayloadReader() = default;

Result<PayloadReader> PayloadReader::open(const std::filesystem::path& path) {
  return openFile(path, false);
}

Result<PayloadReader> PayloadReader::openStored(const std::filesystem::path& path) {
  return openFile(path, true);
}

Result<PayloadReader> PayloadReader::openFile(const std::filesystem::path& path, bool stored) {
  auto state = std::make_unique<State>();
  state->name = path.string();
  // Non-blocking, so that a pipe in a file's place cannot hang the reader; ordinary files ignore it.
  state->file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (state->file < 0) {
    return inputError(state->name + " could not be opened: " + systemText(errno) +
                      ". Check the path and its permissions.");
  }
  struct stat facts {};
  if (fstat(state->file, &facts) != 0)
    return inputError(state->name + " could not be examined: " + systemText(errno) + ".");
  if (S_ISDIR(facts.st_mode))
    return inputError(state->name + " is a folder where a file should be. Put the file in its place.");
  if (!S_ISREG(facts.st_mode))
    return inputError(state->name + " is not an ordinary file. Put the file in its place.");
  state->storedBytes = facts.st_size;
  state->chunk.resize(chunkBytes);
  return begin(std::move(state), stored);
}

Result<PayloadReader> PayloadReader::over(std::span<const uint8_t> file, std::string name) {
  auto state = std::make_unique<State>();
  state->name = std::move(name);
  state->memory = file;
  state->storedBytes = static_cast<int64_t>(file.size());
  return begin(std::move(state), false);
}

Result<PayloadReader> PayloadReader::begin(std::unique_ptr<State> state, bool stored) {
  if (Status status = state->fetch(); !status) return status.error();
  if (state->pending.empty()) return inputError(state->name + " is empty. Fetch the file again.");
  if (!stored && state->pending.size() >= 2 && state->pending[0] == 0x1f && state->pending[1] == 0x8b) {
    state->gzip = true;
    if (inflateInit2(&state->stream, 15 + 16) != Z_OK) // largest window, gzip wrapper
      return workError("There is not enough memory to decompress " + state->name + ".");
    state->streamReady = true;
  }
  return PayloadReader(std::move(state));
}

Result<size_t> PayloadReader::read(std::span<uint8_t> out) {
  Result<size_t> count = m_state->gzip ? m_state->readGzip(out) : m_state->readPlain(out);
  if (count) m_state->given += static_cast<int64_t>(*count);
  return count;
}

int64_t PayloadReader::offset() const {
  return m_state->given;
}
bool PayloadReader::compressed() const {
  return m_state->gzip;
}
const std::string& PayloadReader::name() const {
  return m_state->name;
}

int64_t PayloadReader::mostBytes() const {
  return m_state->gzip ? m_state->storedBytes * deflateRatio : m_state->storedBytes;
}

namespace {

Error tooLong(const PayloadReader& reader, int64_t maximumBytes) {
  return inputError(reader.name() + " holds more than the " + std::to_string(maximumBytes) +
                    " bytes that were expected. Fetch the file again.");
}

Result<std::string> sha256Of(Result<PayloadReader> reader, int64_t maximumBytes, const JobControl* control) {
  if (!reader) return reader.error();
  Sha256 hash;
  std::vector<uint8_t> piece(size_t{1} << 18);
  while (true) {
    if (control && control->cancelled())
      return Error{Fault::interrupted, "Checking " + reader->name() + " was cancelled."};
    Result<size_t> count = reader->read(piece);
    if (!count) return count.error();
    if (reader->offset() > maximumBytes) return tooLong(*reader, maximumBytes);
    hash.update(std::span<const uint8_t>(piece).first(*count));
    if (*count < piece.size()) return hash.hex();
  }
}

} // namespace

Result<std::string> payloadSha256(const std::filesystem::path& path, int64_t maximumBytes,
                                  const JobControl* control) {
  return sha256Of(PayloadReader::open(path), maximumBytes, control);
}

Result<std::string> storedSha256(const std::filesystem::path& path, int64_t maximumBytes,
                                 const JobControl* control) {
  return sha256Of(PayloadReader::openStored(path), maximumBytes, control);
}

Result<std::vector<uint8_t>> readStored(const std::filesystem::path& path, int64_t maximumBytes) {
  Result<PayloadReader> reader = PayloadReader::openStored(path);
  if (!reader) return reader.error();
  if (reader->mostBytes() > maximumBytes) return tooLong(*reader, maximumBytes);
  std::vector<uint8_t> bytes(static_cast<size_t>(reader->mostBytes()));
  const Result<size_t> count = reader->read(bytes);
  if (!count) return count.error();
  bytes.resize(*count);
  return bytes;
}

} // namespace latent
