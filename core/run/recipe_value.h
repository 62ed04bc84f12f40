// Values of a provenance that anybody may have written, read with their place for the error. Private to
// core/run.
#pragma once

#include "core/base/image_json.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace latent::detail {

/// The end of a sentence: "view.rows is not a whole number from 1 to 400".
struct BadRecipe : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class RecipeValue {
 public:
  RecipeValue(const Json& json, std::string place) : m_json(json), m_place(std::move(place)) {}

  bool has(const char* key) const { return m_json.is_object() && m_json.contains(key); }
  RecipeValue at(const char* key) const {
    if (!has(key)) throw BadRecipe(m_place + "." + key + " is missing");
    return {m_json[key], m_place + "." + key};
  }
  RecipeValue at(size_t index) const { return {m_json[index], m_place + "[" + std::to_string(index) + "]"}; }
  size_t size(size_t most) const {
    if (!m_json.is_array() || m_json.size() > most) fail("is not a list of at most " + std::to_string(most));
    return m_json.size();
  }

  const Json& json() const { return m_json; }
  /// As imageToJson() writes it.
  Image image() const {
    try {
      return imageFromJson(m_json);
    } catch (const std::exception& fault) {
      throw BadRecipe(m_place + " is no image: " + fault.what());
    }
  }

  std::string text() const {
    if (!m_json.is_string()) fail("is not a text");
    return m_json.get<std::string>();
  }
  bool flag() const {
    if (!m_json.is_boolean()) fail("is neither true nor false");
    return m_json.get<bool>();
  }
  int64_t whole(int64_t low, int64_t high) const {
    const bool fits = m_json.is_number_integer() &&
                      (!m_json.is_number_unsigned() ||
                       m_json.get<uint64_t>() <= uint64_t{std::numeric_limits<int64_t>::max()});
    const int64_t value = fits ? m_json.get<int64_t>() : 0;
    if (!fits || value < low || value > high)
      fail("is not a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return value;
  }
  uint64_t seed() const {
    const bool fits =
        m_json.is_number_unsigned() || (m_json.is_number_integer() && m_json.get<int64_t>() >= 0);
    if (!fits) fail("is not a seed");
    return m_json.get<uint64_t>();
  }
  double number(double low, double high) const {
    const double value = m_json.is_number() ? m_json.get<double>() : std::nan("");
    if (!(value >= low && value <= high))
      fail("is not a number from " + Json(low).dump() + " to " + Json(high).dump());
    return value;
  }
  std::vector<int64_t> wholes(int64_t low, int64_t high, size_t most) const {
    std::vector<int64_t> values(size(most));
    for (size_t i = 0; i < values.size(); ++i) values[i] = at(i).whole(low, high);
    return values;
  }
  std::vector<double> numbers(double low, double high, size_t most) const {
    std::vector<double> values(size(most));
    for (size_t i = 0; i < values.size(); ++i) values[i] = at(i).number(low, high);
    return values;
  }
  std::vector<std::string> texts(size_t most) const {
    std::vector<std::string> values(size(most));
    for (size_t i = 0; i < values.size(); ++i) values[i] = at(i).text();
    return values;
  }
  std::map<std::string, std::string> textMap() const {
    if (!m_json.is_object()) fail("is not an object");
    std::map<std::string, std::string> values;
    for (const auto& [key, value] : m_json.items())
      values[key] = RecipeValue(value, m_place + "." + key).text();
    return values;
  }
  /// One of some words.
  std::string word(const std::vector<std::string>& known) const {
    std::string given = text();
    for (const std::string& each : known)
      if (given == each) return given;
    fail("is '" + given.substr(0, 40) + "', which this program does not know");
  }
  /// What a reader of names says of a wrong one is replaced by the place.
  template<class T>
  T named(Result<T> (*read)(const std::string&)) const {
    const Result<T> value = read(text());
    if (!value) fail("is '" + text().substr(0, 40) + "', which this program does not know");
    return *value;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw BadRecipe(m_place + " " + what); }

  const Json& m_json;
  std::string m_place;
};

} // namespace latent::detail
