// Measures of a model over a whole split, as training and `latent evaluate` report them. No torch in this
// header.
#pragma once

#include "core/base/job.h"
#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/base/weights.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <map>
#include <string>

namespace latent {

/// recon (sum over pixels, mean over the split, one posterior sample a image), and for families with a prior
/// kl (analytic) and elbo = -(recon + kl). `loss` is what training minimises. Pixel mode and likelihood are
/// the model's; noise and binarisation come from `seed` alone, so that equal weights give equal bits. Batches
/// of 500.
Result<std::map<std::string, double>> evaluateSplit(const ModelSpec& spec, const Weights& weights,
                                                    const Split& split, uint64_t seed,
                                                    const std::string& device = "cpu",
                                                    JobControl* control = nullptr);

} // namespace latent
