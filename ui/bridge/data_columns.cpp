#include "ui/bridge/data_columns.h"

#include "core/data/column_values.h"
#include "core/data/dataset.h"
#include "ui/bridge/library_bridge.h"

#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

DataColumn numericColumn(const std::vector<double>& values) {
  DataColumn column;
  column.numeric = true;
  column.numbers = std::make_shared<const std::vector<double>>(values);
  const FiniteRange range = finiteRange(std::span<const double>(values));
  column.low = range.low;
  column.high = range.high;
  return column;
}

DataColumn textColumn(const std::vector<std::string>& texts) {
  NumberedTexts numbered = numberTexts(texts);
  DataColumn column;
  for (const std::string& text : numbered.values) column.values << QString::fromStdString(text);
  column.classes = std::make_shared<const std::vector<int64_t>>(std::move(numbered.classes));
  return column;
}

} // namespace

QString DataColumn::text(int64_t image) const {
  const auto i = static_cast<size_t>(image);
  if (numeric) {
    const bool known = image >= 0 && i < numbers->size() && std::isfinite((*numbers)[i]);
    return known ? QString::number((*numbers)[i]) : QString();
  }
  const int64_t index = image >= 0 && i < classes->size() ? (*classes)[i] : -1;
  return index < 0 ? QString() : values[static_cast<qsizetype>(index)];
}

std::vector<DataColumn> dataColumns(const LibraryBridge& library, const std::string& dataset,
                                    const std::string& split) {
  std::vector<DataColumn> columns;
  const auto data = library.dataset(dataset);
  if (!data) return columns;
  for (const MetadataColumn& column : data->columns) {
    const ColumnValues& values = split == "train" ? column.train : column.test;
    columns.push_back(column.numeric ? numericColumn(values.numbers) : textColumn(values.texts));
    columns.back().name = QString::fromStdString(column.name);
  }
  return columns;
}

} // namespace latent::ui
