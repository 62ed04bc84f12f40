// The multilayer perceptron: pixels - hidden .. - z - .. hidden reversed - pixels.
#include "core/models/architecture.h"

namespace latent {

namespace {

constexpr size_t kMaximumLayers = 8;

std::shared_ptr<DenseStack> stack(const ModelSpec& spec, const std::vector<int64_t>& widths,
                                  bool activateLast, const torch::Device& device) {
  const Activation activation = activationFromName(spec.parameters.choice("activation"));
  return std::make_shared<DenseStack>(widths, activation, activateLast, device);
}

} // namespace

Architecture mlpArchitecture() {
  Architecture mlp;
  mlp.id = "mlp";
  mlp.name = "Multilayer perceptron";
  mlp.check = [](const ModelSpec& spec) -> Status {
    const size_t layers = spec.parameters.list("hidden").size();
    if (layers <= kMaximumLayers) return done();
    return usageError("hidden: at most " + std::to_string(kMaximumLayers) + " layers, not " +
                      std::to_string(layers) + ".");
  };
  mlp.features = [](const ModelSpec& spec) {
    const std::vector<int64_t>& hidden = spec.parameters.list("hidden");
    return hidden.empty() ? spec.shape.pixels() : hidden.back();
  };
  mlp.encoder = [](const ModelSpec& spec, const torch::Device& device) {
    std::vector<int64_t> widths{spec.shape.pixels()};
    const std::vector<int64_t>& hidden = spec.parameters.list("hidden");
    widths.insert(widths.end(), hidden.begin(), hidden.end());
    return stack(spec, widths, /*activateLast=*/true, device);
  };
  mlp.decoder = [](const ModelSpec& spec, int64_t inputs, const torch::Device& device) {
    std::vector<int64_t> widths{inputs};
    const std::vector<int64_t>& hidden = spec.parameters.list("hidden");
    widths.insert(widths.end(), hidden.rbegin(), hidden.rend());
    widths.push_back(spec.shape.pixels());
    return stack(spec, widths, /*activateLast=*/false, device);
  };
  return mlp;
}

} // namespace latent
