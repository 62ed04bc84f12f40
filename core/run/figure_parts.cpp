#include "core/run/figure_parts.h"

#include "core/models/families.h"

namespace latent {

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

std::string measureName(const RunRecord& record) {
  return findFamily(record.spec.family)->hasPrior ? "ELBO" : "recon";
}

} // namespace latent
