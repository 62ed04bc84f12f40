// Looking never changes the result.
#include "core/models/evaluation.h"
#include "core/train/trainer.h"
#include "tests/core/train/recording_listener.h"
#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include <unistd.h>

namespace latent {
namespace {

using fixtures::parameter;
using fixtures::RecordingListener;
using fixtures::tinyConfig;
using fixtures::tinyDataset;
using fixtures::withoutTimes;

TrainerConfig longerConfig() {
  return tinyConfig("vae", 60, parameter("pixels", std::string("rebinarised")));
}

TEST(Watching, AWatchedRunEndsWithTheBitsOfAnUnwatchedOne) {
  const TrainerConfig config = longerConfig();
  const auto dataset = tinyDataset();
  RecordingListener alone;
  {
    Trainer trainer(config, dataset, &alone);
    trainer.start();
    ASSERT_EQ(trainer.wait(), TrainerState::finished);
  }

  RecordingListener watched;
  std::vector<Metric> drained;
  int64_t taken = 0;
  int pauses = 0;
  {
    Trainer trainer(config, dataset, &watched);
    // Each kept snapshot asks for a pause, so the run rests inside epochs, at their ends and in windows.
    watched.onKept = [&](const Weights&) { trainer.pause(); };
    std::atomic<bool> done{false};
    const auto look = [&] {
      if (const auto weights = trainer.live().take()) {
        ++taken;
        EXPECT_TRUE(evaluateSplit(config.model, **weights, *dataset->test, 99).ok());
      }
      const std::vector<Metric> rows = trainer.metrics().drain();
      drained.insert(drained.end(), rows.begin(), rows.end());
      (void)trainer.progress();
    };
    std::thread watcher([&] {
      while (!done) look();
      look();
    });
    trainer.start();
    while (trainer.wait() == TrainerState::paused) {
      ++pauses;
      EXPECT_TRUE(evaluateSplit(config.model, watched.kept.back(), *dataset->test, 7).ok());
      trainer.start();
    }
    EXPECT_EQ(trainer.progress().state, TrainerState::finished);
    done = true;
    watcher.join();
  }
  EXPECT_GT(pauses, 30);
  EXPECT_GT(taken, 0);
  EXPECT_EQ(watched.rows, alone.rows);
  EXPECT_EQ(drained, alone.rows);
  EXPECT_EQ(watched.checkpoints.back().arrays, alone.checkpoints.back().arrays);
  EXPECT_EQ(withoutTimes(watched.checkpoints.back().values), withoutTimes(alone.checkpoints.back().values));
}

TEST(Watching, SnapshotsAreCopies) {
  Trainer trainer(tinyConfig(), tinyDataset(), nullptr);
  trainer.stepOnce();
  trainer.wait();
  const auto held = *trainer.live().take();
  const std::vector<float> copy = held->values;
  for (int i = 0; i < 5; ++i) {
    trainer.stepOnce();
    trainer.wait();
    const auto next = *trainer.live().take();
    EXPECT_NE(next->values.data(), held->values.data());
    EXPECT_NE(next->values, copy);
  }
  EXPECT_EQ(held->values, copy) << "a held snapshot never changes";
  EXPECT_EQ(held->step, 1);
}

TEST(Watching, BuffersAreUsedAgainOnceTheyAreLetGo) {
  Trainer trainer(tinyConfig("vae", 100), tinyDataset(), nullptr);
  std::set<const float*> places;
  for (int i = 0; i < 40; ++i) {
    trainer.stepOnce();
    trainer.wait();
    places.insert((*trainer.live().take())->values.data());
  }
  EXPECT_LE(places.size(), 4U);
}

TEST(Watching, InitialWeightsAreShownAndKept) {
  RecordingListener listener;
  Trainer trainer(tinyConfig(), tinyDataset(), &listener);
  std::shared_ptr<const Weights> first;
  listener.onKept = [&](const Weights& weights) {
    if (weights.step == 0) first = trainer.live().take().value();
  };
  trainer.start();
  trainer.wait();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->step, 0);
  EXPECT_EQ(first->values, listener.kept.front().values);
  EXPECT_EQ(listener.kept.front().step, 0);
}

int64_t residentPages() {
  std::ifstream file("/proc/self/statm");
  int64_t total = 0, resident = 0;
  file >> total >> resident;
  return resident;
}

TEST(Watching, RunsThatComeAndGoLeaveNoMemoryBehind) {
  const auto dataset = tinyDataset();
  const auto live = [&] {
    Trainer trainer(tinyConfig("vae", 1, parameter("hidden", std::vector<int64_t>{256})), dataset, nullptr);
    trainer.start();
    trainer.wait();
  };
  for (int i = 0; i < 20; ++i) live();
  const int64_t before = residentPages();
  for (int i = 0; i < 100; ++i) live();
  const int64_t grownBytes = (residentPages() - before) * sysconf(_SC_PAGESIZE);
  // One leaked run would be 0.6 MB with its moments: a hundred of them 60 MB.
  EXPECT_LT(grownBytes, 20 << 20);
}

} // namespace
} // namespace latent
