// Curves of runs over their training, as a figure.
#pragma once

#include "core/base/curves_look.h"
#include "core/figure/figure.h"
#include "core/run/run_folder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latent {

struct CurvesOptions {
  std::vector<std::string> series{
      "loss"}; ///< loss, recon, kl, elbo ..., a panel each; empty: the look's part
  std::vector<std::string> splits{"train", "test"}; ///< batch, train, test; of `series`
  CurvesLook look;                                  ///< part, train and test only without `series`
  std::optional<CurvesArea> area; ///< seen of them; nothing, or with other facets: what fits
  std::vector<int64_t> upTo;      ///< last step of each run, the rest is left out; empty: all there is
  double widthMm = 84, heightMm = 60, fontPoints = 8;
};
/// One panel for each series and each value of the facet; facets have one range of epochs. Without `series`
/// what was solved in one step is left out and values are fitted as on the page Train: first values that
/// would flatten the rest lie above the axes. Usage error: no run has such a curve.
Result<Figure> curvesFigure(const std::vector<RunFolder>& runs, const CurvesOptions& options);

} // namespace latent
