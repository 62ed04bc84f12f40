// Runs that begin from a kept snapshot of another run.
#include "core/io/files.h"
#include "core/io/lines.h"
#include "core/run/fork.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace latent {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

RunConfig forkOf(const fs::path& parent, int64_t step, int64_t epochs) {
  RunConfig config = forkConfig(*RunFolder::open(parent), step);
  config.epochs = epochs;
  config.threads = 1;
  return config;
}

Result<std::unique_ptr<TrainingRun>> create(const fs::path& folder, const RunConfig& config) {
  return TrainingRun::create(folder, config, tinyData());
}

void trainFork(const fs::path& folder, const RunConfig& config) {
  auto run = create(folder, config);
  ASSERT_TRUE(run.ok()) << run.error().message;
  (*run)->trainer().start();
  ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished) << (*run)->trainer().progress().message;
}

std::vector<Metric> rowsOf(const fs::path& folder, const std::string& split, int64_t step) {
  std::vector<Metric> rows;
  for (const Metric& row : RunFolder::open(folder)->metrics()->rows)
    if (row.split == split && row.step == step) rows.push_back(row);
  return rows;
}

bool sameRows(const std::vector<Metric>& a, const std::vector<Metric>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Metric& one, const Metric& two) {
    return one.step == two.step && one.epoch == two.epoch && one.series == two.series &&
           one.value == two.value;
  });
}

void expectSameRun(const fs::path& a, const fs::path& b) {
  EXPECT_EQ(*readText(a / "metrics.csv"), *readText(b / "metrics.csv"));
  const auto one = RunFolder::open(a), two = RunFolder::open(b);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->snapshots(), two->snapshots());
  for (const int64_t step : one->snapshots())
    EXPECT_EQ((*one->weights(step))->values, (*two->weights(step))->values);
}

TEST(Fork, BeginsWithTheSnapshotAndCountsOn) {
  const Scratch scratch;
  trainTiny(scratch / "parent", 3);
  RunConfig config = forkOf(scratch / "parent", 26, 4); // two epochs of 13 updates
  config.parameters.set("learning_rate", 0.01);
  trainFork(scratch / "fork", config);

  const auto parent = RunFolder::open(scratch / "parent"), fork = RunFolder::open(scratch / "fork");
  ASSERT_TRUE(parent && fork);
  EXPECT_EQ((*fork->weights(26))->values, (*parent->weights(26))->values);
  EXPECT_EQ((*fork->weights(26))->epoch, 2);
  EXPECT_EQ(fork->snapshots(), (std::vector<int64_t>{26, 27, 29, 36, 39, 52}));
  EXPECT_NE((*fork->weights(39))->values, (*parent->weights(39))->values);

  const RunRecord& record = fork->record();
  EXPECT_EQ(record.step, 52);
  EXPECT_EQ(record.epoch, 4);
  EXPECT_EQ(record.state, RunState::finished);
  EXPECT_EQ(record.config.parent,
            (ForkPoint{parent->path().string(), 26, 2, parent->record().id, parent->record().config.name}));
  EXPECT_EQ(record.config.name, "VAE z2 Bars from 26");

  // Its curves begin with its parent's values.
  for (const char* split : {"train", "test"}) {
    EXPECT_FALSE(rowsOf(scratch / "fork", split, 26).empty());
    EXPECT_TRUE(sameRows(rowsOf(scratch / "fork", split, 26), rowsOf(scratch / "parent", split, 26)));
    EXPECT_TRUE(rowsOf(scratch / "fork", split, 13).empty());
    ASSERT_FALSE(rowsOf(scratch / "fork", split, 39).empty());
    EXPECT_EQ(rowsOf(scratch / "fork", split, 39).front().epoch, 3);
  }
  const auto metrics = fork->metrics();
  EXPECT_TRUE(std::is_sorted(metrics->rows.begin(), metrics->rows.end(),
                             [](const Metric& a, const Metric& b) { return a.step < b.step; }));
  EXPECT_EQ(parent->snapshots(), (std::vector<int64_t>{0, 1, 3, 10, 13, 26, 30, 39})); // left alone
}

TEST(Fork, DrawsNumbersOfItsOwnAndRepeatsThem) {
  const Scratch scratch;
  trainTiny(scratch / "parent", 2);
  trainTiny(scratch / "longer", 3); // what the parent would have become
  trainFork(scratch / "fork", forkOf(scratch / "parent", 26, 3));
  trainFork(scratch / "again", forkOf(scratch / "parent", 26, 3));
  expectSameRun(scratch / "fork", scratch / "again");
  EXPECT_NE((*RunFolder::open(scratch / "fork")->weights())->values,
            (*RunFolder::open(scratch / "longer")->weights())->values);
  // At a fork of the initial weights the streams are others than the parent's as well.
  trainFork(scratch / "initial", forkOf(scratch / "parent", 0, 2));
  const auto initial = RunFolder::open(scratch / "initial"), parent = RunFolder::open(scratch / "parent");
  EXPECT_EQ((*initial->weights(0))->values, (*parent->weights(0))->values);
  EXPECT_NE((*initial->weights(1))->values, (*parent->weights(1))->values);
}

TEST(Fork, OfASnapshotInsideAnEpochDoesTheRestOfIt) {
  const Scratch scratch;
  trainTiny(scratch / "parent", 1);
  trainFork(scratch / "same", forkOf(scratch / "parent", 3, 2));
  EXPECT_EQ(RunFolder::open(scratch / "same")->record().step, 26);
  EXPECT_EQ(rowsOf(scratch / "same", "test", 13).front().epoch, 1);

  RunConfig larger = forkOf(scratch / "parent", 3, 2); // 30 of 130 images were seen
  larger.parameters.set("batch", int64_t{20});         // 7 updates an epoch, of which one is done
  trainFork(scratch / "larger", larger);
  const auto run = RunFolder::open(scratch / "larger");
  EXPECT_EQ(run->record().step, 3 + 6 + 7);
  EXPECT_EQ(run->record().epoch, 2);
  EXPECT_EQ(run->snapshots(), (std::vector<int64_t>{3, 4, 6, 9, 13, 16}));
  EXPECT_EQ(rowsOf(scratch / "larger", "test", 9).front().epoch, 1);
}

TEST(Fork, ResumesToTheSameBits) {
  const Scratch scratch;
  trainTiny(scratch / "parent", 2);
  for (const int64_t step : {3, 13}) {
    const std::string name = std::to_string(step);
    RunConfig config = forkOf(scratch / "parent", step, 3);
    config.parameters.set("batch", int64_t{20});
    trainFork(scratch / ("whole" + name), config);
    const fs::path folder = scratch / ("parts" + name);
    {
      auto run = create(folder, config);
      ASSERT_TRUE(run.ok());
      for (int i = 0; i < 3; ++i) {
        (*run)->trainer().stepOnce();
        (*run)->trainer().wait();
      }
      EXPECT_EQ((*run)->record().step, step + 3);
    }
    if (step == 3) fs::remove_all(scratch / "parent/snapshots"); // a fork needs its parent no more
    for (int part = 0; part < 2; ++part) {
      auto run = TrainingRun::resume(folder, tinyData());
      ASSERT_TRUE(run.ok()) << run.error().message;
      EXPECT_EQ((*run)->record().config.parent->step, step);
      if (part == 0) {
        for (int i = 0; i < 8; ++i) {
          (*run)->trainer().stepOnce();
          (*run)->trainer().wait();
        }
      } else {
        (*run)->trainer().start();
        ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
      }
    }
    expectSameRun(scratch / ("whole" + name), folder);
    if (step == 3) {
      fs::remove_all(scratch / "parent");
      trainTiny(scratch / "parent", 2);
    }
  }
}

TEST(Fork, KilledBeforeItsFirstStateBeginsAnew) {
  const Scratch scratch;
  trainTiny(scratch / "parent", 1);
  const RunConfig config = forkOf(scratch / "parent", 13, 2);
  trainFork(scratch / "whole", config);
  const auto resume = [](const fs::path& folder) {
    auto run = TrainingRun::resume(folder, tinyData());
    ASSERT_TRUE(run.ok()) << run.error().message;
    (*run)->trainer().start();
    ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
  };
  { ASSERT_TRUE(create(scratch / "early", config).ok()); } // nothing but the record
  resume(scratch / "early");
  expectSameRun(scratch / "whole", scratch / "early");

  // Killed between its first metrics and its first state.
  { ASSERT_TRUE(create(scratch / "late", config).ok()); }
  fs::copy_file(scratch / "whole/snapshots/step-000013.safetensors",
                scratch / "late/snapshots/step-000013.safetensors");
  std::vector<Metric> rows = openFork(config, RunFolder::open(scratch / "whole")->record().spec)->rows;
  ASSERT_FALSE(rows.empty());
  ASSERT_TRUE(appendMetrics(scratch / "late/metrics.csv", rows).ok());
  resume(scratch / "late");
  expectSameRun(scratch / "whole", scratch / "late");

  // Its parent is gone: its own snapshot will do, without the first row of the curves.
  { ASSERT_TRUE(create(scratch / "orphan", config).ok()); }
  { ASSERT_TRUE(create(scratch / "lost", config).ok()); }
  fs::copy_file(scratch / "whole/snapshots/step-000013.safetensors",
                scratch / "orphan/snapshots/step-000013.safetensors");
  fs::remove_all(scratch / "parent");
  resume(scratch / "orphan");
  EXPECT_EQ((*RunFolder::open(scratch / "orphan")->weights())->values,
            (*RunFolder::open(scratch / "whole")->weights())->values);
  const auto lost = TrainingRun::resume(scratch / "lost", tinyData());
  ASSERT_FALSE(lost.ok());
  EXPECT_EQ(lost.error().fault, Fault::input);
  EXPECT_THAT(lost.error().message, HasSubstr("its parent"));
}

TEST(Fork, OfAForkGoesOn) {
  const Scratch scratch;
  trainTiny(scratch / "parent", 1);
  trainFork(scratch / "fork", forkOf(scratch / "parent", 13, 2));
  trainFork(scratch / "second", forkOf(scratch / "fork", 26, 3));
  const auto second = RunFolder::open(scratch / "second");
  EXPECT_EQ(second->record().config.parent->run, (scratch / "fork").string());
  EXPECT_EQ(second->record().step, 39);
}

TEST(Fork, TakesWhatEqualsInNamesAndShapes) {
  const Scratch scratch;
  trainTiny(scratch / "parent", 1);
  RunConfig beta = forkOf(scratch / "parent", 13, 2);
  beta.family = "beta-vae";
  beta.parameters.set("beta", 4.0);
  trainFork(scratch / "beta", beta);
  const auto fork = RunFolder::open(scratch / "beta"), parent = RunFolder::open(scratch / "parent");
  EXPECT_EQ((*fork->weights(13))->values, (*parent->weights(13))->values);
  EXPECT_EQ(fork->record().spec.family, "beta-vae");

  RunConfig thresholded = forkOf(scratch / "parent", 13, 2); // other values than the parent's
  thresholded.parameters.set("pixels", std::string("thresholded"));
  trainFork(scratch / "thresholded", thresholded);
  EXPECT_TRUE(rowsOf(scratch / "thresholded", "test", 13).empty());
  EXPECT_FALSE(rowsOf(scratch / "thresholded", "test", 26).empty());
}

TEST(Fork, RefusesWhatCannotGoOn) {
  const Scratch scratch;
  trainTiny(scratch / "parent", 2);
  const auto refused = [&](const RunConfig& config, Fault fault, const std::string& why) {
    const auto run = create(scratch / "fork", config);
    ASSERT_FALSE(run.ok()) << why;
    EXPECT_EQ(run.error().fault, fault) << run.error().message;
    EXPECT_THAT(run.error().message, HasSubstr(why));
    EXPECT_EQ(run.error().message.find('\n'), std::string::npos);
    EXPECT_FALSE(fs::exists(scratch / "fork"));
  };
  RunConfig config = forkOf(scratch / "parent", 26, 4);
  config.parameters.set("latent", int64_t{3});
  refused(config, Fault::usage, "does not fit this model: mu.weight is [2, 16] there and [3, 16] here;");
  config = forkOf(scratch / "parent", 26, 4);
  config.parameters.set("hidden", std::vector<int64_t>{16, 16});
  refused(config, Fault::usage, "does not fit this model");
  config = forkOf(scratch / "parent", 26, 4);
  config.family = "ae";
  refused(config, Fault::usage, "does not fit this model");
  config = forkOf(scratch / "parent", 26, 4);
  config.family = "pca";
  config.parameters = {};
  refused(config, Fault::usage, "solved in one step");
  refused(forkOf(scratch / "parent", 26, 2), Fault::usage, "is of epoch 2");
  refused(forkOf(scratch / "parent", 27, 4), Fault::input,
          "keeps no snapshot of step 27; the nearest that it keeps: 26.");
  config = forkOf(scratch / "parent", 26, 4);
  config.parent->run = (scratch / "nobody").string();
  refused(config, Fault::input, "There is no run folder");
  ASSERT_TRUE(writeTextAtomically(scratch / "parent/snapshots/step-000026.safetensors", "damaged").ok());
  refused(forkOf(scratch / "parent", 26, 4), Fault::input, "step-000026.safetensors");
}

TEST(Fork, IsFoundBesideItsParentAfterAMove) {
  const Scratch scratch;
  trainTiny(scratch / "runs/parent", 1);
  trainFork(scratch / "runs/fork", forkOf(scratch / "runs/parent", 13, 2));
  fs::rename(scratch / "runs", scratch / "moved");
  EXPECT_EQ(RunFolder::open(scratch / "moved/fork")->record().config.parent->run,
            (scratch / "moved/parent").string());
}

} // namespace
} // namespace latent
