#include "core/run/movie/movie_encoders.h"

namespace latent::detail {

std::string whyNoGif() {
  return "A GIF cannot be written: this build was made without giflib or OpenCV. Install libgif-dev and "
         "libopencv-dev and build again.";
}

Result<MovieFacts> writeGif(const MoviePictures&, const std::filesystem::path&, const MovieFormat&,
                            JobControl&) {
  return usageError(whyNoGif());
}

} // namespace latent::detail
