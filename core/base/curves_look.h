// Which curves of runs are drawn and how: what a person chose of the page Train.
#pragma once

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

} // namespace latent
