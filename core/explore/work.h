// What the viewing thread does with one request: a piece at a time, so that more urgent ones pass between.
#pragma once

#include "core/base/frames.h"
#include "core/explore/viewer.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace latent {

/// A request under way. All of its answer is of the weights it began with. A work of some kind has besides
///   std::optional<Frame> advance(const Viewer& viewer);
/// which does the next piece with a viewer that holds weights(). A frame where that completes one; what
/// cannot be answered is thrown as std::exception with one sentence.
template<class RequestType, class FrameType>
class Work {
 public:
  using Request = RequestType;
  using Frame = FrameType;

  Work(Request request, std::shared_ptr<const Weights> weights)
      : m_request(std::move(request)), m_weights(std::move(weights)) {}

  const RequestHead& head() const { return m_request.head; }
  const std::shared_ptr<const Weights>& weights() const { return m_weights; }

 protected:
  /// A frame for the rest to be filled in.
  Frame makeFrame(const std::string& error = {}) const {
    Frame frame;
    frame.head = m_request.head;
    frame.step = m_weights ? m_weights->step : 0;
    frame.error = error;
    return frame;
  }

  Request m_request;
  std::shared_ptr<const Weights> m_weights;
};

/// So many images that a point waits less than 3 ms for them with the built-in dense models on two cores.
int64_t imagesPerPiece(const ImageShape& shape);

/// Channels x height x width, for people.
std::string describe(const ImageShape& shape);

/// Throws where an image is not of this shape.
void checkImage(const Image& image, const ImageShape& shape);

/// Images first .. first+n-1 of the split as the model sees them, [n, C, H, W] in [0,1].
std::vector<float> readImages(const Split& split, int64_t first, int64_t n, const ModelSpec& spec);

/// How many images of the split are asked for. Throws where there is no split or its images are not the
/// model's.
int64_t imagesAsked(const std::shared_ptr<const Split>& split, int64_t limit, const ModelSpec& spec);

/// Throws where a decoder gave something else than numbers.
void requireFinite(std::span<const float> pixels);

} // namespace latent
