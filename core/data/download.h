// The one downloader: MNIST and Fashion-MNIST from two mirrors, CIFAR-10 from its authors, resumed, checked,
// and put in place atomically.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace latent {

/// A file to fetch: from the first mirror that gives bytes whose decompressed payload has this SHA-256.
struct DownloadItem {
  std::string name;              ///< file name in the target folder, "train-images-idx3-ubyte.gz"
  std::vector<std::string> urls; ///< one a mirror, tried in order
  std::string payloadSha256;     ///< of the decompressed payload
  int64_t maximumBytes = 0;      ///< more than this from a server is refused
  int64_t payloadBytes = 0;      ///< length of the decompressed payload; inflating never passes it
  bool stored = false;           ///< the two above mean the file as it is (an archive)
};

struct DownloadProgress {
  int64_t receivedBytes = 0;
  int64_t totalBytes = 0; ///< 0 = unknown
  std::string file;
};

struct DownloadOptions {
  int stallSeconds = 30; ///< a server that sends nothing for so long has failed
  std::function<void(const DownloadProgress&)> progress; ///< called on the calling thread
};

/// Fetches what is not there yet or is there with another checksum. A partial file (NAME.part) is resumed
/// with a range request when the server allows it, else begun again. Files appear under their names only when
/// whole and checked. Errors name every mirror and why it failed (Fault::work); a full disk says so; cancel
/// gives Fault::interrupted and keeps the part. Without libcurl in the build: Fault::usage, saying so. Two
/// programs never write into the same part: the second gets Fault::work. control.progress() runs over all
/// items.
Status download(const std::vector<DownloadItem>& items, const std::filesystem::path& folder,
                const DownloadOptions& options, JobControl& control);

/// The items of "mnist", "fashion-mnist" or "cifar10"; usage error for others.
Result<std::vector<DownloadItem>> downloadItems(const std::string& datasetId);

} // namespace latent
