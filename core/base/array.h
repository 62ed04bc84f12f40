// Arrays without a tensor library: what files, figures and threads exchange.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace latent {

enum class ElementType { f16, f32, f64, u8, i32, i64, u64, boolean, bf16 };
int64_t elementSize(ElementType type); ///< bytes

/// Row-major, little-endian. bytes.size() == product(shape) * elementSize(type).
struct Array {
  ElementType type = ElementType::f32;
  std::vector<int64_t> shape;
  std::vector<std::byte> bytes;

  int64_t count() const;
  static Array of(const std::vector<float>& values, std::vector<int64_t> shape);
  static Array of(const std::vector<double>& values, std::vector<int64_t> shape);
  static Array of(const std::vector<int64_t>& values, std::vector<int64_t> shape);
  static Array of(const std::vector<uint8_t>& values, std::vector<int64_t> shape);
  /// Converts f16, bf16, f32, f64, u8, i32 and i64 elements; other types are a broken contract.
  std::vector<float> toFloats() const;
  std::vector<int64_t> toIntegers() const; ///< u8, i32, i64 only
  bool operator==(const Array&) const = default;
};

/// IEEE 754 binary16, round to nearest even.
uint16_t halfFromFloat(float value);
float floatFromHalf(uint16_t bits);
/// The upper half of a binary32.
float floatFromBfloat16(uint16_t bits);

/// Product of dimensions, or -1 if one is negative or the product of dimensions and elementBytes passes 2^62:
/// lengths that come from a file are never trusted.
int64_t checkedCount(const std::vector<int64_t>& shape, int64_t elementBytes);

/// In the order of the file.
using NamedArrays = std::vector<std::pair<std::string, Array>>;
const Array* findArray(const NamedArrays& arrays, const std::string& name);

} // namespace latent
