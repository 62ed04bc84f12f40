#include "core/models/model.h"

#include "core/models/layers.h"

#include <stdexcept>

namespace latent {

std::shared_ptr<Model> buildModel(const ModelSpec& spec, const torch::Device& device) {
  for (const ModelFamily& family : modelFamilies()) {
    if (family.info.id == spec.family) return family.build(spec, device);
  }
  throw std::logic_error("buildModel: no model family '" + spec.family + "'");
}

void initialise(Model& model, at::Generator& generator) {
  for (const auto& module : model.modules(/*include_self=*/false)) {
    if (auto* layer = dynamic_cast<Layer*>(module.get())) layer->initialise(generator);
  }
}

PixelMode pixelMode(const ModelSpec& spec) {
  const std::string& mode = spec.parameters.choice("pixels");
  if (mode == "grey") return PixelMode::grey;
  return mode == "thresholded" ? PixelMode::thresholded : PixelMode::rebinarised;
}

torch::Tensor pixelsFromBytes(const torch::Tensor& bytes, PixelMode mode, at::Generator& generator) {
  torch::NoGradGuard noGrad;
  if (mode == PixelMode::thresholded)
    return bytes.ge(128).to(torch::kFloat32); // 128 / 255 is the first >= 0.5
  torch::Tensor grey = bytes.to(torch::kFloat32).div_(255);
  if (mode == PixelMode::grey) return grey;
  return torch::empty_like(grey).uniform_(0, 1, generator).lt(grey).to(torch::kFloat32);
}

} // namespace latent
