// Names of curves in a legend. Private to ui/plots.
#pragma once

#include "ui/plots/curves_view.h"

#include <vector>

namespace latent::ui {

/// The words of each line's label that tell its run from the others: without what all labels share and
/// without "train", "batch" and "test", which the weight of the line tells.
std::vector<QString> shortLabels(const std::vector<CurveLine>& lines);

} // namespace latent::ui
