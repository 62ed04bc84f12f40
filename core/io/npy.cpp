#include "core/io/npy.h"

#include "core/base/npy_header.h"
#include "core/io/files.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace latent {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are exchanged as they lie in memory");

constexpr std::string_view magic = "\x93NUMPY";
constexpr int64_t maximumBytes = int64_t{8} << 30;

std::string formatHeader(const Array& array) {
  std::string header =
      "{'descr': '" + std::string(npyTypeName(array.type)) + "', 'fortran_order': False, 'shape': (";
  for (size_t i = 0; i < array.shape.size(); ++i) {
    if (i > 0) header += ' ';
    header += std::to_string(array.shape[i]);
    if (i + 1 < array.shape.size() || i == 0) header += ',';
  }
  return header + "), }";
}

} // namespace

Result<Array> parseNpy(std::span<const std::byte> bytes, const std::string& nameForErrors) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto offset = npyDataOffset(text.substr(0, npyPreambleBytes), nameForErrors);
  if (!offset) return offset.error();
  if (*offset > text.size())
    return inputError(nameForErrors + " names a header that ends at byte " + std::to_string(*offset) +
                      " (byte 8), more than it holds.");
  const auto header = parseNpyHeader(text.substr(0, *offset), nameForErrors);
  if (!header) return header.error();

  const int64_t size = elementSize(header->type);
  const int64_t count = checkedCount(header->shape, size);
  const auto data = bytes.subspan(*offset);
  if (count < 0 || static_cast<uint64_t>(count) * static_cast<uint64_t>(size) != data.size())
    return inputError(nameForErrors + " holds " + std::to_string(data.size()) +
                      " bytes of data, which its shape contradicts (byte " + std::to_string(*offset) + ").");
  return Array{header->type, header->shape, {data.begin(), data.end()}};
}

Result<Array> readNpy(const std::filesystem::path& path) {
  const auto bytes = readFile(path, maximumBytes);
  if (!bytes) return bytes.error();
  return parseNpy(*bytes, path.string());
}

Status writeNpy(const std::filesystem::path& path, const Array& array) {
  std::string header = formatHeader(array);
  // Version 1.0; spaces and a newline until the data begins at a multiple of 64 bytes.
  header.append(63 - (10 + header.size()) % 64, ' ').push_back('\n');
  std::string start(magic);
  start += {'\1', '\0', static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
  start += header;

  std::vector<std::byte> bytes(start.size() + array.bytes.size());
  std::memcpy(bytes.data(), start.data(), start.size());
  std::copy(array.bytes.begin(), array.bytes.end(),
            bytes.begin() + static_cast<std::ptrdiff_t>(start.size()));
  return writeFileAtomically(path, bytes);
}

} // namespace latent
