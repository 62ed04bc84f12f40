#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"

#include <algorithm>

namespace latent::cli {
namespace {

struct Options {
  std::vector<std::string> folders;
  std::string series = "loss", part;
  std::string splits = "train,test";
  CurvesOptions view;
  FigureOptions figure;
};

/// The names of all curves that the runs have; the usual ones also of runs that have none yet.
Result<std::vector<std::string>> seriesOf(const std::vector<RunFolder>& runs) {
  std::vector<std::string> names{"loss", "recon", "kl", "elbo"};
  for (const RunFolder& run : runs) {
    const auto table = run.metrics();
    if (!table) return table.error();
    for (const Metric& row : table->rows)
      if (std::find(names.begin(), names.end(), row.series) == names.end()) names.push_back(row.series);
  }
  return names;
}

/// One panel for each value needs a key that a run has a value of.
Status checkFacet(const std::string& key, const std::vector<RunFolder>& runs) {
  if (key.empty() || key == "family" || key == "dataset") return done();
  const auto has = [&](const RunFolder& run) { return run.record().spec.parameters.has(key); };
  if (std::ranges::any_of(runs, has)) return done();
  return usageError("--facet: no run has a parameter " + key +
                    "; use family, dataset or a parameter such as latent.");
}

Status run(const Options& options) {
  CurvesOptions view = options.view;
  auto splits = parseWords("--splits", options.splits, {"batch", "train", "test"});
  if (!splits) return splits.error();
  const bool page = !options.part.empty();
  view.series = page ? std::vector<std::string>() : splitWords(options.series);
  if (page) {
    const auto has = [&](const char* split) { return std::ranges::find(*splits, split) != splits->end(); };
    view.look.part = options.part;
    view.look.train = has("train");
    view.look.test = has("test");
  } else {
    view.splits = std::move(*splits);
  }
  view.widthMm = options.figure.widthMm.value_or(view.series.size() > 1 ? 174 : view.widthMm);
  const size_t rows = page ? 1 : (view.series.size() + 1) / 2; // two panels side by side
  view.heightMm *= static_cast<double>(rows);
  if (Status status = options.figure.check(false); !status) return status;
  std::vector<RunFolder> runs;
  for (const std::string& folder : options.folders) {
    auto run = RunFolder::open(folder);
    if (!run) return run.error();
    runs.push_back(std::move(*run));
  }
  if (Status status = checkFacet(view.look.facet, runs); !status) return status;
  auto known = seriesOf(runs);
  if (!known) return known.error();
  if (const auto series = parseWords("--series", options.series, *known); !series) return series.error();
  if (page) {
    known->emplace_back("total");
    if (const auto part = parseWords("--part", options.part, *known); !part) return part.error();
  }
  const auto figure = curvesFigure(runs, view);
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addCurves(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("curves", "The curves of training, over epochs");
  command->add_option("run", options->folders, "Run folders")->required()->check(named())->expected(1, 64);
  auto* series = command
                     ->add_option("--series", options->series,
                                  "Of loss,recon,kl,elbo and the families' own terms; one panel each")
                     ->capture_default_str();
  auto* part =
      command
          ->add_option("--part", options->part,
                       "total or one series, as the page Train has it: train curves by single batches, "
                       "and first values that would flatten the rest above the axes")
          ->excludes(series);
  command->add_flag("--bound", options->view.look.bound, "Of --part the log-likelihood bound, not the loss")
      ->needs(part);
  command->add_option("--splits", options->splits, "Of batch,train,test")->capture_default_str();
  command->add_flag("--log-x", options->view.look.logX, "Logarithmic epochs");
  command->add_flag("--log-y", options->view.look.logY, "Logarithmic values");
  command->add_option("--smoothing", options->view.look.smoothing,
                      "Weight of what came before, 0 to below 1; of train and batch curves");
  command->add_option("--facet", options->view.look.facet,
                      "One panel for each value of family, dataset or a parameter such as latent or beta");
  command->add_flag("--shared-values", options->view.look.sharedY, "All facets have one range of values");
  options->figure.addTo(*command, "FILE.png, .pdf, .svg or .csv");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
