#include "core/train/detail/gradient_training.h"

#include "core/base/random.h"
#include "core/models/torch_compat.h"
#include "core/train/detail/tensor_arrays.h"
#include "core/train/detail/update_kernels.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent {

namespace {

constexpr int64_t kHistoryRows = 1024; // more updates than fit into a frame

} // namespace

GradientTraining::GradientTraining(const TrainerConfig& config, std::shared_ptr<const Dataset> dataset,
                                   const std::optional<Checkpoint>& resumeFrom)
    : Training(config, std::move(dataset), FlatModel::Gradients::flat),
      m_optimiser(config.model.parameters, m_model),
      m_schedule(config.model.parameters, config.epochs),
      m_terms(m_model.model().terms()),
      m_batch(std::min(config.model.parameters.integer("batch"), m_train.size())),
      m_order(stream("order", torch::kCPU)),
      m_binarisation(stream("binarisation", m_model.device())),
      m_context{stream("noise", m_model.device()), 0, m_train.size()},
      m_position(m_count.firstPosition()),
      m_sums(m_terms) {
  const auto options = torch::TensorOptions().device(m_model.device());
  m_history = torch::zeros({kHistoryRows, static_cast<int64_t>(m_terms.size()) + 1}, options);
  if (!onCpu()) m_good = torch::ones({}, options.dtype(torch::kBool));
  const int64_t trained = m_model.parameters().numel();
  m_buffers = m_model.values().narrow(0, trained, m_model.size() - trained);
  m_buffersBefore = torch::zeros_like(m_buffers);
  const double ema = config.model.parameters.real("ema");
  if (ema > 0) m_average.emplace(ema, m_model);
  if (resumeFrom) {
    restore(*resumeFrom);
    return;
  }
  beginWeights(config.start);
  if (m_average) m_average->begin(m_model);
}

double GradientTraining::epoch() const {
  const int64_t images = std::min(m_position * m_batch, m_train.size());
  return static_cast<double>(m_epoch) + static_cast<double>(images) / static_cast<double>(m_train.size());
}

double GradientTraining::learningRate() const {
  const double inside = static_cast<double>(m_position) / static_cast<double>(stepsPerEpoch());
  return m_live.at("learning_rate") * m_schedule.factor(static_cast<double>(m_epoch) + inside);
}

torch::Tensor GradientTraining::nextBatch() {
  if (!m_permutation.defined()) {
    m_permutation = torch::randperm(m_train.size(), m_order, torch::TensorOptions().dtype(torch::kInt64));
  }
  const int64_t first = m_position * m_batch;
  const int64_t count = std::min(m_batch, m_train.size() - first);
  return pixelsFromBytes(m_train.gather(m_permutation.narrow(0, first, count)), m_pixels, m_binarisation);
}

std::optional<Divergence> GradientTraining::checked(int64_t step, std::span<const float> row) const {
  // The parts first: the loss is only their sum.
  for (size_t i = 1; i < row.size(); ++i) {
    if (!std::isfinite(row[i])) return Divergence{step, i < m_terms.size() ? m_terms[i] : "gradient", row[i]};
  }
  if (!std::isfinite(row[0])) return Divergence{step, m_terms[0], row[0]};
  return std::nullopt;
}

std::optional<Divergence> GradientTraining::update() {
  const int64_t step = m_step + 1;
  const bool buffered = m_buffers.numel() > 0;
  if (buffered) m_buffersBefore.copy_(m_buffers);
  const auto undone = [&](Divergence divergence) { // the objective may have written into buffers
    if (buffered) m_buffers.copy_(m_buffersBefore);
    return divergence;
  };
  m_context.step = m_step;
  const std::vector<torch::Tensor> values = m_model.model().objective(nextBatch(), m_context);

  torch::Tensor row = m_history[m_historyRows];
  const auto terms = static_cast<int64_t>(m_terms.size());
  {
    torch::NoGradGuard noGrad;
    for (int64_t i = 0; i < terms; ++i) row[i].copy_(values[static_cast<size_t>(i)]);
  }
  if (onCpu()) {
    const std::span<const float> numbers(row.data_ptr<float>(), static_cast<size_t>(terms));
    if (auto divergence = checked(step, numbers)) return undone(*divergence);
  }
  values[0].backward();
  torch::NoGradGuard noGrad;
  if (onCpu()) {
    const torch::Tensor& gradients = m_model.gradients();
    if (!allFinite(gradients.data_ptr<float>(), gradients.numel())) {
      return undone({step, "gradient", std::nan("")});
    }
    m_optimiser.update(m_model, learningRate(), updates() + 1);
  } else {
    row[terms].copy_(m_model.gradients().mul(0).sum()); // 0, or NaN
    m_good.logical_and_(torch::isfinite(row).all());
    m_optimiser.updateWhile(m_good, m_model, learningRate(), updates() + 1);
  }
  m_model.model().afterUpdate(m_context, m_good);
  if (buffered && m_good.defined()) m_buffers.copy_(torch::where(m_good, m_buffers, m_buffersBefore));
  if (m_average) m_average->follow(m_model, updates() + 1, m_good);
  m_step = step;
  ++m_position;
  ++m_historyRows;
  if (m_historyRows == kHistoryRows) return readBack();
  return std::nullopt;
}

std::optional<Divergence> GradientTraining::readBack() {
  const torch::Tensor rows = m_history.narrow(0, 0, m_historyRows).cpu().contiguous();
  const auto width = static_cast<size_t>(rows.size(1));
  const int64_t count = std::exchange(m_historyRows, 0);
  for (int64_t i = 0; i < count; ++i) {
    const std::span<const float> row(rows.data_ptr<float>() + static_cast<size_t>(i) * width, width);
    const int64_t back = count - 1 - i; // updates after this one; all are of one epoch
    if (auto divergence = checked(m_step - back, row)) {
      // The device masked this update and those after it.
      m_step -= back + 1;
      m_position -= back + 1;
      return divergence;
    }
    const int64_t position = m_position - back;
    const int64_t seen = std::min(position * m_batch, m_train.size());
    const double epoch =
        static_cast<double>(m_epoch) + static_cast<double>(seen) / static_cast<double>(m_train.size());
    m_sums.add(m_step - back, epoch, row.first(m_terms.size()), seen - (position - 1) * m_batch);
  }
  return std::nullopt;
}

std::optional<Measures> GradientTraining::measureTraining(const GoOn&) {
  Measures measures = m_sums.epochMeans();
  measures.merge(m_model.model().takePassMeasures());
  return measures;
}

std::optional<Measures> GradientTraining::measureTest(const GoOn& goOn) {
  if (!m_average) return Training::measureTest(goOn);
  torch::Tensor values = m_model.values();
  const torch::Tensor own = values.clone();
  values.copy_(m_average->values());
  std::optional<Measures> measures = Training::measureTest(goOn);
  values.copy_(own);
  return measures;
}

const torch::Tensor& GradientTraining::shownValues() const {
  return m_average ? m_average->values() : m_model.values();
}

void GradientTraining::beginEpoch() {
  Training::beginEpoch();
  m_sums.resetEpoch();
  m_position = 0;
  m_permutation = torch::Tensor();
}

void GradientTraining::save(NamedArrays& arrays, Json& values) const {
  const WeightLayout& layout = *m_model.layout();
  if (m_average) appendNamed(arrays, "average.", layout, m_average->values());
  for (const auto& [name, moment] : m_optimiser.moments()) appendNamed(arrays, name + ".", layout, moment);
  arrays.emplace_back("generator.order", toArray(compat::generatorState(m_order)));
  arrays.emplace_back("generator.binarisation", toArray(compat::generatorState(m_binarisation)));
  arrays.emplace_back("generator.noise", toArray(compat::generatorState(m_context.noise)));
  if (m_permutation.defined()) arrays.emplace_back("permutation", toArray(m_permutation));
  values["position"] = m_position;
  values["sums"] = m_sums.toJson();
}

void GradientTraining::restore(const Checkpoint& checkpoint) {
  m_historyRows = 0;
  m_permutation = torch::Tensor();
  m_model.gradients().zero_(); // of an update that did not happen
  if (m_good.defined()) m_good.fill_(true);

  Training::restore(checkpoint);
  try {
    m_position = checkpoint.values.at("position").get<int64_t>();
    m_sums.fromJson(checkpoint.values.at("sums"));
  } catch (const Json::exception& error) {
    throw CheckpointError(std::string("The checkpoint is damaged: ") + error.what() + ".");
  }
  if (updates() < 0 || m_epoch < 0 || m_position < 0 || m_position > stepsPerEpoch() ||
      m_step != m_count.stepAt(m_epoch, m_position)) {
    throw CheckpointError(
        "The checkpoint does not fit: its step and epoch are not those of this data set and batch.");
  }
  const NamedArrays& arrays = checkpoint.arrays;
  const WeightLayout& layout = *m_model.layout();
  if (m_average) copyNamed(arrays, "average.", layout, m_average->values());
  for (const auto& [name, moment] : m_optimiser.moments()) copyNamed(arrays, name + ".", layout, moment);
  restoreStreams(checkpoint);
  if (m_position == 0 || updates() == 0) return;
  m_permutation = fromArray(arrays, "permutation", torch::kInt64);
  const auto order = std::get<0>(m_permutation.sort());
  if (!order.equal(torch::arange(m_train.size()))) {
    throw CheckpointError("The checkpoint does not fit: its order is not one of this data set's images.");
  }
}

void GradientTraining::restoreStreams(const Checkpoint& checkpoint) {
  const NamedArrays& arrays = checkpoint.arrays;
  compat::setGeneratorState(m_order, fromArray(arrays, "generator.order", torch::kUInt8));
  if (checkpoint.values.value("device", "") == deviceName()) {
    compat::setGeneratorState(m_binarisation, fromArray(arrays, "generator.binarisation", torch::kUInt8));
    compat::setGeneratorState(m_context.noise, fromArray(arrays, "generator.noise", torch::kUInt8));
    return;
  }
  // A stream cannot move to another kind of device: it begins anew, away from the numbers drawn before.
  const uint64_t seed = deriveSeed(m_seed, "moved at step " + std::to_string(m_step));
  m_binarisation.set_current_seed(deriveSeed(seed, "binarisation"));
  m_context.noise.set_current_seed(deriveSeed(seed, "noise"));
}

} // namespace latent
