// The members of a zip or tar archive, one after another, their content in pieces. Nothing is ever unpacked
// to the disk: a member's name is only compared, never used as a path.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace latent {

enum class ArchiveKind { zip, tarGzip };

/// By libarchive. All errors are input errors that name the archive and, once it is known, the member;
/// without libarchive in the build open() and over() give a usage error that says so.
class ArchiveReader {
 public:
  /// Error if the path is missing, no ordinary file, unreadable or empty. The kind is checked by next().
  static Result<ArchiveReader> open(const std::filesystem::path& path, ArchiveKind kind);
  /// The same over an archive's bytes in memory, which must outlive the reader. `name` stands in the errors.
  static Result<ArchiveReader> over(std::span<const uint8_t> file, std::string name, ArchiveKind kind);

  ArchiveReader(ArchiveReader&&) noexcept;
  ArchiveReader& operator=(ArchiveReader&&) noexcept;
  ~ArchiveReader();

  /// Goes to the next ordinary file in the archive: its name, or nothing after the last. What was not read of
  /// the member before is passed over.
  Result<std::optional<std::string>> next();

  /// Fills `out` with content of the current member as far as it reaches. Fewer bytes than asked mean that it
  /// ended as it should: its length and CRC, where the archive has them, were right.
  Result<size_t> read(std::span<uint8_t> out);

  int64_t offset() const;       ///< bytes of the member read so far
  std::string member() const;   ///< for errors: "FILE, member NAME"
  int64_t storedBytes() const;  ///< length of the archive
  int64_t storedOffset() const; ///< bytes of the archive used so far, for progress

 private:
  struct State;
  explicit ArchiveReader(std::unique_ptr<State> state);

  std::unique_ptr<State> m_state;
};

/// Whether this build can read archives.
bool archivesAvailable();

} // namespace latent
