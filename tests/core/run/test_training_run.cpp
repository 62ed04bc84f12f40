#include "core/io/files.h"
#include "core/run/training_run.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <csignal>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace latent {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

void expectSameRun(const fs::path& a, const fs::path& b) {
  EXPECT_EQ(*readText(a / "metrics.csv"), *readText(b / "metrics.csv"));
  const auto one = RunFolder::open(a), two = RunFolder::open(b);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->snapshots(), two->snapshots());
  EXPECT_EQ((*one->weights())->values, (*two->weights())->values);
  for (const int64_t step : one->snapshots())
    EXPECT_EQ((*one->weights(step))->values, (*two->weights(step))->values);
}

TEST(TrainingRun, ResumeEqualsAnUninterruptedRun) {
  const Scratch scratch;
  trainTiny(scratch / "whole", 3);
  {
    auto run = TrainingRun::create(scratch / "parts", tinyConfig(3), tinyData());
    ASSERT_TRUE(run);
    for (int i = 0; i < 17; ++i) { // into the second epoch
      (*run)->trainer().stepOnce();
      (*run)->trainer().wait();
    }
    EXPECT_EQ((*run)->record().step, 17);
  }
  EXPECT_EQ(RunFolder::open(scratch / "parts")->record().state, RunState::stopped);
  auto run = TrainingRun::resume(scratch / "parts", tinyData());
  ASSERT_TRUE(run) << run.error().message;
  (*run)->trainer().start();
  ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
  run->reset();
  expectSameRun(scratch / "whole", scratch / "parts");
}

/// A test split that says when it is read.
class WatchedBars : public Bars {
 public:
  using Bars::Bars;
  void read(std::span<const int64_t> indices, uint8_t* out) const override {
    if (onRead) onRead();
    Bars::read(indices, out);
  }
  std::span<const uint8_t> resident() const override { return {}; }

  std::function<void()> onRead;
};

TEST(TrainingRun, ARunStoppedInTheTestPassResumesToTheSameBits) {
  const auto data = std::make_shared<Dataset>(*tinyData());
  const auto test = std::make_shared<WatchedBars>(1200, 8); // more than one batch of the test pass
  data->test = test;
  const Scratch scratch;
  {
    auto run = TrainingRun::create(scratch / "whole", tinyConfig(2), data);
    ASSERT_TRUE(run);
    (*run)->trainer().start();
    ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
  }
  {
    auto run = TrainingRun::create(scratch / "parts", tinyConfig(2), data);
    ASSERT_TRUE(run);
    test->onRead = [&] { (*run)->trainer().stop(); };
    (*run)->trainer().start();
    ASSERT_EQ((*run)->trainer().wait(), TrainerState::stopped);
    test->onRead = {};
    ASSERT_EQ((*run)->record().step, 13); // all of the epoch, and no test rows
  }
  auto run = TrainingRun::resume(scratch / "parts", data);
  ASSERT_TRUE(run) << run.error().message;
  (*run)->trainer().start();
  ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
  run->reset();
  expectSameRun(scratch / "whole", scratch / "parts");
}

TEST(TrainingRun, RowsAndSnapshotsLaterThanTheStateAreComputedAgain) {
  const Scratch scratch;
  trainTiny(scratch / "whole", 3);
  trainTiny(scratch / "killed", 2);
  // What a kill after the next epoch's files and before its state leaves behind.
  std::ofstream(scratch / "killed/metrics.csv", std::ios::app) << "39,3,test,loss,1\n39,3,te";
  fs::copy_file(scratch / "killed/snapshots/step-000026.safetensors",
                scratch / "killed/snapshots/step-000039.safetensors");
  fs::copy_file(scratch / "killed/snapshots/step-000000.safetensors", scratch / "killed/weights.safetensors",
                fs::copy_options::overwrite_existing);
  std::ofstream(scratch / "killed/.run.json.tmp-1-0") << "{";
  auto run = TrainingRun::resume(scratch / "killed", tinyData(), 3);
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_FALSE(fs::exists(scratch / "killed/.run.json.tmp-1-0"));
  EXPECT_EQ((*RunFolder::open(scratch / "killed")->weights())->step, 26);
  (*run)->trainer().start();
  ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
  run->reset();
  expectSameRun(scratch / "whole", scratch / "killed");
}

TEST(TrainingRun, ARunKilledBeforeItsFirstStateBeginsAnew) {
  const Scratch scratch;
  trainTiny(scratch / "whole", 1);
  { ASSERT_TRUE(TrainingRun::create(scratch / "run", tinyConfig(1), tinyData())); } // run.json only
  EXPECT_EQ(RunFolder::open(scratch / "run")->record().state, RunState::created);
  auto run = TrainingRun::resume(scratch / "run", tinyData());
  ASSERT_TRUE(run) << run.error().message;
  (*run)->trainer().start();
  ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
  run->reset();
  expectSameRun(scratch / "whole", scratch / "run");
}

TEST(TrainingRun, WeightsWithoutAStateAreTrainedOverOnlyWhereTheyAreTheInitialOnes) {
  const Scratch scratch;
  trainTiny(scratch / "whole", 1);
  const auto withState = [&](const std::string& state) { // what a kill between weights and state leaves
    const fs::path run = scratch / state;
    trainTiny(run, 1);
    fs::remove(run / "state.safetensors");
    fs::remove(run / "metrics.csv");
    std::string text = *readText(run / "run.json");
    text.replace(text.find("\"finished\""), 10, "\"" + state + "\"");
    const size_t step = text.find("\"step\": 13");
    text.replace(step, 10, "\"step\": 0");
    EXPECT_TRUE(writeTextAtomically(run / "run.json", text));
    return TrainingRun::resume(run, tinyData());
  };
  for (const char* state : {"running", "created"}) {
    auto run = withState(state);
    ASSERT_TRUE(run) << run.error().message;
    (*run)->trainer().start();
    ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
    run->reset();
    expectSameRun(scratch / "whole", scratch / state);
  }
  const auto finished = withState("finished");
  ASSERT_FALSE(finished);
  EXPECT_THAT(finished.error().message, HasSubstr("state.safetensors is missing"));
}

TEST(TrainingRun, AFolderWithSomethingInItIsNotOverwritten) {
  const Scratch scratch;
  ASSERT_TRUE(writeTextAtomically(scratch / "note.txt", "mine"));
  const auto run = TrainingRun::create(scratch.path(), tinyConfig(1), tinyData());
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().fault, Fault::usage);
  EXPECT_THAT(run.error().message, HasSubstr("not empty"));
  EXPECT_EQ(TrainingRun::create(scratch / "note.txt", tinyConfig(1), tinyData()).error().fault, Fault::usage);
  EXPECT_EQ(TrainingRun::create("/proc/run", tinyConfig(1), tinyData()).error().fault, Fault::work);
}

TEST(TrainingRun, OneWriterAtATime) {
  const Scratch scratch;
  const auto first = TrainingRun::create(scratch / "run", tinyConfig(1), tinyData());
  ASSERT_TRUE(first);
  const auto second = TrainingRun::resume(scratch / "run", tinyData());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault, Fault::work);
  EXPECT_THAT(second.error().message,
              HasSubstr("being written by another program (test_training_run, process "));
  EXPECT_TRUE(RunFolder::open(scratch / "run")->lockedByAnother());
}

TEST(TrainingRun, ResumeRefusesWhatMayNotChange) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  const auto refused = [&](const Parameters& changed, std::shared_ptr<const Dataset> data,
                           std::optional<int64_t> epochs = {}) {
    const auto run = TrainingRun::resume(scratch / "run", std::move(data), epochs, changed);
    EXPECT_FALSE(run);
    return run ? Error{} : run.error();
  };
  Parameters latent, same, rate;
  latent.set("latent", int64_t{3});
  same.set("latent", int64_t{2});
  EXPECT_EQ(refused(latent, tinyData()).fault, Fault::usage);
  EXPECT_THAT(refused(latent, tinyData()).message, HasSubstr("latent is 2"));
  EXPECT_EQ(refused({}, tinyData(8)).fault, Fault::input); // other checksums
  auto other = std::make_shared<Dataset>(*tinyData());
  other->id = "mnist";
  EXPECT_EQ(refused({}, other).fault, Fault::usage);
  ASSERT_TRUE(TrainingRun::resume(scratch / "run", tinyData(), 2, same));
  rate.set("learning_rate", 0.5);
  auto run = TrainingRun::resume(scratch / "run", tinyData(), 2, rate);
  ASSERT_TRUE(run) << run.error().message;
  (*run)->trainer().start();
  (*run)->trainer().wait();
  run->reset();
  const auto changes = RunFolder::open(scratch / "run")->changes();
  ASSERT_EQ(changes->size(), 1u);
  EXPECT_EQ(changes->front().step, 13);
  EXPECT_EQ(changes->front().newValue, "0.5");
  EXPECT_EQ(refused({}, tinyData(), 1).fault, Fault::usage); // two epochs are done
}

TEST(TrainingRun, DamagedStatesAreInputErrorsAndChangeNothing) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  const fs::path state = scratch / "run/state.safetensors";
  const std::string good = *readText(state), metrics = *readText(scratch / "run/metrics.csv");
  const auto refused = [&](const std::string& content) {
    EXPECT_TRUE(writeTextAtomically(state, content));
    const auto run = TrainingRun::resume(scratch / "run", tinyData(), 2);
    EXPECT_FALSE(run);
    if (run) return std::string();
    EXPECT_EQ(run.error().fault, Fault::input) << run.error().message;
    EXPECT_THAT(run.error().message, HasSubstr("state.safetensors"));
    EXPECT_EQ(*readText(scratch / "run/metrics.csv"), metrics);
    return run.error().message;
  };
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos)
      text.replace(at, from.size(), to); // same length: the header's length stays right
    return text;
  };
  refused("");
  refused(good.substr(0, good.size() / 2));
  EXPECT_THAT(refused(replaced("\"format\":\"1\"", "\"format\":\"2\"")), HasSubstr("newer"));
  refused(replaced("adam.first.", "adam.worst."));
  refused(replaced("\\\"position\\\":0", "\\\"position\\\":9"));
  refused(replaced("generator.order", "generator.ordre"));
  EXPECT_THAT(refused(replaced("\"run\":\"", "\"run\":\"x").erase(good.find("\"run\":\"") + 8, 1)),
              HasSubstr("another run"));
  fs::remove(state);
  EXPECT_THAT(TrainingRun::resume(scratch / "run", tinyData(), 2).error().message,
              HasSubstr("state.safetensors is missing"));
  ASSERT_TRUE(writeTextAtomically(state, good));
  EXPECT_TRUE(TrainingRun::resume(scratch / "run", tinyData(), 2));
}

TEST(TrainingRun, AFullDiskFailsTheRunAndKeepsTheLastState) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  const std::string state = *readText(scratch / "run/state.safetensors");
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  ::getrlimit(RLIMIT_FSIZE, &old);
  {
    auto run = TrainingRun::resume(scratch / "run", tinyData(), 3);
    ASSERT_TRUE(run);
    const rlimit full{8192, old.rlim_max}; // run.json fits, the weights do not
    ::setrlimit(RLIMIT_FSIZE, &full);
    (*run)->trainer().start();
    EXPECT_EQ((*run)->trainer().wait(), TrainerState::failed);
    EXPECT_THAT((*run)->trainer().progress().message, HasSubstr("Cannot write"));
  }
  ::setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(*readText(scratch / "run/state.safetensors"), state);
  EXPECT_EQ(RunFolder::open(scratch / "run")->record().state, RunState::failed);
  auto run = TrainingRun::resume(scratch / "run", tinyData(), 2);
  ASSERT_TRUE(run) << run.error().message;
  (*run)->trainer().start();
  EXPECT_EQ((*run)->trainer().wait(), TrainerState::finished);
}

TEST(TrainingRun, AnotherThreadCountNeedsAnotherProcess) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1); // one thread from here on
  RunConfig config = tinyConfig(1);
  config.threads = 2;
  const auto run = TrainingRun::create(scratch / "other", config, tinyData());
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().fault, Fault::usage);
  EXPECT_THAT(run.error().message, HasSubstr("--threads 2"));
}

TEST(Folders, FreeNamesCountUp) {
  const Scratch scratch;
  EXPECT_EQ(freeRunFolder(scratch.path(), tinyConfig(1)), scratch / "vae-z2-digits");
  fs::create_directory(scratch / "vae-z2-digits");
  EXPECT_EQ(freeRunFolder(scratch.path(), tinyConfig(1)), scratch / "vae-z2-digits-2");
}

TEST(TrainingRun, ResumeDoesNotHideCurvesThatWereLost) {
  const Scratch scratch;
  trainTiny(scratch / "run", 2);
  const auto file = scratch / "run/metrics.csv";
  const std::string whole = *readText(file);
  const auto refused = [&] {
    const auto run = TrainingRun::resume(scratch / "run", tinyData(), 3);
    return run ? std::string() : run.error().message;
  };
  std::filesystem::remove(file);
  EXPECT_THAT(refused(), HasSubstr("end at epoch 0"));
  const size_t secondEpoch = whole.find("\n26,");
  ASSERT_NE(secondEpoch, std::string::npos);
  std::ofstream(file) << whole.substr(0, secondEpoch + 1);
  EXPECT_THAT(refused(), HasSubstr("end at epoch 1"));
  std::ofstream(file).close(); // empty, as a lost block leaves it
  EXPECT_THAT(refused(), HasSubstr("end at epoch 0"));
  std::ofstream(file) << whole.substr(0, whole.find('\n') + 1); // the header alone: given up on purpose
  EXPECT_EQ(refused(), "");
}

TEST(TrainingRun, ResumeDoesNotHideLiveChangesThatWereLost) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  Parameters faster;
  faster.set("learning_rate", 0.01);
  auto run = TrainingRun::resume(scratch / "run", tinyData(), 2, faster);
  ASSERT_TRUE(run) << run.error().message;
  (*run)->trainer().start();
  ASSERT_EQ((*run)->trainer().wait(), TrainerState::finished);
  run->reset();
  const auto file = scratch / "run/events.csv";
  const std::string whole = *readText(file);
  const std::string header = whole.substr(0, whole.find('\n') + 1);
  ASSERT_GT(whole.size(), header.size());
  const auto refused = [&] {
    const auto again = TrainingRun::resume(scratch / "run", tinyData(), 3);
    return again ? std::string() : again.error().message;
  };
  fs::remove(file);
  EXPECT_THAT(refused(), HasSubstr("events.csv is missing or cut short: it holds 0 of the 1 changes"));
  std::ofstream(file).close();
  EXPECT_THAT(refused(), HasSubstr("holds 0 of the 1 changes"));
  std::ofstream(file) << header; // given up on purpose
  EXPECT_EQ(refused(), "");
  EXPECT_EQ(*readText(file), header);
}

TEST(TrainingRun, APathThatNoRecordCanHoldIsRefusedBeforeAnythingIsMade) {
  const Scratch scratch;
  RunConfig config = tinyConfig(1);
  config.dataDir = "/data/\xff";
  const auto run = TrainingRun::create(scratch / "run", config, tinyData());
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().fault, Fault::usage);
  EXPECT_THAT(run.error().message, HasSubstr("not UTF-8"));
  EXPECT_FALSE(fs::exists(scratch / "run"));

  trainTiny(scratch / "\xff", 1); // a run may lie there, but its fork's record would have to name it
  RunConfig fork = tinyConfig(2);
  fork.parent = ForkPoint{.run = (scratch / "\xff").string(), .step = 13};
  const auto forked = TrainingRun::create(scratch / "fork", fork, tinyData());
  ASSERT_FALSE(forked);
  EXPECT_THAT(forked.error().message, HasSubstr("not UTF-8"));
  EXPECT_FALSE(fs::exists(scratch / "fork"));
}

} // namespace
} // namespace latent
