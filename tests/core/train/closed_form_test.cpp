// Families that are solved in one step, whichever there are.
#include "core/models/evaluation.h"
#include "core/models/families.h"
#include "core/train/bench.h"
#include "core/train/steps.h"
#include "tests/core/train/recording_listener.h"
#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

using fixtures::RecordingListener;
using fixtures::tinyConfig;
using fixtures::tinyDataset;

std::vector<std::string> closedForms() {
  std::vector<std::string> ids;
  for (const FamilyInfo& family : families()) {
    if (family.closedForm) ids.push_back(family.id);
  }
  return ids;
}

class ClosedForms : public testing::TestWithParam<std::string> {};

TEST_P(ClosedForms, IsOneEpochOfOneStepWhateverWasAsked) {
  const TrainerConfig config = tinyConfig(GetParam(), 40);
  EXPECT_EQ(epochsOf(config.model, 40), 1);
  EXPECT_EQ(stepsPerEpoch(config.model, 60000), 1);
  RecordingListener listener;
  Trainer trainer(config, tinyDataset(), &listener);
  trainer.start();
  ASSERT_EQ(trainer.wait(), TrainerState::finished) << trainer.progress().message;
  EXPECT_EQ(trainer.progress().epochs, 1);
  EXPECT_EQ(trainer.progress().epoch, 1);
  EXPECT_EQ(trainer.progress().step, 1);
  ASSERT_EQ(listener.summaries.size(), 1U);
  EXPECT_EQ(listener.summaries[0].epoch, 1);
  ASSERT_EQ(listener.kept.size(), 2U); // before and after
  EXPECT_EQ(listener.kept[0].step, 0);
  EXPECT_EQ(listener.kept[1].step, 1);
  const auto data = tinyDataset();
  EXPECT_EQ(*evaluateSplit(config.model, listener.kept[1], *data->train, config.seed),
            listener.summaries[0].train);
  EXPECT_EQ(*evaluateSplit(config.model, listener.kept[1], *data->test, config.seed),
            listener.summaries[0].test);
}

TEST_P(ClosedForms, PausesAndStopsBetweenBatchesAndBeginsAnewElsewhere) {
  const TrainerConfig config = tinyConfig(GetParam());
  const auto dataset = tinyDataset(2600); // six batches
  RecordingListener whole, paused, resumed;
  {
    Trainer trainer(config, dataset, &whole);
    trainer.start();
    ASSERT_EQ(trainer.wait(), TrainerState::finished);
  }
  {
    Trainer trainer(config, dataset, &paused);
    paused.onKept = [&](const Weights& weights) { // before the first batch, on the training thread
      if (weights.step == 0) trainer.pause();
    };
    trainer.start();
    ASSERT_EQ(trainer.wait(), TrainerState::paused);
    EXPECT_EQ(trainer.progress().step, 0);
    EXPECT_EQ(paused.checkpoints.back().epoch, 0);
  }
  EXPECT_EQ(paused.states.back(), TrainerState::stopped);
  Trainer trainer(config, dataset, &resumed, paused.checkpoints.back());
  trainer.stepOnce(); // the whole step, not one batch
  ASSERT_EQ(trainer.wait(), TrainerState::finished);
  EXPECT_EQ(resumed.kept.back().values, whole.kept.back().values);
  EXPECT_EQ(resumed.summaries.back().test, whole.summaries.back().test);
}

TEST_P(ClosedForms, AFinishedOneHasNothingLeftToDo) {
  RecordingListener first, again;
  {
    Trainer trainer(tinyConfig(GetParam()), tinyDataset(), &first);
    trainer.start();
    trainer.wait();
  }
  Trainer trainer(tinyConfig(GetParam(), 100), tinyDataset(), &again, first.checkpoints.back());
  trainer.start();
  ASSERT_EQ(trainer.wait(), TrainerState::finished);
  EXPECT_TRUE(again.summaries.empty());
}

TEST_P(ClosedForms, HasNoEpochToBench) {
  const auto bench = benchTrain(tinyConfig(GetParam()).model, tinyDataset());
  ASSERT_FALSE(bench);
  EXPECT_EQ(bench.error().fault, Fault::usage);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ClosedForms);
INSTANTIATE_TEST_SUITE_P(Registry, ClosedForms, testing::ValuesIn(closedForms()));

} // namespace
} // namespace latent
