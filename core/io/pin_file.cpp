#include "core/io/pin_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace latent {
namespace {

constexpr int format = 1;
constexpr size_t largestPoint = 4096; ///< coordinates, as many latents as no model has

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

std::string shortest(float value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

/// The records of a table (RFC 4180). Nothing: a quote is open at the end.
struct Record {
  int line = 0;
  std::vector<std::string> fields;
};
std::optional<std::vector<Record>> recordsOf(std::string_view text) {
  std::vector<Record> records;
  int line = 1;
  bool inQuotes = false, begun = false;
  const auto field = [&]() -> std::string& {
    if (!begun) records.push_back({line, {""}});
    begun = true;
    return records.back().fields.back();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inQuotes) {
      if (c == '\n') ++line;
      if (c != '"') {
        field() += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field() += text[++i];
      } else {
        inQuotes = false;
      }
    } else if (c == '"') {
      field();
      inQuotes = true;
    } else if (c == ',') {
      field();
      records.back().fields.emplace_back();
    } else if (c == '\n') {
      begun = false;
      ++line;
    } else if (c != '\r') {
      field() += c;
    }
  }
  if (inQuotes) return std::nullopt;
  return records;
}

template<class T>
std::optional<T> number(const std::string& text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc() || stop != end) return std::nullopt;
  return value;
}

/// Why the record is no pin; "" = it was appended.
std::string take(const std::vector<std::string>& fields, std::vector<Pin>& pins) {
  if (fields.size() < 4) return "it has fewer than four columns";
  Pin pin{.name = fields[0], .run = fields[1]};
  if (!fields[2].empty()) {
    pin.step = number<int64_t>(fields[2]);
    if (!pin.step) return "its step \"" + fields[2] + "\" is no whole number";
  }
  for (size_t i = 3; i < fields.size(); ++i) {
    if (fields[i].empty()) { // a shorter point than others of the table
      if (std::ranges::all_of(fields.begin() + static_cast<long>(i), fields.end(), &std::string::empty))
        break;
      return "a coordinate between others is missing";
    }
    const auto value = number<float>(fields[i]);
    if (!value || !std::isfinite(*value)) return "\"" + fields[i] + "\" is no coordinate";
    pin.z.push_back(*value);
  }
  if (pin.z.empty()) return "it has no coordinates";
  pins.push_back(std::move(pin));
  return {};
}

Result<std::vector<Pin>> pinsFromTable(std::string_view text, const std::string& name) {
  const auto records = recordsOf(text);
  if (!records) return inputError(name + " ends within quotes; it is cut off.");
  if (records->empty() || records->front().fields.size() < 4 || records->front().fields[0] != "name" ||
      records->front().fields[1] != "run" || records->front().fields[2] != "step")
    return inputError(name + " holds no pins: a table begins with name,run,step,z_1.");
  std::vector<Pin> pins;
  for (size_t i = 1; i < records->size(); ++i) {
    const Record& record = (*records)[i];
    const std::string problem =
        record.fields.size() > largestPoint + 3 ? "it has too many columns" : take(record.fields, pins);
    if (!problem.empty())
      return inputError(name + ", line " + std::to_string(record.line) + ": " + problem + ".");
  }
  return pins;
}

} // namespace

std::string pinsToJson(const std::vector<Pin>& pins) {
  Json list = Json::array();
  for (const Pin& pin : pins) list.push_back(pinToJson(pin));
  return Json{{"format", format}, {"pins", list}}.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string pinsToCsv(const std::vector<Pin>& pins) {
  size_t longest = 1;
  for (const Pin& pin : pins) longest = std::max(longest, pin.z.size());
  std::string text = "name,run,step";
  for (size_t k = 1; k <= longest; ++k) text += ",z_" + std::to_string(k);
  text += '\n';
  for (const Pin& pin : pins) {
    text += quoted(pin.name) + ',' + quoted(pin.run) + ',' + (pin.step ? std::to_string(*pin.step) : "");
    for (size_t k = 0; k < longest; ++k) text += k < pin.z.size() ? ',' + shortest(pin.z[k]) : ",";
    text += '\n';
  }
  return text;
}

Result<std::vector<Pin>> parsePins(std::string_view text, const std::string& name) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{') return pinsFromTable(text, name);
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return inputError(name + " is damaged: it is no JSON.");
  try {
    if (json.at("format").get<int>() > format)
      return inputError(name + " was written by a newer version of this program.");
    std::vector<Pin> pins;
    for (const Json& entry : json.at("pins")) {
      Result<Pin> pin = pinFromJson(entry);
      if (!pin) return inputError(name + ": " + pin.error().message);
      pins.push_back(*std::move(pin));
    }
    return pins;
  } catch (const Json::exception&) {
    return inputError(name + " holds no pins: the key \"format\" or \"pins\" is missing or of another kind.");
  }
}

} // namespace latent
