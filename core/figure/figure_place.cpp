#include "core/figure/figure_place.h"

#include <algorithm>
#include <cctype>

namespace latent::detail {

void Place::fail(const std::string& what) const {
  throw BadFigure(name + " " + what);
}

Place Place::at(const char* key) const {
  if (!json.is_object()) fail("is not an object");
  const auto found = json.find(key);
  const std::string path = name.empty() ? key : name + "." + key;
  if (found == json.end()) throw BadFigure(path + " is missing");
  return {*found, path};
}

size_t Place::arraySize() const {
  if (!json.is_array()) fail("is not a list");
  return json.size();
}

std::string Place::text() const {
  if (!json.is_string()) fail("is not a text");
  return json.get<std::string>();
}

bool Place::flag() const {
  if (!json.is_boolean()) fail("is neither true nor false");
  return json.get<bool>();
}

double Place::number(double low, double high) const {
  const double value = json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
  if (!(value >= low && value <= high)) { // also refuses NaN
    std::string range = Json(low).dump() + " to " + Json(high).dump();
    fail("is not a number from " + range);
  }
  return value;
}

int64_t Place::integer(int64_t low, int64_t high) const {
  const bool fits = json.is_number_integer() &&
                    (!json.is_number_unsigned() ||
                     json.get<uint64_t>() <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max()));
  const int64_t value = fits ? json.get<int64_t>() : low;
  if (!fits || value < low || value > high) {
    fail("is not an integer from " + std::to_string(low) + " to " + std::to_string(high));
  }
  return value;
}

std::vector<std::string> Place::texts() const {
  std::vector<std::string> values(arraySize());
  for (size_t i = 0; i < values.size(); ++i) values[i] = at(i).text();
  return values;
}

std::string Place::colour() const {
  std::string value = text();
  const bool good =
      value.size() == 7 && value[0] == '#' &&
      std::all_of(value.begin() + 1, value.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
  if (!good) fail("is not a colour like #0072B2");
  return value;
}

std::vector<std::string> Place::colours() const {
  std::vector<std::string> values(arraySize());
  for (size_t i = 0; i < values.size(); ++i) values[i] = at(i).colour();
  return values;
}

std::vector<int64_t> ArrayReader::shapeOf(const Place& place, size_t dimensions) const {
  const Place shape = place.at("shape");
  if (shape.arraySize() != dimensions)
    shape.fail("does not have " + std::to_string(dimensions) + " dimensions");
  std::vector<int64_t> sizes(dimensions);
  for (size_t i = 0; i < dimensions; ++i) {
    sizes[i] = shape.at(i).integer(0, std::numeric_limits<int64_t>::max());
  }
  return sizes;
}

std::vector<int64_t> imageGridShape(const ArrayReader& arrays, const Place& place) {
  std::vector<int64_t> shape = arrays.shapeOf(place, 5);
  for (int64_t size : shape) {
    if (size < 1 || size > maximumSide) place.at("shape").fail("has a side that is not from 1 to 32767");
  }
  if (shape[2] != 1 && shape[2] != 3) place.at("shape").fail("has neither 1 nor 3 channels");
  if (shape[0] * shape[3] > maximumSide || shape[1] * shape[4] > maximumSide) {
    place.at("shape").fail("composes to more than 32767 pixels a side");
  }
  return shape;
}

PlaneRect rectFromJson(const Place& place) {
  constexpr double limit = 1e9;
  if (place.arraySize() != 4) place.fail("does not have four numbers");
  const PlaneRect rect{place.at(size_t{0}).number(-limit, limit), place.at(1).number(-limit, limit),
                       place.at(2).number(-limit, limit), place.at(3).number(-limit, limit)};
  // A floor on the size keeps ticks and scales finite.
  if (!(rect.width() > 1e-9 && rect.height() > 1e-9)) place.fail("is empty");
  return rect;
}

Json rectToJson(const PlaneRect& rect) {
  return {rect.left, rect.right, rect.lower, rect.upper};
}

} // namespace latent::detail
