#include "app/cli/train_command.h"

#include "core/models/families.h"
#include "core/run/training_run.h"

namespace latent::cli {
namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& word) {
  constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:@%+";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string result = "'";
  for (const char c : word) {
    if (c == '\'')
      result += "'\\''";
    else
      result += c;
  }
  return result + "'";
}

} // namespace

std::string trainCommand(const RunConfig& config, const fs::path& folder) {
  std::string command =
      "latent train --model " + quoted(config.family) + " --dataset " + quoted(config.dataset);
  const auto add = [&](const std::string& option, const std::string& value) {
    command += " " + option + " " + quoted(value);
  };
  for (const ParameterSpec& spec : findFamily(config.family)->schema) {
    if (!config.parameters.has(spec.key)) continue;
    const ParameterValue& value = config.parameters.at(spec.key);
    if (spec.key == "latent")
      add("--latent", formatParameter(value));
    else if (value != spec.standard && matters(findFamily(config.family)->schema, spec, config.parameters))
      add("--set", spec.key + "=" + formatParameter(value));
  }
  add("--epochs", std::to_string(config.epochs));
  add("--seed", std::to_string(config.seed));
  if (config.device != "auto") add("--device", config.device);
  if (config.threads > 0) add("--threads", std::to_string(config.threads));
  if (!config.dataDir.empty()) add("--data-dir", config.dataDir);
  add("--out", folder.string());
  return command;
}

fs::path freeFolder(const fs::path& parent, const RunConfig& config, std::set<std::string>& taken) {
  const fs::path first = freeRunFolder(parent, config);
  fs::path folder = first;
  std::error_code ignored;
  for (int i = 2; taken.contains(folder.string()) || fs::exists(folder, ignored); ++i)
    folder = first.string() + "-" + std::to_string(i);
  taken.insert(folder.string());
  return folder;
}

} // namespace latent::cli
