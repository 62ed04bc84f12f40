#include "core/data/catalogue.h"

#include "core/data/archive.h"
#include "core/data/cifar.h"
#include "core/data/dataset_path.h"
#include "core/data/digits.h"
#include "core/data/idx.h"
#include "core/data/published.h"
#include "core/data/shapes.h"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace latent {

namespace fs = std::filesystem;

namespace {

/// $XDG_DATA_HOME, or ~/.local/share (XDG Base Directory Specification: a relative path there is ignored).
std::optional<fs::path> userDataFolder() {
  const char* const data = std::getenv("XDG_DATA_HOME");
  if (data && fs::path(data).is_absolute()) return fs::path(data) / "latent-explorer" / "datasets";
  const char* const home = std::getenv("HOME");
  if (home && *home) return fs::path(home) / ".local" / "share" / "latent-explorer" / "datasets";
  return std::nullopt;
}

std::optional<fs::path> environmentFolder() {
  const char* const folder = std::getenv("LATENT_DATA_DIR");
  return folder && *folder ? std::optional<fs::path>(folder) : std::nullopt;
}

/// The first folder that holds any file of the data set, nothing if none does. A fault on the way is an
/// error.
Result<std::optional<fs::path>> findPublishedFolder(const PublishedDataset& published,
                                                    const DataSearch& search) {
  for (const fs::path& place : dataFolders(search)) {
    const fs::path folder = place / published.id;
    for (const PublishedFile& file : published.files) {
      Result<LocatedFile> located = locate(file, folder);
      if (!located) return located.error();
      if (located->present) return std::optional<fs::path>(folder);
    }
  }
  return std::optional<fs::path>();
}

/// All four files are there and begin as they should; their content is not read.
bool looksWhole(const PublishedDataset& published, const fs::path& folder) {
  return std::all_of(published.files.begin(), published.files.end(), [&](const PublishedFile& file) {
    const Result<LocatedFile> located = locate(file, folder);
    return located && located->present && readIdxShape(located->path, {file.shape}).ok();
  });
}

DatasetInfo describe(const PublishedDataset& published, const DataSearch& search, bool verify) {
  DatasetInfo info;
  info.id = published.id;
  info.name = published.name;
  info.shape = published.shape;
  info.train = published.files[0].shape[0];
  info.test = published.files[2].shape[0];
  info.source = published.source;
  for (const PublishedFile& file : published.files) info.downloadBytes += file.gzipBytes;
  const Result<std::optional<fs::path>> folder = findPublishedFolder(published, search);
  if (!folder) info.problem = folder.error().message;
  if (!folder || !*folder) return info;
  info.found = *folder;
  if (verify) {
    const auto dataset = openPublished(published, **folder);
    info.available = dataset.ok();
    if (!dataset) info.problem = dataset.error().message;
    info.verified = dataset.ok() && (*dataset)->verified;
  } else {
    info.available = looksWhole(published, **folder);
  }
  return info;
}

DatasetInfo describeCifar(const DataSearch& search, bool verify) {
  DatasetInfo info;
  info.id = "cifar10";
  info.name = "CIFAR-10";
  info.shape = cifarShape;
  info.train = 5 * cifarBatchImages;
  info.test = cifarBatchImages;
  info.source = "Krizhevsky 2009: Learning multiple layers of features from tiny images";
  info.downloadBytes = archivesAvailable() ? cifarArchive.bytes : 0;
  const Result<std::optional<fs::path>> folder = findCifar(dataFolders(search));
  if (!folder) info.problem = folder.error().message;
  if (!folder || !*folder) return info;
  info.found = *folder;
  if (verify) {
    const auto dataset = openCifar(**folder, true);
    info.available = dataset.ok();
    if (!dataset) info.problem = dataset.error().message;
    info.verified = dataset.ok() && (*dataset)->verified;
  } else {
    info.available = cifarLooksWhole(**folder);
  }
  return info;
}

DatasetInfo builtIn(std::string id, std::string name, ImageShape shape, int64_t train, int64_t test,
                    std::string source) {
  DatasetInfo info;
  info.id = std::move(id);
  info.name = std::move(name);
  info.shape = shape;
  info.train = train;
  info.test = test;
  info.builtIn = true;
  info.available = true;
  info.source = std::move(source);
  return info;
}

std::string joined(const std::vector<fs::path>& places) {
  std::string text;
  for (const fs::path& place : places) text += (text.empty() ? "" : ", ") + place.string();
  return text;
}

} // namespace

std::vector<fs::path> dataFolders(const DataSearch& search) {
  if (search.dataDir) return {*search.dataDir};
  std::vector<fs::path> places;
  if (const auto folder = environmentFolder()) places.push_back(*folder);
  if (const auto folder = userDataFolder()) places.push_back(*folder);
  places.emplace_back("/usr/share/datasets");
  return places;
}

fs::path downloadFolder(const DataSearch& search) {
  if (search.dataDir) return *search.dataDir;
  if (const auto folder = environmentFolder()) return *folder;
  if (const auto folder = userDataFolder()) return *folder;
  return "datasets"; // no home: the working folder is all that is left
}

std::string downloadCommand(const std::string& id, const fs::path& place) {
  const std::vector<fs::path> searched = dataFolders({});
  const bool known = std::ranges::find(searched, place) != searched.end();
  return "latent datasets --download " + id + (known ? "" : " --data-dir " + place.string());
}

std::vector<DatasetInfo> listDatasets(const DataSearch& search, bool verify) {
  std::vector<DatasetInfo> all;
  for (const PublishedDataset& published : publishedDatasets())
    all.push_back(describe(published, search, verify));
  all.push_back(describeCifar(search, verify));
  all.push_back(builtIn("digits", "Synthetic digits", {1, 28, 28}, 10000, 2000,
                        "built in: handwriting drawn from pen paths"));
  all.push_back(builtIn("shapes", "Shapes (dSprites grid)", {1, 64, 64}, shapeCount - shapeTestCount,
                        shapeTestCount, "built in: the factor grid of dSprites, drawn by index"));
  return all;
}

namespace {

Error notFound(const std::string& id, const std::string& name, const DataSearch& search) {
  return inputError(name + " was not found: no folder " + id + " with its files in " +
                    joined(dataFolders(search)) +
                    ". Fetch it with: " + downloadCommand(id, downloadFolder(search)));
}

Result<std::shared_ptr<const Dataset>> openKnownCifar(const DataSearch& search, JobControl* control) {
  const Result<std::optional<fs::path>> folder = findCifar(dataFolders(search));
  if (!folder) return folder.error();
  if (!*folder) return notFound("cifar10", "CIFAR-10", search);
  auto dataset = openCifar(**folder, true, control);
  if (!dataset) return dataset.error();
  (*dataset)->id = "cifar10";
  return std::shared_ptr<const Dataset>(std::move(*dataset));
}

Result<std::shared_ptr<const Dataset>> open(const std::string& id, const DataSearch& search,
                                            JobControl* control) {
  if (id == "digits") return makeDigits(control);
  if (id == "shapes") return makeShapes();
  if (id == "cifar10") return openKnownCifar(search, control);
  if (const PublishedDataset* const published = findPublished(id)) {
    const Result<std::optional<fs::path>> folder = findPublishedFolder(*published, search);
    if (!folder) return folder.error();
    if (!*folder) return notFound(published->id, published->name, search);
    return openPublished(*published, **folder, control);
  }
  if (!isDatasetPath(id))
    return usageError(
        "There is no data set \"" + id +
        "\"; use mnist, fashion-mnist, cifar10, digits, shapes, or the path of a folder or .npz file.");
  const Result<DatasetPath> path = parseDatasetPath(id);
  if (!path) return path.error();
  return openDatasetPath(*path, control);
}

} // namespace

Result<std::shared_ptr<const Dataset>> openDataset(const std::string& id, const DataSearch& search,
                                                   JobControl* control) {
  try {
    return open(id, search, control);
  } catch (const std::bad_alloc&) {
    return workError("There is not enough memory for the data set " + id + ".");
  }
}

} // namespace latent
