#include "core/data/catalogue.h"

#include "core/data/digits.h"
#include "core/data/idx.h"
#include "core/data/published.h"
#include "core/data/shapes.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

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
  if (!folder || !*folder) return info;
  info.found = *folder;
  if (verify) {
    const auto dataset = openPublished(published, **folder);
    info.available = dataset.ok();
    info.verified = dataset.ok() && (*dataset)->verified;
  } else {
    info.available = looksWhole(published, **folder);
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

std::vector<DatasetInfo> listDatasets(const DataSearch& search, bool verify) {
  std::vector<DatasetInfo> all;
  for (const PublishedDataset& published : publishedDatasets())
    all.push_back(describe(published, search, verify));
  all.push_back(builtIn("digits", "Synthetic digits", {1, 28, 28}, 10000, 2000,
                        "built in: handwriting drawn from pen paths"));
  all.push_back(builtIn("shapes", "Shapes (dSprites grid)", {1, 64, 64}, shapeCount - shapeTestCount,
                        shapeTestCount, "built in: the factor grid of dSprites, drawn by index"));
  return all;
}

Result<std::shared_ptr<const Dataset>> openDataset(const std::string& id, const DataSearch& search,
                                                   JobControl* control) {
  if (id == "digits") return makeDigits(control);
  if (id == "shapes") return makeShapes();
  const PublishedDataset* const published = findPublished(id);
  if (!published)
    return usageError("There is no data set \"" + id + "\"; use mnist, fashion-mnist, digits or shapes.");
  const Result<std::optional<fs::path>> folder = findPublishedFolder(*published, search);
  if (!folder) return folder.error();
  if (!*folder) {
    return inputError(published->name + " was not found: no folder " + published->id + " with its files in " +
                      joined(dataFolders(search)) + ". Fetch it with: latent datasets --download " +
                      published->id);
  }
  return openPublished(*published, **folder, control);
}

} // namespace latent
