// A VAE and an AE on the bars, trained once for all tests of a suite.
#pragma once

#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <gtest/gtest.h>

#include <memory>

namespace latent {

class TinyPair : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch = new Scratch;
    trainTiny(*scratch / "vae", 2);
    trainTiny(*scratch / "ae", 2, "ae");
  }
  static void TearDownTestSuite() { delete scratch; }

  static inline Scratch* scratch = nullptr;
  std::shared_ptr<const Dataset> data = tinyData();
  JobControl control;
};

} // namespace latent
