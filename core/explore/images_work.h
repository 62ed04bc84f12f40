// The images of many latent points: strips, paths, noise, samples.
#pragma once

#include "core/explore/work.h"

#include <optional>

namespace latent {

class ImagesWork : public Work<ImagesRequest, ImagesFrame> {
 public:
  using Work::Work;
  std::optional<ImagesFrame> advance(const Viewer& viewer);
  ImagesFrame failed(const std::string& error) const;

 private:
  int64_t m_decoded = 0;
  std::vector<float> m_pixels;
};

} // namespace latent
