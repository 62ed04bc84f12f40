#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/model_parameters.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/usage.h"
#include "core/base/absolute_path.h"
#include "core/models/families.h"
#include "core/run/import_export.h"
#include "core/run/import_torchscript.h"

namespace latent::cli {
namespace {

struct Options {
  std::string file;
  std::string model;
  ModelParameters parameters;
  std::string dataset = "mnist";
  std::optional<std::string> dataDir;
  std::string out;

  std::string torchscript;
  std::string range, mean, deviation, size;
  bool bgr = false;
  bool logits = false;
};

/// What both kinds of import record of the run.
RunConfig configOf(const Options& options) {
  RunConfig config;
  config.dataset = options.dataset;
  if (options.dataDir) config.dataDir = absolutePath(*options.dataDir).string();
  return config;
}

Status importStateDictionary(const Options& options) {
  RunConfig config = configOf(options);
  config.family = options.model;
  const FamilyInfo* family = findFamily(config.family);
  if (!family) return makeModelSpec(config.family, {}, {}).error();
  auto parameters = options.parameters.parse(*family);
  if (!parameters) return parameters.error();
  config.parameters = std::move(*parameters);
  const auto data = openData(config.dataset, options.dataDir);
  if (!data) return data.error();
  const auto report = importWeights(options.file, config, **data, options.out);
  if (!report) return report.error();
  for (const std::string& note : report->notes) printLine(note);
  printLine("Imported " + std::to_string(report->tensors) + " tensors of " + std::to_string(report->values) +
            " values into " + report->folder.string() + ".");
  return done();
}

Result<ModuleOptions> moduleOptions(const Options& options) {
  ModuleOptions module;
  module.bgr = options.bgr;
  module.logits = options.logits;
  if (!options.range.empty()) {
    const auto range = parseNumbers("--input-range", options.range);
    if (!range) return range.error();
    if (range->size() != 2 || !((*range)[0] < (*range)[1]))
      return usageError("--input-range: '" + options.range + "' is not black,white, such as -1,1.");
    module.range = {(*range)[0], (*range)[1]};
  }
  for (const auto& [name, text, into] : {std::tuple("--mean", &options.mean, &module.mean),
                                         std::tuple("--std", &options.deviation, &module.deviation)}) {
    if (text->empty()) continue;
    auto values = parseNumbers(name, *text);
    if (!values) return values.error();
    *into = std::move(*values);
  }
  return module;
}

/// The module must read what the data set holds; told before the data set is shown to it.
Status checkSize(const Options& options, const Dataset& data) {
  if (options.size.empty()) return done();
  const auto size = parseIntegers("--size", options.size);
  if (!size) return size.error();
  if (*size == std::vector<int64_t>{data.shape.channels, data.shape.height, data.shape.width}) return done();
  return usageError("--size: the images of " + data.id + " are " + std::to_string(data.shape.channels) + "," +
                    std::to_string(data.shape.height) + "," + std::to_string(data.shape.width) + ", not " +
                    options.size + "; choose another data set with --dataset.");
}

/// One line a way of showing images that was tried, the chosen one first.
void printTrials(const ModuleReport& report) {
  printLine("range         decode gives  error");
  for (const ModuleTrial& trial : report.trials) {
    std::string range = "[" + formatFixed(trial.low, 0) + ", " + formatFixed(trial.high, 0) + "]";
    range.resize(14, ' ');
    printLine(range + (trial.logits ? "logits        " : "means         ") +
              (trial.error < 1e6 ? formatFixed(trial.error, 5) : "no numbers"));
  }
  printLine("one grey                    " + formatFixed(report.greyError, 5));
}

Status importModule(const Options& options) {
  const auto module = moduleOptions(options);
  if (!module) return module.error();
  const auto data = openData(options.dataset, options.dataDir);
  if (!data) return data.error();
  if (Status status = checkSize(options, **data); !status) return status;
  const auto report = importTorchScript(options.torchscript, *module, configOf(options), **data, options.out);
  if (!report) return report.error();
  printTrials(*report);
  const auto sheet = writeContactSheet(report->folder, **data, interruption());
  if (!sheet) return sheet.error();
  if (report->trials.front().error >= report->greyError)
    printLine("The reconstructions are no better than one grey: look at the sheet, and say how the module "
              "wants its "
              "images with --input-range, --mean, --std, --bgr or --logits.");
  printLine("Images above their reconstructions: " + sheet->string());
  printLine("Imported a module of " + std::to_string(report->latent) + " latents, " +
            (report->posterior ? "with a posterior and the prior N(0, 1)," : "without a posterior,") +
            " into " + report->folder.string() + ".");
  return done();
}

Status run(const Options& options) {
  const bool module = !options.torchscript.empty();
  if (module == !options.file.empty())
    return usageError("Give either a FILE of weights or --torchscript FILE.");
  if (module && (!options.model.empty() || options.parameters.latent || !options.parameters.set.empty()))
    return usageError("--model, --latent and --set are for weights; a TorchScript module brings its own.");
  if (module) return importModule(options);
  if (!options.range.empty() || !options.mean.empty() || !options.deviation.empty() ||
      !options.size.empty() || options.bgr || options.logits)
    return usageError("--input-range, --mean, --std, --size, --bgr and --logits belong to --torchscript.");
  if (options.model.empty())
    return usageError("--model: name the family that the weights belong to; see latent models.");
  return importStateDictionary(options);
}

} // namespace

void addImport(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "import",
      "A run to look at from weights of PyTorch (safetensors, or torch.save(model.state_dict())), or from a "
      "TorchScript module with encode(x[B,C,H,W]) -> mu or (mu, logvar) and decode(z[B,D]) -> x. A "
      "TorchScript archive "
      "holds code, limited to PyTorch's operators, which this runs: open only files that you trust. Weights "
      "hold none.");
  command->add_option("file", options->file, "FILE.safetensors or FILE.pt");
  command->add_option("--model", options->model, "Family: see latent models");
  options->parameters.addTo(*command);
  command->add_option("--dataset", options->dataset,
                      "Data set that the images are taken from: see latent datasets (mnist without it)");
  command->add_option("--data-dir", options->dataDir, "Folder of the data sets; excludes all other places")
      ->check(named());
  command->add_option("--torchscript", options->torchscript, "A TorchScript archive in place of weights");
  command->add_option("--input-range", options->range,
                      "What the module takes for black and white: 0,1 or -1,1 or 0,255; tried without it");
  command->add_option("--mean", options->mean, "Taken off each channel after that, \"0.485,0.456,0.406\"");
  command->add_option("--std", options->deviation, "Divides each channel after that");
  command->add_option("--size", options->size, "C,H,W that the module reads; checked against the data set");
  command->add_flag("--bgr", options->bgr, "The module's channels are blue, green, red");
  command->add_flag("--logits", options->logits, "decode gives logits, not pixels");
  command->add_option("--out", options->out, "Run folder to make")->required()->check(named());
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
