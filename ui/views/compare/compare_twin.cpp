#include "ui/views/compare/compare_twin.h"

#include <QCoreApplication>

#include <algorithm>

namespace latent::ui {
namespace {

std::string twinFamily(const RunItem& run) {
  return run.hasPrior ? "ae" : "vae";
}

} // namespace

QString twinWords(const RunItem& run) {
  return QCoreApplication::translate("CompareView", "Train the %1 twin")
      .arg(run.hasPrior ? QStringLiteral("AE") : QStringLiteral("VAE"));
}

RunConfig twinOf(const RunItem& run, const std::vector<FamilyInfo>& families) {
  RunConfig twin = run.config;
  twin.name.clear();
  twin.family = twinFamily(run);
  twin.parent.reset(); // its weights are another family's
  twin.epochs = std::max<int64_t>(twin.epochs, 1);
  twin.parameters = {};
  const auto family = std::ranges::find(families, twin.family, &FamilyInfo::id);
  if (family == families.end()) return twin;
  for (const auto& [key, value] : run.config.parameters.all()) {
    const ParameterSpec* spec = findParameter(family->schema, key);
    if (spec && checkParameter(*spec, value)) twin.parameters.set(key, value);
  }
  return twin;
}

} // namespace latent::ui
