// What can be seen only from inside a run.
#include "core/train/detail/closed_form_training.h"
#include "core/train/detail/gradient_training.h"
#include "tests/core/fixtures/family_cases.h"
#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace latent {
namespace {

using fixtures::tinyConfig;
using fixtures::tinyDataset;

TEST(Training, NeverTouchesTheGlobalGenerator) {
  const torch::Tensor before = at::globalContext().defaultGenerator(torch::kCPU).get_state().clone();
  GradientTraining training(tinyConfig(), tinyDataset(), std::nullopt);
  while (!training.epochComplete()) EXPECT_FALSE(training.update());
  EXPECT_FALSE(training.readBack());
  EXPECT_TRUE(training.finishEpoch([](double) { return true; }));
  Weights weights;
  training.snapshot(weights);
  (void)training.checkpoint();
  EXPECT_TRUE(at::globalContext().defaultGenerator(torch::kCPU).get_state().equal(before));
}

TEST(Training, AnInterruptedTestPassChangesNothing) {
  GradientTraining training(tinyConfig(), tinyDataset(), std::nullopt),
      other(tinyConfig(), tinyDataset(), std::nullopt);
  for (GradientTraining* each : {&training, &other}) {
    while (!each->epochComplete()) EXPECT_FALSE(each->update());
    EXPECT_FALSE(each->readBack());
  }
  EXPECT_FALSE(training.finishEpoch([](double) { return false; }));
  EXPECT_TRUE(training.epochComplete());
  EXPECT_EQ(training.epoch(), 1);
  // A run that is left here, with its test pass still to come, takes it up.
  GradientTraining resumed(tinyConfig(), tinyDataset(), training.checkpoint());
  EXPECT_TRUE(resumed.epochComplete());
  const auto always = [](double) { return true; };
  const auto expected = other.finishEpoch(always);
  for (GradientTraining* each : {&training, &resumed}) {
    const auto summary = each->finishEpoch(always);
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->test, expected->test);
    EXPECT_EQ(summary->train, expected->train);
    EXPECT_EQ(summary->epoch, 1);
  }
}

TEST(Training, ValuesDoNotDependOnWhenTheyAreReadBack) {
  GradientTraining often(tinyConfig(), tinyDataset(), std::nullopt),
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
  GradientTraining training(tinyConfig(), tinyDataset(), std::nullopt);
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

/// Tensors of the model, by name.
NamedArrays valuesOf(const Checkpoint& checkpoint) {
  NamedArrays values;
  for (const auto& entry : checkpoint.arrays) {
    if (entry.first.starts_with("weights.")) values.push_back(entry);
  }
  return values;
}

TEST(Training, AnUpdateThatDivergesLeavesEveryValueAsItWas) {
  for (const fixtures::FamilyCase& c : fixtures::familyCases()) {
    if (c.info().closedForm) continue;
    SCOPED_TRACE(c);
    TrainerConfig config;
    config.model = c.spec();
    GradientTraining training(config, tinyDataset(), std::nullopt);
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(training.update());
    EXPECT_FALSE(training.readBack());
    Checkpoint damaged = training.checkpoint();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (auto& [name, array] : damaged.arrays) { // the first weights
      if (name.starts_with("weights.")) {
        std::memcpy(array.bytes.data(), &nan, sizeof nan);
        break;
      }
    }
    training.goBackTo(damaged);
    const auto divergence = training.update();
    ASSERT_TRUE(divergence);
    EXPECT_EQ(divergence->step, 4);
    EXPECT_EQ(training.step(), 3);
    EXPECT_TRUE(valuesOf(training.checkpoint()) == valuesOf(damaged)) << "buffers, too";
  }
}

TEST(Training, AveragedWeightsAreShownAndTheOthersTrained) {
  TrainerConfig plain = tinyConfig(), averaged = plain;
  averaged.model = fixtures::tinySpec("vae", fixtures::parameter("ema", 0.99));
  GradientTraining one(plain, tinyDataset(), std::nullopt), other(averaged, tinyDataset(), std::nullopt);
  Weights own, average;
  for (GradientTraining* each : {&one, &other}) {
    while (!each->epochComplete()) EXPECT_FALSE(each->update());
    EXPECT_FALSE(each->readBack());
  }
  one.snapshot(own);
  other.snapshot(average);
  EXPECT_NE(own.values, average.values);
  EXPECT_TRUE(valuesOf(one.checkpoint()) == valuesOf(other.checkpoint())) << "training goes on without it";
  const auto always = [](double) { return true; };
  EXPECT_NE(one.finishEpoch(always)->test, other.finishEpoch(always)->test);
  EXPECT_TRUE(valuesOf(one.checkpoint()) == valuesOf(other.checkpoint())) << "also after the test pass";
}

TEST(Training, AClosedFormTakesInOneBatchAtATime) {
  for (const FamilyInfo& family : families()) {
    if (!family.closedForm) continue;
    SCOPED_TRACE(family.id);
    const TrainerConfig config = tinyConfig(family.id);
    const auto dataset = tinyDataset(1100);
    ClosedFormTraining training(config, dataset, std::nullopt);
    const auto initial = valuesOf(training.checkpoint());
    EXPECT_EQ(training.callsPerEpoch(), 4);
    for (const double part : {500.0 / 1100, 1000.0 / 1100, 1.0}) {
      EXPECT_FALSE(training.update());
      EXPECT_EQ(training.progress(), part);
      EXPECT_EQ(training.epoch(), 0);
      EXPECT_EQ(training.step(), 0);
      EXPECT_FALSE(training.epochComplete());
      EXPECT_TRUE(valuesOf(training.checkpoint()) == initial);
    }
    EXPECT_FALSE(training.update());
    EXPECT_TRUE(training.epochComplete());
    EXPECT_EQ(training.step(), 1);
    EXPECT_FALSE(valuesOf(training.checkpoint()) == initial);
    EXPECT_FALSE(training.finishEpoch([](double) { return false; }));
    EXPECT_TRUE(training.epochComplete());
  }
}

Parameters scheduled(const std::string& kind) {
  Parameters p;
  p.set("schedule", kind);
  p.set("decay_every", int64_t{3});
  p.set("decay_factor", 0.1);
  return p;
}

TEST(Schedule, ConstantCosineAndStep) {
  const Schedule constant(scheduled("constant"), 10), cosine(scheduled("cosine"), 10),
      step(scheduled("step"), 10);
  for (const double epoch : {0.0, 3.7, 10.0}) EXPECT_EQ(constant.factor(epoch), 1);
  EXPECT_EQ(cosine.factor(0), 1);
  EXPECT_NEAR(cosine.factor(5), 0.5, 1e-12);
  EXPECT_NEAR(cosine.factor(2.5), (1 + std::sqrt(0.5)) / 2, 1e-12);
  EXPECT_NEAR(cosine.factor(10), 0, 1e-12);
  EXPECT_NEAR(cosine.factor(11), 0, 1e-12);
  EXPECT_EQ(step.factor(0), 1);
  EXPECT_EQ(step.factor(2.99), 1);
  EXPECT_NEAR(step.factor(3), 0.1, 1e-12);
  EXPECT_NEAR(step.factor(9.5), 1e-3, 1e-12);
}

TEST(Training, TheScheduleMultipliesTheLearningRate) {
  // One epoch with the rate halved by the schedule before it equals one with half the rate.
  Parameters stepwise;
  stepwise.set("schedule", std::string("step"));
  stepwise.set("decay_every", int64_t{1});
  stepwise.set("decay_factor", 0.5);
  stepwise.set("optimiser", std::string("sgd"));
  stepwise.set("learning_rate", 1e-4);
  GradientTraining one(tinyConfig("vae", 3, stepwise), tinyDataset(), std::nullopt);
  Parameters by = stepwise;
  by.set("schedule", std::string("constant"));
  GradientTraining other(tinyConfig("vae", 3, by), tinyDataset(), std::nullopt);
  for (int epoch = 0; epoch < 2; ++epoch) {
    other.setLive("learning_rate", epoch == 0 ? 1e-4 : 0.5e-4);
    for (GradientTraining* each : {&one, &other}) {
      while (!each->epochComplete()) EXPECT_FALSE(each->update());
      EXPECT_FALSE(each->readBack());
      each->beginEpoch();
    }
    EXPECT_TRUE(valuesOf(one.checkpoint()) == valuesOf(other.checkpoint())) << epoch;
  }
}

} // namespace
} // namespace latent
