#include "ui/bridge/data_columns.h"

#include "core/data/dataset.h"
#include "ui/bridge/library_bridge.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace latent::ui {
namespace {

DataColumn numericColumn(const std::vector<double>& values) {
  DataColumn column;
  column.numeric = true;
  column.numbers = std::make_shared<const std::vector<double>>(values);
  bool first = true;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    column.low = first ? value : std::min(column.low, value);
    column.high = first ? value : std::max(column.high, value);
    first = false;
  }
  return column;
}

DataColumn textColumn(const std::vector<std::string>& texts) {
  std::map<std::string, int64_t> numbers;
  for (const std::string& text : texts) numbers.emplace(text, 0);
  numbers.erase("");
  DataColumn column;
  for (auto& [text, number] : numbers) {
    number = column.values.size();
    column.values << QString::fromStdString(text);
  }
  std::vector<int64_t> classes;
  classes.reserve(texts.size());
  for (const std::string& text : texts) classes.push_back(text.empty() ? -1 : numbers.at(text));
  column.classes = std::make_shared<const std::vector<int64_t>>(std::move(classes));
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
