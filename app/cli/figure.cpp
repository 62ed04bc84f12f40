#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"
#include "core/figure/figure_page.h"
#include "core/figure/provenance_reader.h"
#include "core/models/compute.h"
#include "core/run/figure_again.h"

#include <algorithm>

namespace latent::cli {
namespace {

struct Options {
  std::string from;
  std::vector<std::string> moved;
  std::optional<std::string> dataDir;
  FigureOptions figure;
};

Status check(const Options& options) {
  if (options.figure.ending() == ".npy")
    return usageError("--out: " + options.figure.out + " must end in .png, .pdf, .svg or .csv.");
  return options.figure.check();
}

/// A folder that is none of the figure's runs is a slip, told before any work.
Status checkMoved(const Options& options, const FigureRecipe& recipe) {
  for (const std::string& folder : options.moved) {
    const auto run = RunFolder::open(folder);
    if (!run) return run.error();
    if (std::ranges::find(recipe.runs, run->record().id, &RecipeRun::id) == recipe.runs.end())
      return usageError("--run: " + folder + " is none of the runs that " + recipe.file + " shows.");
  }
  return done();
}

Status run(const Options& options) {
  if (Status status = check(options); !status) return status;
  const auto provenance = readProvenance(options.from);
  if (!provenance) return provenance.error();
  const auto recipe = figureRecipe(*provenance, options.from);
  if (!recipe) return recipe.error();
  if (Status status = checkMoved(options, *recipe); !status) return status;
  const RecipeSources found = findRecipeRuns(*recipe, {options.moved.begin(), options.moved.end()});
  if (!found.missing.empty()) {
    Error error = missingError(*recipe, found);
    error.message.back() = ';';
    error.message += " give a run's new folder with --run.";
    return error;
  }
  // As it was computed, so that the numbers repeat.
  const int threads =
      recipe->threads > 0 ? recipe->threads : found.sources.front().run.record().config.threads;
  setComputeThreads(std::max(1, threads));
  const auto data = [&](const FigureSource& source) { return openDataOf(source.run, options.dataDir); };
  const auto figure = figureAgain(*recipe, found.sources, options.figure.widthMm, data, interruption());
  if (!figure) return figure.error();
  FigureOptions drawing = options.figure;
  if (!drawing.dpi) drawing.dpi = pageNumber(recipe->page, "dpi", 10, 4800, 300);
  return drawing.draw(*figure);
}

} // namespace

void addFigure(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "figure", "Draws a figure again from what its file says of itself, in any format and size");
  command
      ->add_option("--from", options->from,
                   "A .pdf, .svg, .png or movie that Latent Explorer wrote, or the .json beside one")
      ->required();
  command
      ->add_option("--run", options->moved, "Folder of a run that is no longer where it was; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--data-dir", options->dataDir, "Folder of the data sets; excludes all other places");
  options->figure.addTo(*command, "FILE.png, .pdf, .svg or .csv");
  command->get_option("--width")->description("Width in millimetres; the figure's own without it");
  command->get_option("--dpi")->description("Dots an inch of a png; the figure's own without it");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
