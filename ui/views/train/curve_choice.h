// What the curves panel shows, as a value: chosen by its tools, remembered with the window, turned into
// lines.
#pragma once

#include "core/base/focus.h"
#include "ui/plots/curves_view.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace latent::ui {

class MetricsStore;
class RunsModel;
struct RunItem;

struct CurveChoice {
  bool bound = false;         ///< log-likelihood bound (higher is better) instead of loss
  std::string part = "total"; ///< "total", "recon", "kl"
  bool train = true, test = true;
  bool logX = false, logY = false;
  double smoothing = 0;
  std::string facet; ///< "" = one plot, "family", "dataset", or a parameter's key
  bool operator==(const CurveChoice&) const = default;
};

/// Lines of the shown runs, x in epochs. A total is the loss of a run; under `bound` it is the ELBO of a VAE,
/// and an AE, which has none, shows its reconstruction alone, labelled so.
/// `leftOut` counts the values that a logarithmic axis cannot show: zero and below.
struct CurveLines {
  std::vector<CurveLine> lines;
  size_t leftOut = 0;
};
CurveLines curveLines(const CurveChoice& choice, const std::vector<RunId>& shown, const RunsModel& runs,
                      const MetricsStore& metrics);
/// Words for the vertical axis.
QString curveAxis(const CurveChoice& choice);
/// Keys by which the shown runs differ, so that a facet by them makes sense.
std::vector<std::string> facetKeys(const std::vector<RunId>& shown, const RunsModel& runs);

} // namespace latent::ui
