#include "ui/bridge/report_recipe.h"

#include "core/run/report/ae_against_vae.h"
#include "core/run/report/runs_table.h"

#include <utility>

namespace latent::ui {
namespace {

Result<std::vector<RunFolder>> openAll(const std::vector<RunId>& runs) {
  std::vector<RunFolder> folders;
  for (const RunId& run : runs) {
    Result<RunFolder> folder = RunFolder::open(run);
    if (!folder) return folder.error();
    folders.push_back(*std::move(folder));
  }
  return folders;
}

} // namespace

Result<Table> tableOfRuns(const std::vector<RunId>& runs) {
  const auto folders = openAll(runs);
  if (!folders) return folders.error();
  return runsTable(*folders);
}

Result<RecipePlan> planRecipe(const std::vector<RunId>& runs) {
  const auto folders = openAll(runs);
  if (!folders) return folders.error();
  Result<AeVaePlan> made = planAeAgainstVae(*folders);
  if (!made) return made.error();
  RecipePlan plan;
  for (const AeVaePair& pair : made->pairs)
    plan.pairs.push_back({pair.latent, pair.ae.path().string(), pair.vae.path().string()});
  for (const RunFolder& run : made->runs) plan.runs.push_back(run.path().string());
  plan.missing = made->missing;
  for (const std::string& note : made->notes) plan.notes << QString::fromStdString(note);
  plan.plan = std::make_shared<const AeVaePlan>(*std::move(made));
  return plan;
}

} // namespace latent::ui
