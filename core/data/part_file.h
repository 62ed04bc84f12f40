// The unfinished file of a download: NAME.part beside NAME, kept across attempts and put in place at the end.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>

namespace latent {

/// All errors are work errors that name the file and the system's reason.
class PartFile {
 public:
  /// Opens or creates TARGET.part and locks it against other programs until close().
  static Result<PartFile> open(const std::filesystem::path& target);

  PartFile(PartFile&& other) noexcept;
  PartFile& operator=(PartFile&& other) noexcept;
  ~PartFile();

  const std::filesystem::path& path() const { return m_path; }
  int64_t size() const { return m_size; }

  Status append(std::span<const uint8_t> bytes);
  Status clear();                                     ///< begin again
  Status moveTo(const std::filesystem::path& target); ///< sync, rename, sync the folder
  void remove();                                      ///< an empty part is not worth keeping

 private:
  PartFile(int file, std::filesystem::path path, int64_t size)
      : m_file(file), m_path(std::move(path)), m_size(size) {}
  Error failure(const char* what) const;

  int m_file = -1;
  std::filesystem::path m_path;
  int64_t m_size = 0;
};

} // namespace latent
