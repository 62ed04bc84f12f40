// A VAE, an AE and a model of tokens, trained once for all tests of a program.
#pragma once

#include "core/models/compute.h"
#include "core/run/figures.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace latent {

class SmallRuns : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    setComputeThreads(1);
    scratch = std::make_unique<Scratch>();
    train("vae", "vae", 3);
    train("wide", "vae", 5);
    train("ae", "ae", 3);
    train("vq", "vq-vae", 0);
  }
  static void TearDownTestSuite() { scratch.reset(); }

  static void train(const std::string& name, const std::string& family, int64_t latent) {
    RunConfig config = tinyConfig(2, family);
    config.name = name;
    if (latent > 0) {
      config.parameters.set("latent", latent);
    } else {
      config.parameters = {};
      config.parameters.set("stride", int64_t{4});
      config.parameters.set("channels", int64_t{4});
      config.parameters.set("codes", int64_t{8});
    }
    auto run = TrainingRun::create(*scratch / name, config, tinyData());
    if (!run) throw std::runtime_error(run.error().message);
    (*run)->trainer().start();
    (*run)->trainer().wait();
  }
  static FigureSource source(const std::string& name, std::optional<int64_t> step = {}) {
    return {*RunFolder::open(*scratch / name), step};
  }

  static inline std::unique_ptr<Scratch> scratch;
  std::shared_ptr<const Dataset> data = tinyData();
  JobControl control;
};

constexpr size_t tinyPixels = 64; ///< of an image of tinyData()

inline void expectSamePixels(std::span<const float> a, std::span<const float> b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], 1e-5) << "pixel " << i;
}

} // namespace latent
