#include "ui/views/inspector/setup_draft.h"

#include <algorithm>

namespace latent::ui {
namespace {

std::string ownKey(const FamilyInfo& family, const std::string& key) {
  return family.id + ":" + key;
}

RunConfig configOf(const FamilyInfo& family, const Parameters& draft, const std::string& dataset) {
  RunConfig config;
  config.family = family.id;
  config.dataset = dataset;
  if (draft.has("epochs")) config.epochs = draft.integer("epochs");
  if (draft.has("seed")) config.seed = static_cast<uint64_t>(draft.integer("seed"));
  if (draft.has("device")) config.device = draft.choice("device");
  for (const ParameterSpec& spec : family.schema) {
    const std::string own = ownKey(family, spec.key);
    const std::string& key = draft.has(own) ? own : spec.key;
    if (draft.has(key)) config.parameters.set(spec.key, draft.at(key));
  }
  if (family.closedForm) config.epochs = 1; // there is one step, whatever the others train
  return config;
}

bool sameRun(const RunConfig& a, const RunConfig& b) {
  return a.family == b.family && a.parameters == b.parameters && a.epochs == b.epochs && a.seed == b.seed &&
         a.device == b.device;
}

} // namespace

bool sameKind(const ParameterSpec& a, const ParameterSpec& b) {
  return a.type == b.type && a.label == b.label && a.choices == b.choices;
}

std::string formKey(const FamilyInfo& family, const std::string& key, const ParameterSchema& form) {
  const std::string own = ownKey(family, key);
  return findParameter(form, own) ? own : key;
}

ParameterSchema setupSchema(const std::vector<FamilyInfo>& families, const ParameterSchema& run) {
  ParameterSchema schema;
  const auto add = [&](const ParameterSpec& spec) {
    if (!findParameter(schema, spec.key)) schema.push_back(spec);
  };
  for (const FamilyInfo& family : families) {
    for (const ParameterSpec& spec : family.schema) {
      const ParameterSpec* known = findParameter(schema, spec.key);
      if (!known || sameKind(*known, spec)) {
        add(spec);
        continue;
      }
      ParameterSpec own = spec;
      own.key = ownKey(family, spec.key);
      own.label += " (" + family.shortName + ")";
      add(own);
    }
  }
  // A plane of two latents is what the window is for; `latent` keeps the default of the papers.
  for (ParameterSpec& spec : schema)
    if (spec.key == "latent" || spec.key.ends_with(":latent")) spec.standard = int64_t{2};
  const bool epochs = !std::ranges::all_of(families, &FamilyInfo::closedForm);
  for (const ParameterSpec& spec : run) {
    if (spec.key != "dataset" && spec.key != "threads" && (spec.key != "epochs" || epochs)) add(spec);
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
