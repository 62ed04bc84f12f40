// Which images a folder holds, and what their places say of class and split.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace latent {

struct ListedImage {
  std::string file;   ///< below the root, with / between folders
  std::string within; ///< the same below train/ or test/
  bool test = false;  ///< lies in test/
  int32_t label = -1; ///< its folder among `classes`, -1 where it lies in none
};

struct ImageList {
  std::vector<ListedImage> images;  ///< in the order of their names
  std::vector<std::string> classes; ///< names of the folders that hold images, sorted
  bool ownSplit = false;            ///< both train/ and test/ are there
};

/// PNG, JPEG, BMP, WebP and TIFF files by their endings, at any depth; the first folder below the root (below
/// train/ and test/ if they are there) is the class. Hidden files and links to folders are passed over. Input
/// errors: a folder that cannot be read, an image whose path is not UTF-8, no images, an empty train/ or
/// test/.
Result<ImageList> listImages(const std::filesystem::path& root, const JobControl* control = nullptr);

} // namespace latent
