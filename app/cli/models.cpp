#include "app/cli/commands.h"
#include "app/cli/model_parameters.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/usage.h"
#include "core/models/families.h"
#include "core/models/summary.h"
#include "core/run/preset.h"

#include <algorithm>

namespace latent::cli {
namespace {

struct Options {
  std::optional<std::string> model, dataset, shape, dataDir;
  ModelParameters parameters;
  bool summary = false;
  bool json = false;
};

Json describe(const FamilyInfo& family) {
  return {{"id", family.id},           {"name", family.name},
          {"summary", family.summary}, {"objective", family.objective},
          {"prior", family.hasPrior},  {"parameters", schemaToJson(family.schema)}};
}

/// "1 to 512", "relu, tanh".
std::string rangeOf(const Json& parameter) {
  if (parameter.contains("choices")) {
    std::string text;
    for (const auto& choice : parameter["choices"])
      text += (text.empty() ? "" : ", ") + choice.get<std::string>();
    return text;
  }
  if (parameter["min"].is_null()) return "true, false";
  return parameter["min"].dump() + " to " + parameter["max"].dump();
}

void print(const FamilyInfo& family) {
  printLine(family.id + ": " + family.name + ", minimises " + family.objective);
  printLine("  " + family.summary);
  const Json schema = schemaToJson(family.schema);
  for (size_t i = 0; i < schema.size(); ++i)
    printLine("  --set " + family.schema[i].key + "=" + formatParameter(family.schema[i].standard) + "   (" +
              rangeOf(schema[i]) + (family.schema[i].live ? "; may change while training" : "") +
              ")\n      " + family.schema[i].help);
}

void show(const FamilyInfo& family, bool json) {
  if (json)
    printJson(describe(family));
  else
    print(family);
}

Status list(const Options& options) {
  if (options.model) {
    const FamilyInfo* family = findFamily(*options.model);
    if (!family) return makeModelSpec(*options.model, {}, {}).error();
    show(*family, options.json);
    return done();
  }
  for (const FamilyInfo& family : families()) show(family, options.json);
  if (options.json) return done();
  std::string presets;
  for (const std::string& id : listPresets(presetsFolder())) presets += " " + id;
  if (!presets.empty()) printLine("presets:" + presets);
  return done();
}

/// "1,28,28", else the shape of the data set, which a known one has without its files.
Result<ImageShape> shapeOf(const Options& options) {
  if (options.shape) {
    const auto sizes = parseIntegers("--shape", *options.shape);
    if (!sizes) return sizes.error();
    const bool usable = sizes->size() == 3 && std::all_of(sizes->begin(), sizes->end(), [](int64_t size) {
                          return size >= 1 && size <= 4096;
                        });
    if (!usable)
      return usageError("--shape: '" + *options.shape +
                        "' is not channels,height,width, each from 1 to 4096.");
    return ImageShape{static_cast<int>(sizes->at(0)), static_cast<int>(sizes->at(1)),
                      static_cast<int>(sizes->at(2))};
  }
  const std::string id = options.dataset.value_or("mnist");
  DataSearch search;
  if (options.dataDir) search.dataDir = *options.dataDir;
  for (const DatasetInfo& info : listDatasets(search, /*verify=*/false)) {
    if (info.id == id) return info.shape;
  }
  const auto data = openData(id, options.dataDir);
  if (!data) return data.error();
  return (*data)->shape;
}

Json describe(const ModelSpec& spec, const ModelSummary& summary) {
  Json layers = Json::array();
  for (const SummaryRow& row : summary.rows)
    layers.push_back(
        {{"name", row.name}, {"kind", row.kind}, {"shape", row.shape}, {"weights", row.weights}});
  return {{"model", spec.family},
          {"shape", {spec.shape.channels, spec.shape.height, spec.shape.width}},
          {"parameters", parametersToJson(spec.parameters)},
          {"weights", summary.weights},
          {"layers", std::move(layers)}};
}

/// The words of all rows below each other; numbers end at the same place.
void print(const ModelSpec& spec, const ModelSummary& summary) {
  printLine(spec.family + " for images of " +
            sizesText({spec.shape.channels, spec.shape.height, spec.shape.width}) + ": " +
            std::to_string(summary.weights) + " weights");
  size_t name = 0, kind = 0, shape = 0, weights = 0;
  for (const SummaryRow& row : summary.rows) {
    name = std::max(name, row.name.size());
    kind = std::max(kind, row.kind.size());
    shape = std::max(shape, sizesText(row.shape).size());
    weights = std::max(weights, std::to_string(row.weights).size());
  }
  const auto left = [](std::string text, size_t width) { return text.append(width - text.size(), ' '); };
  for (const SummaryRow& row : summary.rows) {
    const std::string count = std::to_string(row.weights);
    printLine("  " + left(row.name, name) + "  " + left(row.kind, kind) + "  " +
              left(sizesText(row.shape), shape) + "  " + std::string(weights - count.size(), ' ') + count);
  }
}

Status summarise(const Options& options) {
  const std::string id = options.model.value_or("vae");
  const FamilyInfo* family = findFamily(id);
  if (!family) return makeModelSpec(id, {}, {}).error();
  const auto parameters = options.parameters.parse(*family);
  if (!parameters) return parameters.error();
  const auto shape = shapeOf(options);
  if (!shape) return shape.error();
  const auto spec = makeModelSpec(id, *shape, *parameters);
  if (!spec) return spec.error();
  const ModelSummary summary = modelSummary(*spec);
  if (options.json)
    printJson(describe(*spec, summary));
  else
    print(*spec, summary);
  return done();
}

} // namespace

void addModels(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("models", "List the model families with every parameter");
  command->add_option("--model", options->model, "This family alone");
  auto* summary = command->add_flag("--summary", options->summary,
                                    "The layers and weights of one model (vae without --model)");
  auto* dataset =
      command->add_option("--dataset", options->dataset, "Whose images it is for (mnist without it)");
  command->add_option("--shape", options->shape, "Or their channels,height,width: 1,28,28")
      ->excludes(dataset)
      ->needs(summary);
  command->add_option("--data-dir", options->dataDir, "Folder of the data sets; excludes all other places")
      ->check(named())
      ->needs(summary);
  dataset->needs(summary);
  options->parameters.addTo(*command);
  for (const char* name : {"--latent", "--set"}) command->get_option(name)->needs(summary);
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([&action, options] {
    action = [options] { return options->summary ? summarise(*options) : list(*options); };
  });
}

} // namespace latent::cli
