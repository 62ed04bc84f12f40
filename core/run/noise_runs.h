// Runs made ready for a comparison under latent noise.
#pragma once

#include "core/base/job.h"
#include "core/base/noise_curve.h"
#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/run/figures.h"

#include <memory>
#include <vector>

namespace latent {

/// Standard deviation of each z_j drawn from q(z|x) over the split (without a posterior: of the codes), [K]:
/// LatentSummary::spread. Errors as of encodeSplit.
Result<std::vector<float>> latentSpread(const ModelSpec& spec, const std::shared_ptr<const Weights>& weights,
                                        const std::shared_ptr<const Split>& split, JobControl& control);

/// The runs by their distinct names, with the spread over the test split where the scale wants it. Usage
/// error: a model of tokens, or a run that reads images of another shape than the data's.
Result<std::vector<NoiseRun>> noiseRunsOf(const std::vector<FigureSource>& sources, NoiseScale scale,
                                          const Dataset& data, JobControl& control);

} // namespace latent
