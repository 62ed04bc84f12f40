// CIFAR-10 in its binary version (Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html).
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace latent {

/// The archive as its authors publish it. Of the six files inside no checksums are published.
struct CifarArchive {
  const char* name;
  const char* url;
  const char* sha256; ///< of the archive as it is
  int64_t bytes;
};
constexpr CifarArchive cifarArchive{
    "cifar-10-binary.tar.gz", "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
    "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", 170052171};

constexpr ImageShape cifarShape{3, 32, 32};
constexpr int64_t cifarBatchImages = 10000; ///< in each of the six published files

/// One file: records of a label byte, then 1024 bytes each of red, green and blue, row by row.
struct CifarBatch {
  std::vector<uint8_t> pixels; ///< [n, 3, 32, 32]
  std::vector<int32_t> labels; ///< [n], 0 .. 9
  std::string sha256;          ///< of the decompressed file
};

/// Fills the span as far as there is content, as PayloadReader::read() does.
using ByteSource = std::function<Result<size_t>(std::span<uint8_t>)>;

/// Reads one file to its end. `images` = how many it must hold, -1 = at least one. Input errors name the file
/// (`name`) and the byte: cut off inside a record, too few or too many records, a label above 9.
/// Fault::interrupted when cancelled.
Result<CifarBatch> readCifarBatch(const ByteSource& source, const std::string& name, int64_t images,
                                  const JobControl* control = nullptr);

/// Whether a folder holds any of the six files (NAME.bin or NAME.bin.gz) or the archive. Input error where it
/// cannot be searched.
Result<bool> holdsCifar(const std::filesystem::path& folder);

/// The first of cifar10/, cifar10/cifar-10-batches-bin/ and cifar-10-batches-bin/ below the places, place by
/// place, that holds CIFAR-10; nothing if none does.
Result<std::optional<std::filesystem::path>> findCifar(const std::vector<std::filesystem::path>& places);

/// Whether all files are there at their length; their content is not read.
bool cifarLooksWhole(const std::filesystem::path& folder);

/// Reads the six files of a folder; where it has none of them, those in its archive, which must then be the
/// published one. `published` = each file must hold 10,000 images. The result is `verified` only when it
/// comes from the published archive. `id` is left empty; `archive` is another one only in tests.
Result<std::shared_ptr<Dataset>> openCifar(const std::filesystem::path& folder, bool published,
                                           JobControl* control = nullptr,
                                           const CifarArchive& archive = cifarArchive);

} // namespace latent
