#include "core/io/files.h"
#include "core/run/run_folder.h"
#include "tests/app/cli/program.h"
#include "tests/core/io/scratch.h"

#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

namespace latent {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

std::vector<std::string> small(const fs::path& out, const std::string& epochs,
                               std::vector<std::string> more = {}) {
  std::vector<std::string> words{"train", "--dataset", "digits",     "--latent", "2",
                                 "--set", "hidden=16", "--threads",  "1",        "--epochs",
                                 epochs,  "--out",     out.string(), "--json"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::vector<std::string> resumed(const fs::path& out, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"train", "--resume", "--out", out.string(), "--json"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

void expectSameRun(const fs::path& a, const fs::path& b) {
  EXPECT_EQ(*readText(a / "metrics.csv"), *readText(b / "metrics.csv"));
  const auto one = RunFolder::open(a), two = RunFolder::open(b);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->snapshots(), two->snapshots());
  EXPECT_EQ((*one->weights())->values, (*two->weights())->values);
}

void expectError(const Outcome& outcome, int code, const std::string& text) {
  EXPECT_EQ(outcome.exitCode, code) << outcome.errors;
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.errors, HasSubstr(text));
  EXPECT_EQ(std::count(outcome.errors.begin(), outcome.errors.end(), '\n'), 1)
      << outcome.errors; // one sentence
}

TEST(Train, PrintsAnEpochALineAndThenDone) {
  const Scratch scratch;
  const Outcome outcome = runLatent(small(scratch / "run", "2"));
  ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
  const auto lines = outcome.lines();
  ASSERT_EQ(lines.size(), 3u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(lines[i]["event"], "epoch");
    EXPECT_EQ(lines[i]["epoch"], i + 1);
    EXPECT_EQ(lines[i]["step"], 100 * (i + 1));
    for (const char* split : {"train", "test"}) {
      const Json& values = lines[i][split];
      for (const char* key : {"loss", "recon", "kl", "elbo"})
        EXPECT_TRUE(values[key].is_number()) << split << key;
      EXPECT_NEAR(values["elbo"].get<double>(), -(values["recon"].get<double>() + values["kl"].get<double>()),
                  1e-3);
    }
    EXPECT_GT(lines[i]["seconds"], 0);
    EXPECT_GT(lines[i]["images_per_second"], 0);
  }
  EXPECT_LT(lines[1]["test"]["loss"], lines[0]["test"]["loss"]);
  EXPECT_EQ(lines[2]["event"], "done");
  EXPECT_EQ(lines[2]["step"], 200);

  // The last test line is what `evaluate` finds with the same seed.
  const auto evaluated = runLatent({"evaluate", (scratch / "run").string(), "--json"}).lines();
  ASSERT_EQ(evaluated.size(), 1u);
  EXPECT_EQ(evaluated[0]["event"], "evaluate");
  EXPECT_EQ(evaluated[0]["samples"], 1);
  EXPECT_EQ(evaluated[0]["step"], 200);
  for (const char* key : {"recon", "kl", "elbo"}) EXPECT_EQ(evaluated[0][key], lines[1]["test"][key]) << key;
}

TEST(Train, AnAutoencoderHasNeitherKlNorElbo) {
  const Scratch scratch;
  const auto lines = runLatent(small(scratch / "run", "1", {"--model", "ae"})).lines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["test"].size(), 2u);
  EXPECT_EQ(lines[0]["test"]["loss"], lines[0]["test"]["recon"]);
}

TEST(Train, WrongUsageIsExit2AndOneSentence) {
  const Scratch scratch;
  const fs::path run = scratch / "run";
  expectError(runLatent(small(run, "0")), 2, "1 to ");
  expectError(runLatent(small(run, "1", {"--set", "colour=1"})), 2, "colour");
  expectError(runLatent(small(run, "1", {"--set", "batch=0"})), 2,
              "'batch' is not allowed: it takes a whole number from 1 to 10000");
  expectError(runLatent(small(run, "1", {"--set", "batch"})), 2, "key=value");
  expectError(runLatent(small(run, "1", {"--set", "latent=3"})), 2, "'latent' was given more than once");
  expectError(runLatent(small(run, "1", {"--model", "gan"})), 2, "gan");
  expectError(runLatent(small(run, "1", {"--seed", "-1"})), 2, "seed");
  expectError(runLatent(small(run, "1", {"--preset", "none"})), 2, "first-steps");
  expectError(runLatent({"train", "--dataset", "sunsets", "--out", run.string()}), 2, "sunsets");
  expectError(runLatent({"train"}), 2, "--out");
  expectError(runLatent({"train", "--frobnicate"}), 2, "--help");
  expectError(runLatent({}), 2, "command");
  EXPECT_FALSE(fs::exists(run));
  ASSERT_TRUE(writeTextAtomically(scratch / "note", "mine"));
  expectError(runLatent(small(scratch.path(), "1")), 2, "not empty");
}

TEST(Train, MissingDataIsExit3AndSaysWhatToDo) {
  const Scratch scratch;
  expectError(
      runLatent({"train", "--data-dir", scratch.path().string(), "--out", (scratch / "run").string()}), 3,
      "latent datasets --download mnist");
  expectError(runLatent(resumed(scratch / "none")), 3, "no run folder");
}

TEST(Train, APlaceThatCannotBeWrittenIsExit4) {
  expectError(runLatent(small("/proc/run", "1")), 4, "/proc/run");
}

TEST(Train, SignalsStopCleanlyAndResumeGoesOnToTheSameBits) {
  const Scratch scratch;
  ASSERT_EQ(runLatent(small(scratch / "whole", "3")).exitCode, 0);
  for (const int number : {SIGINT, SIGTERM}) {
    const fs::path run = scratch / std::to_string(number);
    Program program(small(run, "3"));
    ASSERT_TRUE(program.waitFor("\"epoch\":1"));
    program.signal(number);
    const Outcome outcome = program.wait();
    EXPECT_EQ(outcome.exitCode, 130) << outcome.errors;
    EXPECT_EQ(outcome.lines().back()["event"], "done");
    EXPECT_EQ(outcome.lines().back()["state"], "stopped");
    EXPECT_THAT(outcome.errors, HasSubstr("--resume"));
    EXPECT_EQ(RunFolder::open(run)->record().state, RunState::stopped);
    ASSERT_EQ(runLatent(resumed(run)).exitCode, 0);
    expectSameRun(scratch / "whole", run);
  }
}

TEST(Train, AKilledRunResumesToTheSameBits) {
  const Scratch scratch;
  ASSERT_EQ(runLatent(small(scratch / "whole", "4")).exitCode, 0);
  for (int epoch = 1; epoch <= 3; ++epoch) {
    const fs::path run = scratch / ("killed" + std::to_string(epoch));
    Program program(small(run, "4"));
    ASSERT_TRUE(program.waitFor("\"epoch\":" + std::to_string(epoch)));
    program.signal(SIGKILL);
    EXPECT_EQ(program.wait().exitCode, 128 + SIGKILL);
    const auto folder = RunFolder::open(run);
    ASSERT_TRUE(folder) << folder.error().message;
    EXPECT_EQ(folder->record().state, RunState::interrupted);
    EXPECT_TRUE(folder->weights());
    const Outcome outcome = runLatent(resumed(run));
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
    expectSameRun(scratch / "whole", run);
  }
}

TEST(Train, ResumeContinuesToALargerTotal) {
  const Scratch scratch;
  ASSERT_EQ(runLatent(small(scratch / "whole", "2")).exitCode, 0);
  ASSERT_EQ(runLatent(small(scratch / "run", "1")).exitCode, 0);
  const Outcome outcome = runLatent(resumed(scratch / "run", {"--epochs", "2"}));
  ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
  ASSERT_EQ(outcome.lines().size(), 2u);
  EXPECT_EQ(outcome.lines()[0]["epoch"], 2);
  expectSameRun(scratch / "whole", scratch / "run");

  expectError(runLatent(resumed(scratch / "run", {"--latent", "3"})), 2, "latent is 2");
  expectError(runLatent(resumed(scratch / "run", {"--seed", "9"})), 2, "seed is 1");
  expectError(runLatent(resumed(scratch / "run", {"--model", "ae"})), 2, "model is vae");
  expectError(runLatent(resumed(scratch / "run", {"--epochs", "1"})), 2, "already done");
  ASSERT_TRUE(writeTextAtomically(scratch / "run/state.safetensors", "damaged"));
  expectError(runLatent(resumed(scratch / "run", {"--epochs", "3"})), 3, "state.safetensors");
}

TEST(Train, TwoProgramsNeverWriteIntoOneRun) {
  const Scratch scratch;
  Program first(small(scratch / "run", "1000"));
  ASSERT_TRUE(first.waitFor("\"epoch\":1"));
  const Outcome second = runLatent(resumed(scratch / "run"));
  expectError(second, 4, "being written by another program (latent, process ");
  first.signal(SIGTERM);
  EXPECT_EQ(first.wait().exitCode, 130);
}

TEST(Train, ADivergedRunIsExit4AndNamesTheStep) {
  const Scratch scratch;
  const Outcome outcome =
      runLatent(small(scratch / "run", "3", {"--set", "learning_rate=1", "--set", "hidden=256,256,256"}));
  EXPECT_EQ(outcome.exitCode, 4);
  EXPECT_THAT(outcome.errors, HasSubstr("step"));
  EXPECT_TRUE(RunFolder::open(scratch / "run")->weights());
}

TEST(Train, AFullStandardOutputStopsCleanly) {
  const Scratch scratch;
  const std::string command =
      std::string(LATENT_PROGRAM) +
      " train --dataset digits --latent 2 --set hidden=16 --threads 1 --epochs 1000 --json --out " +
      (scratch / "run").string() + " > /dev/full 2> " + (scratch / "errors").string();
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 4);
  EXPECT_THAT(*readText(scratch / "errors"), HasSubstr("standard output"));
  EXPECT_EQ(RunFolder::open(scratch / "run")->record().state, RunState::stopped);
}

} // namespace
} // namespace latent
