#include "app/cli/input_images.h"

#include "core/data/picture.h"
#include "core/io/files.h"
#include "core/io/npy.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>

namespace latent::cli {
namespace {

constexpr int64_t largestFile = int64_t{256} << 20;

std::string text(const ImageShape& shape) {
  return std::to_string(shape.channels) + ", " + std::to_string(shape.height) + ", " +
         std::to_string(shape.width);
}

/// Whether the array holds whole images: any number of them in front, and a single channel may be left out.
bool holdsImages(const std::vector<int64_t>& dimensions, const ImageShape& shape) {
  const size_t count = dimensions.size();
  if (count < 2 || count > 4 || dimensions[count - 2] != shape.height || dimensions[count - 1] != shape.width)
    return false;
  if (shape.channels == 1 && count < 4) return true; // [H, W], [n, H, W]
  return count >= 3 && dimensions[count - 3] == shape.channels;
}

Result<std::vector<float>> readArray(const std::string& file, const ImageShape& shape) {
  const auto array = readNpy(file);
  if (!array) return array.error();
  if (!holdsImages(array->shape, shape))
    return inputError(file + " does not hold images of the model's shape: [n, " + text(shape) +
                      "] is needed.");
  if (array->type != ElementType::u8 && array->type != ElementType::f32 && array->type != ElementType::f64 &&
      array->type != ElementType::f16)
    return inputError(file + " holds neither floats nor uint8; images are floats in [0,1] or bytes.");
  std::vector<float> pixels = array->toFloats();
  if (array->type == ElementType::u8)
    for (float& value : pixels) value /= 255.0F;
  const auto outside = std::ranges::find_if_not(pixels, [](float v) { return v >= 0 && v <= 1; });
  if (outside != pixels.end())
    return inputError(file + ": element " + std::to_string(outside - pixels.begin()) +
                      " is not in [0,1]; divide by the largest value first.");
  return pixels;
}

Result<std::vector<float>> pictureFrom(const std::string& file, const ImageShape& shape) {
  const auto bytes = readFile(file, largestFile);
  if (!bytes) return bytes.error();
  const std::span content(reinterpret_cast<const uint8_t*>(bytes->data()), bytes->size());
  auto image = readPicture(content, shape, {}, file);
  if (!image) return image.error();
  return std::move(image->pixels);
}

} // namespace

Result<InputImages> readInputImages(const std::vector<std::string>& files, const ImageShape& shape) {
  InputImages images;
  for (const std::string& file : files) {
    const bool array = std::filesystem::path(file).extension() == ".npy";
    const auto pixels = array ? readArray(file, shape) : pictureFrom(file, shape);
    if (!pixels) return pixels.error();
    images.pixels.insert(images.pixels.end(), pixels->begin(), pixels->end());
    images.files.resize(images.pixels.size() / static_cast<size_t>(shape.pixels()), file);
  }
  return images;
}

} // namespace latent::cli
