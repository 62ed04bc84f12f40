#include "core/measure/classifier.h"

#include "core/base/random.h"
#include "core/models/compute.h"
#include "core/models/conv_layers.h"
#include "core/models/image_source.h"
#include "core/models/torch_compat.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <optional>
#include <set>

namespace latent {

namespace {

constexpr uint64_t seed = 1;
constexpr int64_t batchSize = 100;
constexpr int64_t imagesSeen = 120'000;
constexpr int64_t mostPasses = 10;
constexpr int64_t mostTested = 10'000;
constexpr double firstRate = 0.002;
constexpr double trainingShare = 0.97; // of the progress; the rest is the test

Error cancelled() {
  return {Fault::interrupted, "The training of the classifier was cancelled."};
}

/// Convolutions that halve the image until its longer side is at most 8, then two dense layers.
class ClassifierNetwork : public torch::nn::Module {
 public:
  ClassifierNetwork(const ImageShape& shape, int64_t classes) {
    const torch::Device device(torch::kCPU);
    int64_t channels = shape.channels, height = shape.height, width = shape.width;
    for (int64_t next = 16; m_stages.empty() || std::max(height, width) > 8;
         next = std::min<int64_t>(2 * next, 32)) {
      const std::string name = "stage" + std::to_string(m_stages.size());
      m_stages.push_back(register_module(name, std::make_shared<Conv2d>(channels, next, 5, 2, 2, device)));
      channels = next;
      height = (height + 1) / 2;
      width = (width + 1) / 2;
    }
    m_hidden = register_module("hidden", std::make_shared<Dense>(channels * height * width, 128, device));
    m_classes = register_module("classes", std::make_shared<Dense>(128, classes, device));
  }

  void initialise(at::Generator& generator) {
    const torch::NoGradGuard noGrad;
    for (const auto& stage : m_stages) stage->initialise(generator);
    m_hidden->initialise(generator);
    m_classes->initialise(generator);
  }

  /// [B, C, H, W] in [0,1] -> scores [B, classes]
  torch::Tensor forward(const torch::Tensor& x) const {
    torch::Tensor h = x;
    for (const auto& stage : m_stages) h = torch::relu(stage->forward(h));
    return m_classes->forward(torch::relu(m_hidden->forward(h.flatten(1))));
  }

 private:
  std::vector<std::shared_ptr<Conv2d>> m_stages;
  std::shared_ptr<Dense> m_hidden, m_classes;
};

/// Indices of the images whose class is known, and their classes.
struct Labelled {
  std::vector<int64_t> indices, labels;
};

Labelled labelledOf(const Split& split, int64_t limit) {
  Labelled found;
  for (int64_t i = 0; i < split.size() && std::ssize(found.indices) < limit; ++i)
    if (const int64_t label = split.label(i); label >= 0) {
      found.indices.push_back(i);
      found.labels.push_back(label);
    }
  return found;
}

torch::Tensor whole(const std::vector<int64_t>& values) {
  return torch::tensor(values, torch::kInt64);
}

torch::Tensor levels(const torch::Tensor& bytes) {
  return bytes.to(torch::kFloat32).div_(255);
}

/// Labelled images in an order that is drawn anew for each pass.
class Batches {
 public:
  Batches(std::shared_ptr<const Split> split, const Labelled& labelled)
      : m_images(std::move(split), torch::kCPU),
        m_indices(whole(labelled.indices)),
        m_labels(whole(labelled.labels)),
        m_generator(compat::makeGenerator(torch::kCPU, deriveSeed(seed, "classifier order"))) {}

  struct Batch {
    torch::Tensor x, labels;
  };
  Batch next() {
    if (m_position == m_indices.size(0) || !m_order.defined()) {
      m_order = torch::randperm(m_indices.size(0), m_generator, torch::TensorOptions().dtype(torch::kInt64));
      m_position = 0;
    }
    const int64_t count = std::min(batchSize, m_indices.size(0) - m_position);
    const torch::Tensor chosen = m_order.narrow(0, m_position, count);
    m_position += count;
    return {levels(m_images.gather(m_indices.index_select(0, chosen))), m_labels.index_select(0, chosen)};
  }

 private:
  ImageSource m_images;
  torch::Tensor m_indices, m_labels, m_order;
  at::Generator m_generator;
  int64_t m_position = 0;
};

Status learn(ClassifierNetwork& network, const std::shared_ptr<const Split>& split, const Labelled& labelled,
             JobControl& control) {
  const int64_t images = std::ssize(labelled.indices);
  const int64_t steps = (std::min(imagesSeen, mostPasses * images) + batchSize - 1) / batchSize;
  torch::optim::Adam optimiser(network.parameters(), torch::optim::AdamOptions(firstRate));
  auto& options = static_cast<torch::optim::AdamOptions&>(optimiser.param_groups()[0].options());
  Batches batches(split, labelled);
  for (int64_t step = 0; step < steps; ++step) {
    if (control.cancelled()) return cancelled();
    const double part = static_cast<double>(step) / static_cast<double>(steps);
    control.setProgress(trainingShare * part);
    options.lr(firstRate * (1 - part));
    const Batches::Batch batch = batches.next();
    optimiser.zero_grad();
    torch::cross_entropy_loss(network.forward(batch.x), batch.labels).backward();
    optimiser.step();
  }
  return done();
}

} // namespace

struct Classifier::Impl {
  ClassifierInfo info;
  ClassifierNetwork network;

  explicit Impl(const ClassifierInfo& described)
      : info(described), network(described.shape, described.classes) {}

  /// [n, classes] of x [n, C, H, W]
  torch::Tensor probabilities(const torch::Tensor& x) const {
    const torch::NoGradGuard noGrad;
    return torch::softmax(network.forward(x), 1).contiguous();
  }
};

Classifier::Classifier(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;
Classifier::~Classifier() = default;

Result<Classifier> Classifier::train(const Dataset& data, JobControl& control) {
  const Labelled training = labelledOf(*data.train, data.train->size());
  const Labelled testing = labelledOf(*data.test, mostTested);
  if (std::set<int64_t>(training.labels.begin(), training.labels.end()).size() < 2)
    return usageError(data.name + " has no labels of two classes, so that no classifier can learn them.");
  const int64_t known = std::max(std::ranges::max(training.labels),
                                 testing.labels.empty() ? int64_t{0} : std::ranges::max(testing.labels));
  try {
    prepareComputeThread();
    auto impl = std::make_unique<Impl>(
        ClassifierInfo{data.shape, std::max(known + 1, std::ssize(data.classes)), 0, 0});
    at::Generator initial = compat::makeGenerator(torch::kCPU, deriveSeed(seed, "classifier initialisation"));
    impl->network.initialise(initial);
    if (const Status status = learn(impl->network, data.train, training, control); !status)
      return status.error();

    ImageSource images(data.test, torch::kCPU);
    int64_t right = 0;
    for (size_t first = 0; first < testing.indices.size(); first += batchSize) {
      if (control.cancelled()) return cancelled();
      const size_t count = std::min<size_t>(batchSize, testing.indices.size() - first);
      const auto from = testing.indices.begin() + static_cast<std::ptrdiff_t>(first);
      const std::vector<int64_t> chunk(from, from + static_cast<std::ptrdiff_t>(count));
      const torch::Tensor read = impl->probabilities(levels(images.gather(whole(chunk)))).argmax(1);
      for (size_t i = 0; i < count; ++i)
        right += read[static_cast<int64_t>(i)].item<int64_t>() == testing.labels[first + i];
    }
    impl->info.testImages = std::ssize(testing.labels);
    if (impl->info.testImages > 0)
      impl->info.testAccuracy = static_cast<double>(right) / static_cast<double>(impl->info.testImages);
    control.setProgress(1);
    return Classifier(std::move(impl));
  } catch (const c10::Error& error) {
    return workError("The training of the classifier failed: " + compat::message(error));
  } catch (const std::bad_alloc&) {
    return workError("The training of the classifier ran out of memory; close other programs.");
  }
}

Result<Classifier> Classifier::fromWeights(const ClassifierInfo& info, const Weights& weights) {
  constexpr int64_t mostClasses = 100'000;
  if (info.classes < 2 || info.classes > mostClasses || info.shape.pixels() < 1)
    return inputError("A classifier needs images and at least two classes.");
  auto impl = std::make_unique<Impl>(info);
  const torch::NoGradGuard noGrad;
  const auto parameters = impl->network.named_parameters();
  if (weights.layout->size() != parameters.size())
    return inputError("These are not the weights of a classifier.");
  for (const WeightEntry& entry : *weights.layout) {
    const torch::Tensor* parameter = parameters.find(entry.name);
    if (!parameter || parameter->sizes() != at::IntArrayRef(entry.shape))
      return inputError("\"" + entry.name + "\" does not fit the weights of this classifier.");
    std::memcpy(parameter->data_ptr<float>(), weights.values.data() + entry.offset,
                static_cast<size_t>(entry.count()) * sizeof(float));
  }
  return Classifier(std::move(impl));
}

const ClassifierInfo& Classifier::info() const {
  return m_impl->info;
}

Weights Classifier::weights() const {
  Weights weights;
  auto layout = std::make_shared<WeightLayout>();
  for (const auto& parameter : m_impl->network.named_parameters()) {
    const torch::Tensor& tensor = parameter.value();
    layout->push_back({parameter.key(), tensor.sizes().vec(), std::ssize(weights.values)});
    weights.values.insert(weights.values.end(), tensor.data_ptr<float>(),
                          tensor.data_ptr<float>() + tensor.numel());
  }
  weights.layout = std::move(layout);
  return weights;
}

Readings Classifier::classify(std::span<const float> images, int64_t n) const {
  const ImageShape& shape = m_impl->info.shape;
  assert(static_cast<int64_t>(images.size()) == n * shape.pixels());
  Readings readings;
  for (int64_t first = 0; first < n; first += batchSize) {
    const int64_t count = std::min(batchSize, n - first);
    // from_blob has no form for constant data; it is only read.
    const torch::Tensor x = torch::from_blob(const_cast<float*>(images.data()) + first * shape.pixels(),
                                             {count, shape.channels, shape.height, shape.width});
    const torch::Tensor probabilities = m_impl->probabilities(x);
    const torch::Tensor labels = probabilities.argmax(1);
    const float* values = probabilities.data_ptr<float>();
    readings.probabilities.insert(readings.probabilities.end(), values, values + probabilities.numel());
    const int64_t* read = labels.data_ptr<int64_t>();
    for (int64_t i = 0; i < count; ++i) readings.labels.push_back(static_cast<int>(read[i]));
  }
  return readings;
}

} // namespace latent
