#include "tests/app/cli/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;

TEST(Models, ASummaryListsLayersBelowEachOther) {
  const Outcome outcome =
      runLatent({"models", "--summary", "--model", "ae", "--shape", "1,8,8", "--latent", "2", "--set",
                 "architecture=conv", "--set", "channels=4,8", "--set", "conv_hidden=none"});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
  EXPECT_EQ(outcome.out, "ae for images of 1x8x8: 1331 weights\n"
                         "  encoder.0  Conv 4x4 /2             4x4x4   68\n"
                         "  encoder.2  Conv 4x4 /2             8x2x2  520\n"
                         "  z          Linear                  2       66\n"
                         "  decoder.0  Linear                  32      96\n"
                         "  decoder.3  Transposed conv 4x4 /2  4x4x4  516\n"
                         "  decoder.5  Transposed conv 4x4 /2  1x8x8   65\n");
}

TEST(Models, ASummaryIsOneJsonObject) {
  const Outcome outcome = runLatent({"models", "--summary", "--dataset", "cifar10", "--json"});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
  const auto lines = outcome.lines();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0]["model"], "vae");
  EXPECT_EQ(lines[0]["shape"], Json({3, 32, 32})); // known without the files
  EXPECT_EQ(lines[0]["layers"][0]["name"], "encoder.0");
  EXPECT_EQ(lines[0]["layers"][0]["kind"], "Linear");
  EXPECT_EQ(lines[0]["layers"][0]["shape"], Json({500}));
  int64_t weights = 0;
  for (const Json& layer : lines[0]["layers"]) weights += layer["weights"].get<int64_t>();
  EXPECT_EQ(lines[0]["weights"], weights);
}

TEST(Models, OneFamilyCanBeListedAlone) {
  const Outcome outcome = runLatent({"models", "--model", "ae", "--json"});
  ASSERT_EQ(outcome.lines().size(), 1U) << outcome.errors;
  EXPECT_EQ(outcome.lines()[0]["id"], "ae");
}

TEST(Models, WhatCannotBeSummarisedIsAUsageError) {
  const auto expectUsageError = [](const std::vector<std::string>& arguments, const std::string& text) {
    const Outcome outcome = runLatent(arguments);
    EXPECT_EQ(outcome.exitCode, 2) << text;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.errors, HasSubstr(text));
  };
  expectUsageError({"models", "--summary", "--shape", "28,28"}, "--shape: '28,28'");
  expectUsageError({"models", "--summary", "--shape", "0,28,28"}, "--shape: '0,28,28'");
  expectUsageError({"models", "--shape", "1,28,28"}, "--summary");
  expectUsageError({"models", "--model", "gan"}, "gan");
  expectUsageError(
      {"models", "--summary", "--shape", "1,3,3", "--set", "architecture=conv", "--set", "channels=8,8,8"},
      "at most 2");
}

} // namespace
} // namespace latent
