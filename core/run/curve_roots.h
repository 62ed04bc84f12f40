// Where the curves of a fork begin.
#pragma once

#include "core/base/metric.h"
#include "core/run/run_folder.h"

#include <vector>

namespace latent {

/// Puts before the rows of a fork, for each of their curves that begins later, the newest row that its parent
/// had when the fork left it. Nothing is added where the parent is gone or measured something else. The
/// parent is looked for where it was, then beside the fork, and known by its id.
void rootCurves(const RunFolder& run, std::vector<Metric>& rows);

} // namespace latent
