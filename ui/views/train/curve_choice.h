// What the curves panel shows, as a value: chosen by its tools, remembered with the window, turned into
// lines.
#pragma once

#include "core/base/curves_look.h"
#include "core/base/focus.h"
#include "ui/plots/curves_view.h"

#include <QString>
#include <QStringList>

#include <string>
#include <utility>
#include <vector>

namespace latent::ui {

class MetricsStore;
class RunsModel;
struct RunItem;

using CurveChoice = CurvesLook;

/// Lines of the shown runs, x in epochs. A total is the loss of a run; under `bound` it is the ELBO of a VAE,
/// and an AE, which has none, shows its reconstruction alone, labelled so.
/// What was solved in one step has no curve. `leftOut` counts the values that a logarithmic axis cannot show:
/// zero and below.
struct CurveLines {
  std::vector<CurveLine> lines;
  size_t leftOut = 0;
};
CurveLines curveLines(const CurveChoice& choice, const std::vector<RunId>& shown, const RunsModel& runs,
                      const MetricsStore& metrics);
/// Words for the vertical axis, with the unit where all shown runs have the same.
QString curveAxis(const CurveChoice& choice, const std::vector<RunId>& shown, const RunsModel& runs);
/// What a total can be taken apart into: recon, kl, then the other terms of the shown runs' families.
std::vector<std::string> curveParts(const std::vector<RunId>& shown, const MetricsStore& metrics);
/// Live changes of the shown runs: epoch and words ("B: beta 4 → 6").
std::vector<std::pair<double, QString>> liveMarks(const std::vector<RunId>& shown, const RunsModel& runs);
/// Keys by which the shown runs differ, so that a facet by them makes sense.
std::vector<std::string> facetKeys(const std::vector<RunId>& shown, const RunsModel& runs);

} // namespace latent::ui
