#include "core/train/bench.h"

#include "core/models/compute.h"
#include "core/models/families.h"
#include "core/models/torch_compat.h"
#include "core/train/detail/gradient_training.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

namespace latent {

namespace {

using Clock = std::chrono::steady_clock;

/// The products of one update with one weight [out, in]: forward, gradient of the weight, gradient of the
/// input.
struct Products {
  torch::Tensor weight, input, output, outputGradient, weightGradient, inputGradient;
  bool firstLayer = false; ///< nobody asks for the gradient of the images

  Products(const std::vector<int64_t>& shape, int64_t batch, const torch::Device& device, bool first)
      : firstLayer(first) {
    const auto filled = [&](int64_t rows, int64_t columns) {
      return torch::full({rows, columns}, 0.01F, torch::TensorOptions().device(device));
    };
    weight = filled(shape[0], shape[1]);
    weightGradient = filled(shape[0], shape[1]);
    input = filled(batch, shape[1]);
    inputGradient = filled(batch, shape[1]);
    output = filled(batch, shape[0]);
    outputGradient = filled(batch, shape[0]);
  }

  void compute() {
    torch::mm_out(output, input, weight.t());
    torch::mm_out(weightGradient, outputGradient.t(), input);
    if (!firstLayer) torch::mm_out(inputGradient, outputGradient, weight);
  }
};

std::vector<Products> largeProducts(const ModelSpec& spec, int64_t batch, const torch::Device& device) {
  const std::shared_ptr<const WeightLayout> layout = weightLayout(spec);
  int64_t largest = 0;
  for (const WeightEntry& entry : *layout) largest = std::max(largest, entry.count());
  std::vector<Products> products;
  bool first = true;
  for (const WeightEntry& entry : *layout) {
    if (entry.shape.size() != 2) continue;
    if (entry.count() * 10 >= largest) products.emplace_back(entry.shape, batch, device, first);
    first = false;
  }
  return products;
}

void synchronise(const torch::Device& device) {
  if (!device.is_cpu()) torch::zeros({1}, torch::TensorOptions().device(device)).cpu();
}

template<class Work>
double secondsOf(const torch::Device& device, Work&& work) {
  synchronise(device);
  const Clock::time_point begin = Clock::now();
  work();
  synchronise(device);
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

} // namespace

Result<TrainBench> benchTrain(const ModelSpec& spec, std::shared_ptr<const Dataset> dataset,
                              const BenchOptions& options) {
  constexpr int64_t updates = 20; // in one repeat
  const FamilyInfo& family = *findFamily(spec.family);
  if (family.closedForm || !family.trainable) {
    return usageError(family.name + (family.closedForm ? " is solved in one step" : " is not trained here") +
                      ", so there is no epoch to measure; choose another --model.");
  }
  try {
    prepareComputeThread();
    const torch::Device device(options.device);
    TrainerConfig config;
    config.model = spec;
    config.device = options.device;
    GradientTraining training(config, std::move(dataset), std::nullopt);
    std::optional<Divergence> divergence;
    const auto cancelled = [&] { return options.control && options.control->cancelled(); };
    const auto train = [&] {
      for (int64_t i = 0; i < updates && !divergence && !cancelled(); ++i) {
        divergence = training.update();
        if (!divergence && training.epochComplete()) {
          divergence = training.readBack();
          training.beginEpoch();
        }
      }
      if (!divergence) divergence = training.readBack();
      training.takeRows();
    };
    const int64_t batch = std::min(spec.parameters.integer("batch"), training.trainImages());
    std::vector<Products> products = largeProducts(spec, batch, device);
    const auto multiply = [&] {
      torch::NoGradGuard noGrad;
      for (int64_t i = 0; i < updates && !cancelled(); ++i) {
        for (Products& product : products) product.compute();
      }
    };

    const double once = secondsOf(device, train) + secondsOf(device, multiply); // warms up, too
    const int64_t repeats = std::clamp<int64_t>(static_cast<int64_t>(options.seconds / once), 5, 1000);
    std::vector<double> trainingTimes, productTimes;
    for (int64_t i = 0; i < repeats && !divergence && !cancelled(); ++i) {
      trainingTimes.push_back(secondsOf(device, train));
      productTimes.push_back(secondsOf(device, multiply));
    }
    if (cancelled()) return Error{Fault::interrupted, "Interrupted; nothing was measured."};
    if (divergence) return workError(divergence->sentence(divergence->step - 1));

    const double repeatsPerEpoch =
        static_cast<double>(training.stepsPerEpoch()) / static_cast<double>(updates);
    TrainBench bench;
    bench.epochSeconds = median(trainingTimes) * repeatsPerEpoch;
    bench.matmulSeconds = median(productTimes) * repeatsPerEpoch;
    bench.ratio = bench.epochSeconds / bench.matmulSeconds;
    bench.threads = computeThreads();
    bench.imagesPerSecond = static_cast<double>(training.trainImages()) / bench.epochSeconds;
    return bench;
  } catch (const c10::Error& error) {
    return workError("The measurement failed: " + compat::message(error));
  } catch (const std::exception& error) {
    return workError(std::string("The measurement failed: ") + error.what());
  }
}

} // namespace latent
