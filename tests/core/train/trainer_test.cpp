#include "core/train/trainer.h"

#include "core/models/evaluation.h"
#include "tests/core/train/recording_listener.h"
#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <latch>
#include <set>

namespace latent {
namespace {

using fixtures::parameter;
using fixtures::RecordingListener;
using fixtures::tinyConfig;
using fixtures::tinyDataset;

struct Finished {
  RecordingListener listener;
  TrainerState state = TrainerState::ready;
  std::string message;
};

std::unique_ptr<Finished> trained(const TrainerConfig& config,
                                  std::shared_ptr<const Dataset> dataset = tinyDataset()) {
  auto result = std::make_unique<Finished>();
  Trainer trainer(config, std::move(dataset), &result->listener);
  trainer.start();
  result->state = trainer.wait();
  result->message = trainer.progress().message;
  return result;
}

double lastTest(const Finished& run, const std::string& key) {
  return run.listener.summaries.back().test.at(key);
}

TEST(Trainer, LearnsTheBlobs) {
  for (const std::string family : {"ae", "vae"}) {
    Parameters changes = parameter("learning_rate", 0.01);
    changes.set("hidden", std::vector<int64_t>{64});
    const auto run = trained(tinyConfig(family, 60, changes));
    ASSERT_EQ(run->state, TrainerState::finished) << run->message;
    // Close to the entropy of the grey values, which no model can pass; the first epoch has learnt the mean
    // image.
    EXPECT_LT(lastTest(*run, "recon"), run->listener.summaries.front().test.at("recon") - 5) << family;
    EXPECT_LT(lastTest(*run, "recon"), 22) << family;
    EXPECT_EQ(run->listener.summaries.size(), 60U);
  }
}

TEST(Trainer, EqualSeedsGiveEqualBitsAndOthersDoNot) {
  for (const std::string pixels : {"grey", "rebinarised"}) {
    TrainerConfig config = tinyConfig("vae", 2, parameter("pixels", pixels));
    const auto first = trained(config), second = trained(config);
    EXPECT_EQ(first->listener.rows, second->listener.rows);
    EXPECT_EQ(first->listener.checkpoints.back().arrays, second->listener.checkpoints.back().arrays);
    config.seed = 2;
    const auto other = trained(config);
    EXPECT_NE(first->listener.kept.front().values, other->listener.kept.front().values);
    EXPECT_NE(first->listener.kept.back().values, other->listener.kept.back().values);
  }
}

TEST(Trainer, SplitsThatAreReadGiveTheSameBitsAsResidentOnes) {
  const auto resident = trained(tinyConfig());
  const auto read = trained(tinyConfig(), tinyDataset(230, 60, {1, 8, 8}, false));
  EXPECT_EQ(resident->listener.kept.back().values, read->listener.kept.back().values);
  EXPECT_EQ(resident->listener.rows, read->listener.rows);
}

TEST(Trainer, UsesTheLastSmallerBatchAndKeepsTheSnapshotsItPromises) {
  const auto run = trained(tinyConfig("vae", 3));
  std::vector<int64_t> steps;
  for (const Weights& weights : run->listener.kept) steps.push_back(weights.step);
  EXPECT_EQ(steps, (std::vector<int64_t>{0, 1, 3, 5, 10, 15}));
  EXPECT_EQ(run->listener.kept[1].epoch, 50.0 / 230);
  EXPECT_EQ(run->listener.kept[3].epoch, 1);
  EXPECT_EQ(run->listener.summaries[0].step, 5);
  EXPECT_EQ(run->listener.checkpoints.front().step, 0);
  EXPECT_EQ(run->listener.checkpoints.back().step, 15);
  EXPECT_EQ(run->listener.checkpoints.size(), 4U)
      << "at step 0 and after each epoch, not once more at the end";
}

TEST(Trainer, ABatchLargerThanTheSplitIsTheWholeSplit) {
  const auto run = trained(tinyConfig("vae", 2, parameter("batch", int64_t{10000})));
  EXPECT_EQ(run->state, TrainerState::finished);
  EXPECT_EQ(run->listener.summaries.back().step, 2);
}

TEST(Trainer, BatchesOfOneImageWork) {
  const auto run = trained(tinyConfig("vae", 1, parameter("batch", int64_t{1})));
  EXPECT_EQ(run->listener.summaries.back().step, 230);
}

TEST(Trainer, ReportsBatchTrainAndTestRows) {
  const auto run = trained(tinyConfig("vae", 4));
  std::map<std::string, std::set<int64_t>> steps;
  for (const Metric& row : run->listener.rows) steps[row.split + " " + row.series].insert(row.step);
  for (const std::string series : {"loss", "recon", "kl", "elbo"}) {
    EXPECT_EQ(steps["batch " + series], (std::set<int64_t>{10, 20}));
    EXPECT_EQ(steps["train " + series], (std::set<int64_t>{5, 10, 15, 20}));
    EXPECT_EQ(steps["test " + series], (std::set<int64_t>{5, 10, 15, 20}));
  }
  EXPECT_EQ(steps.size(), 12U);
  const auto ae = trained(tinyConfig("ae", 1));
  for (const Metric& row : ae->listener.rows) EXPECT_TRUE(row.series == "loss" || row.series == "recon");
}

TEST(Trainer, TestRowsAreWhatEvaluationSays) {
  const TrainerConfig config = tinyConfig("vae", 2, parameter("pixels", std::string("rebinarised")));
  const auto dataset = tinyDataset();
  const auto run = trained(config, dataset);
  const auto measures = evaluateSplit(config.model, run->listener.kept.back(), *dataset->test, config.seed);
  ASSERT_TRUE(measures.ok());
  EXPECT_EQ(*measures, run->listener.summaries.back().test);
}

TEST(Trainer, StepOnceMakesOneUpdate) {
  RecordingListener listener;
  Trainer trainer(tinyConfig(), tinyDataset(), &listener);
  EXPECT_EQ(trainer.progress().state, TrainerState::ready);
  for (int64_t step = 1; step <= 6; ++step) {
    trainer.stepOnce();
    EXPECT_EQ(trainer.wait(), TrainerState::paused);
    EXPECT_EQ(trainer.progress().step, step);
    const auto weights = trainer.live().take();
    ASSERT_TRUE(weights.has_value());
    EXPECT_EQ((*weights)->step, step);
  }
  EXPECT_EQ(trainer.progress().epoch, 1 + 50.0 / 230);
  EXPECT_EQ(listener.summaries.size(), 1U);
  trainer.start();
  EXPECT_EQ(trainer.wait(), TrainerState::finished);
  EXPECT_EQ(listener.kept.back().values, trained(tinyConfig())->listener.kept.back().values);
}

TEST(Trainer, StopKeepsACheckpoint) {
  RecordingListener listener;
  TrainerConfig config = tinyConfig("vae", 1000000);
  Trainer trainer(config, tinyDataset(), &listener);
  std::latch reached(1);
  listener.onKept = [&](const Weights& weights) {
    if (weights.step == 3) reached.count_down();
  };
  trainer.start();
  reached.wait();
  trainer.stop();
  EXPECT_EQ(trainer.wait(), TrainerState::stopped);
  EXPECT_GE(listener.checkpoints.back().step, 3);
  EXPECT_EQ(listener.checkpoints.back().step, trainer.progress().step);
  EXPECT_EQ(listener.states.back(), TrainerState::stopped);
  trainer.start(); // nothing begins again
  EXPECT_EQ(trainer.wait(), TrainerState::stopped);
}

TEST(Trainer, CommandsBeforeTheStartAreHarmless) {
  RecordingListener listener;
  {
    Trainer trainer(tinyConfig(), tinyDataset(), &listener);
    trainer.pause();
    EXPECT_EQ(trainer.progress().state, TrainerState::ready);
    trainer.stop();
    EXPECT_EQ(trainer.wait(), TrainerState::stopped);
  }
  EXPECT_TRUE(listener.states.empty());
}

TEST(Trainer, DestructionStopsTheRun) {
  RecordingListener listener;
  {
    Trainer trainer(tinyConfig("vae", 1000000), tinyDataset(), &listener);
    trainer.start();
  }
  EXPECT_FALSE(listener.checkpoints.empty());
  EXPECT_EQ(listener.states.back(), TrainerState::stopped);
}

TEST(Trainer, LearningRateChangesWhileItRuns) {
  RecordingListener listener;
  Trainer trainer(tinyConfig("vae", 3), tinyDataset(), &listener);
  trainer.stepOnce();
  trainer.wait();
  trainer.setParameter("learning_rate", 0.05);
  trainer.stepOnce();
  trainer.wait();
  ASSERT_EQ(listener.changes.size(), 1U);
  EXPECT_EQ(listener.changes[0].step, 1);
  EXPECT_EQ(listener.changes[0].key, "learning_rate");
  EXPECT_EQ(listener.changes[0].from, 1e-3);
  EXPECT_EQ(listener.changes[0].to, 0.05);
  EXPECT_GT(listener.changes[0].seconds, 0);
  EXPECT_EQ(trainer.progress().live.at("learning_rate"), 0.05);
  EXPECT_EQ(listener.checkpoints.back().values.at("live").at("learning_rate"), 0.05);
  // Adam's second update moves a weight by at most a little more than the rate.
  const std::vector<float>& before = listener.checkpointWeights[listener.checkpointWeights.size() - 2].values;
  const std::vector<float>& after = listener.checkpointWeights.back().values;
  float largest = 0;
  for (size_t i = 0; i < before.size(); ++i) largest = std::max(largest, std::abs(after[i] - before[i]));
  EXPECT_GT(largest, 0.02F);
  EXPECT_LT(largest, 0.06F);
  EXPECT_THROW(trainer.setParameter("learning_rate", 0), std::logic_error);
  EXPECT_THROW(trainer.setParameter("learning_rate", std::nan("")), std::logic_error);
  EXPECT_THROW(trainer.setParameter("batch", 10), std::logic_error);
  EXPECT_THROW(trainer.setParameter("no_such_key", 1), std::logic_error);
}

TEST(Trainer, DivergenceStopsWithStepAndTermAndKeepsTheLastGoodWeights) {
  // Errors weighed 10^4 times and steps as long as their gradient: the surest way to blow it up.
  Parameters changes = parameter("learning_rate", 1.0);
  changes.set("optimiser", std::string("sgd"));
  changes.set("likelihood", std::string("gaussian"));
  changes.set("sigma", 0.01);
  const TrainerConfig config = tinyConfig("vae", 100000, changes);
  RecordingListener listener;
  Trainer trainer(config, tinyDataset(), &listener);
  trainer.start();
  ASSERT_EQ(trainer.wait(), TrainerState::failed);
  const std::string message = trainer.progress().message;
  const int64_t step = trainer.progress().step;
  EXPECT_NE(message.find("weights of step " + std::to_string(step) + " are kept"), std::string::npos)
      << message;
  EXPECT_TRUE(message.find("kl became") != std::string::npos ||
              message.find("recon became") != std::string::npos)
      << message;
  EXPECT_EQ(listener.messages.back(), message);
  EXPECT_EQ(listener.checkpoints.back().step, step);
  for (const float value : listener.checkpointWeights.back().values) ASSERT_TRUE(std::isfinite(value));
  const auto shown = trainer.live().take();
  ASSERT_TRUE(shown.has_value());
  EXPECT_EQ((*shown)->values, listener.checkpointWeights.back().values);
  // Finite weights are not yet good ones: they must give finite values.
  const auto values = evaluateSplit(config.model, **shown, *tinyDataset()->train, 1);
  ASSERT_TRUE(values);
  for (const auto& [name, value] : *values) EXPECT_TRUE(std::isfinite(value)) << name;
  EXPECT_EQ(listener.states.back(), TrainerState::failed);
  for (const Metric& row : listener.rows) EXPECT_TRUE(std::isfinite(row.value));
}

TEST(Trainer, FailsInOneSentence) {
  EXPECT_EQ(trained(tinyConfig(), tinyDataset(0, 10))->state, TrainerState::failed);
  const auto shape = trained(tinyConfig(), tinyDataset(10, 10, {1, 9, 9}));
  EXPECT_EQ(shape->state, TrainerState::failed);
  EXPECT_NE(shape->message.find("shape"), std::string::npos);
  TrainerConfig config = tinyConfig();
  config.device = "no such device";
  const auto device = trained(config);
  EXPECT_EQ(device->state, TrainerState::failed);
  EXPECT_EQ(device->message.find('\n'), std::string::npos);
}

TEST(Trainer, AListenerThatThrowsStopsTheRun) {
  struct FullDisk : TrainerListener {
    void epochDone(const EpochSummary&) override { throw std::runtime_error("The disk is full."); }
  } listener;
  Trainer trainer(tinyConfig(), tinyDataset(), &listener);
  trainer.start();
  EXPECT_EQ(trainer.wait(), TrainerState::failed);
  EXPECT_EQ(trainer.progress().message, "The disk is full.");
}

} // namespace
} // namespace latent
