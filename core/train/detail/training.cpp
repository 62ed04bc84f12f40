#include "core/train/detail/training.h"

#include "core/base/random.h"
#include "core/models/torch_compat.h"
#include "core/train/detail/adam_kernel.h"
#include "core/train/detail/tensor_arrays.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent {

namespace {

constexpr int64_t kHistoryRows = 1024; // more updates than fit into a frame

at::Generator stream(const TrainerConfig& config, const char* purpose, const torch::Device& device) {
  return compat::makeGenerator(device, deriveSeed(config.seed, purpose));
}

void requireData(const TrainerConfig& config, const Dataset& dataset) {
  for (const auto& split : {dataset.train, dataset.test}) {
    if (!split || split->size() == 0) {
      throw std::runtime_error("The data set " + dataset.name + " has no training or no test images.");
    }
    if (!(split->shape() == config.model.shape)) {
      throw std::runtime_error("The images of " + dataset.name + " have another shape than the model.");
    }
  }
}

const std::shared_ptr<const Dataset>& required(const TrainerConfig& config,
                                               const std::shared_ptr<const Dataset>& dataset) {
  requireData(config, *dataset);
  return dataset;
}

} // namespace

std::string Divergence::sentence(int64_t keptStep) const {
  return "Training diverged: " + term + " became " + (std::isnan(value) ? "NaN" : "infinite") + " at step " +
         std::to_string(step) + "; the weights of step " + std::to_string(keptStep) +
         " are kept. Use a lower learning rate.";
}

Training::Training(const TrainerConfig& config, std::shared_ptr<const Dataset> dataset,
                   const std::optional<Checkpoint>& resumeFrom)
    : m_model(config.model, torch::Device(config.device), FlatModel::Gradients::flat),
      m_adam(m_model),
      m_pixels(pixelMode(config.model)),
      m_terms(m_model.model().terms()),
      m_seed(config.seed),
      m_batch(std::min(config.model.parameters.integer("batch"), required(config, dataset)->train->size())),
      m_learningRate(config.model.parameters.real("learning_rate")),
      m_train(dataset->train, m_model.device()),
      m_test(dataset->test, m_model.device()),
      m_stepsPerEpoch((m_train.size() + m_batch - 1) / m_batch),
      m_order(stream(config, "order", torch::kCPU)),
      m_binarisation(stream(config, "binarisation", m_model.device())),
      m_context{stream(config, "noise", m_model.device()), 0, m_train.size()},
      m_sums(m_terms) {
  const auto options = torch::TensorOptions().device(m_model.device());
  m_history = torch::zeros({kHistoryRows, static_cast<int64_t>(m_terms.size()) + 1}, options);
  if (!m_model.device().is_cpu()) m_good = torch::ones({}, options.dtype(torch::kBool));
  if (resumeFrom) {
    restore(*resumeFrom);
  } else {
    at::Generator initial = stream(config, "initialisation", torch::kCPU);
    initialise(m_model.model(), initial);
  }
}

double Training::epoch() const {
  const int64_t images = std::min(m_position * m_batch, m_train.size());
  return static_cast<double>(m_epoch) + static_cast<double>(images) / static_cast<double>(m_train.size());
}

void Training::addSeconds(double seconds) {
  m_seconds += seconds;
  m_epochSeconds += seconds;
}

torch::Tensor Training::nextBatch() {
  if (m_position == 0) {
    m_permutation = torch::randperm(m_train.size(), m_order, torch::TensorOptions().dtype(torch::kInt64));
  }
  const int64_t first = m_position * m_batch;
  const int64_t count = std::min(m_batch, m_train.size() - first);
  return pixelsFromBytes(m_train.gather(m_permutation.narrow(0, first, count)), m_pixels, m_binarisation);
}

std::optional<Divergence> Training::checked(int64_t step, std::span<const float> row) const {
  // The parts first: the loss is only their sum.
  for (size_t i = 1; i < row.size(); ++i) {
    if (!std::isfinite(row[i])) return Divergence{step, i < m_terms.size() ? m_terms[i] : "gradient", row[i]};
  }
  if (!std::isfinite(row[0])) return Divergence{step, m_terms[0], row[0]};
  return std::nullopt;
}

std::optional<Divergence> Training::update() {
  const bool onCpu = m_model.device().is_cpu();
  const int64_t step = m_step + 1;
  m_context.step = m_step;
  const std::vector<torch::Tensor> values = m_model.model().objective(nextBatch(), m_context);

  torch::Tensor row = m_history[m_historyRows];
  const auto terms = static_cast<int64_t>(m_terms.size());
  {
    torch::NoGradGuard noGrad;
    for (int64_t i = 0; i < terms; ++i) row[i].copy_(values[static_cast<size_t>(i)]);
  }
  if (onCpu) {
    const std::span<const float> numbers(row.data_ptr<float>(), static_cast<size_t>(terms));
    if (auto divergence = checked(step, numbers)) return divergence;
  }
  values[0].backward();
  if (onCpu) {
    const torch::Tensor& gradients = m_model.gradients();
    if (!allFinite(gradients.data_ptr<float>(), gradients.numel())) {
      return Divergence{step, "gradient", std::nan("")};
    }
    m_adam.update(m_model, m_learningRate, step);
    torch::NoGradGuard noGrad;
    m_model.model().afterUpdate(m_context, m_good);
  } else {
    torch::NoGradGuard noGrad;
    row[terms].copy_(m_model.gradients().mul(0).sum()); // 0, or NaN
    m_good.logical_and_(torch::isfinite(row).all());
    m_adam.updateWhile(m_good, m_model, m_learningRate, step);
    m_model.model().afterUpdate(m_context, m_good);
  }
  m_step = step;
  ++m_position;
  ++m_historyRows;
  if (m_historyRows == kHistoryRows) return readBack();
  return std::nullopt;
}

std::optional<Divergence> Training::readBack() {
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

std::optional<EpochSummary> Training::finishEpoch(const std::function<bool(double)>& goOn) {
  std::optional<Measures> test =
      measureModel(m_model.model(), m_pixels, m_test, m_seed, m_model.device(), m_step, goOn);
  if (!test) return std::nullopt;
  EpochSummary summary;
  summary.epoch = m_epoch + 1;
  summary.step = m_step;
  summary.train = m_sums.epochMeans();
  summary.train.merge(m_model.model().takePassMeasures());
  summary.test = std::move(*test);
  summary.seconds = m_epochSeconds;
  summary.imagesPerSecond = summary.seconds > 0 ? static_cast<double>(m_train.size()) / summary.seconds : 0;
  beginEpoch();
  return summary;
}

void Training::beginEpoch() {
  ++m_epoch;
  m_sums.resetEpoch();
  m_epochSeconds = 0;
  m_position = 0;
  m_permutation = torch::Tensor();
}

void Training::snapshot(Weights& into) const {
  into.step = m_step;
  into.epoch = epoch();
  into.layout = m_model.layout();
  into.values.resize(static_cast<size_t>(m_model.size()));
  m_model.read(into.values);
}

Checkpoint Training::checkpoint() const {
  Checkpoint checkpoint;
  checkpoint.step = m_step;
  checkpoint.epoch = epoch();
  NamedArrays& arrays = checkpoint.arrays;
  const WeightLayout& layout = *m_model.layout();
  appendNamed(arrays, "weights.", layout, m_model.values());
  appendNamed(arrays, "adam.first.", layout, m_adam.first());
  appendNamed(arrays, "adam.second.", layout, m_adam.second());
  arrays.emplace_back("generator.order", toArray(compat::generatorState(m_order)));
  arrays.emplace_back("generator.binarisation", toArray(compat::generatorState(m_binarisation)));
  arrays.emplace_back("generator.noise", toArray(compat::generatorState(m_context.noise)));
  if (m_permutation.defined()) arrays.emplace_back("permutation", toArray(m_permutation));
  checkpoint.values = {{"format", 1},
                       {"step", m_step},
                       {"epoch", m_epoch},
                       {"position", m_position},
                       {"seed", m_seed},
                       {"device", m_model.device().is_cpu() ? "cpu" : "cuda"},
                       {"learning_rate", m_learningRate},
                       {"seconds", m_seconds},
                       {"epoch_seconds", m_epochSeconds},
                       {"sums", m_sums.toJson()}};
  return checkpoint;
}

void Training::goBackTo(const Checkpoint& checkpoint) {
  m_historyRows = 0;
  m_permutation = torch::Tensor();
  m_model.gradients().zero_(); // of an update that did not happen
  if (m_good.defined()) m_good.fill_(true);
  restore(checkpoint);
}

void Training::restore(const Checkpoint& checkpoint) {
  const NamedArrays& arrays = checkpoint.arrays;
  const Json& values = checkpoint.values;
  try {
    if (values.at("format").get<int>() != 1) {
      throw CheckpointError("The checkpoint has a newer format; use a newer version of the program.");
    }
    m_step = values.at("step").get<int64_t>();
    m_epoch = values.at("epoch").get<int64_t>();
    m_position = values.at("position").get<int64_t>();
    m_seed = values.at("seed").get<uint64_t>();
    m_learningRate = values.at("learning_rate").get<double>();
    m_seconds = values.at("seconds").get<double>();
    m_epochSeconds = values.at("epoch_seconds").get<double>();
    m_sums.fromJson(values.at("sums"));
  } catch (const Json::exception& error) {
    throw CheckpointError(std::string("The checkpoint is damaged: ") + error.what() + ".");
  }
  if (m_step < 0 || m_epoch < 0 || m_position < 0 || m_position > m_stepsPerEpoch ||
      m_step != m_epoch * m_stepsPerEpoch + m_position) {
    throw CheckpointError(
        "The checkpoint does not fit: its step and epoch are not those of this data set and batch.");
  }
  const WeightLayout& layout = *m_model.layout();
  copyNamed(arrays, "weights.", layout, m_model.values());
  copyNamed(arrays, "adam.first.", layout, m_adam.first());
  copyNamed(arrays, "adam.second.", layout, m_adam.second());
  compat::setGeneratorState(m_order, fromArray(arrays, "generator.order", torch::kUInt8));

  const bool sameDevice = values.value("device", "") == (m_model.device().is_cpu() ? "cpu" : "cuda");
  if (sameDevice) {
    compat::setGeneratorState(m_binarisation, fromArray(arrays, "generator.binarisation", torch::kUInt8));
    compat::setGeneratorState(m_context.noise, fromArray(arrays, "generator.noise", torch::kUInt8));
  } else {
    // A stream cannot move to another kind of device: it begins anew, away from the numbers drawn before.
    const uint64_t seed = deriveSeed(m_seed, "moved at step " + std::to_string(m_step));
    m_binarisation.set_current_seed(deriveSeed(seed, "binarisation"));
    m_context.noise.set_current_seed(deriveSeed(seed, "noise"));
  }
  if (m_position > 0) {
    m_permutation = fromArray(arrays, "permutation", torch::kInt64);
    const auto order = std::get<0>(m_permutation.sort());
    if (!order.equal(torch::arange(m_train.size()))) {
      throw CheckpointError("The checkpoint does not fit: its order is not one of this data set's images.");
    }
  }
}

} // namespace latent
