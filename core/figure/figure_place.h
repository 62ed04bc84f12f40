// Reading a figure's JSON and the arrays beside it, every length and range checked. Private to core/figure.
#pragma once

#include "core/base/array.h"
#include "core/base/json.h"
#include "core/base/plane_frame.h"
#include "core/figure/figure_json.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace latent::detail {

inline constexpr int64_t maximumSide = 32767; // of a composed image in pixels: what painters can address

/// Appends an array and returns the JSON that refers to it.
template<class T>
Json store(const std::vector<T>& values, std::vector<int64_t> shape, std::vector<std::byte>& bytes) {
  const Array array = Array::of(values, shape);
  Json reference = {{"offset", bytes.size()}, {"shape", std::move(shape)}};
  bytes.insert(bytes.end(), array.bytes.begin(), array.bytes.end());
  return reference;
}
template<class T>
Json store(const std::vector<T>& values, std::vector<std::byte>& bytes) {
  return store(values, {static_cast<int64_t>(values.size())}, bytes);
}

/// A place in the JSON with the words that name it in an error; all throw BadFigure.
struct Place {
  const Json& json;
  std::string name;

  [[noreturn]] void fail(const std::string& what) const;
  Place at(const char* key) const;
  bool has(const char* key) const { return json.is_object() && json.contains(key); }
  Place at(size_t index) const { return {json[index], name + "[" + std::to_string(index) + "]"}; }
  size_t arraySize() const;
  std::string text() const;
  bool flag() const;
  double number(double low, double high) const;
  int64_t integer(int64_t low, int64_t high) const;
  std::vector<std::string> texts() const;
  std::string colour() const; ///< "#0072B2"
  std::vector<std::string> colours() const;
};

/// Hands out the arrays in the order of the file; each begins where the one before it ended.
class ArrayReader {
 public:
  explicit ArrayReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

  std::vector<int64_t> shapeOf(const Place& place, size_t dimensions) const;

  template<class T>
  std::vector<T> read(const Place& place, const std::vector<int64_t>& shape) {
    const int64_t count = checkedCount(shape, sizeof(T));
    const auto left = static_cast<int64_t>(m_bytes.size() - m_position);
    if (count < 0 || count > left / static_cast<int64_t>(sizeof(T)))
      place.fail("reaches past the end of the file");
    if (place.at("offset").integer(0, std::numeric_limits<int64_t>::max()) !=
        static_cast<int64_t>(m_position)) {
      place.at("offset").fail("is not " + std::to_string(m_position) + ", where the array before it ends");
    }
    std::vector<T> values(static_cast<size_t>(count));
    if (count > 0) std::memcpy(values.data(), m_bytes.data() + m_position, values.size() * sizeof(T));
    m_position += values.size() * sizeof(T);
    return values;
  }

  template<class T>
  std::vector<T> readList(const Place& place) {
    return read<T>(place, shapeOf(place, 1));
  }

  bool atEnd() const { return m_position == m_bytes.size(); }

 private:
  std::span<const std::byte> m_bytes;
  size_t m_position = 0;
};

/// [rows, columns, C, H, W] of an image grid, small enough to be composed into one picture.
std::vector<int64_t> imageGridShape(const ArrayReader& arrays, const Place& place);

Json rectToJson(const PlaneRect& rect);
PlaneRect rectFromJson(const Place& place);

} // namespace latent::detail
