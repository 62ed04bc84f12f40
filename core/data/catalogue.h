// Which data sets there are, where they are found (INTERFACE.md, "Where data is found") and how they are
// opened.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace latent {

/// Where to look. `dataDir` ("--data-dir") excludes all other places; otherwise LATENT_DATA_DIR, the user's
/// data folder ($XDG_DATA_HOME or ~/.local/share, then /latent-explorer/datasets) and /usr/share/datasets, in
/// this order.
struct DataSearch {
  std::optional<std::filesystem::path> dataDir;
};

/// The folders in the order in which they are searched; the environment is read now.
std::vector<std::filesystem::path> dataFolders(const DataSearch& search);
/// Where downloads are put: dataDir, else LATENT_DATA_DIR, else the user's data folder.
std::filesystem::path downloadFolder(const DataSearch& search);

/// The command that fetches a data set into `place`, one of the folders searched; it names the place where no
/// search of its own would look.
std::string downloadCommand(const std::string& id, const std::filesystem::path& place);

struct DatasetInfo {
  std::string id;
  std::string name;
  ImageShape shape;
  int64_t train = 0;
  int64_t test = 0;
  std::optional<std::filesystem::path> found; ///< folder; nothing for built-in ones and where none was found
  bool builtIn = false;
  bool available = false;       ///< can be opened now (all files present, or built in)
  std::optional<bool> verified; ///< checksum state, nothing where not checked
  int64_t downloadBytes = 0;    ///< 0 = cannot be downloaded
  std::string source;           ///< for people: who publishes it
  std::string problem;          ///< why what is there cannot be opened: what openDataset would say
};

/// All known data sets. With `verify` the payloads of those found are read and checked (0.3 s, CIFAR-10 2 s),
/// else `verified` stays empty for data on disk. A found folder with missing or damaged files is listed with
/// available = false.
std::vector<DatasetInfo> listDatasets(const DataSearch& search, bool verify);

/// Opens by id ("mnist", "fashion-mnist", "cifar10", "digits", "shapes") or by path (dataset_path.h: an .npz
/// archive, a folder of images, of IDX or of CIFAR-10 files). Unknown ids are usage errors; missing, damaged
/// or unreadable files are input errors that name the file and, where it is known, the byte offset. The first
/// folder that holds any file of a known data set wins. Cancelling through `control` gives
/// Fault::interrupted.
Result<std::shared_ptr<const Dataset>> openDataset(const std::string& id, const DataSearch& search,
                                                   JobControl* control = nullptr);

} // namespace latent
