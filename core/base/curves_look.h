// Which curves of runs are drawn and how: what a person chose of the page Train.
#pragma once

#include "core/base/json.h"

#include <string>

namespace latent {

struct CurvesLook {
  bool bound = false;         ///< log-likelihood bound (higher is better) instead of loss
  std::string part = "total"; ///< "total", or a series: "recon", "kl", "mae_diverse" ...
  bool train = true, test = true;
  bool logX = false, logY = false;
  double smoothing = 0; ///< weight of what came before, 0..0.99; of train curves only
  std::string facet;    ///< "" = one plot, "family", "dataset", or a parameter's key
  bool operator==(const CurvesLook&) const = default;
};

Json toJson(const CurvesLook& look);
/// Missing keys and values of another type or out of range are the defaults.
CurvesLook curvesLookFromJson(const Json& json);

} // namespace latent
