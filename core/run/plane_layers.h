// The layers of a plane's figure besides its tiles. Private to core/run.
#pragma once

#include "core/run/plane_data.h"

namespace latent::detail {

/// The test points in the colours of their classes or of a column, without those that a filter leaves out.
/// Usage error: a column that the data set does not have.
Status addPoints(const PlaneData& plane, const PlaneOptions& options, const Dataset& data, PlanePanel& panel);

/// Density of the codes that a filter keeps, and magnification of the decoder.
Status addFields(const Viewer& viewer, const PlaneData& plane, const PlaneOptions& options,
                 const Dataset* data, PlanePanel& panel, JobControl& control);

/// Posteriors of the selected images, at most 300 of them, evenly chosen.
void addPosteriors(const PlaneData& plane, const PlaneLook& look, PlanePanel& panel);

/// The point, and the input's code with its posterior.
Status addMarks(const Viewer& viewer, const PlaneData& plane, const PlaneOptions& options,
                const Dataset* data, PlanePanel& panel, JobControl& control);

} // namespace latent::detail
