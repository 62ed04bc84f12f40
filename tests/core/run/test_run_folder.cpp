#include "core/io/files.h"
#include "core/run/run_folder.h"
#include "core/run/snapshots.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(RunFolder, ReadsEverythingThatTrainingWrote) {
  const Scratch scratch;
  trainTiny(scratch / "run", 2);
  const auto run = RunFolder::open(scratch / "run/");
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_EQ(run->path(), scratch / "run");
  const RunRecord& record = run->record();
  EXPECT_EQ(record.state, RunState::finished);
  EXPECT_EQ(record.step, 26);
  EXPECT_EQ(record.epoch, 2);
  EXPECT_EQ(record.config.name, "VAE z2 Bars");
  EXPECT_GT(record.wallSeconds, 0);
  EXPECT_EQ(record.id.size(), 16u);
  EXPECT_THAT(run->snapshots(), ElementsAre(0, 1, 3, 10, 13, 26));

  const auto newest = run->weights();
  const auto last = run->weights(26);
  ASSERT_TRUE(newest && last);
  EXPECT_EQ((*newest)->step, 26);
  EXPECT_EQ((*newest)->values, (*last)->values);
  EXPECT_NE((*newest)->values, (*run->weights(0))->values);
  EXPECT_THAT(run->weights(5).error().message, HasSubstr("no snapshot of step 5"));

  const auto metrics = run->metrics();
  ASSERT_TRUE(metrics);
  const auto count = [&](const char* split, const char* series) {
    return std::count_if(metrics->rows.begin(), metrics->rows.end(),
                         [&](const Metric& m) { return m.split == split && m.series == series; });
  };
  for (const char* series : {"loss", "recon", "kl", "elbo"}) {
    EXPECT_EQ(count("train", series), 2) << series;
    EXPECT_EQ(count("test", series), 2) << series;
  }
  EXPECT_GE(count("batch", "loss"), 2);
  EXPECT_TRUE(run->changes()->empty());
  EXPECT_FALSE(run->lockedByAnother());
}

TEST(RunFolder, SaysWhatIsMissingOrDamaged) {
  const Scratch scratch;
  const auto message = [&] {
    const auto run = RunFolder::open(scratch / "run");
    EXPECT_FALSE(run);
    if (run) return std::string();
    EXPECT_EQ(run.error().fault, Fault::input);
    return run.error().message;
  };
  EXPECT_THAT(message(), HasSubstr("no run folder"));
  std::filesystem::create_directory(scratch / "run");
  EXPECT_THAT(message(), HasSubstr("no run.json"));
  ASSERT_TRUE(writeTextAtomically(scratch / "run/run.json", "{"));
  EXPECT_THAT(message(), HasSubstr("not JSON"));
  ASSERT_TRUE(writeTextAtomically(scratch / "file", ""));
  EXPECT_THAT(RunFolder::open(scratch / "file").error().message, HasSubstr("not a run folder"));

  trainTiny(scratch / "good", 1);
  const auto run = RunFolder::open(scratch / "good");
  ASSERT_TRUE(run);
  const std::string weights = *readText(scratch / "good/weights.safetensors");
  ASSERT_TRUE(
      writeTextAtomically(scratch / "good/weights.safetensors", weights.substr(0, weights.size() - 1)));
  EXPECT_EQ(run->weights().error().fault, Fault::input);
  EXPECT_THAT(run->weights().error().message, HasSubstr("weights.safetensors"));
  std::filesystem::remove(scratch / "good/weights.safetensors");
  EXPECT_EQ(run->weights().error().fault, Fault::input);
  EXPECT_THAT(run->weights().error().message, HasSubstr("--resume"));
  std::filesystem::remove(scratch / "good/state.safetensors");
  EXPECT_THAT(run->weights().error().message, HasSubstr("put the file back"));
  ASSERT_TRUE(writeTextAtomically(scratch / "good/metrics.csv", "nonsense\n"));
  EXPECT_EQ(run->metrics().error().fault, Fault::input);
}

TEST(RunFolder, WhatCannotBeLookedAtIsNotCalledMissing) {
  const Scratch scratch;
  const auto unnamed = RunFolder::open("");
  ASSERT_FALSE(unnamed);
  EXPECT_EQ(unnamed.error().fault, Fault::usage);

  trainTiny(scratch / "run", 1);
  const auto run = RunFolder::open(scratch / "run");
  ASSERT_TRUE(run);
  // A link to itself can be looked at by nobody, as a folder without permission by others than root.
  for (const std::string file : {"weights.safetensors", "snapshots/step-000013.safetensors", "run.json"}) {
    const auto path = scratch / "run" / file;
    std::filesystem::remove(path);
    std::filesystem::create_symlink(path.filename(), path);
    const Error error = file == "run.json"    ? RunFolder::open(scratch / "run").error()
                        : file.front() == 's' ? run->weights(13).error()
                                              : run->weights().error();
    EXPECT_EQ(error.fault, Fault::input);
    EXPECT_THAT(error.message, testing::StartsWith("Cannot read " + path.string()));
  }
}

TEST(RunFolder, ADamagedLineOfTheCurvesCostsThatLineAlone) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  const auto whole = RunFolder::open(scratch / "run")->metrics();
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->warning, "");
  std::ofstream(scratch / "run/metrics.csv", std::ios::app) << "what\n";
  const auto damaged = RunFolder::open(scratch / "run")->metrics();
  ASSERT_TRUE(damaged) << damaged.error().message;
  EXPECT_EQ(damaged->rows, whole->rows);
  EXPECT_THAT(damaged->warning, HasSubstr("metrics.csv is damaged: 1 of its "));
  // Going on would hide the gap, so it is refused.
  const auto resumed = TrainingRun::resume(scratch / "run", tinyData(), 2);
  ASSERT_FALSE(resumed);
  EXPECT_EQ(resumed.error().fault, Fault::input);
  EXPECT_THAT(resumed.error().message, HasSubstr("Remove those lines"));
}

TEST(RunFolder, ARunThatNeverHadWeightsSaysSo) {
  const Scratch scratch;
  auto run = TrainingRun::create(scratch / "run", tinyConfig(1), tinyData());
  ASSERT_TRUE(run);
  const auto folder = RunFolder::open(scratch / "run");
  ASSERT_TRUE(folder);
  EXPECT_THAT(folder->weights().error().message, HasSubstr("just beginning"));
  run->reset(); // as a kill would: nothing but run.json and events.csv
  const auto error = folder->weights().error();
  EXPECT_EQ(error.fault, Fault::input);
  EXPECT_THAT(error.message, HasSubstr("no weights yet"));
  EXPECT_THAT(error.message, HasSubstr("--resume --out"));
}

TEST(RunFolder, WeightsOfAnotherModelAreRefused) {
  const Scratch scratch;
  trainTiny(scratch / "vae", 1);
  trainTiny(scratch / "ae", 1, "ae");
  std::filesystem::copy_file(scratch / "ae/weights.safetensors", scratch / "vae/weights.safetensors",
                             std::filesystem::copy_options::overwrite_existing);
  const auto weights = RunFolder::open(scratch / "vae")->weights();
  ASSERT_FALSE(weights);
  EXPECT_EQ(weights.error().fault, Fault::input);
}

TEST(RunFolder, RunningWithoutALockMeansInterrupted) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  std::string text = *readText(scratch / "run/run.json");
  text.replace(text.find("\"finished\""), 10, "\"running\"");
  ASSERT_TRUE(writeTextAtomically(scratch / "run/run.json", text));
  EXPECT_EQ(RunFolder::open(scratch / "run")->record().state, RunState::interrupted);
}

TEST(Snapshots, OddNamesAreIgnoredAndNumbersAreSortedAsNumbers) {
  const Scratch scratch;
  std::filesystem::create_directories(scratch / "snapshots");
  for (const char* name : {"step-000600", "step-1000000", "step-000030", "step-12", "step-00x000", "other"})
    ASSERT_TRUE(writeTextAtomically(scratch / ("snapshots/" + std::string(name) + ".safetensors"), ""));
  EXPECT_THAT(listSnapshots(scratch.path()), ElementsAre(30, 600, 1000000));
  EXPECT_EQ(snapshotPath("r", 600), "r/snapshots/step-000600.safetensors");
}

TEST(Snapshots, StayWithinTheirBound) {
  std::vector<int64_t> kept;
  for (int64_t epoch = 0; epoch <= 1000; ++epoch) {
    kept.push_back(epoch * 7);
    for (const int64_t step : snapshotsToDrop(kept, StepCount(7, 7, 1), 16)) std::erase(kept, step);
    ASSERT_LE(kept.size(), 16u + 7u);
    ASSERT_EQ(kept.front(), 0);
  }
  // 1,000 epochs at most 16: every 64th.
  for (const int64_t step : kept) EXPECT_TRUE(step % (64 * 7) == 0) << step;
  EXPECT_EQ(snapshotLimit(3'300'000), 200);
  EXPECT_EQ(snapshotLimit(int64_t{64} << 20), 16);
  EXPECT_EQ(snapshotLimit(int64_t{1} << 40), 8);
}

} // namespace
} // namespace latent
