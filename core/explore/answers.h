// Points and reconstructions: what is answered in one piece.
#pragma once

#include "core/explore/work.h"

#include <optional>

namespace latent {

/// Always a batch of one: the same point gives the same bits wherever it was typed, dragged or saved.
class PointWork : public Work<PointRequest, PointFrame> {
 public:
  using Work::Work;
  std::optional<PointFrame> advance(const Viewer& viewer);
  PointFrame failed(const std::string& error) const;
};

/// Throws std::runtime_error with one sentence.
ReconstructFrame answerReconstructions(const ReconstructRequest& request, const Viewer& viewer);

class ReconstructWork : public Work<ReconstructRequest, ReconstructFrame> {
 public:
  using Work::Work;
  std::optional<ReconstructFrame> advance(const Viewer& viewer) {
    return answerReconstructions(m_request, viewer);
  }
  ReconstructFrame failed(const std::string& error) const;
};

} // namespace latent
