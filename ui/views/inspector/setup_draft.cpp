#include "ui/views/inspector/setup_draft.h"

#include <algorithm>

namespace latent::ui {
namespace {

RunConfig configOf(const FamilyInfo& family, const Parameters& draft, const std::string& dataset) {
  RunConfig config;
  config.family = family.id;
  config.dataset = dataset;
  for (const auto& [key, value] : draft.all()) {
    if (key == "epochs")
      config.epochs = draft.integer(key);
    else if (key == "seed")
      config.seed = static_cast<uint64_t>(draft.integer(key));
    else if (key == "device")
      config.device = draft.choice(key);
    else if (findParameter(family.schema, key))
      config.parameters.set(key, value);
  }
  return config;
}

bool sameRun(const RunConfig& a, const RunConfig& b) {
  return a.family == b.family && a.parameters == b.parameters && a.epochs == b.epochs && a.seed == b.seed &&
         a.device == b.device;
}

} // namespace

ParameterSchema setupSchema(const std::vector<FamilyInfo>& families, const ParameterSchema& run) {
  ParameterSchema schema;
  const auto add = [&](const ParameterSpec& spec) {
    if (!findParameter(schema, spec.key)) schema.push_back(spec);
  };
  for (const FamilyInfo& family : families) std::ranges::for_each(family.schema, add);
  for (const ParameterSpec& spec : run) {
    if (spec.key != "dataset" && spec.key != "threads") add(spec);
  }
  return schema;
}

std::vector<RunConfig> setupRuns(const std::vector<FamilyInfo>& families,
                                 const std::vector<Parameters>& drafts, const std::string& dataset) {
  std::vector<RunConfig> runs;
  for (const Parameters& draft : drafts) {
    for (const FamilyInfo& family : families) {
      RunConfig config = configOf(family, draft, dataset);
      const bool known =
          std::ranges::any_of(runs, [&](const RunConfig& run) { return sameRun(run, config); });
      if (!known) runs.push_back(std::move(config));
    }
  }
  return runs;
}

} // namespace latent::ui
