// Paths as a person gives them, made absolute without ever throwing.
#pragma once

#include <filesystem>

namespace latent {

/// Absolute, without "." and "..", without a slash at the end: "run/" is "run". What cannot be made absolute,
/// such as "" or anything relative to a working folder that was removed, stays as it is, so that the file
/// system says what is wrong.
inline std::filesystem::path absolutePath(const std::filesystem::path& path) {
  std::error_code failed;
  std::filesystem::path whole = std::filesystem::absolute(path, failed).lexically_normal();
  if (failed) return path;
  return whole.has_filename() || !whole.has_relative_path() ? whole : whole.parent_path();
}

} // namespace latent
