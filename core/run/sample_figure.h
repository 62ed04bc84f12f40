// New images drawn from a run, as a figure.
#pragma once

#include "core/base/job.h"
#include "core/data/dataset.h"
#include "core/figure/figure.h"
#include "core/models/sampling.h"
#include "core/run/figures.h"

#include <vector>

namespace latent {

/// The images of a run, [count, C, H, W] in [0,1], from a kept snapshot or its newest weights. The test
/// images of `data` are what a Gaussian is fitted to.
Result<std::vector<float>> sampleRun(const FigureSource& source, const SampleOptions& options,
                                     const Dataset& data, JobControl& control);

/// Of one run a grid, as square as it gets, under a title that says what the latents were drawn from; of
/// several one row each, which says it.
Result<Figure> sampleFigure(const std::vector<FigureSource>& sources, const SampleOptions& options,
                            double widthMm, const Dataset& data, JobControl& control);

/// As Compare shows it, without options.from: all runs from N(0, I), below them those without a prior from a
/// Gaussian fitted to their codes, then models of tokens from their own prior; the provenance has "from":
/// "each". Runs that have nothing to draw from are left out; usage error where none is left.
Result<Figure> sampleEachWay(const std::vector<FigureSource>& sources, const SampleOptions& options,
                             double widthMm, const Dataset& data, JobControl& control);

} // namespace latent
