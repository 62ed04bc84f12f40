// A FigureRequest carried out: on a worker, with the data set that the window holds already.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/figure/figure.h"
#include "core/run/figure_source.h"
#include "core/run/interpolate_figure.h"
#include "core/run/noise_figure.h"
#include "core/run/plane_figure.h"
#include "core/run/traverse_figure.h"
#include "ui/bridge/figure_request.h"

#include <vector>

namespace latent::ui {

/// The figure of a request, on a worker. `data` is the active run's data set; null leaves the points out of a
/// plane and is an input error where images are needed.
Result<Figure> makeFigure(const FigureRequest& request, const Dataset* data, JobControl& control);

/// What of a request its runs are, and the options of some kinds: movies are made of these as well. The step
/// is one of the active run, which comes first; without rows the others show their newest weights.
Result<std::vector<FigureSource>> openSources(const FigureRequest& request);
/// Layers, axes and tiles of plane `i`, without its marks. `data` as for makeFigure.
PlaneOptions planeView(const FigureRequest& request, size_t i, const Dataset* data);
TraverseOptions traverseOptions(const FigureRequest& request);
InterpolateOptions pathOptions(const FigureRequest& request);
NoiseOptions noiseOptions(const FigureRequest& request);

} // namespace latent::ui
