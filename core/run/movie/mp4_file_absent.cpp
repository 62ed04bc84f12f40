#include "core/run/movie/movie_encoders.h"

namespace latent::detail {

std::string whyNoMp4() {
  return "An MP4 cannot be written: this build was made without OpenCV's videoio. Install libopencv-dev and "
         "build again.";
}

Result<MovieFacts> writeMp4(const MoviePictures&, const std::filesystem::path&, const MovieFormat&,
                            JobControl&) {
  return usageError(whyNoMp4());
}

} // namespace latent::detail
