#include "core/figure/report.h"

#include "core/figure/figure_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace latent {
namespace {

namespace fs = std::filesystem;

constexpr int format = 1;
constexpr int deepest = 32; ///< levels of JSON
constexpr uintmax_t mostBytes = uintmax_t{64} << 20;
constexpr size_t longestId = 80;

/// What is wrong, as the end of a sentence.
struct BadReport : std::runtime_error {
  using std::runtime_error::runtime_error;
};

bool isIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/// FNV-1a: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
class Checksum {
 public:
  void add(std::span<const std::byte> bytes) {
    for (const std::byte byte : bytes) m_hash = (m_hash ^ std::to_integer<uint64_t>(byte)) * 1099511628211U;
  }
  std::string text() const {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), m_hash, 16);
    return {digits.data(), end.ptr};
  }

 private:
  uint64_t m_hash = 14695981039346656037U;
};

const Json& member(const Json& json, const char* key, const std::string& name) {
  if (!json.is_object()) throw BadReport(name + " is not an object");
  const auto found = json.find(key);
  if (found == json.end()) throw BadReport(name + "." + key + " is missing");
  return *found;
}

std::string text(const Json& json, const char* key, const std::string& name) {
  const Json& value = member(json, key, name);
  if (!value.is_string()) throw BadReport(name + "." + key + " is not a text");
  return value.get<std::string>();
}

ReportItem itemFromJson(const Json& json, const std::string& name, const std::string& file) {
  ReportItem item;
  item.id = text(json, "id", name);
  if (!isItemId(item.id)) throw BadReport(name + ".id is not made of a-z, 0-9 and dashes");
  item.heading = text(json, "heading", name);
  item.caption = text(json, "caption", name);
  item.notes = text(json, "notes", name);
  if (json.contains("figure") == json.contains("table"))
    throw BadReport(name + " is neither a figure nor a table");
  if (json.contains("figure")) {
    item.figure = std::make_shared<const Figure>();
  } else {
    auto table = tableFromJson(json["table"], file);
    if (!table) throw BadReport(name + ": " + table.error().message);
    item.table = std::move(*table);
  }
  return item;
}

Report reportFromJson(const Json& json, const std::string& file) {
  const Json& number = member(json, "format", "report");
  if (!number.is_number_integer()) throw BadReport("report.format is not a whole number");
  if (number.get<double>() > format)
    throw BadReport("it was written by a newer version of this program; update it");
  Report report;
  report.title = text(json, "title", "report");
  report.author = text(json, "author", "report");
  report.introduction = text(json, "introduction", "report");
  const Json& items = member(json, "items", "report");
  if (!items.is_array() || items.size() > mostReportItems)
    throw BadReport("report.items is not a list of at most " + std::to_string(mostReportItems));
  std::set<std::string> ids;
  for (const Json& item : items) {
    const std::string name = "report.items[" + std::to_string(report.items.size()) + "]";
    report.items.push_back(itemFromJson(item, name, file));
    if (!ids.insert(report.items.back().id).second)
      throw BadReport(name + ".id is that of another item, too");
  }
  return report;
}

Error damaged(const std::string& name, const std::string& what) {
  return inputError("The report " + name + " cannot be opened: " + what + ".");
}

} // namespace

bool isItemId(const std::string& id) {
  return !id.empty() && id.size() <= longestId && std::ranges::all_of(id, isIdCharacter);
}

std::string freshItemId(const Report& report, const std::string& wish) {
  std::string id;
  for (const char c : wish) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (isIdCharacter(lower) && lower != '-')
      id += lower;
    else if (!id.empty() && id.back() != '-')
      id += '-';
    if (id.size() == longestId - 8) break; // room for the number
  }
  while (id.ends_with('-')) id.pop_back();
  if (id.empty()) id = "item";
  const auto taken = [&](const std::string& each) {
    return std::ranges::any_of(report.items, [&](const ReportItem& item) { return item.id == each; });
  };
  std::string unique = id;
  for (int i = 2; taken(unique); ++i) unique = id + "-" + std::to_string(i);
  return unique;
}

std::string numbersOf(const Figure& figure) {
  Figure numbers = figure;
  for (FigurePanel& panel : numbers.panels)
    if (std::holds_alternative<ImagesPanel>(panel)) panel = ImagesPanel();
  std::string csv = figureToCsv(numbers);
  return std::ranges::count(csv, '\n') > 1 ? csv : std::string();
}

std::string figureChecksum(const Figure& figure) {
  std::vector<std::byte> arrays;
  const Json json = detail::figureToJson(figure, arrays);
  const std::string words = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  Checksum checksum;
  checksum.add(std::as_bytes(std::span(words)));
  checksum.add(arrays);
  return checksum.text();
}

Json reportToJson(const Report& report) {
  Json items = Json::array();
  for (const ReportItem& item : report.items) {
    Json json{{"id", item.id}, {"heading", item.heading}, {"caption", item.caption}, {"notes", item.notes}};
    if (item.figure)
      json["figure"] = figureChecksum(*item.figure);
    else
      json["table"] = tableToJson(item.table.value_or(Table()));
    items.push_back(std::move(json));
  }
  return {{"format", format},
          {"title", report.title},
          {"author", report.author},
          {"introduction", report.introduction},
          {"items", std::move(items)}};
}

Result<Report> parseReport(std::string_view text, const std::string& nameForErrors) {
  bool tooDeep = false;
  const auto watchDepth = [&](int depth, Json::parse_event_t, Json&) {
    if (depth > deepest) tooDeep = true;
    return !tooDeep; // what is too deep is dropped, so nothing deep is ever built
  };
  const Json json = Json::parse(text, watchDepth, false);
  if (tooDeep) return damaged(nameForErrors, "its JSON is nested too deeply");
  if (json.is_discarded()) return damaged(nameForErrors, "its JSON cannot be parsed");
  try {
    return reportFromJson(json, nameForErrors);
  } catch (const BadReport& fault) {
    return damaged(nameForErrors, fault.what());
  }
}

Result<Report> readReport(const fs::path& folder) {
  const fs::path path = folder / "report.json";
  std::error_code failed;
  if (!fs::is_regular_file(path, failed))
    return inputError(folder.string() + " is no saved report: it holds no report.json.");
  if (fs::file_size(path, failed) > mostBytes || failed)
    return damaged(folder.string(), "its report.json is larger than 64 MiB");
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return damaged(folder.string(), "its report.json cannot be read");
  auto report = parseReport(text, folder.string());
  if (!report) return report;
  for (ReportItem& item : report->items) {
    if (!item.figure) continue;
    auto figure = readFigure(folder / (item.id + ".figure"));
    if (!figure) return figure.error();
    item.figure = std::make_shared<const Figure>(std::move(*figure));
  }
  return report;
}

} // namespace latent
