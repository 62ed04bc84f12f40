// A table as JSON and back, with everything checked that another program could have written.
#include "core/figure/table.h"

#include <cmath>
#include <stdexcept>

namespace latent {
namespace {

constexpr size_t mostColumns = 1000, mostRows = 1000000;
constexpr int mostDecimals = 15;

/// What is wrong, as the end of a sentence.
struct BadTable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

const Json& member(const Json& json, const char* key, const std::string& name) {
  if (!json.is_object()) throw BadTable(name + " is not an object");
  const auto found = json.find(key);
  if (found == json.end()) throw BadTable(name + "." + key + " is missing");
  return *found;
}

const Json& list(const Json& json, const std::string& name, size_t most) {
  if (!json.is_array() || json.size() > most)
    throw BadTable(name + " is not a list of at most " + std::to_string(most));
  return json;
}

std::string text(const Json& json, const std::string& name) {
  if (!json.is_string()) throw BadTable(name + " is not a text");
  return json.get<std::string>();
}

double number(const Json& json, const std::string& name) {
  const double value = json.is_number() ? json.get<double>() : std::nan("");
  if (!std::isfinite(value)) throw BadTable(name + " is not a number");
  return value;
}

TableColumn columnFromJson(const Json& json, const std::string& name) {
  TableColumn column;
  column.name = text(member(json, "name", name), name + ".name");
  column.unit = text(member(json, "unit", name), name + ".unit");
  const Json& isNumber = member(json, "number", name);
  if (!isNumber.is_boolean()) throw BadTable(name + ".number is neither true nor false");
  column.number = isNumber.get<bool>();
  const Json& decimals = member(json, "decimals", name);
  if (!decimals.is_number_integer() || decimals.get<double>() < 0 || decimals.get<double>() > mostDecimals)
    throw BadTable(name + ".decimals is not an integer from 0 to " + std::to_string(mostDecimals));
  column.decimals = decimals.get<int>();
  return column;
}

TableCell cellFromJson(const Json& json, const std::string& name) {
  if (json.is_string()) return {json.get<std::string>(), {}, {}};
  TableCell cell;
  cell.value = number(member(json, "value", name), name + ".value");
  if (json.contains("sd")) cell.spread = number(json["sd"], name + ".sd");
  if (cell.spread && *cell.spread < 0) throw BadTable(name + ".sd is negative");
  return cell;
}

Json cellToJson(const TableCell& cell) {
  if (!cell.value) return cell.text;
  Json json{{"value", *cell.value}};
  if (cell.spread) json["sd"] = *cell.spread;
  return json;
}

Table tableOf(const Json& json) {
  Table table;
  table.title = text(member(json, "title", "table"), "table.title");
  for (const Json& column : list(member(json, "columns", "table"), "table.columns", mostColumns))
    table.columns.push_back(
        columnFromJson(column, "table.columns[" + std::to_string(table.columns.size()) + "]"));
  for (const Json& row : list(member(json, "rows", "table"), "table.rows", mostRows)) {
    const std::string name = "table.rows[" + std::to_string(table.rows.size()) + "]";
    if (list(row, name, mostColumns).size() != table.columns.size())
      throw BadTable(name + " is not as long as the list of columns");
    auto& cells = table.rows.emplace_back();
    for (const Json& cell : row)
      cells.push_back(cellFromJson(cell, name + "[" + std::to_string(cells.size()) + "]"));
  }
  for (const Json& note : list(member(json, "notes", "table"), "table.notes", mostRows))
    table.notes.push_back(text(note, "table.notes[" + std::to_string(table.notes.size()) + "]"));
  return table;
}

} // namespace

Json tableToJson(const Table& table) {
  Json columns = Json::array(), rows = Json::array();
  for (const TableColumn& column : table.columns)
    columns.push_back({{"name", column.name},
                       {"unit", column.unit},
                       {"number", column.number},
                       {"decimals", column.decimals}});
  for (const auto& row : table.rows) {
    Json cells = Json::array();
    for (const TableCell& cell : row) cells.push_back(cellToJson(cell));
    rows.push_back(std::move(cells));
  }
  return {{"title", table.title},
          {"columns", std::move(columns)},
          {"rows", std::move(rows)},
          {"notes", table.notes}};
}

Result<Table> tableFromJson(const Json& json, const std::string& nameForErrors) {
  try {
    return tableOf(json);
  } catch (const BadTable& fault) {
    return inputError(nameForErrors + " holds a damaged table: " + fault.what() + ".");
  }
}

} // namespace latent
