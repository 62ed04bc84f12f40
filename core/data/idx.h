// IDX files, in which MNIST and Fashion-MNIST are published (LeCun, "The MNIST database", file formats).
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace latent {

/// Unsigned bytes with their shape: images [n, height, width] or labels [n].
struct IdxArray {
  std::vector<int64_t> shape;
  std::vector<uint8_t> bytes; ///< product(shape) of them
  std::string sha256;         ///< of the decompressed payload, header included
};

/// What a caller is ready to receive. The file's header is held against it before memory is taken.
struct IdxExpectation {
  std::vector<int64_t> shape;              ///< one entry a dimension, -1 = any length from 1
  int64_t maximumBytes = int64_t{1} << 30; ///< of the array
};

/// Reads a plain or gzip IDX file. Input errors name the file and the byte offset: missing, folder,
/// unreadable, empty, wrong magic, another shape than expected, lengths that multiply past what the file can
/// hold, cut off, damaged gzip data, bytes after the end. Inflating stops as soon as more comes than the
/// header promises. Fault::interrupted when cancelled.
Result<IdxArray> readIdx(const std::filesystem::path& path, const IdxExpectation& expectation,
                         const JobControl* control = nullptr);

/// The same for a file's bytes in memory; `name` stands in the errors.
Result<IdxArray> parseIdx(std::span<const uint8_t> file, const std::string& name,
                          const IdxExpectation& expectation);

/// Only the header of the file: its shape, checked as readIdx() does.
Result<std::vector<int64_t>> readIdxShape(const std::filesystem::path& path,
                                          const IdxExpectation& expectation);

} // namespace latent
