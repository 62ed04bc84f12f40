// Which curves of runs are drawn and how: what a person chose of the page Train.
#pragma once

#include "core/base/axis_range.h"
#include "core/base/json.h"

#include <optional>
#include <string>
#include <vector>

namespace latent {

struct CurvesLook {
  bool bound = false;         ///< log-likelihood bound (higher is better) instead of loss
  std::string part = "total"; ///< "total", or a series: "recon", "kl", "mae_diverse" ...
  bool train = true, test = true;
  bool logX = false, logY = false;
  double smoothing = 0; ///< weight of what came before, 0..0.99; of train curves only
  std::string facet;    ///< "" = one plot, "family", "dataset", or a parameter's key
  bool sharedY = false; ///< all facets have one range of values, as they always have one of epochs
  bool operator==(const CurvesLook&) const = default;
};

/// What of the curves is seen, where it is not what fits.
struct CurvesArea {
  AxisRange x;
  std::vector<AxisRange> y; ///< of each facet
  bool operator==(const CurvesArea&) const = default;
};

Json toJson(const CurvesLook& look);
/// Missing keys and values of another type or out of range are the defaults.
CurvesLook curvesLookFromJson(const Json& json);

/// {"x": [low, high], "y": [[low, high], ..]}.
Json toJson(const CurvesArea& area);
/// Nothing where it is no such area: finite ends, low < high, at least one facet.
std::optional<CurvesArea> curvesAreaFromJson(const Json& json);

} // namespace latent
