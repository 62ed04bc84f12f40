// How much a decoder stretches a plane of its latent space.
#pragma once

#include "core/explore/work.h"

#include <optional>

namespace latent {

/// The largest singular value of a matrix of two columns.
double largestSingularValue(std::span<const float> first, std::span<const float> second);

/// J(a, b) at the centres of the cells by central differences,
///   dx/da = (decode(z + h axis1) - decode(z - h axis1)) / 2h,
/// which asks of a decoder only that it decodes: no gradient is needed, so that imported modules and later
/// versions of the tensor library give the same numbers. h moves z by (1 + max |z_j|) / 512. The error of
/// float32 and of the curvature together stays under a hundredth of the value for smooth decoders; where a
/// kink of a ReLU lies within h, the value is the mean of both sides.
class MagnificationWork : public Work<MagnificationRequest, MagnificationFrame> {
 public:
  using Work::Work;
  std::optional<MagnificationFrame> advance(const Viewer& viewer);
  MagnificationFrame failed(const std::string& error) const;

 private:
  std::vector<float> m_values;
};

} // namespace latent
