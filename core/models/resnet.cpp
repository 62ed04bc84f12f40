// The residual network: each stage halves the image with a strided convolution and adds residual blocks with
// group norm; dense layers follow. The decoder mirrors it. Odd sides as in conv.cpp.
//
// For 28x28x1, channels 32,64, blocks 1 and conv_hidden 256, in PyTorch (Block(c): norm1, conv1, norm2, conv2
// as in conv_layers.h, GroupNorm in normGroups(c) groups):
//   encoder = nn.Sequential(                         decoder = nn.Sequential(
//     0  nn.Conv2d(1, 32, 4, 2, 1),                    0  nn.Linear(K, 256),
//     1  Block(32),                                    1  nn.ReLU(),
//     2  nn.Conv2d(32, 64, 4, 2, 1),                   2  nn.Linear(256, 3136),
//     3  Block(64),                                    3  nn.Unflatten(1, (64, 7, 7)),
//     4  nn.GroupNorm(8, 64),                          4  Block(64),
//     5  nn.ReLU(),                                    5  nn.ConvTranspose2d(64, 32, 4, 2, 1),
//     6  nn.Flatten(),                                 6  Block(32),
//     7  nn.Linear(3136, 256),                         7  nn.GroupNorm(8, 32),
//     8  nn.ReLU())                                    8  nn.ReLU(),
//   mu, logvar = nn.Linear(256, K), the same           9  nn.ConvTranspose2d(32, 1, 4, 2, 1),
//                                                     10  nn.Flatten())
#include "core/models/conv.h"

namespace latent {

namespace {

void addBlocks(Sequence& body, const ModelSpec& spec, Activation activation) {
  ResidualBlock::Shape shape;
  shape.groups = normGroups(body.shape().front());
  for (int64_t i = 0; i < spec.parameters.integer("blocks"); ++i) body.residual(shape, activation);
}

std::shared_ptr<Body> encoder(const ModelSpec& spec, const torch::Device& device) {
  const Activation activation = activationFromName(spec.parameters.choice("activation"));
  const std::vector<Stage> stages = stagesOf(spec);
  const Stage::Map& image = stages.front().from;
  auto body = std::make_shared<Sequence>(std::vector{image.channels, image.height, image.width}, device);
  for (const Stage& stage : stages) {
    body->conv(stage.to.channels, stage.kernel, 2, 1);
    addBlocks(*body, spec, activation);
  }
  body->groupNorm(); // what the blocks add up to is neither normed nor activated
  body->activation(activation);
  addDense(*body, spec, activation);
  return body;
}

std::shared_ptr<Body> decoder(const ModelSpec& spec, int64_t inputs, const torch::Device& device) {
  const Activation activation = activationFromName(spec.parameters.choice("activation"));
  const std::vector<Stage> stages = stagesOf(spec);
  auto body = std::make_shared<Sequence>(std::vector{inputs}, device);
  addDenseBack(*body, spec, activation);
  for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage) {
    addBlocks(*body, spec, activation);
    if (stage + 1 == stages.rend()) {
      body->groupNorm();
      body->activation(activation);
    }
    addDoubling(*body, *stage);
  }
  body->flatten();
  return body;
}

} // namespace

Architecture resnetArchitecture() {
  return {"resnet", "Residual network", checkStages, denseFeatures, encoder, decoder};
}

} // namespace latent
