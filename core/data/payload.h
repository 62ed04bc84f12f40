// The payload of a data file, one piece after another: the file's bytes, or what they decompress to.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace latent {

/// Reads plain files and gzip files (RFC 1952, one member, told by their first two bytes: a server may have
/// decompressed NAME.gz on the way). Nothing is allocated on the word of the file. All errors are input
/// errors that name the file and the byte offset.
class PayloadReader {
 public:
  /// Error if the path is missing, a folder or a device, unreadable or empty.
  static Result<PayloadReader> open(const std::filesystem::path& path);
  /// The file's bytes as they are, also where they are gzip.
  static Result<PayloadReader> openStored(const std::filesystem::path& path);
  /// open() over a file's bytes in memory, which must outlive the reader. `name` stands in the errors.
  static Result<PayloadReader> over(std::span<const uint8_t> file, std::string name);

  PayloadReader(PayloadReader&&) noexcept;
  PayloadReader& operator=(PayloadReader&&) noexcept;
  ~PayloadReader();

  /// Fills `out` as far as the payload reaches. Fewer bytes than asked mean that it ended as it should:
  /// length and CRC of gzip data were right and nothing follows them.
  Result<size_t> read(std::span<uint8_t> out);

  int64_t offset() const; ///< bytes of payload read so far
  bool compressed() const;
  int64_t mostBytes() const; ///< the payload cannot be longer: the file's size, times deflate's highest ratio
  const std::string& name() const; ///< path of the file

 private:
  struct State;
  explicit PayloadReader(std::unique_ptr<State> state);
  static Result<PayloadReader> openFile(const std::filesystem::path& path, bool stored);
  static Result<PayloadReader> begin(std::unique_ptr<State> state, bool stored);

  std::unique_ptr<State> m_state;
};

/// SHA-256 of a file's whole payload, which may hold `maximumBytes` at most (input error past that).
/// Fault::interrupted when cancelled.
Result<std::string> payloadSha256(const std::filesystem::path& path, int64_t maximumBytes,
                                  const JobControl* control = nullptr);
/// The same of the file's bytes as they are.
Result<std::string> storedSha256(const std::filesystem::path& path, int64_t maximumBytes,
                                 const JobControl* control = nullptr);
/// The file's bytes as they are, `maximumBytes` at most (input error past that).
Result<std::vector<uint8_t>> readStored(const std::filesystem::path& path, int64_t maximumBytes);

} // namespace latent
