#include "core/base/array.h"

#include <bit>
#include <cstring>
#include <stdexcept>

namespace latent {

namespace {

template<class T>
Array arrayOf(ElementType type, const std::vector<T>& values, std::vector<int64_t> shape) {
  Array array{type, std::move(shape), std::vector<std::byte>(values.size() * sizeof(T))};
  if (array.count() != static_cast<int64_t>(values.size()))
    throw std::logic_error("Array::of: the shape does not hold as many elements as are given");
  if (!values.empty()) std::memcpy(array.bytes.data(), values.data(), array.bytes.size());
  return array;
}

template<class From, class To>
std::vector<To> convert(const Array& array) {
  std::vector<To> result(array.bytes.size() / sizeof(From));
  for (size_t i = 0; i < result.size(); ++i) {
    From value;
    std::memcpy(&value, array.bytes.data() + i * sizeof(From), sizeof(From));
    result[i] = static_cast<To>(value);
  }
  return result;
}

template<class Convert>
std::vector<float> convertHalves(const Array& array, Convert toFloat) {
  std::vector<float> result(array.bytes.size() / 2);
  for (size_t i = 0; i < result.size(); ++i) {
    uint16_t half;
    std::memcpy(&half, array.bytes.data() + 2 * i, 2);
    result[i] = toFloat(half);
  }
  return result;
}

} // namespace

int64_t elementSize(ElementType type) {
  switch (type) {
  case ElementType::u8:
  case ElementType::boolean:
    return 1;
  case ElementType::f16:
  case ElementType::bf16:
    return 2;
  case ElementType::f32:
  case ElementType::i32:
    return 4;
  case ElementType::f64:
  case ElementType::i64:
  case ElementType::u64:
    return 8;
  }
  return 0;
}

int64_t Array::count() const {
  int64_t n = 1;
  for (const int64_t d : shape) n *= d;
  return n;
}

Array Array::of(const std::vector<float>& values, std::vector<int64_t> shape) {
  return arrayOf(ElementType::f32, values, std::move(shape));
}
Array Array::of(const std::vector<double>& values, std::vector<int64_t> shape) {
  return arrayOf(ElementType::f64, values, std::move(shape));
}
Array Array::of(const std::vector<int64_t>& values, std::vector<int64_t> shape) {
  return arrayOf(ElementType::i64, values, std::move(shape));
}
Array Array::of(const std::vector<uint8_t>& values, std::vector<int64_t> shape) {
  return arrayOf(ElementType::u8, values, std::move(shape));
}

std::vector<float> Array::toFloats() const {
  switch (type) {
  case ElementType::f32:
    return convert<float, float>(*this);
  case ElementType::f64:
    return convert<double, float>(*this);
  case ElementType::u8:
    return convert<uint8_t, float>(*this);
  case ElementType::i32:
    return convert<int32_t, float>(*this);
  case ElementType::i64:
    return convert<int64_t, float>(*this);
  case ElementType::f16:
    return convertHalves(*this, floatFromHalf);
  case ElementType::bf16:
    return convertHalves(*this, floatFromBfloat16);
  default:
    throw std::logic_error("Array::toFloats: elements of this type are no numbers to compute with");
  }
}

std::vector<int64_t> Array::toIntegers() const {
  switch (type) {
  case ElementType::u8:
    return convert<uint8_t, int64_t>(*this);
  case ElementType::i32:
    return convert<int32_t, int64_t>(*this);
  case ElementType::i64:
    return convert<int64_t, int64_t>(*this);
  default:
    throw std::logic_error("Array::toIntegers: elements are not integers");
  }
}

uint16_t halfFromFloat(float value) {
  const auto bits = std::bit_cast<uint32_t>(value);
  const auto sign = static_cast<uint16_t>(bits >> 16 & 0x8000u);
  const uint32_t magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return sign | 0x7e00u;  // not a number
  if (magnitude >= 0x477ff000u) return sign | 0x7c00u; // rounds to 65536 or more: infinity
  if (magnitude < 0x38800000u) {
    // A subnormal half is a multiple of 2^-24: adding 0.5 lets the float's own rounding (to nearest even) do
    // it.
    const float shifted = std::bit_cast<float>(magnitude) + 0.5f;
    return sign | static_cast<uint16_t>(std::bit_cast<uint32_t>(shifted) - 0x3f000000u);
  }
  const uint32_t odd = magnitude >> 13 & 1u;
  return sign | static_cast<uint16_t>((magnitude - 0x38000000u + 0xfffu + odd) >> 13);
}

float floatFromHalf(uint16_t bits) {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000u) << 16;
  const uint32_t exponent = bits >> 10 & 0x1fu;
  const uint32_t fraction = bits & 0x3ffu;
  if (exponent == 0x1f) return std::bit_cast<float>(sign | 0x7f800000u | fraction << 13);
  if (exponent != 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
  const float magnitude = static_cast<float>(fraction) * 0x1.0p-24f;
  return sign ? -magnitude : magnitude;
}

float floatFromBfloat16(uint16_t bits) {
  return std::bit_cast<float>(uint32_t{bits} << 16);
}

int64_t checkedCount(const std::vector<int64_t>& shape, int64_t elementBytes) {
  constexpr int64_t limit = int64_t{1} << 62;
  int64_t bytes = elementBytes;
  bool empty = false;
  for (const int64_t d : shape) {
    if (d < 0) return -1;
    if (d == 0) {
      empty = true;
      continue;
    }
    if (bytes > limit / d) return -1;
    bytes *= d;
  }
  return empty ? 0 : bytes / elementBytes;
}

const Array* findArray(const NamedArrays& arrays, const std::string& name) {
  for (const auto& [key, array] : arrays)
    if (key == name) return &array;
  return nullptr;
}

} // namespace latent
