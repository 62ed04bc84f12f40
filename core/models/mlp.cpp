#include "core/models/mlp.h"

namespace latent {

namespace {

std::vector<int64_t> decoderSizes(const MlpSizes& sizes) {
  std::vector<int64_t> widths{sizes.latent};
  widths.insert(widths.end(), sizes.hidden.rbegin(), sizes.hidden.rend());
  widths.push_back(sizes.pixels);
  return widths;
}

std::vector<int64_t> encoderSizes(const MlpSizes& sizes) {
  std::vector<int64_t> widths{sizes.pixels};
  widths.insert(widths.end(), sizes.hidden.begin(), sizes.hidden.end());
  return widths;
}

// In double: products of extreme sizes pass int64 before anybody checks them.
double countDense(const std::vector<int64_t>& widths) {
  double count = 0;
  for (size_t i = 0; i + 1 < widths.size(); ++i) {
    count += (static_cast<double>(widths[i]) + 1) * static_cast<double>(widths[i + 1]);
  }
  return count;
}

} // namespace

MlpSizes::MlpSizes(const ModelSpec& spec)
    : pixels(spec.shape.pixels()),
      hidden(spec.parameters.list("hidden")),
      latent(spec.parameters.integer("latent")),
      activation(activationFromName(spec.parameters.choice("activation"))) {}

double countMlpWeights(const MlpSizes& sizes, int heads) {
  return countDense(encoderSizes(sizes)) + heads * countDense({sizes.encoded(), sizes.latent}) +
         countDense(decoderSizes(sizes));
}

std::shared_ptr<DenseStack> makeMlpEncoder(const MlpSizes& sizes, const torch::Device& device) {
  return std::make_shared<DenseStack>(encoderSizes(sizes), sizes.activation, /*activateLast=*/true, device);
}

std::shared_ptr<Dense> makeMlpHead(const MlpSizes& sizes, const torch::Device& device) {
  return std::make_shared<Dense>(sizes.encoded(), sizes.latent, device);
}

std::shared_ptr<DenseStack> makeMlpDecoder(const MlpSizes& sizes, const torch::Device& device) {
  return std::make_shared<DenseStack>(decoderSizes(sizes), sizes.activation, /*activateLast=*/false, device);
}

torch::Tensor imagesFromLogits(const torch::Tensor& logits, const ImageShape& shape) {
  return torch::sigmoid(logits).view({logits.size(0), shape.channels, shape.height, shape.width});
}

} // namespace latent
