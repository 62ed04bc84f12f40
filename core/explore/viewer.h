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
#include <optional>
#include <span>
#include <vector>

namespace latent {

/// The maps of a model whose latents are tokens.
struct TokenShape {
  int rows = 0, columns = 0;
  int64_t codes = 0, dimension = 0; ///< K and D of the codebook
  bool hasPrior = false;            ///< over tokens
  int64_t cells() const { return int64_t{rows} * columns; }
};

/// Not thread-safe: each thread has its own. Runs under NoGradGuard in eval mode; of its functions only
/// drawToken draws a random number, which hangs on its arguments alone.
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

  /// Nothing for a model without tokens. The functions below are for the others.
  std::optional<TokenShape> tokenShape() const;
  std::vector<float> codebook() const; ///< [K, D]
  /// images as for encode. Returns n maps, [n, rows, columns].
  std::vector<int64_t> tokens(std::span<const float> images, int64_t n) const;
  /// n maps of tokens 0..K-1. Returns [n, C, H, W] in [0,1].
  std::vector<float> decodeTokens(std::span<const int64_t> maps, int64_t n) const;
  /// A token for `cell` (counted row by row) of a map from the prior given the cells before it; temperature >
  /// 0 divides the logits. Equal seeds and cells give equal random numbers. For models with a prior.
  int64_t drawToken(std::span<const int64_t> map, int64_t cell, double temperature, uint64_t seed) const;

 private:
  struct Impl;
  explicit Viewer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

/// How viewing shows an input to a model: grey stays; `thresholded` and `rebinarised` runs see pixels >= 0.5
/// as 1, else 0 (viewing draws no random numbers).
void applyPixelMode(const ModelSpec& spec, std::vector<float>& pixels);

} // namespace latent
