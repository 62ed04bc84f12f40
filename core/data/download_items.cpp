#include "core/data/download.h"

#include "core/base/array.h"
#include "core/data/cifar.h"
#include "core/data/published.h"

namespace latent {

Result<std::vector<DownloadItem>> downloadItems(const std::string& datasetId) {
  if (datasetId == "cifar10") {
    DownloadItem item;
    item.name = cifarArchive.name;
    item.urls = {cifarArchive.url};
    item.payloadSha256 = cifarArchive.sha256;
    item.maximumBytes = cifarArchive.bytes;
    item.payloadBytes = cifarArchive.bytes;
    item.stored = true;
    return std::vector<DownloadItem>{item};
  }
  const PublishedDataset* const published = findPublished(datasetId);
  if (!published)
    return usageError("The data set \"" + datasetId +
                      "\" cannot be downloaded; mnist, fashion-mnist and cifar10 can.");
  std::vector<DownloadItem> items;
  for (const PublishedFile& file : published->files) {
    DownloadItem item;
    item.name = file.name + ".gz";
    for (const std::string& mirror : published->mirrors) item.urls.push_back(mirror + item.name);
    item.payloadSha256 = file.sha256;
    item.maximumBytes = 2 * file.gzipBytes; // mirrors may compress differently
    item.payloadBytes = 4 + 4 * static_cast<int64_t>(file.shape.size()) + checkedCount(file.shape, 1);
    items.push_back(std::move(item));
  }
  return items;
}

} // namespace latent
