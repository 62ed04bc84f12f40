// Data sets named by their path: PATH or PATH?option=value&option=value.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/data/image_folder.h"

#include <filesystem>
#include <memory>
#include <string>

namespace latent {

struct DatasetPath {
  std::filesystem::path path; ///< absolute and normal, without a slash at its end
  std::string options;        ///< what follows "?", as it was written
  ImageFolderOptions folder;

  std::string id() const { return path.string() + (options.empty() ? "" : "?" + options); }
};

/// Whether a data set's id is meant as a path: it has a slash, or it is the name of something in the working
/// folder.
bool isDatasetPath(const std::string& id);

/// Options: size=N or size=WIDTHxHEIGHT (1 to 1024), colour=grey|rgb|auto (also color), fit=crop|stretch,
/// seed=N, label=COLUMN, filter=COLUMN:VALUE (may be repeated; %HH stands for a byte). A path that has a
/// question mark in its name is taken whole if it exists. Usage errors name the option.
Result<DatasetPath> parseDatasetPath(const std::string& id);

/// Opens what is there: an .npz archive; a folder with IDX files, with CIFAR-10's files, or with images. Of
/// the options an archive knows only the seed, IDX and CIFAR-10 know none (usage error). Input error where
/// nothing is there or it is nothing known. The result's id is DatasetPath::id(), so that it opens again from
/// anywhere.
Result<std::shared_ptr<const Dataset>> openDatasetPath(const DatasetPath& path,
                                                       JobControl* control = nullptr);

} // namespace latent
