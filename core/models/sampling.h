// New images out of a model. No torch in this header.
#pragma once

#include "core/base/job.h"
#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/base/weights.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <vector>

namespace latent {

/// Where the latents of new images come from.
enum class SampleSource {
  prior,      ///< z ~ N(0, I)
  tokenPrior, ///< the map is drawn token by token from the prior that was trained beside the model
  codes,      ///< no prior: a Gaussian with mean and covariance of the codes of images
};
/// Usage error for a model of tokens that was trained without a prior.
Result<SampleSource> sampleSource(const ModelSpec& spec);

struct SampleOptions {
  int64_t count = 64; ///< at least 1
  uint64_t seed = 1;
  double temperature = 1; ///< above 0: factor of the standard deviation, divisor of a token's logits
};

/// How many codes a Gaussian is fitted to: this many images of the split, or all of them.
constexpr int64_t kFittedCodes = 10000;

/// Means of p(x|z) for drawn z, [count, C, H, W] in [0,1]. `codesOf` is only read by models without a prior.
/// Equal weights, options and device give equal bits; on another device the numbers drawn are others.
Result<std::vector<float>> sampleImages(const ModelSpec& spec, const Weights& weights, const Split& codesOf,
                                        const SampleOptions& options, JobControl& control);

} // namespace latent
