// One replica of a model for looking: decode and encode with plain values. No torch in this header.
#pragma once

#include "core/base/frames.h"
#include "core/base/image.h"
#include "core/base/latent_point.h"
#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/base/weights.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace latent {

/// Not thread-safe: each thread has its own. Runs under NoGradGuard in eval mode and draws no random numbers.
class Viewer {
 public:
  /// A replica with undefined weights on the CPU. Usage error where the spec cannot be built.
  static Result<Viewer> create(const ModelSpec& spec);
  Viewer(Viewer&&) noexcept;
  Viewer& operator=(Viewer&&) noexcept;
  ~Viewer();

  const ModelSpec& spec() const;
  int latentSize() const;

  /// Copies them in (matchWeights if the layout is another object). Input error for weights of another model.
  Status setWeights(std::shared_ptr<const Weights> weights);
  const std::shared_ptr<const Weights>& weights() const; ///< null before the first setWeights

  /// z: [n, K] row-major. Returns [n, C, H, W] in [0,1]. Equal batch shapes give equal bits.
  std::vector<float> decode(std::span<const float> z, int64_t n) const;
  /// images: [n, C, H, W] in [0,1], as the run's pixel mode shows them (applyPixelMode).
  Encoded encode(std::span<const float> images, int64_t n) const;
  /// decode(mu(encode(images))).
  std::vector<float> reconstruct(std::span<const float> images, int64_t n) const;

 private:
  struct Impl;
  explicit Viewer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

/// How viewing shows an input to a model: grey stays; `thresholded` and `rebinarised` runs see pixels >= 0.5
/// as 1, else 0 (viewing draws no random numbers).
void applyPixelMode(const ModelSpec& spec, std::vector<float>& pixels);

} // namespace latent
