// The published data sets in IDX files: what their files hold, their checksums and where they can be fetched.
#pragma once

#include "core/base/image.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace latent {

struct PublishedFile {
  std::string name;           ///< without .gz
  std::vector<int64_t> shape; ///< of the array, -1 = any length
  std::string sha256;         ///< of the decompressed payload, "" = not checked
  int64_t gzipBytes = 0;      ///< of NAME.gz as the mirrors serve it
};

struct PublishedDataset {
  std::string id; ///< also the name of the folder
  std::string name;
  std::string source; ///< for people: who publishes it
  ImageShape shape;
  std::vector<std::string> classes;   ///< empty = not known: counted from the labels
  std::array<PublishedFile, 4> files; ///< training images, training labels, test images, test labels
  std::vector<std::string> mirrors;   ///< addresses to which NAME.gz is appended
};

/// MNIST and Fashion-MNIST.
const std::vector<PublishedDataset>& publishedDatasets();
const PublishedDataset* findPublished(std::string_view id); ///< null for other ids

/// The file or its .gz in a folder: the first that is there, whatever it is; the plain name if neither is.
/// Input error where the folder cannot be searched.
struct LocatedFile {
  std::filesystem::path path;
  bool present = false;
};
Result<LocatedFile> locate(const PublishedFile& file, const std::filesystem::path& folder);

/// Reads the four files of `folder`, each as NAME or NAME.gz (NAME first), and checks everything that is
/// known of them: shape, equal numbers of images and labels, labels within the classes, checksums. Input
/// errors name the file.
Result<std::shared_ptr<const Dataset>> openPublished(const PublishedDataset& published,
                                                     const std::filesystem::path& folder,
                                                     JobControl* control = nullptr);

} // namespace latent
