#include "core/data/metadata.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace latent {

namespace {

constexpr int64_t ambiguous = -2;

size_t keyColumn(const CsvTable& table) {
  for (const char* name : {"file_name", "filename", "file", "image", "path"}) {
    const auto found = std::find(table.header.begin(), table.header.end(), name);
    if (found != table.header.end()) return static_cast<size_t>(found - table.header.begin());
  }
  return 0;
}

/// Every name by which an image may be meant; whole paths go before shorter names.
std::map<std::string, int64_t> namesOf(const std::vector<ListedImage>& images) {
  std::map<std::string, int64_t> names;
  for (size_t i = 0; i < images.size(); ++i) names[images[i].file] = static_cast<int64_t>(i);
  const auto whole = names;
  const auto add = [&](const std::string& name, int64_t image) {
    if (whole.contains(name)) return;
    const auto [at, fresh] = names.emplace(name, image);
    if (!fresh && at->second != image) at->second = ambiguous;
  };
  for (size_t i = 0; i < images.size(); ++i) {
    const std::string& within = images[i].within;
    add(within, static_cast<int64_t>(i));
    add(within.substr(within.rfind('/') + 1), static_cast<int64_t>(i));
  }
  return names;
}

std::optional<double> number(const std::string& text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

} // namespace

std::optional<size_t> Metadata::find(const std::string& column) const {
  const auto found = std::find(table.header.begin(), table.header.end(), column);
  if (found == table.header.end()) return std::nullopt;
  return static_cast<size_t>(found - table.header.begin());
}

const std::string& Metadata::value(size_t image, size_t column) const {
  static const std::string none;
  const int64_t row = rows[image];
  return row < 0 ? none : table.rows[static_cast<size_t>(row)][column];
}

Result<Metadata> joinMetadata(CsvTable table, const std::vector<ListedImage>& images,
                              const std::string& name) {
  Metadata metadata;
  metadata.table = std::move(table);
  metadata.key = keyColumn(metadata.table);
  metadata.rows.assign(images.size(), -1);
  const std::map<std::string, int64_t> names = namesOf(images);
  for (size_t row = 0; row < metadata.table.rows.size(); ++row) {
    std::string file = metadata.table.rows[row][metadata.key];
    if (file.starts_with("./")) file.erase(0, 2);
    const auto found = names.find(file);
    if (found == names.end()) {
      ++metadata.rowsWithoutImage;
      continue;
    }
    const std::string line = " in line " + std::to_string(metadata.table.lines[row]);
    if (found->second == ambiguous)
      return inputError(name + " names \"" + file + "\"" + line +
                        ", which fits several images; give its path below the folder.");
    int64_t& at = metadata.rows[static_cast<size_t>(found->second)];
    if (at >= 0)
      return inputError(name + " names \"" + file + "\"" + line + ", whose image line " +
                        std::to_string(metadata.table.lines[static_cast<size_t>(at)]) +
                        " names already; remove one of them.");
    at = static_cast<int64_t>(row);
  }
  metadata.imagesWithoutRow = std::count(metadata.rows.begin(), metadata.rows.end(), -1);
  if (metadata.imagesWithoutRow == static_cast<int64_t>(images.size()))
    return inputError(name + " names no image of the folder in its column \"" +
                      metadata.table.header[metadata.key] +
                      "\"; the column file_name must hold their names.");
  return metadata;
}

std::vector<MetadataColumn> columnsOf(const Metadata& metadata, const std::vector<size_t>& train,
                                      const std::vector<size_t>& test) {
  std::vector<MetadataColumn> columns;
  for (size_t c = 0; c < metadata.table.header.size(); ++c) {
    if (c == metadata.key) continue;
    MetadataColumn column;
    column.name = metadata.table.header[c];
    bool given = false;
    column.numeric = true;
    for (const auto* images : {&train, &test}) {
      for (const size_t image : *images) {
        const std::string& text = metadata.value(image, c);
        given = given || !text.empty();
        column.numeric = column.numeric && (text.empty() || number(text));
      }
    }
    column.numeric = column.numeric && given;
    for (const bool inTest : {false, true}) {
      ColumnValues& values = inTest ? column.test : column.train;
      for (const size_t image : inTest ? test : train) {
        const std::string& text = metadata.value(image, c);
        if (column.numeric)
          values.numbers.push_back(number(text).value_or(std::numeric_limits<double>::quiet_NaN()));
        else
          values.texts.push_back(text);
      }
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

ColumnClasses classesOf(const Metadata& metadata, size_t column) {
  std::set<std::string> values;
  for (size_t i = 0; i < metadata.rows.size(); ++i)
    if (const std::string& text = metadata.value(i, column); !text.empty()) values.insert(text);
  ColumnClasses result;
  result.classes.assign(values.begin(), values.end());
  if (std::all_of(values.begin(), values.end(),
                  [](const std::string& text) { return number(text).has_value(); }))
    std::stable_sort(result.classes.begin(), result.classes.end(),
                     [](const std::string& a, const std::string& b) {
                       return number(a).value_or(0) < number(b).value_or(0);
                     });
  std::map<std::string, int32_t> places;
  for (size_t i = 0; i < result.classes.size(); ++i) places[result.classes[i]] = static_cast<int32_t>(i);
  for (size_t i = 0; i < metadata.rows.size(); ++i) {
    const auto found = places.find(metadata.value(i, column));
    result.labels.push_back(found == places.end() ? -1 : found->second);
  }
  return result;
}

} // namespace latent
