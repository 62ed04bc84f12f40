// A VAE and an AE of few weights, trained by `latent` itself once for a suite of tests.
#pragma once

#include "core/io/files.h"
#include "tests/app/cli/program.h"
#include "tests/core/io/scratch.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace latent {

class TrainedPair : public testing::Test {
 protected:
  using Words = std::vector<std::string>;

  /// Into path("vae") and path("ae"); a suite calls it in SetUpTestSuite.
  static void trainPair(int latent, int epochs) {
    scratch = std::make_unique<Scratch>();
    for (const char* family : {"vae", "ae"}) {
      const Outcome trained =
          runLatent({"train", "--model", family, "--dataset", "digits", "--latent", std::to_string(latent),
                     "--set", "hidden=16", "--set", "batch=1000", "--threads", "1", "--epochs",
                     std::to_string(epochs), "--out", path(family)});
      ASSERT_EQ(trained.exitCode, 0) << trained.errors;
    }
  }
  static void TearDownTestSuite() { scratch.reset(); }
  static std::string path(const std::string& name) { return (*scratch / name).string(); }
  static void expectDone(const Words& words) {
    const Outcome outcome = runLatent(words);
    EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
    EXPECT_EQ(outcome.errors, "");
  }
  static void expectError(const Words& words, int code, const std::string& text) {
    expectError(runLatent(words), code, text);
  }
  static void expectError(const Outcome& outcome, int code, const std::string& text) {
    EXPECT_EQ(outcome.exitCode, code) << outcome.errors;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.errors, testing::HasSubstr(text));
    EXPECT_EQ(std::count(outcome.errors.begin(), outcome.errors.end(), '\n'), 1) << outcome.errors;
  }
  static std::string bytesOf(const std::string& file) {
    const auto text = readText(file, int64_t{1} << 28);
    return text ? *text : text.error().message;
  }
  static inline std::unique_ptr<Scratch> scratch;
};

} // namespace latent
