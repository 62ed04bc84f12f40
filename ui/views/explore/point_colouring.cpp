#include "ui/views/explore/point_colouring.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

const DataColumn* find(const std::vector<DataColumn>& columns, const QString& name, size_t images) {
  const auto found = std::ranges::find(columns, name, &DataColumn::name);
  if (name.isEmpty() || found == columns.end()) return nullptr;
  const size_t known = found->numeric ? found->numbers->size() : found->classes->size();
  return known == images ? &*found : nullptr;
}

bool accepts(const DataColumn& column, const PointColouring& colouring, size_t image) {
  if (column.numeric) {
    const double value = (*column.numbers)[image];
    return value >= colouring.low && value <= colouring.high;
  }
  const int64_t index = (*column.classes)[image];
  return index >= 0 && column.values[static_cast<qsizetype>(index)] == colouring.value;
}

QString text(const Json& json, const char* key) {
  return json.is_object() && json.contains(key) && json[key].is_string()
             ? QString::fromStdString(json[key].get<std::string>())
             : QString();
}

} // namespace

void colourPoints(PlanePoints& points, const std::vector<DataColumn>& columns,
                  const PointColouring& colouring) {
  const size_t images = points.x.size();
  if (const DataColumn* column = find(columns, colouring.column, images)) {
    if (column->numeric) {
      points.values = column->numbers;
      points.low = column->low;
      points.high = column->high;
      points.valueName = column->name;
    } else {
      points.labels = column->classes;
      points.classes = column->values;
    }
  }
  const DataColumn* filter = find(columns, colouring.filter, images);
  const bool all = !filter || (filter->numeric ? std::isinf(colouring.low) && std::isinf(colouring.high)
                                               : colouring.value.isEmpty());
  if (all) return;
  std::vector<char> kept(images);
  for (size_t i = 0; i < images; ++i) kept[i] = accepts(*filter, colouring, i) ? 1 : 0;
  points.kept = std::make_shared<const std::vector<char>>(std::move(kept));
}

Json colouringToJson(const PointColouring& colouring) {
  Json json{{"column", colouring.column.toStdString()},
            {"filter", colouring.filter.toStdString()},
            {"value", colouring.value.toStdString()}};
  if (std::isfinite(colouring.low)) json["low"] = colouring.low;
  if (std::isfinite(colouring.high)) json["high"] = colouring.high;
  return json;
}

PointColouring colouringFromJson(const Json& json) {
  PointColouring colouring;
  colouring.column = text(json, "column");
  colouring.filter = text(json, "filter");
  colouring.value = text(json, "value");
  if (json.is_object() && json.contains("low") && json["low"].is_number()) colouring.low = json["low"];
  if (json.is_object() && json.contains("high") && json["high"].is_number()) colouring.high = json["high"];
  return colouring;
}

} // namespace latent::ui
