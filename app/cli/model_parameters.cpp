#include "app/cli/model_parameters.h"

#include "app/cli/options.h"

namespace latent::cli {

void ModelParameters::addTo(CLI::App& command) {
  command.add_option("--latent", latent, "Latent size");
  command.add_option("--set", set, "A parameter, key=value; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

Result<Parameters> ModelParameters::parse(const FamilyInfo& family) const {
  Parameters parameters;
  std::vector<std::string> given = set;
  if (latent) given.push_back("latent=" + *latent);
  for (const std::string& text : given) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos) return usageError("--set: '" + text + "' is not key=value.");
    const std::string key = text.substr(0, equals);
    auto value = parseValue(family.schema, key, text.substr(equals + 1));
    if (!value) return value.error();
    if (key == "latent" && parameters.has(key))
      return usageError("The parameter '" + key + "' was given more than once.");
    parameters.set(key, std::move(*value));
  }
  return parameters;
}

} // namespace latent::cli
