// Training curves of several groups of runs, one panel for each group.
#pragma once

#include "core/run/figures.h"

#include <string>
#include <vector>

namespace latent {

struct CurveFacet {
  std::string title;
  std::vector<RunFolder> runs; ///< the first of each facet have one colour, the second another
};

/// options.series.front() alone, with one range of epochs and, if look.sharedY, of values; options.upTo
/// counts through the facets. The legend names the families of the first facet's runs, so that runs of all
/// facets should be of the same ones in the same order.
Result<Figure> facetedCurves(const std::vector<CurveFacet>& facets, const CurvesOptions& options);

} // namespace latent
