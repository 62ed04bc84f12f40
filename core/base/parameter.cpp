#include "core/base/parameter.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace latent {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

template<class T>
bool parseNumber(std::string_view text, T& number) {
  text = trimmed(text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::string shortest(double value) {
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, result.ptr};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string allowed(const ParameterSpec& spec) {
  switch (spec.type) {
  case ParameterType::integer:
    return "a whole number from " + shortest(spec.minimum) + " to " + shortest(spec.maximum);
  case ParameterType::real:
    return "a number from " + shortest(spec.minimum) + " to " + shortest(spec.maximum);
  case ParameterType::flag:
    return "true or false";
  case ParameterType::choice:
    return "one of " + joined(spec.choices);
  case ParameterType::integerList:
    return "whole numbers from " + shortest(spec.minimum) + " to " + shortest(spec.maximum) +
           " separated by commas" + (spec.mayBeEmpty ? ", or none" : "");
  }
  return {};
}

Error refused(const ParameterSpec& spec, std::string_view text) {
  return usageError("The value '" + std::string(text) + "' of '" + spec.key + "' is not allowed: it takes " +
                    allowed(spec) + ".");
}

bool inRange(const ParameterSpec& spec, double value) {
  return std::isfinite(value) && value >= spec.minimum && value <= spec.maximum;
}

const char* typeName(ParameterType type) {
  switch (type) {
  case ParameterType::integer:
    return "integer";
  case ParameterType::real:
    return "real";
  case ParameterType::flag:
    return "flag";
  case ParameterType::choice:
    return "choice";
  case ParameterType::integerList:
    return "integer_list";
  }
  return "";
}

std::string known(const ParameterSchema& schema) {
  std::vector<std::string> keys;
  for (const auto& spec : schema) keys.push_back(spec.key);
  return joined(keys);
}

Error unknownKey(const ParameterSchema& schema, const std::string& key) {
  return usageError("There is no parameter '" + key + "'; known are " + known(schema) + ".");
}

template<class T>
const T& held(const ParameterValue& value, const std::string& key) {
  if (const T* content = std::get_if<T>(&value)) return *content;
  throw std::logic_error("Parameters: '" + key + "' holds another type");
}

Json valueToJson(const ParameterValue& value) {
  return std::visit([](const auto& content) { return Json(content); }, value);
}

} // namespace

const ParameterSpec* findParameter(const ParameterSchema& schema, std::string_view key) {
  const auto it = std::ranges::find(schema, key, &ParameterSpec::key);
  return it == schema.end() ? nullptr : &*it;
}

bool matters(const ParameterSchema& schema, const ParameterSpec& spec, const Parameters& values) {
  if (spec.when.key.empty()) return true;
  const ParameterSpec* other = findParameter(schema, spec.when.key);
  if (!other || !values.has(other->key)) return true;
  const std::string held = formatParameter(values.at(other->key));
  return std::ranges::find(spec.when.values, held) != spec.when.values.end() &&
         matters(schema, *other, values);
}

const ParameterValue& Parameters::at(const std::string& key) const {
  const auto it = m_values.find(key);
  if (it == m_values.end()) throw std::logic_error("Parameters: there is no '" + key + "'");
  return it->second;
}

int64_t Parameters::integer(const std::string& key) const {
  return held<int64_t>(at(key), key);
}

double Parameters::real(const std::string& key) const {
  const ParameterValue& value = at(key);
  if (const auto* whole = std::get_if<int64_t>(&value)) return static_cast<double>(*whole);
  return held<double>(value, key);
}

bool Parameters::flag(const std::string& key) const {
  return held<bool>(at(key), key);
}
const std::string& Parameters::choice(const std::string& key) const {
  return held<std::string>(at(key), key);
}
const std::vector<int64_t>& Parameters::list(const std::string& key) const {
  return held<std::vector<int64_t>>(at(key), key);
}

Result<ParameterValue> parseParameter(const ParameterSpec& spec, std::string_view given) {
  const std::string_view text = trimmed(given);
  ParameterValue value;
  switch (spec.type) {
  case ParameterType::integer: {
    int64_t number = 0;
    if (!parseNumber(text, number)) return refused(spec, given);
    value = number;
    break;
  }
  case ParameterType::real: {
    double number = 0;
    if (!parseNumber(text, number)) return refused(spec, given);
    value = number;
    break;
  }
  case ParameterType::flag:
    if (text != "true" && text != "false") return refused(spec, given);
    value = text == "true";
    break;
  case ParameterType::choice:
    value = std::string(text);
    break;
  case ParameterType::integerList: {
    std::vector<int64_t> numbers;
    if (spec.mayBeEmpty && text == "none") {
      value = numbers;
      break;
    }
    for (size_t begin = 0; begin <= text.size();) {
      const size_t end = std::min(text.find(',', begin), text.size());
      int64_t number = 0;
      if (!parseNumber(text.substr(begin, end - begin), number)) return refused(spec, given);
      numbers.push_back(number);
      begin = end + 1;
    }
    value = std::move(numbers);
    break;
  }
  }
  if (Status status = checkParameter(spec, value); !status) return status.error();
  return value;
}

std::string formatParameter(const ParameterValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) return std::to_string(*number);
  if (const auto* number = std::get_if<double>(&value)) return shortest(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  const auto& numbers = std::get<std::vector<int64_t>>(value);
  if (numbers.empty()) return "none";
  std::string text;
  for (const int64_t number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
  return text;
}

Status checkParameter(const ParameterSpec& spec, const ParameterValue& value) {
  bool good = false;
  switch (spec.type) {
  case ParameterType::integer:
    if (const auto* number = std::get_if<int64_t>(&value)) good = inRange(spec, static_cast<double>(*number));
    break;
  case ParameterType::real:
    if (const auto* number = std::get_if<double>(&value))
      good = inRange(spec, *number);
    else if (const auto* whole = std::get_if<int64_t>(&value))
      good = inRange(spec, static_cast<double>(*whole));
    break;
  case ParameterType::flag:
    good = std::holds_alternative<bool>(value);
    break;
  case ParameterType::choice:
    if (const auto* text = std::get_if<std::string>(&value))
      good = std::ranges::count(spec.choices, *text) > 0;
    break;
  case ParameterType::integerList:
    if (const auto* list = std::get_if<std::vector<int64_t>>(&value))
      good = (spec.mayBeEmpty || !list->empty()) &&
             std::ranges::all_of(*list, [&](int64_t n) { return inRange(spec, static_cast<double>(n)); });
    break;
  }
  if (!good) return refused(spec, formatParameter(value));
  return done();
}

Result<Parameters> completeParameters(const ParameterSchema& schema, const Parameters& given) {
  Parameters complete;
  for (const auto& spec : schema) complete.set(spec.key, spec.standard);
  for (const auto& [key, value] : given.all()) {
    const ParameterSpec* spec = findParameter(schema, key);
    if (!spec) return unknownKey(schema, key);
    if (Status status = checkParameter(*spec, value); !status) return status.error();
    // A real parameter always holds a double, so that equal parameters compare equal.
    if (spec->type == ParameterType::real && std::holds_alternative<int64_t>(value))
      complete.set(key, static_cast<double>(std::get<int64_t>(value)));
    else
      complete.set(key, value);
  }
  return complete;
}

Json parametersToJson(const Parameters& parameters) {
  Json json = Json::object();
  for (const auto& [key, value] : parameters.all()) json[key] = valueToJson(value);
  return json;
}

Result<Parameters> parametersFromJson(const ParameterSchema& schema, const Json& json) {
  if (!json.is_object()) return usageError("Parameters must be a JSON object of keys and values.");
  Parameters parameters;
  for (const auto& [key, entry] : json.items()) {
    const ParameterSpec* spec = findParameter(schema, key);
    if (!spec) return unknownKey(schema, key);
    ParameterValue value;
    const bool numbers =
        entry.is_array() && std::ranges::all_of(entry, [](const Json& e) { return e.is_number_integer(); });
    if (entry.is_boolean())
      value = entry.get<bool>();
    else if (entry.is_number_integer())
      value = entry.get<int64_t>();
    else if (entry.is_number())
      value = entry.get<double>();
    else if (entry.is_string())
      value = entry.get<std::string>();
    else if (numbers)
      value = entry.get<std::vector<int64_t>>();
    else
      return refused(*spec, entry.dump());
    if (spec->type == ParameterType::real && std::holds_alternative<int64_t>(value))
      value = static_cast<double>(std::get<int64_t>(value));
    if (Status status = checkParameter(*spec, value); !status) return status.error();
    parameters.set(key, std::move(value));
  }
  return parameters;
}

Json schemaToJson(const ParameterSchema& schema) {
  Json list = Json::array();
  for (const auto& spec : schema) {
    Json entry{
        {"key", spec.key}, {"label", spec.label}, {"group", spec.group}, {"type", typeName(spec.type)}};
    const bool ranged = spec.type == ParameterType::integer || spec.type == ParameterType::real ||
                        spec.type == ParameterType::integerList;
    const auto bound = [&](double value) {
      return spec.type == ParameterType::real ? Json(value) : Json(static_cast<int64_t>(value));
    };
    entry["min"] = ranged ? bound(spec.minimum) : Json(nullptr);
    entry["max"] = ranged ? bound(spec.maximum) : Json(nullptr);
    entry["default"] = valueToJson(spec.standard);
    if (spec.type == ParameterType::choice) entry["choices"] = spec.choices;
    entry["unit"] = spec.unit;
    entry["help"] = spec.help;
    if (!spec.formula.empty()) entry["formula"] = spec.formula;
    entry["live"] = spec.live;
    if (!spec.when.key.empty()) entry["when"] = {{"key", spec.when.key}, {"values", spec.when.values}};
    list.push_back(std::move(entry));
  }
  return list;
}

} // namespace latent
