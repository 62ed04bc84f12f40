#include "core/explore/images_work.h"

#include "core/models/families.h"

#include <algorithm>
#include <stdexcept>

namespace latent {

namespace {

/// Throws where these points cannot be the model's.
void check(const ImagesRequest& request, const Viewer& viewer) {
  const FamilyInfo* family = findFamily(viewer.spec().family);
  if (family && family->discrete)
    throw std::runtime_error("The latents of a " + family->shortName +
                             " are tokens of a codebook, not coordinates; its maps of tokens are decoded "
                             "instead.");
  const auto latents = static_cast<int64_t>(viewer.latentSize());
  const auto numbers = static_cast<int64_t>(request.z.size());
  if (request.count < 0 || numbers % latents != 0 || numbers / latents != request.count)
    throw std::runtime_error("These are " + std::to_string(numbers) + " coordinates, but " +
                             std::to_string(request.count) + " points of the model's " +
                             std::to_string(latents) + " latents are asked for.");
}

} // namespace

std::optional<ImagesFrame> ImagesWork::advance(const Viewer& viewer) {
  const ImageShape& shape = viewer.spec().shape;
  if (m_decoded == 0) {
    check(m_request, viewer);
    m_pixels.reserve(static_cast<size_t>(m_request.count * shape.pixels()));
  }
  const int64_t n = std::min(imagesPerPiece(shape), m_request.count - m_decoded);
  if (n > 0) {
    const auto latents = static_cast<size_t>(viewer.latentSize());
    const std::vector<float> images = viewer.decode(
        std::span(m_request.z)
            .subspan(static_cast<size_t>(m_decoded) * latents, static_cast<size_t>(n) * latents),
        n);
    requireFinite(images);
    m_pixels.insert(m_pixels.end(), images.begin(), images.end());
    m_decoded += n;
  }
  if (m_decoded < m_request.count) return std::nullopt;

  ImagesFrame frame = makeFrame();
  frame.z = m_request.z;
  frame.count = m_request.count;
  frame.shape = shape;
  frame.pixels = std::move(m_pixels);
  return frame;
}

ImagesFrame ImagesWork::failed(const std::string& error) const {
  ImagesFrame frame = makeFrame(error);
  frame.z = m_request.z;
  frame.count = m_request.count;
  return frame;
}

} // namespace latent
