// A folder of images as a data set.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace latent {

struct ImageFolderOptions {
  enum class Colour { automatic, grey, rgb };

  int width = 0; ///< 0 = the size that all images have if it is at most 64, else 64 x 64
  int height = 0;
  Colour colour = Colour::automatic; ///< grey if all images are grey
  bool stretch = false;              ///< else the middle of an image is cut to the wanted proportions
  uint64_t seed = 0;                 ///< of the 90/10 split
  std::string labelColumn;           ///< of metadata.csv; "" = class by folder
  std::vector<std::pair<std::string, std::string>> filters; ///< column, value: only images that have all
};

/// Reads and scales every image once, into memory. train/ and test/ are the splits if both are there; else a
/// tenth becomes test data, by the seed: whole groups where metadata.csv has a column `group`, else single
/// files. Images that cannot be read are left out and counted in `warnings`.
///
/// Errors: no image, more than a tenth of them unreadable (input, naming the first and why); a folder or
/// metadata.csv that cannot be read (input); a filter or label column that does not exist or leaves nothing
/// (usage); more than 16 GiB of pixels (usage); no OpenCV in the build (usage). Fault::interrupted when
/// cancelled. The checksum "images" is over names, lengths and contents of all files in the order of their
/// names. `id` is left empty.
Result<std::shared_ptr<Dataset>> openImageFolder(const std::filesystem::path& folder,
                                                 const ImageFolderOptions& options,
                                                 JobControl* control = nullptr);

} // namespace latent
