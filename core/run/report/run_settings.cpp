#include "core/run/report/run_settings.h"

#include "core/models/families.h"
#include "core/run/figure_parts.h"

#include <algorithm>
#include <set>

namespace latent::detail {

const FamilyInfo& familyOf(const RunFolder& run) {
  return *findFamily(run.record().spec.family); // a record of an unknown family is not opened
}

int64_t latentsOf(const RunFolder& run) {
  const Parameters& parameters = run.record().spec.parameters;
  return parameters.has("latent") ? parameters.integer("latent") : 0;
}

std::map<std::string, std::string> settingsOf(const RunFolder& run) {
  const ParameterSchema& schema = familyOf(run).schema;
  const Parameters& values = run.record().spec.parameters;
  std::map<std::string, std::string> settings;
  for (const ParameterSpec& spec : schema)
    if (spec.key != "latent" && values.has(spec.key) && matters(schema, spec, values))
      settings[spec.key] = formatParameter(values.at(spec.key));
  return settings;
}

std::string settingsKey(const RunFolder& run) {
  const RunRecord& record = run.record();
  const Json key{settingsOf(run), record.config.dataset, record.checksums, record.config.epochs};
  return key.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool isFinished(const RunFolder& run) {
  const RunRecord& record = run.record();
  return record.state == RunState::finished && record.epoch >= static_cast<double>(record.config.epochs);
}

std::vector<RunFolder> withoutRepetitions(const std::vector<RunFolder>& runs) {
  std::vector<RunFolder> once;
  std::set<std::string> paths;
  for (const RunFolder& run : runs) {
    std::error_code ignored;
    if (paths.insert(std::filesystem::weakly_canonical(run.path(), ignored).string()).second)
      once.push_back(run);
  }
  return once;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

std::string grouped(int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = std::ssize(text) - 3; at > (number < 0 ? 1 : 0); at -= 3)
    text.insert(static_cast<size_t>(at), 1, ',');
  return text;
}

std::string shortNumber(double value) {
  return labelNumber(value, 6);
}

} // namespace latent::detail
