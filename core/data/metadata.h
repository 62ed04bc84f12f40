// metadata.csv beside images: one row an image, joined on the file name.
#pragma once

#include "core/base/result.h"
#include "core/data/csv.h"
#include "core/data/dataset.h"
#include "core/data/image_list.h"

#include <optional>
#include <string>
#include <vector>

namespace latent {

/// The table and, for each image, its row in it (-1 = none).
struct Metadata {
  CsvTable table;
  size_t key = 0; ///< column of the file names: file_name, filename, file, image or path, else the first
  std::vector<int64_t> rows;
  int64_t rowsWithoutImage = 0;
  int64_t imagesWithoutRow = 0;

  std::optional<size_t> find(const std::string& column) const;
  const std::string& value(size_t image, size_t column) const; ///< "" for an image without a row
};

/// A row names its image by its path below the root, by its path below train/ or test/, or by its bare name
/// where only one image has it. Input errors name the line: a name that fits several images, two rows of one
/// image; and a table of which no row names an image.
Result<Metadata> joinMetadata(CsvTable table, const std::vector<ListedImage>& images,
                              const std::string& name);

/// All columns but the key for the images of two splits, given as indices of images.
std::vector<MetadataColumn> columnsOf(const Metadata& metadata, const std::vector<size_t>& train,
                                      const std::vector<size_t>& test);

/// Classes from a column: its values sorted, as numbers if all are whole numbers; an image's label is its
/// value's place, -1 where it has none.
struct ColumnClasses {
  std::vector<std::string> classes;
  std::vector<int32_t> labels; ///< by image
};
ColumnClasses classesOf(const Metadata& metadata, size_t column);

} // namespace latent
