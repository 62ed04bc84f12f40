// A model that is built in no time, with weights that make every latent, pixel and sign count.
#pragma once

#include "core/base/model_spec.h"
#include "core/base/random.h"
#include "core/base/weights.h"
#include "core/data/dataset.h"
#include "core/models/families.h"

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace latent::test {

inline ModelSpec tinySpec(const std::string& family = "vae", int64_t latent = 2,
                          const std::string& pixels = "grey", ImageShape shape = {1, 5, 4}) {
  Parameters given;
  given.set("latent", latent);
  given.set("hidden", std::vector<int64_t>{12});
  given.set("pixels", pixels);
  const Result<ModelSpec> spec = makeModelSpec(family, shape, given);
  EXPECT_TRUE(spec.ok());
  return *spec;
}

inline std::shared_ptr<Weights> tinyWeights(const ModelSpec& spec, int64_t step, uint64_t seed) {
  auto weights = std::make_shared<Weights>();
  weights->step = step;
  weights->layout = weightLayout(spec);
  Random random(seed);
  for (const WeightEntry& entry : *weights->layout)
    for (int64_t i = 0; i < entry.count(); ++i)
      weights->values.push_back(static_cast<float>(random.normal() * 0.5));
  return weights;
}

/// A map of 3x2 tokens out of 6 codes of 3 numbers, with a prior over them.
inline ModelSpec tinyTokenSpec(const Parameters& changes = {}) {
  Parameters given;
  given.set("stride", int64_t{2});
  given.set("codes", int64_t{6});
  given.set("code_size", int64_t{3});
  given.set("channels", int64_t{4});
  given.set("blocks", int64_t{1});
  given.set("prior_width", int64_t{4});
  given.set("prior_layers", int64_t{1});
  for (const auto& [key, value] : changes.all()) given.set(key, value);
  const Result<ModelSpec> spec = makeModelSpec("vq-vae", {1, 6, 4}, given);
  EXPECT_TRUE(spec.ok());
  return *spec;
}

/// Images of noise, the same in every split of this size and shape.
class NoiseSplit : public Split {
 public:
  NoiseSplit(int64_t size, ImageShape shape)
      : m_shape(shape), m_bytes(static_cast<size_t>(size * shape.pixels())) {
    Random random(7);
    for (uint8_t& byte : m_bytes) byte = static_cast<uint8_t>(random.below(256));
  }
  int64_t size() const override { return static_cast<int64_t>(m_bytes.size()) / m_shape.pixels(); }
  ImageShape shape() const override { return m_shape; }
  void read(std::span<const int64_t> indices, uint8_t* out) const override {
    for (int64_t index : indices) {
      const auto first = m_bytes.begin() + index * m_shape.pixels();
      out = std::copy(first, first + m_shape.pixels(), out);
    }
  }
  int64_t label(int64_t i) const override { return i % 10; }

 private:
  ImageShape m_shape;
  std::vector<uint8_t> m_bytes;
};

} // namespace latent::test
