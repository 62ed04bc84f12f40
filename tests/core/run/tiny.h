// A data set and a model so small that a run of several epochs takes a moment.
#pragma once

#include "core/base/random.h"
#include "core/data/dataset.h"
#include "core/run/training_run.h"

#include <algorithm>
#include <memory>

namespace latent {

/// 8x8 images: one bright bar whose place is the class.
class Bars : public Split {
 public:
  Bars(int64_t size, uint64_t seed) : m_pixels(static_cast<size_t>(size) * 64) {
    Random random(seed);
    for (size_t i = 0; i < m_pixels.size(); ++i)
      m_pixels[i] = static_cast<uint8_t>((i % 8 == i / 64 % 8 ? 200 : 0) + random.below(50));
  }
  int64_t size() const override { return static_cast<int64_t>(m_pixels.size()) / 64; }
  ImageShape shape() const override { return {1, 8, 8}; }
  void read(std::span<const int64_t> indices, uint8_t* out) const override {
    for (const int64_t i : indices) out = std::copy_n(m_pixels.data() + i * 64, 64, out);
  }
  std::span<const uint8_t> resident() const override { return m_pixels; }
  int64_t label(int64_t i) const override { return i % 8; }

 private:
  std::vector<uint8_t> m_pixels;
};

inline std::shared_ptr<const Dataset> tinyData(uint64_t seed = 7) {
  auto data = std::make_shared<Dataset>();
  data->id = "digits";
  data->name = "Bars";
  data->shape = {1, 8, 8};
  data->classes = {"0", "1", "2", "3", "4", "5", "6", "7"};
  data->checksums = {{"bars", std::to_string(seed)}};
  data->train = std::make_shared<Bars>(130, seed);
  data->test = std::make_shared<Bars>(40, seed + 1);
  return data;
}

/// 13 updates an epoch.
inline RunConfig tinyConfig(int64_t epochs, const std::string& family = "vae") {
  RunConfig config;
  config.family = family;
  config.dataset = "digits";
  config.epochs = epochs;
  config.seed = 3;
  config.device = "cpu";
  config.threads = 1;
  config.parameters.set("latent", int64_t{2});
  config.parameters.set("hidden", std::vector<int64_t>{16});
  config.parameters.set("batch", int64_t{10});
  return config;
}

/// Trains into `folder` until the end.
inline void trainTiny(const std::filesystem::path& folder, int64_t epochs,
                      const std::string& family = "vae") {
  auto run = TrainingRun::create(folder, tinyConfig(epochs, family), tinyData());
  if (!run) throw std::runtime_error(run.error().message);
  (*run)->trainer().start();
  if ((*run)->trainer().wait() != TrainerState::finished) throw std::runtime_error((*run)->record().message);
}

} // namespace latent
