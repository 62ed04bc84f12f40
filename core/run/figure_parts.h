// What the figures of runs have in common.
#pragma once

#include "core/base/json.h"
#include "core/run/figures.h"

#include <string>
#include <vector>

namespace latent {

/// Everything needed to make the figure again: {"program", "kind", "runs": [..], "view": {..}}.
Json figureProvenance(const std::string& kind, const std::vector<FigureSource>& sources, Json view);

/// The step of the weights that a source shows, from the run's files.
int64_t stepShown(const FigureSource& source);

/// What a row of this run is measured by: "recon" for families without a prior, "ELBO" for the others. The
/// two are never ranked together.
std::string measureName(const RunRecord& record);

/// The runs' names, of several without the data set that all name; those that are equal get what tells them
/// apart: latent size, seed, step, folder.
std::vector<std::string> distinctNames(const std::vector<FigureSource>& sources);

} // namespace latent
