#include "core/explore/answers.h"

#include "core/explore/encode_work.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace latent {

namespace {
constexpr int64_t imagesAPiece = 100;
}

std::optional<PointFrame> PointWork::advance(const Viewer& viewer) {
  if (m_request.z.size() != static_cast<size_t>(viewer.latentSize()))
    throw std::runtime_error("This point has " + std::to_string(m_request.z.size()) +
                             " coordinates, but the model has " + std::to_string(viewer.latentSize()) +
                             " latents.");
  PointFrame frame = makeFrame();
  frame.z = m_request.z;
  frame.image = {viewer.spec().shape, viewer.decode(m_request.z, 1)};
  requireFinite(frame.image.pixels);
  return frame;
}

PointFrame PointWork::failed(const std::string& error) const {
  PointFrame frame = makeFrame(error);
  frame.z = m_request.z;
  return frame;
}

ReconstructFrame answerReconstructions(const ReconstructRequest& request, const Viewer& viewer) {
  const ImageShape& shape = viewer.spec().shape;
  const auto pixels = static_cast<size_t>(shape.pixels());
  ReconstructFrame frame{request.head, viewer.weights()->step, {}, {}, {0, viewer.latentSize(), {}, {}}, {}};
  for (const Image& input : request.inputs) checkImage(input, shape);

  const auto count = static_cast<int64_t>(request.inputs.size());
  for (int64_t first = 0; first < count; first += imagesAPiece) {
    const int64_t n = std::min(imagesAPiece, count - first);
    std::vector<float> seen;
    seen.reserve(static_cast<size_t>(n) * pixels);
    for (int64_t i = first; i < first + n; ++i) {
      const Image& input = request.inputs[static_cast<size_t>(i)];
      seen.insert(seen.end(), input.pixels.begin(), input.pixels.end());
    }
    applyPixelMode(viewer.spec(), seen);
    const Encoded posteriors = viewer.encode(seen, n);
    const std::vector<float> outputs = viewer.decode(posteriors.mu, n);
    for (size_t i = 0; i < static_cast<size_t>(n); ++i) {
      const auto from = static_cast<std::ptrdiff_t>(i * pixels),
                 to = from + static_cast<std::ptrdiff_t>(pixels);
      frame.inputs.push_back({shape, {seen.begin() + from, seen.begin() + to}});
      frame.outputs.push_back({shape, {outputs.begin() + from, outputs.begin() + to}});
    }
    append(posteriors, frame.posteriors);
  }
  return frame;
}

ReconstructFrame ReconstructWork::failed(const std::string& error) const {
  ReconstructFrame frame = makeFrame(error);
  frame.inputs = m_request.inputs;
  return frame;
}

} // namespace latent
