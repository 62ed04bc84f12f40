// The table of runs and their measures.
#pragma once

#include "core/figure/table.h"
#include "core/run/run_folder.h"

#include <vector>

namespace latent {

struct RunsTableOptions {
  bool eachRun = false; ///< one row a run; otherwise runs that differ in the seed alone share a row
};

/// Model, latents, what else tells the runs apart, epochs, seeds, and the measures of the test set at the end
/// of metrics.csv: recon for all, KL and ELBO for families with a prior, which are never ranked with the
/// others. A row of several seeds has means and sample standard deviations. Notes say the data set, the units
/// and which runs are not finished.
Result<Table> runsTable(const std::vector<RunFolder>& runs, const RunsTableOptions& options = {});

} // namespace latent
