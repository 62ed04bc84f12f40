#include "core/train/detail/training.h"

#include "core/base/random.h"
#include "core/models/families.h"
#include "core/models/torch_compat.h"
#include "core/train/detail/closed_form_training.h"
#include "core/train/detail/gradient_training.h"
#include "core/train/detail/tensor_arrays.h"

#include <cmath>
#include <utility>

namespace latent {

namespace {

constexpr int newestFormat = 2;

/// A fork draws other numbers than its parent has drawn from the same seed.
uint64_t streamsSeed(const TrainerConfig& config) {
  if (!config.start.weights) return config.seed;
  return deriveSeed(config.seed, "fork at step " + std::to_string(config.start.step));
}

const std::shared_ptr<const Dataset>& required(const TrainerConfig& config,
                                               const std::shared_ptr<const Dataset>& dataset) {
  for (const auto& split : {dataset->train, dataset->test}) {
    if (!split || split->size() == 0) {
      throw std::runtime_error("The data set " + dataset->name + " has no training or no test images.");
    }
    if (!(split->shape() == config.model.shape)) {
      throw std::runtime_error("The images of " + dataset->name + " have another shape than the model.");
    }
  }
  return dataset;
}

} // namespace

std::string Divergence::sentence(int64_t keptStep) const {
  return "Training diverged: " + term + " became " + (std::isnan(value) ? "NaN" : "infinite") + " at step " +
         std::to_string(step) + "; the weights of step " + std::to_string(keptStep) +
         " are kept. Use a lower learning rate or a gradient limit.";
}

Training::Training(const TrainerConfig& config, const std::shared_ptr<const Dataset>& dataset,
                   FlatModel::Gradients gradients)
    : m_model(config.model, torch::Device(config.device), gradients),
      m_pixels(pixelMode(config.model)),
      m_seed(config.seed),
      m_streams(streamsSeed(config)),
      m_live(liveValues(config.model)),
      m_train(required(config, dataset)->train, m_model.device()),
      m_test(dataset->test, m_model.device()),
      m_count(stepCount(config.model, m_train.size(), config.start.step, config.start.epoch)),
      m_step(m_count.firstStep()),
      m_epoch(m_count.firstEpoch()),
      m_spec(config.model) {}

void Training::setLive(const std::string& key, double value) {
  m_live.at(key) = value;
  if (key != "learning_rate") m_model.model().setLive(key, value); // the optimiser's own
}

void Training::addSeconds(double seconds) {
  m_seconds += seconds;
  m_epochSeconds += seconds;
}

at::Generator Training::stream(const char* purpose, const torch::Device& device) const {
  return compat::makeGenerator(device, deriveSeed(m_streams, purpose));
}

void Training::beginWeights(const TrainerStart& start) {
  if (start.weights) return m_model.write(start.weights->values);
  at::Generator initial = stream("initialisation", torch::kCPU);
  initialise(m_model.model(), initial);
}

std::optional<Measures> Training::measureTest(const GoOn& goOn) {
  return measureModel(m_model.model(), m_pixels, m_test, m_seed, m_model.device(), m_step, goOn);
}

std::optional<EpochSummary> Training::finishEpoch(const GoOn& goOn) {
  std::optional<Measures> test = measureTest(goOn);
  if (!test) return std::nullopt;
  std::optional<Measures> train = measureTraining(goOn);
  if (!train) return std::nullopt;
  EpochSummary summary;
  summary.epoch = m_epoch + 1;
  summary.step = m_step;
  summary.train = std::move(*train);
  summary.test = std::move(*test);
  summary.seconds = m_epochSeconds;
  summary.imagesPerSecond = summary.seconds > 0 ? static_cast<double>(m_train.size()) / summary.seconds : 0;
  beginEpoch();
  return summary;
}

void Training::beginEpoch() {
  ++m_epoch;
  m_epochSeconds = 0;
}

void Training::snapshot(Weights& into) const {
  const torch::Tensor& values = shownValues();
  into.step = m_step;
  into.epoch = epoch();
  into.layout = m_model.layout();
  into.values.resize(static_cast<size_t>(values.numel()));
  torch::from_blob(into.values.data(), values.sizes(), torch::kFloat32).copy_(values);
}

Checkpoint Training::checkpoint() const {
  Checkpoint checkpoint;
  checkpoint.step = m_step;
  checkpoint.epoch = epoch();
  appendNamed(checkpoint.arrays, "weights.", *m_model.layout(), m_model.values());
  checkpoint.values = {{"format", newestFormat},
                       {"step", m_step},
                       {"epoch", m_epoch},
                       {"seed", m_seed},
                       {"device", deviceName()},
                       {"seconds", m_seconds},
                       {"epoch_seconds", m_epochSeconds},
                       {"live", Json::object()}};
  for (const auto& [key, value] : m_live) checkpoint.values["live"][key] = value;
  save(checkpoint.arrays, checkpoint.values);
  return checkpoint;
}

void Training::restore(const Checkpoint& checkpoint) {
  const Json& values = checkpoint.values;
  try {
    if (values.at("format").get<int>() > newestFormat) {
      throw CheckpointError("The checkpoint has a newer format; use a newer version of the program.");
    }
    m_step = values.at("step").get<int64_t>();
    m_epoch = values.at("epoch").get<int64_t>();
    m_seed = values.at("seed").get<uint64_t>();
    m_seconds = values.at("seconds").get<double>();
    m_epochSeconds = values.at("epoch_seconds").get<double>();
  } catch (const Json::exception& error) {
    throw CheckpointError(std::string("The checkpoint is damaged: ") + error.what() + ".");
  }
  for (const auto& [key, value] : liveValues(m_spec, values)) setLive(key, value);
  copyNamed(checkpoint.arrays, "weights.", *m_model.layout(), m_model.values());
}

std::unique_ptr<Training> makeTraining(const TrainerConfig& config, std::shared_ptr<const Dataset> dataset,
                                       const std::optional<Checkpoint>& resumeFrom) {
  if (findFamily(config.model.family)->closedForm)
    return std::make_unique<ClosedFormTraining>(config, std::move(dataset), resumeFrom);
  return std::make_unique<GradientTraining>(config, std::move(dataset), resumeFrom);
}

} // namespace latent
