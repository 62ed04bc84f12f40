// A figure made once more from its provenance (figure_parts.h, core/figure/provenance_reader.h).
#pragma once

#include "core/base/focus.h"
#include "core/base/job.h"
#include "core/base/json.h"
#include "core/data/dataset.h"
#include "core/figure/figure.h"
#include "core/run/figures.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace latent {

/// A run as a figure names it.
struct RecipeRun {
  std::string id;               ///< of its record
  std::filesystem::path folder; ///< where it was
  std::string name;
  int64_t step = 0;
  std::string dataset;
  std::map<std::string, std::string> checksums; ///< of the data set
};

/// What a figure shows, checked so far as it can be without its runs.
struct FigureRecipe {
  std::string file;    ///< for errors
  std::string program; ///< that drew it
  std::string kind;    ///< "plane", "reconstruct", "curves", "sample", "traverse", "interpolate", "noise",
                       ///< "codes", "decode"
  std::vector<RecipeRun> runs;
  Json view = Json::object();
  Json page = Json::object();
  Json focus;      ///< as written; null where the figure was not made in the window
  int threads = 0; ///< that it was computed with; 0 = not known
};
/// `provenance` from readProvenance(file). Input error names the key that is missing or wrong.
Result<FigureRecipe> figureRecipe(const Json& provenance, const std::filesystem::path& file);

struct RecipeSources {
  std::vector<FigureSource> sources; ///< in the recipe's order, without the missing ones
  /// Which runs or snapshots are not there, each as a part of a sentence: "the run VAE z2 (/runs/vae-z2: the
  /// folder is not there)".
  std::vector<std::string> missing;
};
/// A run is known by its record's id. Looked at are the folders in `moved`, then where it was, beside the
/// figure and above it, among the standard runs and the models that come with the program. A step that is no
/// kept snapshot counts as there where the newest weights are of it; curves need no snapshot.
RecipeSources findRecipeRuns(const FigureRecipe& recipe, const std::vector<std::filesystem::path>& moved);
/// "To make FIGURE again, ... is missing": the input error of what findRecipeRuns() did not find.
Error missingError(const FigureRecipe& recipe, const RecipeSources& found);

using RecipeData = std::function<Result<std::shared_ptr<const Dataset>>(const FigureSource&)>;
/// The same panels, numbers and provenance, as far as runs and data are still the same. `data` opens the data
/// set of a run and is called only where it is needed. `widthMm` in place of the page's.
Result<Figure> figureAgain(const FigureRecipe& recipe, const std::vector<FigureSource>& sources,
                           std::optional<double> widthMm, const RecipeData& data, JobControl& control);

} // namespace latent
