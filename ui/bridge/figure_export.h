// A FigureRequest carried out: on a worker, with the data set that the window holds already.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"
#include "ui/bridge/library_bridge.h"

namespace latent::ui {

/// Draws into request.file, and writes the numbers as CSV beside a picture. `data` is the active run's data
/// set; null leaves the points out of a plane and is an input error for reconstructions.
Status exportFigureNow(const FigureRequest& request, const Dataset* data, JobControl& control);

} // namespace latent::ui
