// A run continued from a checkpoint is, bit for bit, the run that was never interrupted.
#include "core/train/trainer.h"
#include "tests/core/train/recording_listener.h"
#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

using fixtures::parameter;
using fixtures::RecordingListener;
using fixtures::rowsAfter;
using fixtures::tinyConfig;
using fixtures::tinyDataset;
using fixtures::withoutTimes;

TrainerConfig config(int64_t epochs = 5) {
  return tinyConfig("vae", epochs, parameter("pixels", std::string("rebinarised")));
}

void runToTheEnd(const TrainerConfig& c, RecordingListener& listener,
                 std::optional<Checkpoint> from = std::nullopt) {
  Trainer trainer(c, tinyDataset(), &listener, std::move(from));
  trainer.start();
  ASSERT_EQ(trainer.wait(), TrainerState::finished) << trainer.progress().message;
}

/// The checkpoint of a run that was left after so many updates.
Checkpoint leftAt(int64_t step) {
  RecordingListener listener;
  Trainer trainer(config(), tinyDataset(), &listener);
  for (int64_t i = 0; i < step; ++i) {
    trainer.stepOnce();
    EXPECT_EQ(trainer.wait(), TrainerState::paused);
  }
  trainer.stop();
  trainer.wait();
  return listener.checkpoints.back();
}

void expectSameEnd(const RecordingListener& resumed, const RecordingListener& whole, int64_t from) {
  EXPECT_EQ(resumed.rows, rowsAfter(whole.rows, from));
  EXPECT_EQ(resumed.checkpoints.back().arrays, whole.checkpoints.back().arrays);
  EXPECT_EQ(withoutTimes(resumed.checkpoints.back().values), withoutTimes(whole.checkpoints.back().values));
  EXPECT_EQ(resumed.kept.back().values, whole.kept.back().values);
  EXPECT_EQ(resumed.summaries.back().train, whole.summaries.back().train);
  EXPECT_EQ(resumed.summaries.back().test, whole.summaries.back().test);
}

TEST(Resume, ContinuesToTheSameBitsFromAnyStep) {
  RecordingListener whole;
  runToTheEnd(config(), whole);
  for (const int64_t step : {1, 3, 5, 7, 10, 14, 15, 24}) { // inside epochs, at their ends, inside windows
    SCOPED_TRACE(step);
    Checkpoint checkpoint = leftAt(step);
    EXPECT_EQ(checkpoint.step, step);
    checkpoint.values = Json::parse(checkpoint.values.dump()); // as a file brings it back
    RecordingListener resumed;
    runToTheEnd(config(), resumed, checkpoint);
    expectSameEnd(resumed, whole, step);
  }
}

TEST(Resume, FromTheCheckpointOfEachEpoch) {
  RecordingListener whole;
  runToTheEnd(config(), whole);
  for (const Checkpoint& checkpoint : whole.checkpoints) {
    if (checkpoint.step == whole.checkpoints.back().step) continue;
    RecordingListener resumed;
    runToTheEnd(config(), resumed, checkpoint);
    expectSameEnd(resumed, whole, checkpoint.step);
  }
}

TEST(Resume, AFinishedRunGoesOnWithMoreEpochs) {
  RecordingListener whole, first, second;
  runToTheEnd(config(5), whole);
  runToTheEnd(config(2), first);
  runToTheEnd(config(5), second, first.checkpoints.back());
  expectSameEnd(second, whole, first.checkpoints.back().step);
}

TEST(Resume, WithNothingLeftToDoFinishesAtOnce) {
  RecordingListener first, again;
  runToTheEnd(config(2), first);
  runToTheEnd(config(2), again, first.checkpoints.back());
  EXPECT_TRUE(again.rows.empty());
  EXPECT_TRUE(again.summaries.empty());
}

TEST(Resume, KeepsTheLearningRateThatWasSetLive) {
  RecordingListener listener;
  {
    Trainer trainer(config(), tinyDataset(), &listener);
    trainer.setParameter("learning_rate", 0.01);
    trainer.stepOnce();
    trainer.wait();
  }
  Trainer resumed(config(), tinyDataset(), nullptr, listener.checkpoints.back());
  EXPECT_EQ(resumed.progress().live.at("learning_rate"), 0.01);
  resumed.stepOnce();
  resumed.wait();
  EXPECT_EQ(resumed.progress().live.at("learning_rate"), 0.01);
}

TEST(Resume, ReadsStatesOfTheFirstFormat) {
  RecordingListener whole, resumed;
  runToTheEnd(config(), whole);
  Checkpoint old = leftAt(7);
  old.values["format"] = 1;
  old.values["learning_rate"] = old.values["live"]["learning_rate"];
  old.values.erase("live");
  runToTheEnd(config(), resumed, old);
  expectSameEnd(resumed, whole, 7);
}

std::string failureOf(const TrainerConfig& c, Checkpoint checkpoint) {
  Trainer trainer(c, tinyDataset(), nullptr, std::move(checkpoint));
  trainer.start();
  EXPECT_EQ(trainer.wait(), TrainerState::failed);
  return trainer.progress().message;
}

TEST(Resume, RefusesWhatDoesNotFit) {
  const Checkpoint good = leftAt(7);
  for (size_t i = 0; i < good.arrays.size(); ++i) {
    Checkpoint missing = good;
    missing.arrays.erase(missing.arrays.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(failureOf(config(), missing).find(good.arrays[i].first), std::string::npos);
    Checkpoint shorter = good;
    shorter.arrays[i].second.bytes.resize(shorter.arrays[i].second.bytes.size() / 2);
    EXPECT_FALSE(failureOf(config(), shorter).empty());
  }
  for (const auto& item : good.values.items()) {
    if (item.key() == "device") continue; // its absence means another device: streams begin anew
    Checkpoint missing = good;
    missing.values.erase(item.key());
    EXPECT_NE(failureOf(config(), missing).find("checkpoint"), std::string::npos) << item.key();
  }
  Checkpoint steep = good;
  steep.values["live"]["learning_rate"] = 7;
  EXPECT_NE(failureOf(config(), steep).find("learning_rate"), std::string::npos);
  Checkpoint elsewhere = good;
  elsewhere.values["position"] = 4;
  EXPECT_FALSE(failureOf(config(), elsewhere).empty());
  Checkpoint twice = good;
  for (auto& [name, array] : twice.arrays) {
    if (name == "permutation") std::copy_n(array.bytes.begin(), 8, array.bytes.begin() + 8);
  }
  EXPECT_NE(failureOf(config(), twice).find("order"), std::string::npos);
  TrainerConfig other = config();
  other.model = fixtures::tinySpec("vae", parameter("latent", int64_t{3}));
  EXPECT_NE(failureOf(other, good).find("shape"), std::string::npos);
}

} // namespace
} // namespace latent
