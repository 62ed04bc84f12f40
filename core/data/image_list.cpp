#include "core/data/image_list.h"

#include "core/data/csv.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <system_error>

namespace latent {

namespace fs = std::filesystem;

namespace {

bool hasImageEnding(const fs::path& file) {
  static constexpr std::array<std::string_view, 7> endings{".png",  ".jpg", ".jpeg", ".bmp",
                                                           ".webp", ".tif", ".tiff"};
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

bool hidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with('.') || name == "__MACOSX";
}

Error unreadable(const fs::path& folder, const std::error_code& error) {
  return inputError(folder.string() + " could not be searched for images: " + error.message() +
                    ". Check the folder and its permissions.");
}

/// Appends what lies below `base`; `prefix` is its path below the root.
Status collect(const fs::path& base, const std::string& prefix, bool test, const JobControl* control,
               std::vector<ListedImage>& images) {
  std::error_code error;
  fs::recursive_directory_iterator at(base, error);
  if (error) return unreadable(base, error);
  while (at != fs::recursive_directory_iterator()) {
    if (control && control->cancelled())
      return Error{Fault::interrupted, "Searching " + base.string() + " was cancelled."};
    const bool skip = hidden(at->path());
    if (skip) at.disable_recursion_pending();
    if (!skip && hasImageEnding(at->path()) && at->is_regular_file(error)) {
      const std::string within = at->path().lexically_relative(base).generic_string();
      if (findInvalidUtf8(within) != std::string::npos)
        return inputError(base.string() +
                          " has an image whose path is not UTF-8 text, as tables and records need "
                          "it; rename it.");
      images.push_back({prefix + within, within, test, -1});
    }
    const fs::path current = at->path();
    at.increment(error);
    if (error) return unreadable(current, error);
  }
  return done();
}

void labelByFolder(ImageList& list) {
  std::set<std::string> names;
  const auto folderOf = [](const ListedImage& image) {
    const size_t end = image.within.find('/');
    return end == std::string::npos ? std::string() : image.within.substr(0, end);
  };
  for (const ListedImage& image : list.images)
    if (const std::string folder = folderOf(image); !folder.empty()) names.insert(folder);
  list.classes.assign(names.begin(), names.end());
  for (ListedImage& image : list.images) {
    const std::string folder = folderOf(image);
    if (!folder.empty())
      image.label = static_cast<int32_t>(std::lower_bound(list.classes.begin(), list.classes.end(), folder) -
                                         list.classes.begin());
  }
}

} // namespace

Result<ImageList> listImages(const fs::path& root, const JobControl* control) {
  std::error_code ignored;
  const bool train = fs::is_directory(root / "train", ignored);
  const bool test = fs::is_directory(root / "test", ignored);
  ImageList list;
  list.ownSplit = train && test;
  if (list.ownSplit) {
    for (const bool inTest : {false, true}) {
      const std::string part = inTest ? "test" : "train";
      const size_t before = list.images.size();
      if (const Status status = collect(root / part, part + "/", inTest, control, list.images); !status)
        return status.error();
      if (list.images.size() == before)
        return inputError((root / part).string() +
                          " holds no images (png, jpg, bmp, webp, tiff). Put some there, or "
                          "remove the folder to have the images split.");
    }
  } else {
    // A lone train/ is not a class.
    const std::string part = train ? "train" : "";
    if (const Status status = collect(root / part, train ? "train/" : "", false, control, list.images);
        !status)
      return status.error();
    if (list.images.empty())
      return inputError(root.string() +
                        " holds no images (png, jpg, bmp, webp, tiff) and no other data set that "
                        "is known.");
  }
  std::sort(list.images.begin(), list.images.end(),
            [](const ListedImage& a, const ListedImage& b) { return a.file < b.file; });
  labelByFolder(list);
  return list;
}

} // namespace latent
