// NumPy's .npy format, version 1.0 and 2.0, C order, little-endian.
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <filesystem>
#include <span>
#include <string>

namespace latent {

/// Input error for anything but plain C-order numbers; the header length and the product of dimensions are
/// checked against the file.
Result<Array> parseNpy(std::span<const std::byte> bytes, const std::string& nameForErrors);
Result<Array> readNpy(const std::filesystem::path& path);
Status writeNpy(const std::filesystem::path& path, const Array& array);

} // namespace latent
