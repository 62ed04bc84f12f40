// The convolutional network: each stage halves the image with a strided convolution, dense layers follow; the
// decoder mirrors it with transposed convolutions. Where a side is odd, the kernel of the encoder is 3 in
// place of 4 there, and in the decoder nn.Upsample(size=(H, W)), nn.Conv2d(.., 3, 1, 1) double in place of
// nn.ConvTranspose2d.
//
// For 28x28x1, channels 32,64 and conv_hidden 256, in PyTorch:
//   encoder = nn.Sequential(                         decoder = nn.Sequential(
//     0  nn.Conv2d(1, 32, 4, 2, 1),                    0  nn.Linear(K, 256),
//     1  nn.ReLU(),                                    1  nn.ReLU(),
//     2  nn.Conv2d(32, 64, 4, 2, 1),                   2  nn.Linear(256, 3136),
//     3  nn.ReLU(),                                    3  nn.Unflatten(1, (64, 7, 7)),
//     4  nn.Flatten(),                                 4  nn.ReLU(),
//     5  nn.Linear(3136, 256),                         5  nn.ConvTranspose2d(64, 32, 4, 2, 1),
//     6  nn.ReLU())                                    6  nn.ReLU(),
//   mu, logvar = nn.Linear(256, K), the same           7  nn.ConvTranspose2d(32, 1, 4, 2, 1),
//                                                      8  nn.Flatten())
#include "core/models/conv.h"

#include <algorithm>
#include <string>

namespace latent {

namespace {

constexpr size_t kMaximumDense = 8;

int64_t halved(int64_t size) {
  return (size + 1) / 2;
}

/// How often both sides can be halved; a side of 1 cannot.
size_t possibleStages(const ImageShape& shape) {
  size_t count = 0;
  for (int64_t side = std::min(shape.height, shape.width); side > 1; side = halved(side)) ++count;
  return count;
}

/// Kernel of the stride-2 convolution that halves this side exactly.
int64_t kernelSide(int64_t size) {
  return size % 2 == 0 ? 4 : 3;
}

std::shared_ptr<Body> encoder(const ModelSpec& spec, const torch::Device& device) {
  const Activation activation = activationFromName(spec.parameters.choice("activation"));
  const std::vector<Stage> stages = stagesOf(spec);
  const Stage::Map& image = stages.front().from;
  auto body = std::make_shared<Sequence>(std::vector{image.channels, image.height, image.width}, device);
  for (const Stage& stage : stages) {
    body->conv(stage.to.channels, stage.kernel, 2, 1);
    body->activation(activation);
  }
  addDense(*body, spec, activation);
  return body;
}

std::shared_ptr<Body> decoder(const ModelSpec& spec, int64_t inputs, const torch::Device& device) {
  const Activation activation = activationFromName(spec.parameters.choice("activation"));
  const std::vector<Stage> stages = stagesOf(spec);
  auto body = std::make_shared<Sequence>(std::vector{inputs}, device);
  addDenseBack(*body, spec, activation);
  for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage) {
    body->activation(activation);
    addDoubling(*body, *stage);
  }
  body->flatten();
  return body;
}

} // namespace

std::vector<Stage> stagesOf(const ModelSpec& spec) {
  std::vector<Stage> stages;
  Stage::Map map{spec.shape.channels, spec.shape.height, spec.shape.width};
  for (const int64_t channels : spec.parameters.list("channels")) {
    const Stage::Map next{channels, halved(map.height), halved(map.width)};
    stages.push_back({map, next, Kernel(kernelSide(map.height), kernelSide(map.width))});
    map = next;
  }
  return stages;
}

Status checkStages(const ModelSpec& spec) {
  const size_t stages = spec.parameters.list("channels").size();
  const size_t possible = possibleStages(spec.shape);
  const std::string image = std::to_string(spec.shape.height) + " x " + std::to_string(spec.shape.width);
  if (possible == 0) {
    return usageError("architecture: images of " + image +
                      " pixels cannot be halved, which convolutions do; use the architecture mlp.");
  }
  if (stages > possible) {
    return usageError("channels: images of " + image + " pixels cannot be halved " + std::to_string(stages) +
                      " times; give at most " + std::to_string(possible) + ", one for each halving.");
  }
  const size_t dense = spec.parameters.list("conv_hidden").size();
  if (dense <= kMaximumDense) return done();
  return usageError("conv_hidden: at most " + std::to_string(kMaximumDense) + " layers, not " +
                    std::to_string(dense) + ".");
}

void addDoubling(Sequence& decoder, const Stage& stage) {
  const Stage::Map& to = stage.from;
  if (stage.kernel == Kernel(4)) {
    decoder.convTranspose(to.channels, stage.kernel, 2, 1);
  } else {
    decoder.upsample(to.height, to.width);
    decoder.conv(to.channels, 3, 1, 1);
  }
}

int64_t denseFeatures(const ModelSpec& spec) {
  const std::vector<int64_t>& hidden = spec.parameters.list("conv_hidden");
  if (!hidden.empty()) return hidden.back();
  const Stage::Map map = stagesOf(spec).back().to;
  return map.channels * map.height * map.width;
}

void addDense(Sequence& encoder, const ModelSpec& spec, Activation activation) {
  encoder.flatten();
  for (const int64_t width : spec.parameters.list("conv_hidden")) {
    encoder.linear(width);
    encoder.activation(activation);
  }
}

void addDenseBack(Sequence& decoder, const ModelSpec& spec, Activation activation) {
  const std::vector<int64_t>& hidden = spec.parameters.list("conv_hidden");
  for (auto width = hidden.rbegin(); width != hidden.rend(); ++width) {
    decoder.linear(*width);
    decoder.activation(activation);
  }
  const Stage::Map map = stagesOf(spec).back().to;
  decoder.linear(map.channels * map.height * map.width);
  decoder.unflatten(map.channels, map.height, map.width);
}

Architecture convArchitecture() {
  return {"conv", "Convolutional network", checkStages, denseFeatures, encoder, decoder};
}

} // namespace latent
