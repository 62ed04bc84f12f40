// What can be seen only from inside a run.
#include "core/train/detail/training.h"

#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

using fixtures::tinyConfig;
using fixtures::tinyDataset;

TEST(Training, NeverTouchesTheGlobalGenerator) {
  const torch::Tensor before = at::globalContext().defaultGenerator(torch::kCPU).get_state().clone();
  Training training(tinyConfig(), tinyDataset(), std::nullopt);
  while (!training.epochComplete()) EXPECT_FALSE(training.update());
  EXPECT_FALSE(training.readBack());
  EXPECT_TRUE(training.finishEpoch([](double) { return true; }));
  Weights weights;
  training.snapshot(weights);
  (void)training.checkpoint();
  EXPECT_TRUE(at::globalContext().defaultGenerator(torch::kCPU).get_state().equal(before));
}

TEST(Training, AnInterruptedTestPassChangesNothing) {
  Training training(tinyConfig(), tinyDataset(), std::nullopt),
      other(tinyConfig(), tinyDataset(), std::nullopt);
  for (Training* each : {&training, &other}) {
    while (!each->epochComplete()) EXPECT_FALSE(each->update());
    EXPECT_FALSE(each->readBack());
  }
  EXPECT_FALSE(training.finishEpoch([](double) { return false; }));
  EXPECT_TRUE(training.epochComplete());
  EXPECT_EQ(training.epoch(), 1);
  // A run that is left here, with its test pass still to come, takes it up.
  Training resumed(tinyConfig(), tinyDataset(), training.checkpoint());
  EXPECT_TRUE(resumed.epochComplete());
  const auto always = [](double) { return true; };
  const auto expected = other.finishEpoch(always);
  for (Training* each : {&training, &resumed}) {
    const auto summary = each->finishEpoch(always);
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->test, expected->test);
    EXPECT_EQ(summary->train, expected->train);
    EXPECT_EQ(summary->epoch, 1);
  }
}

TEST(Training, ValuesDoNotDependOnWhenTheyAreReadBack) {
  Training often(tinyConfig(), tinyDataset(), std::nullopt),
      seldom(tinyConfig(), tinyDataset(), std::nullopt);
  std::vector<Metric> rows;
  for (int epoch = 0; epoch < 4; ++epoch) {
    while (!often.epochComplete()) {
      EXPECT_FALSE(often.update());
      EXPECT_FALSE(often.readBack());
      EXPECT_FALSE(seldom.update());
    }
    EXPECT_FALSE(seldom.readBack());
    often.beginEpoch();
    seldom.beginEpoch();
  }
  rows = often.takeRows();
  EXPECT_EQ(rows.size(), 8U);
  EXPECT_EQ(rows, seldom.takeRows());
}

TEST(Training, EveryImageIsSeenOnceAnEpoch) {
  // Images whose mean tells which they are: the epoch's mean of a loss that is linear in them cannot tell,
  // but the permutation in the checkpoint can.
  Training training(tinyConfig(), tinyDataset(), std::nullopt);
  EXPECT_FALSE(training.update());
  EXPECT_FALSE(training.readBack());
  const Checkpoint checkpoint = training.checkpoint();
  const Array* permutation = findArray(checkpoint.arrays, "permutation");
  ASSERT_TRUE(permutation);
  std::vector<int64_t> order = permutation->toIntegers();
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size(); ++i) ASSERT_EQ(order[i], static_cast<int64_t>(i));
  EXPECT_EQ(order.size(), 230U);
}

} // namespace
} // namespace latent
