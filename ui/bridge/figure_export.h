// A FigureRequest carried out: on a worker, with the data set that the window holds already.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/figure/figure.h"
#include "ui/bridge/figure_request.h"

namespace latent::ui {

/// The figure of a request, on a worker. `data` is the active run's data set; null leaves the points out of a
/// plane and is an input error where images are needed.
Result<Figure> makeFigure(const FigureRequest& request, const Dataset* data, JobControl& control);

/// The same drawn into request.file, and its numbers written as CSV beside a picture.
Status exportFigureNow(const FigureRequest& request, const Dataset* data, JobControl& control);

} // namespace latent::ui
