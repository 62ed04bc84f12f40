// Small runs for the tests of training.
#pragma once

#include "core/train/trainer.h"
#include "tests/core/fixtures/model_specs.h"
#include "tests/core/fixtures/tiny_dataset.h"

namespace latent::fixtures {

/// 230 images in batches of 50: five updates an epoch, the last of 30 images.
inline TrainerConfig tinyConfig(const std::string& family = "vae", int64_t epochs = 3,
                                Parameters changes = {}) {
  TrainerConfig config;
  config.model = tinySpec(family, std::move(changes));
  config.epochs = epochs;
  return config;
}

} // namespace latent::fixtures
