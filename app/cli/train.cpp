#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/model_parameters.h"
#include "app/cli/options.h"
#include "app/cli/train_report.h"
#include "app/cli/usage.h"
#include "core/base/absolute_path.h"
#include "core/data/dataset_path.h"
#include "core/models/families.h"
#include "core/run/fork.h"
#include "core/run/preset.h"
#include "core/run/training_run.h"

#include <chrono>
#include <filesystem>
#include <thread>

namespace latent::cli {
namespace {

/// Texts as given, so that only what was said overrides a preset or a run that goes on.
struct Options {
  std::optional<std::string> model, dataset, epochs, seed, device, threads, dataDir;
  ModelParameters parameters;
  std::string preset, from;
  std::string out;
  bool resume = false;
  bool json = false;
};

/// The run's own options; `config` keeps what was not said.
Status parseRunOptions(const Options& options, RunConfig& config) {
  Parameters given;
  for (const auto& [key, text] :
       {std::pair("epochs", &options.epochs), std::pair("seed", &options.seed),
        std::pair("device", &options.device), std::pair("threads", &options.threads)}) {
    if (!*text) continue;
    auto value = parseValue(runSchema(), key, **text);
    if (!value) return value.error();
    given.set(key, std::move(*value));
  }
  if (given.has("epochs")) config.epochs = given.integer("epochs");
  if (given.has("seed")) config.seed = static_cast<uint64_t>(given.integer("seed"));
  if (given.has("device")) config.device = given.choice("device");
  if (given.has("threads")) config.threads = static_cast<int>(given.integer("threads"));
  return done();
}

/// The choices of the run in RUN@STEP, to be changed.
Result<RunConfig> parentConfig(const std::string& from, const std::optional<std::string>& model) {
  const size_t at = from.rfind('@');
  const auto step = at == std::string::npos ? Result<std::vector<int64_t>>(usageError(""))
                                            : parseIntegers("--from", from.substr(at + 1));
  if (at == 0 || !step || step->size() != 1)
    return usageError("--from: '" + from +
                      "' is no kept snapshot of a run; write RUN@STEP, such as runs/vae@600.");
  const auto run = RunFolder::open(from.substr(0, at));
  if (!run) return run.error();
  RunConfig config = forkConfig(*run, step->front());
  const FamilyInfo* family = model ? findFamily(*model) : nullptr;
  if (!family || *model == config.family) return config;
  // What the other family has no word for stays behind.
  Parameters kept;
  for (const auto& [key, value] : config.parameters.all())
    if (findParameter(family->schema, key)) kept.set(key, value);
  config.parameters = std::move(kept);
  return config;
}

Result<RunConfig> makeConfig(const Options& options) {
  RunConfig config;
  if (!options.from.empty()) {
    auto parent = parentConfig(options.from, options.model);
    if (!parent) return parent;
    config = *std::move(parent);
  }
  if (!options.preset.empty()) {
    auto preset = readPreset(presetsFolder(), options.preset);
    if (!preset) return preset.error();
    if (!preset->family.empty()) config.family = preset->family;
    if (!preset->dataset.empty()) config.dataset = preset->dataset;
    config.epochs = preset->epochs.value_or(config.epochs);
    config.parameters = std::move(preset->parameters);
  }
  config.family = options.model.value_or(config.family);
  config.dataset = options.dataset.value_or(config.dataset);
  // Absolute: the record must not depend on where it was made.
  if (options.dataDir) config.dataDir = absolutePath(*options.dataDir).string();
  if (const Status status = parseRunOptions(options, config); !status) return status.error();
  const FamilyInfo* family = findFamily(config.family);
  if (!family) return makeModelSpec(config.family, {}, {}).error();
  const auto parameters = options.parameters.parse(*family);
  if (!parameters) return parameters.error();
  for (const auto& [key, value] : parameters->all()) config.parameters.set(key, value);
  // Everything that can be wrong is told before a large data set is read.
  if (const auto complete = completeParameters(family->schema, config.parameters); !complete)
    return complete.error();
  return config;
}

Result<std::unique_ptr<TrainingRun>> begin(const Options& options) {
  const auto config = makeConfig(options);
  if (!config) return config.error();
  const bool ofParent = config->parent && !options.dataDir && !config->dataDir.empty();
  const auto data = openData(config->dataset, ofParent ? std::optional(config->dataDir) : options.dataDir);
  if (!data) return data.error();
  return TrainingRun::create(options.out, *config, *data);
}

/// A record holds a path as an absolute one.
std::string datasetId(const std::string& said) {
  if (!isDatasetPath(said)) return said;
  const auto path = parseDatasetPath(said);
  return path ? path->id() : said;
}

/// What was said besides epochs, device and live parameters must be what the run has.
Status checkSame(const RunConfig& recorded, const Options& options, const RunConfig& said) {
  const auto differs = [](const char* key, const std::string& old, const std::string& now) {
    return usageError(std::string(key) + " is " + old + " in this run and cannot become " + now +
                      "; begin a new run for it.");
  };
  if (options.model && *options.model != recorded.family)
    return differs("model", recorded.family, *options.model);
  if (options.dataset && datasetId(*options.dataset) != recorded.dataset)
    return differs("dataset", recorded.dataset, *options.dataset);
  if (options.seed && said.seed != recorded.seed)
    return differs("seed", std::to_string(recorded.seed), std::to_string(said.seed));
  if (options.threads && said.threads != 0 && said.threads != recorded.threads)
    return differs("threads", std::to_string(recorded.threads), std::to_string(said.threads));
  return done();
}

Result<std::unique_ptr<TrainingRun>> goOn(const Options& options) {
  if (!options.from.empty())
    return usageError("--from is for a new run; this one goes on from its own state.");
  if (!options.preset.empty())
    return usageError("--preset is for a new run; this one has its parameters already.");
  const auto folder = RunFolder::open(options.out);
  if (!folder) return folder.error();
  const RunConfig& recorded = folder->record().config;
  RunConfig said = recorded;
  if (const Status status = parseRunOptions(options, said); !status) return status.error();
  if (const Status status = checkSame(recorded, options, said); !status) return status.error();
  const auto parameters = options.parameters.parse(*findFamily(recorded.family));
  if (!parameters) return parameters.error();
  const auto data = openDataOf(*folder, options.dataDir);
  if (!data) return data.error();
  return TrainingRun::resume(options.out, *data, said.epochs, *parameters, said.device);
}

Status follow(TrainingRun& run, bool json) {
  Trainer& trainer = run.trainer();
  TrainReport report(json, run.record().config.epochs);
  trainer.start();
  TrainerProgress progress;
  for (bool told = false;;) {
    progress = trainer.progress(); // before the drains, so that nothing of a finished run stays behind
    trainer.metrics().drain();
    for (const EpochSummary& summary : trainer.epochs().drain()) report.epoch(summary);
    if (progress.state != TrainerState::ready && progress.state != TrainerState::running) break;
    if ((interruption().cancelled() || !outputStatus()) && !std::exchange(told, true)) trainer.stop();
    report.progress(progress);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  if (progress.state == TrainerState::failed) return workError(progress.message);
  report.done(run.record(), run.path().string());
  if (progress.state == TrainerState::finished) return done();
  if (Status status = outputStatus(); !status) return status;
  return Error{Fault::interrupted, "Interrupted at step " + std::to_string(progress.step) +
                                       "; everything is saved, and latent train --resume --out " +
                                       run.path().string() + " goes on."};
}

Status run(const Options& options) {
  auto training = options.resume ? goOn(options) : begin(options);
  if (!training) return training.error();
  return follow(**training, options.json);
}

} // namespace

void addTrain(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("train", "Train a model into a run folder, or go on with one");
  command->add_option("--model", options->model, "Family: see latent models (vae without it)");
  command->add_option("--dataset", options->dataset, "Data set: see latent datasets (mnist without it)");
  auto* preset = command->add_option("--preset", options->preset, "Named choices: see latent models");
  command
      ->add_option("--from", options->from,
                   "RUN@STEP: fork that run at a kept snapshot, with its choices where no other is given")
      ->excludes(preset);
  options->parameters.addTo(*command);
  command->add_option("--epochs", options->epochs,
                      "Passes over the training images; the total with --resume and --from");
  command->add_option("--seed", options->seed, "Seed of every random number");
  command->add_option("--device", options->device, "auto, cpu or cuda");
  command->add_option("--threads", options->threads, "BLAS threads; the cores less one without it");
  command->add_option("--data-dir", options->dataDir, "Folder of the data sets; excludes all other places")
      ->check(named());
  command->add_option("--out", options->out, "Run folder")->required()->check(named());
  command->add_flag("--resume", options->resume, "Go on with the run in --out");
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
