#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/models/families.h"
#include "core/run/preset.h"

namespace latent::cli {
namespace {

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

Status run(bool json) {
  for (const FamilyInfo& family : families()) {
    if (json)
      printJson(describe(family));
    else
      print(family);
  }
  if (json) return done();
  std::string presets;
  for (const std::string& id : listPresets(presetsFolder())) presets += " " + id;
  if (!presets.empty()) printLine("presets:" + presets);
  return done();
}

} // namespace

void addModels(CLI::App& program, Action& action) {
  auto json = std::make_shared<bool>(false);
  auto* command = program.add_subcommand("models", "List the model families with every parameter");
  command->add_flag("--json", *json, "One JSON object a line");
  command->callback([&action, json] { action = [json] { return run(*json); }; });
}

} // namespace latent::cli
