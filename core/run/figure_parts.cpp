#include "core/run/figure_parts.h"

#include "core/models/families.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace latent {
namespace {

std::string latentSize(const FigureSource& source) {
  const Parameters& parameters = source.run.record().spec.parameters;
  return parameters.has("latent") ? "z" + std::to_string(parameters.integer("latent")) : "";
}
std::string seed(const FigureSource& source) {
  return "seed " + std::to_string(source.run.record().config.seed);
}
std::string step(const FigureSource& source) {
  return "step " + std::to_string(stepShown(source));
}
std::string folder(const FigureSource& source) {
  return source.run.path().filename().string();
}
std::string wholePath(const FigureSource& source) {
  return source.run.path().string();
}

} // namespace

Json figureProvenance(const std::string& kind, const std::vector<FigureSource>& sources, Json view) {
  Json runs = Json::array();
  for (const FigureSource& source : sources) {
    const RunRecord& record = source.run.record();
    runs.push_back({{"id", record.id},
                    {"folder", source.run.path().filename().string()},
                    {"name", record.config.name},
                    {"step", stepShown(source)},
                    {"seed", record.config.seed},
                    {"family", record.spec.family},
                    {"parameters", parametersToJson(record.spec.parameters)},
                    {"dataset", {{"id", record.config.dataset}, {"checksums", Json(record.checksums)}}},
                    {"versions", Json(record.versions)}});
  }
  return {{"program", "Latent Explorer " LATENT_VERSION},
          {"kind", kind},
          {"runs", std::move(runs)},
          {"view", std::move(view)}};
}

int64_t stepShown(const FigureSource& source) {
  return source.step.value_or(source.run.record().step);
}

std::vector<std::string> distinctNames(const std::vector<FigureSource>& sources) {
  std::vector<std::string> names;
  for (const FigureSource& source : sources) names.push_back(source.run.record().config.name);
  // A data set that all of them name at their end says nothing of one of them.
  const std::string data = sources.empty() ? "" : " " + sources.front().run.record().datasetName;
  if (sources.size() > 1 && std::ranges::all_of(names, [&](const std::string& name) {
        return name.size() > data.size() && name.ends_with(data);
      }))
    for (std::string& name : names) name.resize(name.size() - data.size());
  for (const auto tell : std::array{latentSize, seed, step, folder, wholePath}) {
    std::map<std::string, std::vector<size_t>> namesakes;
    for (size_t i = 0; i < names.size(); ++i) namesakes[names[i]].push_back(i);
    for (const auto& [name, runs] : namesakes) {
      std::set<std::string> differences;
      for (const size_t i : runs) differences.insert(tell(sources[i]));
      if (differences.size() < 2) continue;
      for (const size_t i : runs) names[i] += ", " + tell(sources[i]);
    }
  }
  return names;
}

std::string measureName(const RunRecord& record) {
  return findFamily(record.spec.family)->hasPrior ? "ELBO" : "recon";
}

} // namespace latent
