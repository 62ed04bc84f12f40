// What a figure says of itself, and where its runs are now.
#include "core/run/figure_again.h"
#include "core/run/figure_parts.h"
#include "core/run/recipe_value.h"
#include "core/run/snapshots.h"
#include "core/run/training_run.h"

#include <algorithm>
#include <limits>
#include <set>

namespace latent {
namespace {

namespace fs = std::filesystem;
using detail::BadRecipe;
using detail::RecipeValue;

constexpr size_t mostRuns = 256;
constexpr int64_t mostSteps = std::numeric_limits<int64_t>::max();

RecipeRun runOf(const RecipeValue& json) {
  RecipeRun run;
  run.id = json.at("id").text();
  run.name = json.at("name").text();
  run.folder = pathFromFile(json.has("path") ? json.at("path").text() : json.at("folder").text());
  run.step = json.at("step").whole(0, mostSteps);
  const RecipeValue dataset = json.at("dataset");
  run.dataset = dataset.at("id").text();
  run.checksums = dataset.at("checksums").textMap();
  return run;
}

/// Folders in which the run may lie, the likeliest first.
std::vector<fs::path> placesOf(const RecipeRun& run, const FigureRecipe& recipe) {
  const fs::path name = run.folder.filename();
  const fs::path beside = fs::absolute(recipe.file).lexically_normal().parent_path();
  std::vector<fs::path> places{run.folder, beside / name, beside, beside.parent_path()};
  places.push_back(standardRunsFolder() / name);
  if (const fs::path resources = resourcesFolder(); !resources.empty())
    places.push_back(resources / "models" / "pretrained" / name);
  return places;
}

std::optional<RunFolder> runAt(const fs::path& folder, const std::string& id) {
  auto run = RunFolder::open(folder);
  if (!run || run->record().id != id) return std::nullopt;
  return std::move(*run);
}

std::optional<RunFolder> findRun(const RecipeRun& wanted, const FigureRecipe& recipe,
                                 const std::vector<fs::path>& moved) {
  for (const fs::path& folder : moved)
    if (auto run = runAt(folder, wanted.id)) return run;
  for (const fs::path& folder : placesOf(wanted, recipe))
    if (auto run = runAt(folder, wanted.id)) return run;
  return std::nullopt;
}

std::string described(const RecipeRun& run, const std::string& what) {
  return "the run " + (run.name.empty() ? run.folder.filename().string() : run.name) + " (" +
         run.folder.string() + ": " + what + ")";
}

/// Why the run is not where it was.
std::string whyMissing(const RecipeRun& run) {
  std::error_code ignored;
  if (!fs::exists(run.folder, ignored)) return described(run, "the folder is not there");
  const auto there = RunFolder::open(run.folder);
  return described(run, there ? "another run lies there now" : "no readable run lies there");
}

std::string stepWords(const RecipeRun& run, const RunFolder& folder) {
  return "the snapshot of step " + std::to_string(run.step) + " of the run " + run.name + " (" +
         folder.path().string() + ")";
}

} // namespace

Result<FigureRecipe> figureRecipe(const Json& provenance, const fs::path& file) {
  try {
    const RecipeValue whole(provenance, "provenance");
    FigureRecipe recipe;
    recipe.file = file.string();
    recipe.kind = whole.at("kind").text();
    if (whole.has("program")) recipe.program = whole.at("program").text();
    const RecipeValue runs = whole.at("runs");
    const size_t count = runs.size(mostRuns);
    if (count == 0) throw BadRecipe("provenance.runs is empty");
    for (size_t i = 0; i < count; ++i) recipe.runs.push_back(runOf(runs.at(i)));
    (void)whole.at("view");
    recipe.view = provenance["view"];
    if (whole.has("page")) recipe.page = provenance["page"];
    if (whole.has("focus")) recipe.focus = provenance["focus"];
    if (whole.has("drawn")) recipe.threads = static_cast<int>(whole.at("drawn").at("threads").whole(0, 4096));
    return recipe;
  } catch (const BadRecipe& fault) {
    return inputError(file.string() + " does not say what it shows in a way that can be read: " +
                      fault.what() + "; export the figure again.");
  }
}

RecipeSources findRecipeRuns(const FigureRecipe& recipe, const std::vector<fs::path>& moved) {
  RecipeSources found;
  for (const RecipeRun& wanted : recipe.runs) {
    auto run = findRun(wanted, recipe, moved);
    if (!run) {
      found.missing.push_back(whyMissing(wanted));
      continue;
    }
    if (run->record().checksums != wanted.checksums) {
      found.missing.push_back(described(wanted, "it now names another data set than the figure does"));
      continue;
    }
    std::optional<int64_t> step = wanted.step;
    std::error_code ignored;
    if (recipe.kind != "curves" && !fs::exists(snapshotPath(run->path(), wanted.step), ignored)) {
      const auto newest = run->weights();
      if (!newest || (*newest)->step != wanted.step) {
        found.missing.push_back(stepWords(wanted, *run));
        continue;
      }
      step.reset();
    }
    found.sources.push_back({std::move(*run), step});
  }
  return found;
}

Error missingError(const FigureRecipe& recipe, const RecipeSources& found) {
  std::string all;
  std::set<std::string> told;
  for (const std::string& each : found.missing)
    if (told.insert(each).second) all += (all.empty() ? "" : ", ") + each;
  return inputError("What " + fs::path(recipe.file).filename().string() + " shows is not all here: missing " +
                    (told.size() > 1 ? "are " : "is ") + all + ".");
}

} // namespace latent
