#include "core/explore/work.h"

#include "core/data/dataset.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace latent {

int64_t imagesPerPiece(const ImageShape& shape) {
  return std::clamp<int64_t>(int64_t{100} * 784 / std::max<int64_t>(1, shape.pixels()), 8, 100);
}

std::string describe(const ImageShape& shape) {
  return std::to_string(shape.channels) + "x" + std::to_string(shape.height) + "x" +
         std::to_string(shape.width);
}

void checkImage(const Image& image, const ImageShape& shape) {
  if (image.shape == shape && static_cast<int64_t>(image.pixels.size()) == shape.pixels()) return;
  throw std::runtime_error("This image is " + describe(image.shape) + ", but the model reads " +
                           describe(shape) + " (channels x height x width).");
}

std::vector<float> readImages(const Split& split, int64_t first, int64_t n, const ModelSpec& spec) {
  std::vector<int64_t> indices(static_cast<size_t>(n));
  std::iota(indices.begin(), indices.end(), first);
  std::vector<uint8_t> bytes(static_cast<size_t>(n * split.shape().pixels()));
  split.read(indices, bytes.data());
  std::vector<float> images(bytes.size());
  std::transform(bytes.begin(), bytes.end(), images.begin(),
                 [](uint8_t value) { return static_cast<float>(value) / 255.0f; });
  applyPixelMode(spec, images);
  return images;
}

int64_t imagesAsked(const std::shared_ptr<const Split>& split, int64_t limit, const ModelSpec& spec) {
  if (!split) throw std::runtime_error("There are no images to encode: the data set is not loaded.");
  if (split->shape() != spec.shape)
    throw std::runtime_error("The images are " + describe(split->shape()) + ", but the model reads " +
                             describe(spec.shape) + " (channels x height x width).");
  return limit > 0 ? std::min(limit, split->size()) : split->size();
}

void requireFinite(std::span<const float> pixels) {
  if (!std::all_of(pixels.begin(), pixels.end(), [](float value) { return std::isfinite(value); }))
    throw std::runtime_error(
        "The decoder gives no finite image here: the point lies too far outside of the data.");
}

} // namespace latent
