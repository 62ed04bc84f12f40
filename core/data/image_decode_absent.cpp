#include "core/data/image_decode.h"

namespace latent {

Result<DecodedImage> decodeImage(std::span<const uint8_t>, const ImageFit&, const std::string& name) {
  return usageError(name + " cannot be read: this build was made without OpenCV. Install libopencv-dev and "
                           "build again.");
}

} // namespace latent
