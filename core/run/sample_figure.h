// New images drawn from a run, as a figure.
#pragma once

#include "core/base/job.h"
#include "core/data/dataset.h"
#include "core/figure/figure.h"
#include "core/models/sampling.h"
#include "core/run/figures.h"

#include <vector>

namespace latent {

/// The images of a run, [count, C, H, W] in [0,1], from a kept snapshot or its newest weights. `data` is what
/// a model without a prior takes its codes from.
Result<std::vector<float>> sampleRun(const FigureSource& source, const SampleOptions& options,
                                     const Dataset& data, JobControl& control);

/// The same in a grid, as square as it gets, under a title that says what the latents were drawn from.
Result<Figure> sampleFigure(const FigureSource& source, const SampleOptions& options, double widthMm,
                            const Dataset& data, JobControl& control);

} // namespace latent
