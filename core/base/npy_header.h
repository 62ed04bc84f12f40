// The header of NumPy's .npy format, versions 1.0 and 2.0 (numpy.lib.format): what a file and an archive
// share.
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace latent {

struct NpyHeader {
  ElementType type = ElementType::u8;
  std::vector<int64_t> shape;
  size_t dataOffset = 0; ///< bytes from the start of the file
};

constexpr size_t npyPreambleBytes = 12; ///< what npyDataOffset() wants to see, where there is so much
constexpr size_t npyMaximumHeader = size_t{1} << 16; ///< NumPy writes about 120 bytes

/// Where the data begins, from the first npyPreambleBytes (or fewer) of a file. Input error for another magic
/// or version and for a header longer than npyMaximumHeader; `name` stands in the errors.
Result<size_t> npyDataOffset(std::string_view start, const std::string& name);

/// The header from the bytes before the data. Input error for anything but plain little-endian numbers in C
/// order. Pickled objects are named as such and never loaded. The shape's product is not checked.
Result<NpyHeader> parseNpyHeader(std::string_view head, const std::string& name);

/// The text of an element type in a header: "<f4".
std::string_view npyTypeName(ElementType type);

} // namespace latent
