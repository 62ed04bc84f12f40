#include "core/data/idx.h"

#include "core/base/array.h"
#include "core/data/payload.h"
#include "core/data/sha256.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace latent {

namespace {

constexpr size_t pieceBytes = size_t{1} << 20; // between two looks at the cancel flag

const char* const advice = " Fetch the file again.";

std::string number(int64_t value) {
  return std::to_string(value);
}

/// Magic (two zero bytes, element type 8 = unsigned byte, number of dimensions), then big-endian lengths.
Result<std::vector<int64_t>> readHeader(PayloadReader& reader, const IdxExpectation& expectation,
                                        Sha256& hash) {
  const size_t dimensions = expectation.shape.size();
  std::vector<uint8_t> header(4 + 4 * dimensions);
  Result<size_t> count = reader.read(header);
  if (!count) return count.error();
  const std::string& name = reader.name();
  const std::array<uint8_t, 4> magic{0, 0, 8, static_cast<uint8_t>(dimensions)};
  const size_t seen = std::min<size_t>(*count, 4);
  if (!std::equal(header.begin(), header.begin() + static_cast<ptrdiff_t>(seen), magic.begin())) {
    char found[12] = "";
    for (size_t i = 0; i < seen; ++i)
      std::snprintf(found + 3 * i, 4, i + 1 < seen ? "%02x " : "%02x", header[i]);
    return inputError(name + " is not an IDX file of " + (dimensions == 1 ? "labels" : "images") +
                      ": it begins with " + found + " at byte 0, not with 00 00 08 0" +
                      number(static_cast<int64_t>(dimensions)) + "." + advice);
  }
  if (*count < header.size()) {
    return inputError(name + " is cut off: it ends at byte " + number(reader.offset()) +
                      ", inside its header of " + number(static_cast<int64_t>(header.size())) + " bytes." +
                      advice);
  }
  hash.update(header);

  std::vector<int64_t> shape;
  for (size_t i = 0; i < dimensions; ++i) {
    const uint8_t* at = header.data() + 4 + 4 * i;
    const int64_t length = int64_t{at[0]} << 24 | int64_t{at[1]} << 16 | int64_t{at[2]} << 8 | int64_t{at[3]};
    const int64_t expected = expectation.shape[i];
    if (length < 1 || (expected >= 0 && length != expected)) {
      return inputError(
          name + " gives " + number(length) + " as length of dimension " + number(static_cast<int64_t>(i)) +
          " at byte " + number(static_cast<int64_t>(4 + 4 * i)) +
          (expected >= 0 ? ", but " + number(expected) + " is right." : ", but it must be at least 1.") +
          advice);
    }
    shape.push_back(length);
  }
  const int64_t bytes = checkedCount(shape, 1);
  const int64_t most =
      std::min(expectation.maximumBytes, reader.mostBytes() - static_cast<int64_t>(header.size()));
  if (bytes < 0 || bytes > most) {
    return inputError(name + " promises " + (bytes < 0 ? "more than 2^62" : number(bytes)) +
                      " bytes in its lengths from byte 4, but no more than " +
                      number(std::max<int64_t>(most, 0)) + " can follow." + advice);
  }
  return shape;
}

Result<IdxArray> readArray(PayloadReader& reader, const IdxExpectation& expectation,
                           const JobControl* control) {
  Sha256 hash;
  Result<std::vector<int64_t>> shape = readHeader(reader, expectation, hash);
  if (!shape) return shape.error();
  const std::string& name = reader.name();

  IdxArray array;
  array.shape = *shape;
  array.bytes.resize(static_cast<size_t>(checkedCount(array.shape, 1)));
  std::span<uint8_t> left(array.bytes);
  while (!left.empty()) {
    if (control && control->cancelled())
      return Error{Fault::interrupted, "Reading " + name + " was cancelled."};
    const std::span<uint8_t> piece = left.first(std::min(left.size(), pieceBytes));
    Result<size_t> count = reader.read(piece);
    if (!count) return count.error();
    hash.update(piece.first(*count));
    if (*count < piece.size()) {
      return inputError(name + " is cut off: its content ends at byte " + number(reader.offset()) +
                        ", but its header promises " +
                        number(reader.offset() + static_cast<int64_t>(left.size() - *count)) + "." + advice);
    }
    left = left.subspan(piece.size());
  }
  // One byte more must not be there; asking for it also makes the reader check the end of gzip data.
  uint8_t extra = 0;
  Result<size_t> count = reader.read(std::span(&extra, 1));
  if (!count) return count.error();
  if (*count != 0) {
    return inputError(name + " is longer than its header promises: its content goes on at byte " +
                      number(reader.offset() - 1) + "." + advice);
  }
  array.sha256 = hash.hex();
  return array;
}

} // namespace

Result<IdxArray> readIdx(const std::filesystem::path& path, const IdxExpectation& expectation,
                         const JobControl* control) {
  Result<PayloadReader> reader = PayloadReader::open(path);
  if (!reader) return reader.error();
  return readArray(*reader, expectation, control);
}

Result<IdxArray> parseIdx(std::span<const uint8_t> file, const std::string& name,
                          const IdxExpectation& expectation) {
  Result<PayloadReader> reader = PayloadReader::over(file, name);
  if (!reader) return reader.error();
  return readArray(*reader, expectation, nullptr);
}

Result<std::vector<int64_t>> readIdxShape(const std::filesystem::path& path,
                                          const IdxExpectation& expectation) {
  Result<PayloadReader> reader = PayloadReader::open(path);
  if (!reader) return reader.error();
  Sha256 unused;
  return readHeader(*reader, expectation, unused);
}

} // namespace latent
