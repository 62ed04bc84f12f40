#include "core/base/image_json.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace latent {
namespace {

constexpr int largestSide = 4096;

Json shapeToJson(const ImageShape& shape) {
  return {shape.channels, shape.height, shape.width};
}

ImageShape shapeFromJson(const Json& json) {
  const auto sides = json.get<std::vector<int64_t>>();
  const auto fits = [](int64_t side) { return side >= 1 && side <= largestSide; };
  if (sides.size() != 3 || !std::ranges::all_of(sides, fits))
    throw std::invalid_argument("the image's shape is not three positive numbers");
  return {static_cast<int>(sides[0]), static_cast<int>(sides[1]), static_cast<int>(sides[2])};
}

} // namespace

Json imageToJson(const Image& image) {
  return {{"shape", shapeToJson(image.shape)}, {"pixels", image.pixels}};
}

Json thumbnailToJson(const Image& image) {
  std::vector<int> bytes(image.pixels.size());
  std::ranges::transform(image.pixels, bytes.begin(), [](float value) {
    return value > 0 ? static_cast<int>(std::lround(std::min(value, 1.0F) * 255)) : 0; // NaN is black
  });
  return {{"shape", shapeToJson(image.shape)}, {"bytes", bytes}};
}

Image imageFromJson(const Json& json) {
  const bool bytes = json.contains("bytes");
  Image image{shapeFromJson(json.at("shape")), json.at(bytes ? "bytes" : "pixels").get<std::vector<float>>()};
  if (static_cast<int64_t>(image.pixels.size()) != image.shape.pixels())
    throw std::invalid_argument("the image has another number of pixels than its shape");
  const float largest = bytes ? 255.0F : 1.0F;
  if (!std::ranges::all_of(image.pixels, [=](float value) { return value >= 0 && value <= largest; }))
    throw std::invalid_argument("the image has values outside of its range");
  if (bytes)
    for (float& value : image.pixels) value /= 255.0F;
  return image;
}

} // namespace latent
