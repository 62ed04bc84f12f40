#include "core/data/picture.h"

#include "core/base/ink.h"
#include "core/data/image_decode.h"

namespace latent {
namespace {

Image imageOf(const DecodedImage& decoded, int channels, bool invert) {
  const size_t plane = decoded.pixels.size() / 3;
  const auto level = [&](size_t channel, size_t at) {
    return static_cast<float>(decoded.pixels[channel * plane + at]) / 255;
  };
  Image image{{channels, decoded.height, decoded.width}, {}};
  image.pixels.reserve(static_cast<size_t>(image.shape.pixels()));
  for (size_t channel = 0; channel < static_cast<size_t>(channels); ++channel)
    for (size_t at = 0; at < plane; ++at) {
      const float value = channels == 3 || decoded.grey
                              ? level(channel, at)
                              : 0.299F * level(0, at) + 0.587F * level(1, at) + 0.114F * level(2, at);
      image.pixels.push_back(invert ? 1 - value : value);
    }
  return image;
}

} // namespace

Result<Image> readPicture(std::span<const uint8_t> file, const ImageShape& shape,
                          const PictureOptions& options, const std::string& name) {
  if (shape.channels != 1 && shape.channels != 3)
    return inputError("The model takes images of " + std::to_string(shape.channels) +
                      " channels; a picture has one or three.");
  const ImageFit fit = options.centre ? ImageFit{} : ImageFit{shape.width, shape.height, false};
  const Result<DecodedImage> decoded = decodeImage(file, fit, name);
  if (!decoded) return decoded.error();
  if (!options.centre) return imageOf(*decoded, shape.channels, options.invert);
  return fitInk(imageOf(*decoded, 1, options.invert), shape);
}

} // namespace latent
