// Curves of runs over their training, as a figure.
#pragma once

#include "core/figure/figure.h"
#include "core/run/run_folder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace latent {

struct CurvesOptions {
  std::vector<std::string> series{"loss"}; ///< loss, recon, kl, elbo
  std::vector<std::string> splits{"train", "test"};
  bool logX = false, logY = false;
  std::vector<int64_t> upTo; ///< last step of each run, the rest is left out; empty: all there is
  double widthMm = 84, heightMm = 60, fontPoints = 8;
};
Result<Figure> curvesFigure(const std::vector<RunFolder>& runs, const CurvesOptions& options);

} // namespace latent
