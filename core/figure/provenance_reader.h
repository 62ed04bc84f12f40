// What a figure says of itself, read back from the file that it was written to. No Qt.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace latent {

/// Figure::provenance out of a .pdf (XMP), .svg (<metadata>), .png (text chunk) or .json (the sidecar) file,
/// or that of a movie out of a .gif (comment) or .mp4 (XMP), known by its content, not by its name. An object
/// with the text "kind" and the list "runs"; nothing else of it is checked. Input error, one sentence: no
/// such file, more than 512 MiB, another kind of file, damaged, or without provenance.
Result<Json> readProvenance(const std::filesystem::path& file);
Result<Json> parseProvenance(std::span<const std::byte> bytes, const std::string& nameForErrors);

} // namespace latent
