// latent movie: training, traversals, paths and noise as files, and what is said where that cannot be.
#include "core/base/json.h"
#include "core/io/files.h"
#include "tests/app/cli/trained_pair.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>

namespace latent {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

class Movie : public TrainedPair {
 protected:
  static void SetUpTestSuite() { trainPair(3, 2); }
  static Outcome movie(const std::string& kind, Words more) {
    Words words{"movie", kind, path("vae")};
    words.insert(words.end(), more.begin(), more.end());
    return runLatent(words);
  }
};

TEST_F(Movie, WrongWordsAreOneSentence) {
  expectError(runLatent({"movie"}), 2, "latent movie needs one of training, traverse, path, noise");
  expectError(movie("path", {}), 2, "--out is missing; see latent movie path --help.");
  expectError(movie("path", {"--out", path("a.avi")}), 2, ".mp4 or .gif");
  expectError(movie("path", {"--out", path("a.gif"), "--width-px", "201"}), 2, "no even number");
  expectError(movie("path", {"--out", path("a.gif"), "--rate", "60"}), 2, "0.1 to 50");
  expectError(movie("path", {"--out", path("a.gif"), "--frames", "601"}), 2, "2 to 600");
  expectError(movie("path", {"--out", path("a.gif"), "--loop", "often"}), 2, "neither forever, once nor");
  expectError(movie("path", {"--out", path("a.gif"), "--items", "1"}), 2, "two images");
  expectError(movie("noise", {"--out", path("a.gif"), "--sigmas", "2,1"}), 2, "two rising numbers");
  expectError(movie("training", {"--out", path("a.gif"), "--step", "1"}), 2, "leave it out");
  expectError(movie("path", {"--out", path("none/a.gif")}), 4, "is not there");
  expectError(runLatent({"movie", "path", path("nowhere"), "--out", path("a.gif")}), 3, "nowhere");
}

#ifdef LATENT_FIGURES

TEST_F(Movie, EveryKindIsWrittenWithItsEvents) {
  const std::pair<const char*, Words> kinds[] = {
      {"training", {path("ae"), "--points", "50", "--rows", "4", "--columns", "4"}},
      {"training", {"--view", "reconstruct", "--items", "1,2", "--frames", "3"}},
      {"traverse", {"--latents", "1,3", "--frames", "4", "--back"}},
      {"path", {path("ae"), "--items", "3,7", "--path", "spherical", "--frames", "4"}},
      {"noise", {"--items", "2", "--sigmas", "0,1", "--scale", "spread", "--frames", "4"}}};
  const int frames[] = {5, 3, 6, 4, 4};
  for (size_t i = 0; i < std::size(kinds); ++i) {
    Words words = kinds[i].second;
    for (const char* word : {"--out", "", "--width-px", "128", "--json", "--sidecar"})
      words.emplace_back(word);
    words[kinds[i].second.size() + 1] = path("m.gif");
    const Outcome outcome = movie(kinds[i].first, words);
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
    const Json last = outcome.lines().back();
    EXPECT_EQ(last["event"], "done");
    EXPECT_EQ(last["width"], 128);
    EXPECT_EQ(last["codec"], "gif");
    EXPECT_EQ(last["frames"], frames[i]) << kinds[i].first;
    const auto said = readText(path("m.json"));
    ASSERT_TRUE(said.ok());
    EXPECT_EQ(Json::parse(*said)["movie"]["moves"], kinds[i].first);
    EXPECT_EQ(readText(path("m.gif"))->substr(0, 6), "GIF89a");
  }
}

TEST_F(Movie, EqualCommandsGiveEqualBytes) {
  for (const char* name : {"one.gif", "two.gif"})
    ASSERT_EQ(movie("path", {"--frames", "3", "--width-px", "128", "--out", path(name)}).exitCode, 0);
  EXPECT_EQ(*readText(path("one.gif")), *readText(path("two.gif")));
}

TEST_F(Movie, AnInterruptionLeavesNoFile) {
  Program program({"movie", "path", path("vae"), "--frames", "600", "--out", path("long.gif"), "--json"});
  ASSERT_TRUE(program.waitFor("progress"));
  program.signal(SIGINT);
  const Outcome outcome = program.wait();
  EXPECT_EQ(outcome.exitCode, 130) << outcome.errors;
  EXPECT_FALSE(fs::exists(path("long.gif")));
  for (const auto& entry : fs::directory_iterator(scratch->path()))
    EXPECT_EQ(entry.path().filename().string().find("movie"), std::string::npos) << entry.path();
}

#endif

} // namespace
} // namespace latent
