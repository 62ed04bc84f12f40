// traverse, interpolate, noise and sample, on runs of a small labelled data set of our own.
#include "core/base/random.h"
#include "core/io/files.h"
#include "core/io/npy.h"
#include "tests/app/cli/program.h"
#include "tests/core/io/scratch.h"

#include <algorithm>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>

namespace latent {
namespace {

using testing::ContainsRegex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

constexpr size_t pixels = 100; // of an image

/// A bright column in one of four places, as IDX files.
void writeBars(const fs::path& images, const fs::path& labels, uint8_t count, uint64_t seed) {
  Random random(seed);
  std::string data{'\0', '\0', '\x08', '\x03', '\0', '\0', '\0', static_cast<char>(count),
                   '\0', '\0', '\0',   '\x0a', '\0', '\0', '\0', '\x0a'};
  std::string classes{'\0', '\0', '\x08', '\x01', '\0', '\0', '\0', static_cast<char>(count)};
  for (int i = 0; i < count; ++i) {
    const int64_t label = random.below(4);
    classes += static_cast<char>(label);
    for (size_t p = 0; p < pixels; ++p)
      data += static_cast<char>((p % 10) / 2 == static_cast<size_t>(label) ? 200 + random.below(50)
                                                                           : random.below(30));
  }
  ASSERT_TRUE(writeTextAtomically(images, data).ok());
  ASSERT_TRUE(writeTextAtomically(labels, classes).ok());
}

class LatentViews : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch = std::make_unique<Scratch>();
    setenv("XDG_CACHE_HOME", (*scratch / "cache").c_str(), 1); // where the classifier is kept
    fs::create_directories(*scratch / "bars");
    writeBars(*scratch / "bars/train-images-idx3-ubyte", *scratch / "bars/train-labels-idx1-ubyte", 250, 1);
    writeBars(*scratch / "bars/t10k-images-idx3-ubyte", *scratch / "bars/t10k-labels-idx1-ubyte", 60, 2);
    for (const auto& [name, family, latent] :
         {std::tuple("vae", "vae", "3"), std::tuple("wide", "vae", "6"), std::tuple("ae", "ae", "3")})
      train({"--model", family, "--latent", latent, "--set", "hidden=16", "--out", path(name)});
    train({"--model", "vq-vae", "--set", "stride=2", "--set", "channels=4", "--set", "codes=8", "--out",
           path("vq")});
  }
  static void TearDownTestSuite() {
    unsetenv("XDG_CACHE_HOME");
    scratch.reset();
  }
  static void train(std::vector<std::string> words) {
    std::vector<std::string> all{"train",    "--dataset", path("bars"), "--threads", "1",
                                 "--epochs", "3",         "--set",      "batch=10"};
    all.insert(all.end(), words.begin(), words.end());
    const Outcome outcome = runLatent(all);
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
  }
  static std::string path(const std::string& name) { return (*scratch / name).string(); }
  static void expectDone(const std::vector<std::string>& words) {
    const Outcome outcome = runLatent(words);
    EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
    EXPECT_EQ(outcome.out, "");
  }
  static void expectError(const std::vector<std::string>& words, int code, const std::string& text) {
    const Outcome outcome = runLatent(words);
    EXPECT_EQ(outcome.exitCode, code) << outcome.errors;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.errors, HasSubstr(text));
    EXPECT_EQ(std::count(outcome.errors.begin(), outcome.errors.end(), '\n'), 1) << outcome.errors;
  }
  static std::vector<float> imagesOf(const std::string& name) { return readNpy(path(name))->toFloats(); }
  static std::vector<int64_t> shapeOf(const std::string& name) { return readNpy(path(name))->shape; }
  static void expectSame(const std::vector<float>& a, size_t imageOfA, const std::vector<float>& b,
                         size_t imageOfB) {
    for (size_t i = 0; i < pixels; ++i)
      ASSERT_NEAR(a.at(imageOfA * pixels + i), b.at(imageOfB * pixels + i), 1e-5);
  }
  static inline std::unique_ptr<Scratch> scratch;
};

TEST_F(LatentViews, TraverseMovesOneLatentAtATime) {
  expectDone({"traverse", path("vae"), path("ae"), "--latents", "z3,1", "--by", "value", "--range", "-2,2",
              "--item", "4", "--frames", "3", "--out", path("t.npy")});
  EXPECT_THAT(shapeOf("t.npy"), ElementsAre(2, 2, 3, 1, 10, 10));
  expectDone({"encode", path("ae"), "--out", path("codes.npy")});
  const auto codes = imagesOf("codes.npy");
  const auto z = [&](size_t j) { return std::to_string(codes[4 * 3 + j]); };
  expectDone({"decode", path("ae"), "--z", z(0) + "," + z(1) + ",-2", "--z", "2," + z(1) + "," + z(2),
              "--out", path("d.npy")});
  const auto traversed = imagesOf("t.npy"), decoded = imagesOf("d.npy");
  for (size_t i = 0; i < pixels; ++i) { // z as text keeps six digits after the point
    EXPECT_NEAR(traversed[6 * pixels + i], decoded[i], 1e-4);
    EXPECT_NEAR(traversed[11 * pixels + i], decoded[pixels + i], 1e-4);
  }
  expectDone({"traverse", path("vae"), "--grid", "--frames", "4", "--out", path("g.npy")});
  EXPECT_THAT(shapeOf("g.npy"), ElementsAre(1, 4, 4, 1, 10, 10));
  expectDone({"traverse", path("vae"), path("ae"), "--frames", "2", "--out", path("t.csv")});
  EXPECT_THAT(*readText(path("t.csv")), ContainsRegex("\n1,pixel,0,0,0,0,[0-9.]+,z[0-9]"));
}

TEST_F(LatentViews, InterpolateBeginsAndEndsAtTheReconstructions) {
  expectDone({"reconstruct", path("vae"), path("wide"), "--items", "2,31", "--out", path("r.npy")});
  const auto reconstructed = imagesOf("r.npy");
  for (const char* kind : {"straight", "spherical"}) {
    expectDone({"interpolate", path("vae"), path("wide"), "--items", "2,31", "--path", kind, "--frames", "5",
                "--out", path("i.npy")});
    EXPECT_THAT(shapeOf("i.npy"), ElementsAre(2, 5, 1, 10, 10));
    const auto images = imagesOf("i.npy");
    for (size_t run = 0; run < 2; ++run) {
      expectSame(images, 5 * run, reconstructed, 2 * (run + 1));
      expectSame(images, 5 * run + 4, reconstructed, 2 * (run + 1) + 1);
    }
  }
  expectDone({"interpolate", path("vae"), "--frames", "5", "--loop", "--out", path("i.npy")});
  EXPECT_THAT(shapeOf("i.npy"), ElementsAre(1, 8, 1, 10, 10));
}

TEST_F(LatentViews, NoiseOfSigmaZeroIsTheReconstruction) {
  expectDone({"reconstruct", path("vae"), path("ae"), "--items", "2,31", "--out", path("r.npy")});
  expectDone(
      {"noise", path("vae"), path("ae"), "--items", "2,31", "--sigmas", "0,1", "--out", path("n.npy")});
  EXPECT_THAT(shapeOf("n.npy"), ElementsAre(2, 2, 2, 1, 10, 10));
  const auto noisy = imagesOf("n.npy"), clean = imagesOf("r.npy");
  for (size_t run = 0; run < 2; ++run)
    for (size_t item = 0; item < 2; ++item)
      expectSame(noisy, (run * 2 + item) * 2, clean, 2 * (run + 1) + item);

  expectDone(
      {"noise", path("vae"), path("ae"), "--items", "2,31", "--sigmas", "0,1", "--out", path("again.npy")});
  EXPECT_EQ(imagesOf("again.npy"), noisy); // seeded
  expectDone({"noise", path("ae"), "--items", "31", "--sigmas", "1", "--out", path("one.npy")});
  expectSame(imagesOf("one.npy"), 0, noisy, 7); // whatever else is drawn
  expectDone(
      {"noise", path("ae"), "--items", "31", "--sigmas", "1", "--seed", "2", "--out", path("one.npy")});
  EXPECT_NE(imagesOf("one.npy"), std::vector<float>(noisy.begin() + 700, noisy.end()));
}

TEST_F(LatentViews, NoiseCurvesSayErrorAndKeptClasses) {
  expectDone({"noise", path("vae"), path("ae"), "--show", "curves", "--sigmas", "0,1,4", "--subjects", "40",
              "--scale", "spread", "--out", path("n.csv")});
  const std::string csv = *readText(path("n.csv"));
  for (const char* row : {"\n0,curve,0,0,0,[0-9.]+,,VAE z3\n", "\n0,lower,1,0,0,[0-9.]+,,AE z3\n",
                          "\n1,curve,0,0,0,[0-9.]+,,VAE z3\n", "\n1,upper,1,0,0,[0-9.]+,,AE z3\n"})
    EXPECT_THAT(csv, ContainsRegex(row));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 2 * 3 * 3);
  EXPECT_EQ(std::distance(fs::directory_iterator(*scratch / "cache/latent-explorer/classifiers"), {}), 1);
  expectDone(
      {"noise", path("vae"), "--show", "curves", "--no-classes", "--sigmas", "0", "--out", path("e.csv")});
  EXPECT_THAT(*readText(path("e.csv")), Not(HasSubstr("\n1,curve")));
}

TEST_F(LatentViews, SamplesOfSeveralRunsShareTheirNumbers) {
  expectDone({"sample", path("vae"), "--n", "3", "--seed", "5", "--out", path("s.npy")});
  EXPECT_THAT(shapeOf("s.npy"), ElementsAre(3, 1, 10, 10));
  expectDone({"sample", path("ae"), path("vae"), "--n", "2", "--seed", "5", "--out", path("m.npy")});
  EXPECT_THAT(shapeOf("m.npy"), ElementsAre(2, 2, 1, 10, 10));
  expectSame(imagesOf("m.npy"), 2, imagesOf("s.npy"), 0);
  expectSame(imagesOf("m.npy"), 3, imagesOf("s.npy"), 1);

  expectDone({"sample", path("ae"), "--from", "fitted", "--n", "2", "--seed", "5", "--out", path("f.npy")});
  expectSame(imagesOf("f.npy"), 0, imagesOf("m.npy"), 0); // what an AE has
  expectDone({"sample", path("ae"), "--from", "prior", "--n", "2", "--seed", "5", "--out", path("p.npy")});
  EXPECT_NE(imagesOf("p.npy"), imagesOf("f.npy"));

  expectDone({"sample", path("vae"), "--draws", "--n", "3", "--seed", "5", "--out", path("b.npy")});
  for (const float value : imagesOf("b.npy")) EXPECT_TRUE(value == 0 || value == 1);
  expectDone({"sample", path("vae"), "--means", "--n", "3", "--seed", "5", "--out", path("k.npy")});
  EXPECT_EQ(imagesOf("k.npy"), imagesOf("s.npy"));
}

TEST_F(LatentViews, WhatCannotBeDoneIsOneSentence) {
  const std::string x = path("x.npy"), vae = path("vae");
  expectError({"traverse", vae, "--latents", "4", "--out", x}, 2, "There is no latent z4; the run has 3.");
  expectError({"traverse", vae, "--latents", "one", "--out", x}, 2, "--latents: 'one' is not a list");
  expectError({"traverse", vae, "--range", "0,1", "--out", x}, 2, "--range needs --by");
  expectError({"traverse", vae, "--by", "quantile", "--range", "0,2", "--out", x}, 2, "within 0 and 1");
  expectError({"traverse", vae, "--by", "sigma", "--out", x}, 2, "'sigma' is not prior, quantile or value");
  expectError({"traverse", vae, "--latents", "1,2,3", "--grid", "--out", x}, 2, "two latents");
  expectError({"traverse", vae, "--item", "60", "--out", x}, 2, "60 is not in 0 to 59");
  expectError({"traverse", vae, "--frames", "1", "--out", x}, 2, "from 2 to 64");
  expectError({"interpolate", vae, "--items", "1", "--out", x}, 2, "'1' is not two images");
  expectError({"interpolate", vae, "--frames", "65", "--out", x}, 2, "from 3 to 64");
  expectError({"interpolate", vae, "--path", "bent", "--out", x}, 2, "'bent' is not straight or spherical");
  expectError({"noise", vae, "--sigmas", "1,0", "--out", x}, 2, "--sigmas: rising numbers");
  expectError({"noise", vae, "--sigmas", "-1", "--out", x}, 2, "rising numbers of at least 0");
  expectError({"noise", vae, "--draws", "0", "--out", x}, 2, "from 1 to 1000");
  expectError({"noise", vae, "--items", "60", "--out", x}, 2, "60 is not in 0 to 59");
  expectError({"noise", vae, "--show", "none", "--out", x}, 2, "all, pictures or curves");
  expectError({"sample", vae, "--from", "codes", "--out", x}, 2, "prior, fitted or each");
  expectError({"sample", vae, "--means", "--draws", "--out", x}, 2, "cannot be given together");
  for (const char* command : {"traverse", "interpolate", "noise", "sample"}) {
    expectError({command, vae, "--out", path("x.gif")}, 2, "use .png, .pdf, .svg, .csv or .npy");
    expectError({command, vae, "--out", path("none/x.npy")}, 4, "is not there");
    expectError({command, path("none"), "--out", x}, 3, "no run folder");
    expectError({command, "--out", x}, 2, "The run folder is missing");
    EXPECT_THAT(runLatent({command, "--help"}).out, HasSubstr("float32 ["));
  }
  for (const char* command : {"traverse", "interpolate", "noise"})
    expectError({command, path("vq"), "--out", x}, 2, "codes in place of continuous latents");
  expectError({"sample", path("vq"), "--from", "prior", "--out", x}, 2, "Tokens are drawn");
  expectError({"sample", path("vq"), "--draws", "--out", x}, 2, "Bernoulli likelihood");
}

} // namespace
} // namespace latent
