#include "core/run/report/caption_runs.h"

#include "core/models/families.h"
#include "core/run/report/run_settings.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

namespace latent::detail {
namespace {

/// A number that a person may have written, made fit for an integer.
int64_t whole(double value) {
  constexpr double most = 9e15;
  return std::isfinite(value) ? static_cast<int64_t>(std::clamp(value, -most, most)) : 0;
}

std::string familyName(const Json& run) {
  const std::string id = textOf(run, "family");
  const FamilyInfo* family = findFamily(id);
  return family ? family->shortName : id;
}

std::string latents(const Json& run) {
  const Json& parameters = partOf(run, "parameters");
  return parameters.contains("latent") ? "N_z = " + std::to_string(whole(numberOf(parameters, "latent")))
                                       : "";
}

std::string data(const Json& run) {
  return textOf(partOf(run, "dataset"), "name");
}

/// "3 epochs (step 1,800)"
std::string trained(const Json& run) {
  std::string step = "step " + grouped(whole(numberOf(run, "step")));
  const double epochs = std::round(numberOf(run, "epoch") * 100) / 100;
  if (!(epochs > 0)) return step;
  return shortNumber(epochs) + (epochs == 1 ? " epoch (" : " epochs (") + step + ")";
}

std::string seed(const Json& run) {
  return run.contains("seed") ? "seed " + std::to_string(whole(numberOf(run, "seed"))) : "";
}

/// Who gave a run a name of its own finds it in the figure under that name.
std::string ownName(const Json& run) {
  const std::string name = textOf(run, "name");
  const std::string made = familyName(run) + " z" +
                           std::to_string(whole(numberOf(partOf(run, "parameters"), "latent"))) + " " +
                           data(run);
  return name == made ? "" : name;
}

using Words = std::function<std::string(const Json&)>;

bool sameForAll(const std::vector<Json>& runs, const Words& words) {
  return std::ranges::all_of(runs, [&](const Json& run) { return words(run) == words(runs.front()); });
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    if (!word.empty()) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// "AE and VAE, N_z = 2 and 10" where each of these families has each of these sizes; else "".
std::string everyPair(const std::vector<Json>& runs) {
  std::vector<std::string> names, sizes;
  for (const Json& run : runs) {
    if (!ownName(run).empty() || latents(run).empty()) return {};
    const std::string name = familyName(run);
    const std::string size = latents(run).substr(std::string("N_z = ").size());
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    if (std::ranges::find(sizes, size) == sizes.end()) sizes.push_back(size);
  }
  if (names.size() * sizes.size() != runs.size()) return {};
  return listed(names) + ", N_z = " + listed(sizes);
}

std::vector<Json> runsOf(const Json& provenance) {
  std::vector<Json> runs;
  const Json& list = partOf(provenance, "runs");
  if (!list.is_array()) return runs;
  for (const Json& run : list)
    if (run.is_object() && std::ranges::find(runs, run) == runs.end()) runs.push_back(run);
  return runs;
}

} // namespace

const Json& partOf(const Json& json, const char* key) {
  static const Json none;
  if (!json.is_object()) return none;
  const auto found = json.find(key);
  return found == json.end() ? none : *found;
}

std::string textOf(const Json& json, const char* key, const std::string& otherwise) {
  const Json& value = partOf(json, key);
  return value.is_string() ? value.get<std::string>() : otherwise;
}

double numberOf(const Json& json, const char* key, double otherwise) {
  const Json& value = partOf(json, key);
  return value.is_number() ? value.get<double>() : otherwise;
}

std::vector<int64_t> wholesOf(const Json& json, const char* key) {
  std::vector<int64_t> numbers;
  const Json& list = partOf(json, key);
  if (!list.is_array()) return numbers;
  for (const Json& value : list)
    if (value.is_number()) numbers.push_back(whole(value.get<double>()));
  return numbers;
}

std::string runsSentence(const Json& provenance) {
  const std::vector<Json> runs = runsOf(provenance);
  if (runs.empty()) return {};
  std::vector<Words> each;
  std::vector<std::string> common;
  for (const Words& words : {Words(latents), Words(data), Words(trained), Words(seed)}) {
    if (sameForAll(runs, words))
      common.push_back(words(runs.front()));
    else
      each.push_back(words);
  }
  if (each.size() == 1 && !sameForAll(runs, latents))
    if (const std::string product = everyPair(runs); !product.empty())
      return joined({product, joined(common)}) + ".";
  std::vector<std::string> models;
  for (const Json& run : runs) {
    const std::string own = ownName(run);
    std::vector<std::string> said;
    if (!own.empty()) said.push_back(familyName(run));
    for (const Words& words : each) said.push_back(words(run));
    const std::string brackets = joined(said);
    models.push_back((own.empty() ? familyName(run) : own) + (brackets.empty() ? "" : " (" + brackets + ")"));
  }
  return joined({listed(models), joined(common)}) + ".";
}

} // namespace latent::detail
