// New images drawn from a run, as a figure.
#pragma once

#include "core/base/job.h"
#include "core/data/dataset.h"
#include "core/figure/figure.h"
#include "core/models/sampling.h"
#include "core/run/figures.h"

#include <cstddef>
#include <string>
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

/// Samples as blocks of images under titles of their own, side by side on the page.
struct SampleBlocks {
  struct Block {
    std::string title;
    size_t run = 0; ///< place among the sources
    SampleSource from = SampleSource::prior;
  };
  int rows = 3, columns = 8; ///< of the images of a block
  int beside = 3;            ///< blocks in a row of the page
  std::vector<Block> blocks;
};
/// `options.count` and `options.from` are not looked at. Usage error: no block, a block of no source, more
/// than 2,500 images in one.
Result<Figure> sampleBlocks(const std::vector<FigureSource>& sources, const SampleBlocks& layout,
                            const SampleOptions& options, double widthMm, const Dataset& data,
                            JobControl& control);

/// How a figure's provenance names where samples come from: "fitted", "prior", "tokens".
const char* sampleSourceName(SampleSource source);

} // namespace latent
