// The encoded points of a run as the inspector and the plane ask about them: support, neighbours, main
// directions.
#pragma once

#include "core/base/frames.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace latent::ui {

/// A value made of one EncodeFrame (a few ms); copies share it. Without codes: density 0, no neighbours.
class Codes {
 public:
  Codes();
  explicit Codes(const EncodeFrame& frame);

  const Encoded& points() const;
  int64_t step() const; ///< of the weights that encoded them
  const LatentSummary& summary() const;
  Support supportAt(const LatentPoint& z) const;
  /// More than ten spreads from the codes' mean along some latent: no image was ever encoded near there.
  /// (With many latents the density alone cannot tell: it is next to nothing between any two codes.)
  bool isFar(const LatentPoint& z) const;
  /// Indices in the split, nearest first (Euclidean in latent space).
  std::vector<int64_t> nearest(const LatentPoint& z, int k) const;
  /// Origin = mean of the codes, axes = their two main directions (unit vectors). Usage error without OpenCV
  /// in the build and for fewer than two latents.
  Result<PlaneAxes> mainAxes() const;

 private:
  struct Content;
  std::shared_ptr<const Content> m_content;
};

} // namespace latent::ui
