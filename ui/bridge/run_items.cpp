#include "ui/bridge/run_items.h"

#include "core/models/families.h"
#include "core/run/training_run.h"

#include <QCoreApplication>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("latent::ui::RunItem", text);
}

void setFamily(RunItem& item, const std::string& id) {
  const FamilyInfo* family = findFamily(id);
  item.shortFamily = QString::fromStdString(family ? family->shortName : id);
  item.hasPrior = family && family->hasPrior;
  item.discrete = family && family->discrete;
  item.squaredError = family && family->squaredError;
  item.closedForm = family && family->closedForm;
}

} // namespace

fs::path shippedModelsFolder() {
  const fs::path resources = resourcesFolder();
  return resources.empty() ? fs::path()
                           : fs::absolute(resources / "models" / "pretrained").lexically_normal();
}

bool isShippedRun(const RunId& run) {
  const fs::path shipped = shippedModelsFolder();
  return !shipped.empty() && fs::path(run).parent_path() == shipped;
}

RunItem itemOf(const RunRecord& record, const fs::path& folder) {
  RunItem item;
  item.id = folder.string();
  item.name = QString::fromStdString(record.config.name);
  setFamily(item, record.config.family);
  item.datasetName = QString::fromStdString(record.datasetName);
  item.spec = record.spec;
  item.config = record.config;
  item.state = record.state;
  item.message = QString::fromStdString(record.message);
  item.step = record.step;
  item.epoch = record.epoch;
  item.secondsPerEpoch = record.epoch > 0 ? record.wallSeconds / record.epoch : 0;
  return item;
}

RunItem itemOf(const RunFolder& run) {
  RunItem item = itemOf(run.record(), run.path());
  item.snapshots = run.snapshots();
  if (run.lockedByAnother()) {
    item.readOnly = true;
    item.message = tr("Another program is writing this run.");
  } else if (isShippedRun(item.id)) {
    item.readOnly = true;
  }
  return item;
}

Result<RunItem> queuedItem(const RunId& id, const RunConfig& config, const ImageShape& shape,
                           const QString& datasetName) {
  Result<ModelSpec> spec = makeModelSpec(config.family, shape, config.parameters);
  if (!spec) return spec.error();
  RunItem item;
  item.id = id;
  setFamily(item, config.family);
  item.datasetName = datasetName;
  item.spec = *std::move(spec);
  item.config = config;
  item.config.parameters = item.spec.parameters;
  item.queued = true;
  item.name = QString::fromStdString(config.name);
  if (item.name.isEmpty())
    item.name = QStringLiteral("%1 z%2 %3").arg(item.shortFamily).arg(item.latentSize()).arg(datasetName);
  return item;
}

std::vector<LiveChange> changesOf(const RunFolder& run) {
  std::vector<LiveChange> changes;
  const auto rows = run.changes();
  if (!rows) return changes;
  for (const ParameterChange& row : *rows) {
    bool before = false, after = false;
    const double from = QString::fromStdString(row.oldValue).toDouble(&before);
    const double to = QString::fromStdString(row.newValue).toDouble(&after);
    if (before && after) changes.push_back({row.step, row.parameter, from, to});
  }
  return changes;
}

Result<OpenedRun> readRun(const fs::path& folder) {
  const Result<RunFolder> run = RunFolder::open(folder);
  if (!run) return run.error();
  OpenedRun opened{itemOf(*run), {}, {}};
  opened.item.changes = changesOf(*run);
  // A run that never began has none; of any other one a person is to see at once that it cannot be shown.
  const bool begun = opened.item.step > 0 || opened.item.state != RunState::created;
  if (const auto weights = run->weights(); !weights && begun) {
    opened.problem = weights.error().message;
    opened.item.problem = QString::fromStdString(opened.problem);
  }
  Result<MetricsTable> metrics = run->metrics();
  if (metrics) {
    opened.metrics = std::move(metrics->rows);
    opened.item.warning = QString::fromStdString(metrics->warning);
    if (opened.problem.empty()) opened.problem = std::move(metrics->warning);
    const char* series = opened.item.hasPrior ? "elbo" : "recon";
    for (const Metric& metric : opened.metrics)
      if (metric.split == "test" && metric.series == series) opened.item.measure = metric.value;
  } else {
    opened.item.warning = QString::fromStdString(metrics.error().message);
    if (opened.problem.empty()) opened.problem = metrics.error().message;
  }
  return opened;
}

} // namespace latent::ui
