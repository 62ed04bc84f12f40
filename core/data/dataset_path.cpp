#include "core/data/dataset_path.h"

#include "core/base/absolute_path.h"
#include "core/data/archive.h"
#include "core/data/cifar.h"
#include "core/data/csv.h"
#include "core/data/npz.h"
#include "core/data/published.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

namespace latent {

namespace fs = std::filesystem;

namespace {

constexpr int longestSide = 1024;

bool isThere(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

template<class T>
bool parseWhole(std::string_view text, T& value) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end;
}

/// %HH to bytes; nothing where a percent sign is followed by anything else.
std::optional<std::string> percentDecoded(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    unsigned value = 0;
    const std::string_view digits = text.substr(i + 1, 2);
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 2 || error != std::errc() || stop != digits.data() + 2) return std::nullopt;
    decoded += static_cast<char>(value);
    i += 2;
  }
  return decoded;
}

bool parseSize(std::string_view text, ImageFolderOptions& options) {
  const size_t cross = text.find('x');
  const bool square = cross == std::string_view::npos;
  const auto inRange = [](int side) { return side >= 1 && side <= longestSide; };
  return parseWhole(text.substr(0, cross), options.width) &&
         parseWhole(square ? text : text.substr(cross + 1), options.height) && inRange(options.width) &&
         inRange(options.height);
}

Status apply(const std::string& key, const std::string& value, ImageFolderOptions& options) {
  const auto wrong = [&](const char* right) {
    return usageError("The data set option " + key + "=" + value + " must be " + right + ".");
  };
  if (key == "size") {
    if (!parseSize(value, options)) return wrong("a side from 1 to 1024, or WIDTHxHEIGHT");
  } else if (key == "colour" || key == "color") {
    using Colour = ImageFolderOptions::Colour;
    if (value != "grey" && value != "gray" && value != "rgb" && value != "auto")
      return wrong("grey, rgb or auto");
    options.colour = value == "rgb" ? Colour::rgb : value == "auto" ? Colour::automatic : Colour::grey;
  } else if (key == "fit") {
    if (value != "crop" && value != "stretch") return wrong("crop or stretch");
    options.stretch = value == "stretch";
  } else if (key == "seed") {
    if (!parseWhole(value, options.seed)) return wrong("a whole number from 0");
  } else if (key == "label") {
    if (value.empty()) return wrong("a column of metadata.csv");
    options.labelColumn = value;
  } else if (key == "filter") {
    const size_t colon = value.find(':');
    if (colon == std::string::npos || colon == 0) return wrong("COLUMN:VALUE");
    options.filters.emplace_back(value.substr(0, colon), value.substr(colon + 1));
  } else {
    return usageError("There is no data set option \"" + key +
                      "\"; known are size, colour, fit, seed, label and filter.");
  }
  return done();
}

/// Four IDX files with any number of images of any size, any classes.
PublishedDataset anyIdx() {
  PublishedDataset any;
  any.files = findPublished("mnist")->files;
  for (PublishedFile& file : any.files) {
    std::fill(file.shape.begin(), file.shape.end(), -1);
    file.sha256.clear();
  }
  return any;
}

Result<bool> holdsIdx(const PublishedDataset& any, const fs::path& folder) {
  for (const PublishedFile& file : any.files) {
    const Result<LocatedFile> located = locate(file, folder);
    if (!located) return located.error();
    if (located->present) return true;
  }
  return false;
}

Status refuseOptions(const DatasetPath& path, const char* kind) {
  if (path.options.empty()) return done();
  return usageError(path.path.string() + " holds " + kind + ", which takes no options, but \"?" +
                    path.options + "\" was given.");
}

Result<std::shared_ptr<Dataset>> openArchive(const DatasetPath& path, JobControl* control) {
  if (path.path.extension() != ".npz")
    return inputError(path.path.string() + " is no data set that is known: .npz archives and folders are.");
  if (!path.options.empty() &&
      (!path.options.starts_with("seed=") || path.options.find('&') != std::string::npos))
    return usageError(path.path.string() + " takes only the option seed, but \"?" + path.options +
                      "\" was given.");
  Result<ArchiveReader> archive = ArchiveReader::open(path.path, ArchiveKind::zip);
  if (!archive) return archive.error();
  auto dataset = readNpz(std::move(*archive), {.seed = path.folder.seed}, control);
  if (dataset) {
    (*dataset)->name = path.path.stem().string();
    (*dataset)->path = path.path.string();
  }
  return dataset;
}

Result<std::shared_ptr<Dataset>> openFolder(const DatasetPath& path, JobControl* control) {
  const PublishedDataset any = anyIdx();
  const Result<bool> idx = holdsIdx(any, path.path);
  if (!idx) return idx.error();
  if (*idx) {
    if (const Status status = refuseOptions(path, "IDX files"); !status) return status.error();
    auto opened = openPublished(any, path.path, control);
    if (!opened) return opened.error();
    auto dataset = std::make_shared<Dataset>(**opened);
    dataset->name = path.path.filename().string();
    return dataset;
  }
  const Result<bool> cifar = holdsCifar(path.path);
  if (!cifar) return cifar.error();
  if (!*cifar) return openImageFolder(path.path, path.folder, control);
  if (const Status status = refuseOptions(path, "CIFAR-10"); !status) return status.error();
  return openCifar(path.path, false, control);
}

} // namespace

bool isDatasetPath(const std::string& id) {
  return id.find('/') != std::string::npos ||
         (!id.empty() && (isThere(id) || isThere(id.substr(0, id.rfind('?')))));
}

Result<DatasetPath> parseDatasetPath(const std::string& id) {
  if (findInvalidUtf8(id) != std::string::npos)
    return usageError(
        "The path of a data set must be UTF-8 text, because run records name it; rename the folder.");
  DatasetPath result;
  const size_t mark = id.rfind('?');
  result.path = absolutePath(id);
  if (mark == std::string::npos || isThere(result.path)) return result;
  result.path = absolutePath(id.substr(0, mark));
  result.options = id.substr(mark + 1);
  for (size_t begin = 0; begin <= result.options.size();) {
    const size_t end = std::min(result.options.find('&', begin), result.options.size());
    const std::string one = result.options.substr(begin, end - begin);
    const size_t equals = std::min(one.find('='), one.size());
    const auto value = percentDecoded(std::string_view(one).substr(std::min(equals + 1, one.size())));
    if (!value)
      return usageError("The data set option " + one +
                        " has a % that is not followed by two hexadecimal digits.");
    if (const Status status = apply(one.substr(0, equals), *value, result.folder); !status)
      return status.error();
    begin = end + 1;
  }
  return result;
}

Result<std::shared_ptr<const Dataset>> openDatasetPath(const DatasetPath& path, JobControl* control) {
  std::error_code error;
  const fs::file_status status = fs::status(path.path, error);
  if (!fs::exists(status))
    return inputError(path.path.string() + " could not be opened: " +
                      (error ? error.message() : std::string("No such file or directory")) +
                      ". Check the path and its permissions.");
  auto dataset = fs::is_directory(status) ? openFolder(path, control) : openArchive(path, control);
  if (!dataset) return dataset.error();
  (*dataset)->id = path.id();
  return std::shared_ptr<const Dataset>(std::move(*dataset));
}

} // namespace latent
