#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/measures.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/usage.h"
#include "core/models/evaluation.h"

#include <algorithm>
#include <limits>

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::string metrics;
  std::string split = "test";
  uint64_t seed = 1;
  bool json = false;
};

Status run(const Options& options) {
  const auto sources = options.runs.open();
  if (!sources) return sources.error();
  const RunFolder& folder = sources->front().run;
  const auto weights = folder.weights(options.runs.step);
  if (!weights) return weights.error();
  const auto data = openDataOf(folder, options.runs.dataDir);
  if (!data) return data.error();
  const Split& split = options.split == "train" ? *(*data)->train : *(*data)->test;
  const auto values =
      evaluateSplit(folder.record().spec, **weights, split, options.seed, "cpu", &interruption());
  if (!values) return values.error();
  const auto measures = inReportOrder(*values);
  std::string all;
  for (const auto& [key, value] : measures) all += (all.empty() ? "" : ", ") + key;
  const std::vector<std::string> wanted = splitWords(options.metrics);
  const auto unknown =
      std::ranges::find_if(wanted, [&](const auto& word) { return !values->contains(word); });
  if (unknown != wanted.end())
    return usageError("--metrics: a run of the family " + folder.record().spec.family + " has no " +
                      *unknown + "; it has " + all + ".");

  Json json{{"event", "evaluate"}, {"split", options.split}, {"images", split.size()},
            {"samples", 1},        {"seed", options.seed},   {"step", (*weights)->step}};
  std::string line = "step " + std::to_string((*weights)->step) + ", " + options.split + " (" +
                     std::to_string(split.size()) + " images):";
  for (const auto& [key, value] : measures) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), key) == wanted.end()) continue;
    json[key] = value;
    line += "  " + key + " " + formatFixed(value, 3);
  }
  if (options.json)
    printJson(json);
  else
    printLine(line);
  return done();
}

} // namespace

void addEvaluate(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command =
      program.add_subcommand("evaluate", "Reconstruction, KL and ELBO of a run over a whole split");
  options->runs.addTo(*command, false);
  command->add_option("--metrics", options->metrics,
                      "Which of loss,recon,kl,elbo and the family's own terms; all without it");
  command->add_option("--split", options->split, "test or train")->check(oneOf({"test", "train"}));
  command->add_option("--seed", options->seed, "Seed of the posterior samples, 0 or more")
      ->check(wholeNumber(0, std::numeric_limits<int64_t>::max()));
  command->add_flag("--json", options->json, "One JSON object");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
