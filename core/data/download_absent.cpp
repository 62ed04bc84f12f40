// The downloader of a build without libcurl.
#include "core/data/download.h"

namespace latent {

Status download(const std::vector<DownloadItem>&, const std::filesystem::path& folder, const DownloadOptions&,
                JobControl&) {
  return usageError(
      "This build cannot download, because libcurl was missing when it was made; put the files into " +
      folder.string() + " by hand.");
}

} // namespace latent
