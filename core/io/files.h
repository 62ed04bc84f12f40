// Whole files: read with a bound, written so that a kill at any moment leaves the old or the new one.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace latent {

/// Input error if the path is missing, a folder, unreadable or longer than maximumBytes.
Result<std::vector<std::byte>> readFile(const std::filesystem::path& path, int64_t maximumBytes);
Result<std::string> readText(const std::filesystem::path& path, int64_t maximumBytes = int64_t{64} << 20);

/// Temporary name in the same folder, write, fsync, rename, fsync of the folder. Work error with the reason
/// ("No space left on device") and no file left behind.
Status writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
Status writeTextAtomically(const std::filesystem::path& path, std::string_view text);

/// Appends, fsync; creates the file. On failure (work error) the file keeps its old length.
Status appendToFile(const std::filesystem::path& path, std::string_view text);

/// The name under which writeFileAtomically first writes NAME; a kill may leave such a file behind.
std::string temporaryName(const std::string& name);
bool isTemporaryName(const std::string& name);

} // namespace latent
