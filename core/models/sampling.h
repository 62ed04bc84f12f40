// New images out of a model. No torch in this header.
#pragma once

#include "core/base/job.h"
#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/base/weights.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace latent {

/// Where the latents of new images come from.
enum class SampleSource {
  prior,      ///< z ~ N(0, I), whether or not the model was trained towards it
  tokenPrior, ///< the map is drawn token by token from the prior that was trained beside the model
  codes,      ///< a Gaussian with mean and covariance of the codes of images
};
/// The model's own: its prior, or its codes where it has none. Usage error for a model of tokens that was
/// trained without a prior.
Result<SampleSource> sampleSource(const ModelSpec& spec);

struct SampleOptions {
  int64_t count = 64; ///< at least 1
  uint64_t seed = 1;
  double temperature = 1; ///< above 0: factor of the standard deviation, divisor of a token's logits
  std::optional<SampleSource>
      from;           ///< nothing: sampleSource(). `prior` and `codes` of a model of tokens: usage error
  bool draws = false; ///< pixels are drawn (pixel_draws.h); otherwise they are means. Usage error without a
                      ///< Bernoulli likelihood
};

/// New images for drawn z, [count, C, H, W] in [0,1]: means of p(x|z), or draws from them. z is drawPrior or
/// drawGaussian of latent_statistics.h, so that image i gets the same random numbers from every model of one
/// latent size, and the same as in the window. `codesOf` is only read for SampleSource::codes, all of it.
/// Equal weights and options give equal bits.
Result<std::vector<float>> sampleImages(const ModelSpec& spec, const Weights& weights, const Split& codesOf,
                                        const SampleOptions& options, JobControl& control);

} // namespace latent
