// The columns of a data set's metadata as points are coloured and filtered by them.
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace latent::ui {

class LibraryBridge;

/// One column over the images of a split. Texts are numbered by their order of sorting.
struct DataColumn {
  QString name;
  bool numeric = false;
  std::shared_ptr<const std::vector<double>> numbers;  ///< numeric; NaN unknown
  double low = 0, high = 0;                            ///< of the known ones
  std::shared_ptr<const std::vector<int64_t>> classes; ///< else: index in `values`, -1 unknown
  QStringList values;

  /// "31", "Lisbon"; "" where it is unknown.
  QString text(int64_t image) const;
};

/// Empty until the data set is loaded, and where it has no metadata. Reads all values: keep the answer.
std::vector<DataColumn> dataColumns(const LibraryBridge& library, const std::string& dataset,
                                    const std::string& split);

} // namespace latent::ui
