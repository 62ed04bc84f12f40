#include "ui/bridge/model_check.h"

#include "core/models/compute.h"
#include "core/models/families.h"
#include "core/models/summary.h"
#include "ui/bridge/job_result.h"

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

/// "stride: tokens of 5x5 ..." as the form names the parameter: "Pixels a token: tokens of 5x5 ...".
void sayRefusal(const std::string& family, const std::string& message, ModelAnswer& answer) {
  answer.problem = QString::fromStdString(message);
  const size_t colon = message.find(": ");
  const FamilyInfo* info = findFamily(family);
  const ParameterSpec* spec =
      info && colon != std::string::npos ? findParameter(info->schema, message.substr(0, colon)) : nullptr;
  if (!spec) return;
  answer.parameter = spec->key;
  answer.problem = QString::fromStdString(spec->label + message.substr(colon));
}

void addLayers(const ModelSpec& spec, ModelAnswer& answer) {
  for (const SummaryRow& row : modelSummary(spec).rows)
    answer.layers.push_back({QString::fromStdString(row.name), QString::fromStdString(row.kind),
                             QString::fromStdString(sizesText(row.shape)), row.weights});
}

ModelAnswer check(const std::vector<RunConfig>& runs, const ImageShape& shape, JobControl& control) {
  prepareComputeThread();
  ModelAnswer answer;
  for (const RunConfig& run : runs) {
    if (control.cancelled()) return answer;
    if (run.device == "cuda" && !cudaAvailable()) {
      answer.parameter = "device";
      answer.problem = ModelCheck::tr(
          "CUDA was asked for, but this computer or this build of LibTorch has none; choose cpu or auto.");
      return answer;
    }
    const Result<ModelSpec> spec = makeModelSpec(run.family, shape, run.parameters);
    if (!spec) {
      sayRefusal(run.family, spec.error().message, answer);
      return answer;
    }
    const int64_t weights = countWeights(*spec);
    answer.fewest = answer.most == 0 ? weights : std::min(answer.fewest, weights);
    answer.most = std::max(answer.most, weights);
    if (answer.layers.empty()) addLayers(*spec, answer);
  }
  return answer;
}

} // namespace

ModelCheck::ModelCheck(JobBridge* jobs, QObject* parent) : QObject(parent), m_jobs(jobs) {}

void ModelCheck::ask(const std::vector<RunConfig>& runs, const ImageShape& shape) {
  m_runs = runs;
  m_shape = shape;
  m_wanted = true;
  m_forgotten = false;
  if (!m_working) begin();
}

void ModelCheck::forget() {
  m_wanted = false;
  m_forgotten = true;
}

void ModelCheck::begin() {
  m_working = true;
  m_wanted = false;
  m_forgotten = false;
  startJob<ModelAnswer>(
      *m_jobs, JobBridge::Lane::quick, "Checking the model", this,
      [runs = m_runs, shape = m_shape](JobControl& control) -> Result<ModelAnswer> {
        return check(runs, shape, control);
      },
      [this](const Result<ModelAnswer>& answer) {
        m_working = false;
        if (m_wanted) return begin();
        if (m_forgotten) return;
        ModelAnswer said;
        if (answer)
          said = *answer;
        else
          said.problem = QString::fromStdString(answer.error().message);
        emit answered(said);
      });
}

} // namespace latent::ui
