#include "core/run/pack.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(PackRun, theCopyLooksLikeTheRunAtHalfPrecision) {
  const Scratch scratch;
  trainTiny(scratch / "run", 2);
  const auto run = RunFolder::open(scratch / "run");
  ASSERT_TRUE(run);
  ASSERT_TRUE(packRun(*run, {0, 10, 26}, scratch / "copy"));

  const auto copy = RunFolder::open(scratch / "copy");
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ(copy->record().id, run->record().id);
  EXPECT_THAT(copy->snapshots(), ElementsAre(0, 10, 26));
  for (const int64_t step : {0, 10, 26}) {
    const auto from = run->weights(step), to = copy->weights(step);
    ASSERT_TRUE(from && to);
    EXPECT_EQ((*to)->step, step);
    ASSERT_EQ((*from)->values.size(), (*to)->values.size());
    for (size_t i = 0; i < (*from)->values.size(); ++i)
      ASSERT_NEAR((*to)->values[i], (*from)->values[i], std::abs((*from)->values[i]) * 0x1p-11 + 0x1p-25);
  }
  EXPECT_FALSE(std::filesystem::exists(scratch / "copy" / "state.safetensors"));
  const auto metrics = copy->metrics();
  ASSERT_TRUE(metrics);
  EXPECT_EQ(metrics->rows.size(), 16u); // two epochs, train and test, four series
  for (const Metric& metric : metrics->rows) EXPECT_NE(metric.split, "batch");
}

TEST(PackRun, refusesUnknownStepsAndFoldersInUse) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  const auto run = RunFolder::open(scratch / "run");
  ASSERT_TRUE(run);
  const Status unknown = packRun(*run, {0, 5}, scratch / "copy");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().fault, Fault::usage);
  EXPECT_THAT(unknown.error().message, HasSubstr("step 5"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "copy"));
  const Status used = packRun(*run, {}, scratch / "run");
  ASSERT_FALSE(used);
  EXPECT_THAT(used.error().message, HasSubstr("there already"));
  const Status unnamed = packRun(*run, {}, "");
  ASSERT_FALSE(unnamed);
  EXPECT_EQ(unnamed.error().fault, Fault::usage);
}

TEST(PackRun, aCopyThatFailsLeavesNothingInTheWayOfTheNext) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  const auto run = RunFolder::open(scratch / "run");
  ASSERT_TRUE(run);
  std::filesystem::resize_file(scratch / "run" / "weights.safetensors", 100);
  const Status failed = packRun(*run, {0, 13}, scratch / "copy");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().fault, Fault::input);
  EXPECT_FALSE(std::filesystem::exists(scratch / "copy"));
}

} // namespace
} // namespace latent
