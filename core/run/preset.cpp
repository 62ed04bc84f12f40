#include "core/run/preset.h"

#include "core/io/files.h"
#include "core/models/families.h"
#include "core/run/training_run.h"

#include <algorithm>

namespace latent {
namespace {

namespace fs = std::filesystem;

/// What a preset says itself, without its parent.
Result<Json> readOne(const fs::path& file) {
  const auto text = readText(file, int64_t{64} << 10);
  if (!text) return text.error();
  Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object()) return inputError(file.string() + " is damaged: it is not a JSON object.");
  for (const auto& [key, value] : json.items()) {
    const bool isText =
        key == "id" || key == "name" || key == "parent" || key == "family" || key == "dataset";
    if (isText            ? !value.is_string()
        : key == "epochs" ? !value.is_number_unsigned()
                          : key != "parameters" || !value.is_object())
      return inputError(file.string() + " is damaged: \"" + key + "\" is unknown or of the wrong type.");
  }
  return json;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

} // namespace

Result<Preset> readPreset(const fs::path& folder, const std::string& id) {
  const auto known = listPresets(folder);
  if (std::find(known.begin(), known.end(), id) == known.end())
    return usageError("There is no preset '" + id + "'; known are " + joined(known) + ".");
  Json merged = Json::object();
  std::vector<std::string> line;
  for (std::string next = id; !next.empty();) {
    const fs::path file = folder / (next + ".json");
    if (std::find(line.begin(), line.end(), next) != line.end())
      return inputError(file.string() + " is its own ancestor.");
    line.push_back(next);
    const auto one = readOne(file);
    if (!one) return one.error();
    Json parent = *one;
    parent.merge_patch(merged); // what the child says wins
    merged = std::move(parent);
    next = one->value("parent", "");
  }

  Preset preset;
  preset.id = id;
  preset.name = merged.value("name", id);
  preset.family = merged.value("family", "");
  preset.dataset = merged.value("dataset", "");
  if (merged.contains("epochs")) preset.epochs = merged["epochs"].get<int64_t>();
  if (!merged.contains("parameters")) return preset;
  const FamilyInfo* family = findFamily(preset.family.empty() ? RunConfig().family : preset.family);
  if (!family) return inputError("The preset " + id + " names the unknown family '" + preset.family + "'.");
  auto parameters = parametersFromJson(family->schema, merged["parameters"]);
  if (!parameters) return inputError("The preset " + id + " is damaged: " + parameters.error().message);
  preset.parameters = std::move(*parameters);
  return preset;
}

std::vector<std::string> listPresets(const fs::path& folder) {
  std::vector<std::string> ids;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == ".json") ids.push_back(at->path().stem().string());
  std::sort(ids.begin(), ids.end());
  return ids;
}

fs::path presetsFolder() {
  return resourcesFolder() / "models" / "presets";
}

} // namespace latent
