// Which weights a figure of a run that trains shows.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/figure_request.h"

namespace latent::ui {

/// The request with a step for every run that somebody is training now and that it asks the newest weights
/// of: its newest kept snapshot, which stays the same while the figure is made. Reads run folders. Error of
/// a folder that holds no run.
Result<FigureRequest> withSteps(FigureRequest request);

} // namespace latent::ui
