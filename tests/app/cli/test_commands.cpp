#include "core/io/files.h"
#include "core/io/npy.h"
#include "core/models/families.h"
#include "tests/app/cli/program.h"
#include "tests/core/io/scratch.h"

#include <cmath>
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

/// One small VAE and AE for all tests of this file.
class Commands : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch = new Scratch;
    for (const char* family : {"vae", "ae"}) {
      const Outcome outcome =
          runLatent({"train", "--model", family, "--dataset", "digits", "--latent", "2", "--set", "hidden=16",
                     "--threads", "1", "--epochs", "1", "--out", (*scratch / family).string()});
      ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
      EXPECT_THAT(outcome.out, HasSubstr("epoch 1/1, step 100")); // plain lines where there is no terminal
      EXPECT_THAT(outcome.out, testing::Not(HasSubstr("\x1b")));
    }
  }
  static void TearDownTestSuite() { delete scratch; }

  static std::string path(const std::string& name) { return (*scratch / name).string(); }
  static void expectDone(const Outcome& outcome) {
    EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
    EXPECT_EQ(outcome.out, "");
  }
  static void expectError(const Outcome& outcome, int code, const std::string& text) {
    EXPECT_EQ(outcome.exitCode, code) << outcome.errors;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.errors, HasSubstr(text));
  }
  static inline Scratch* scratch = nullptr;
};

TEST_F(Commands, ModelsPrintsAFamilyALine) {
  const Outcome outcome = runLatent({"models", "--json"});
  const auto lines = outcome.lines();
  ASSERT_EQ(lines.size(), families().size());
  for (const Json& line : lines) {
    EXPECT_TRUE(findFamily(line["id"]));
    for (const Json& parameter : line["parameters"])
      for (const char* key : {"key", "type", "min", "max", "default", "unit", "help"})
        EXPECT_TRUE(parameter.contains(key)) << key;
  }
  EXPECT_THAT(runLatent({"models"}).out, HasSubstr("presets:"));
}

TEST_F(Commands, DatasetsPrintsADataSetALine) {
  bool digits = false;
  for (const Json& line : runLatent({"datasets", "--json", "--data-dir", scratch->path().string()}).lines()) {
    for (const char* key : {"id", "name", "train", "test", "shape", "found", "verified"})
      EXPECT_TRUE(line.contains(key)) << key;
    if (line["id"] == "mnist") {
      EXPECT_TRUE(line["found"].is_null());
    }
    if (line["id"] != "digits") continue;
    digits = true;
    EXPECT_EQ(line["train"], 10000);
    EXPECT_EQ(line["shape"], Json({1, 28, 28}));
  }
  EXPECT_TRUE(digits);
  expectError(runLatent({"datasets", "--json", "--download", "digits"}), 2, "digits");
}

TEST_F(Commands, EncodeWritesCsvAndNpyOfTheSameNumbers) {
  expectDone(runLatent({"encode", path("vae"), "--out", path("codes.npy")}));
  expectDone(runLatent({"encode", path("vae"), "--split", "test", "--out", path("codes.csv")}));
  const auto codes = readNpy(path("codes.npy")), labels = readNpy(path("codes.labels.npy"));
  ASSERT_TRUE(codes && labels);
  EXPECT_THAT(codes->shape, ElementsAre(2000, 4));
  EXPECT_THAT(labels->shape, ElementsAre(2000));
  EXPECT_EQ(labels->type, ElementType::i64);
  const std::string csv = *readText(path("codes.csv"));
  const size_t first = csv.find('\n') + 1;
  EXPECT_EQ(csv.substr(0, first), "index,file,label,mu_0,mu_1,logvar_0,logvar_1\n");
  long long label = -1;
  float mu0 = 0, mu1 = 0, logVar0 = 0, logVar1 = 0;
  ASSERT_EQ(std::sscanf(csv.c_str() + first, "0,,%lld,%f,%f,%f,%f", &label, &mu0, &mu1, &logVar0, &logVar1),
            5);
  const auto values = codes->toFloats();
  EXPECT_EQ(label, labels->toIntegers()[0]);
  EXPECT_THAT(std::vector<float>({mu0, mu1, logVar0, logVar1}),
              ElementsAre(values[0], values[1], values[2], values[3]));

  expectDone(runLatent({"encode", path("ae"), "--out", path("ae.npy")}));
  EXPECT_THAT(readNpy(path("ae.npy"))->shape, ElementsAre(2000, 2));
  expectError(runLatent({"encode", path("vae"), "--out", path("codes.txt")}), 2, ".npy or .csv");
}

TEST_F(Commands, DecodeAndEncodeReadArrays) {
  expectDone(runLatent({"decode", path("vae"), "--z", "0.5,-1.2", "--out", path("one.npy")}));
  const auto one = readNpy(path("one.npy"));
  ASSERT_TRUE(one);
  EXPECT_THAT(one->shape, ElementsAre(1, 1, 28, 28));
  ASSERT_TRUE(writeNpy(path("z.npy"), Array::of(std::vector<float>{0.5F, -1.2F}, {1, 2})));
  expectDone(runLatent({"decode", path("vae"), "--input", path("z.npy"), "--out", path("same.npy")}));
  EXPECT_EQ(*readNpy(path("same.npy")), *one); // bit for bit
  expectDone(runLatent({"decode", path("vae"), "--z", "0,0", "--z", "-1,1", "--out", path("two.csv")}));
  const std::string csv = *readText(path("two.csv"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 784);

  expectDone(runLatent({"encode", path("vae"), "--input", path("one.npy"), "--out", path("again.csv")}));
  EXPECT_THAT(*readText(path("again.csv")), HasSubstr("\n0," + path("one.npy") + ",-1,"));

  expectError(runLatent({"decode", path("vae"), "--z", "1", "--out", path("x.npy")}), 2, "1 coordinates");
  expectError(runLatent({"decode", path("vae"), "--z", "1,b", "--out", path("x.npy")}), 2,
              "not a list of numbers");
  expectError(runLatent({"decode", path("vae"), "--z", "nan,0", "--out", path("x.npy")}), 2, "finite");
  expectError(runLatent({"decode", path("vae"), "--z", "0,1e39", "--out", path("x.npy")}), 2, "finite");
  ASSERT_TRUE(writeNpy(path("nan.npy"), Array::of(std::vector<float>{0, 1, 2, NAN}, {2, 2})));
  expectError(runLatent({"decode", path("vae"), "--input", path("nan.npy"), "--out", path("x.npy")}), 3,
              "nan.npy: element 3 is not a finite number");
  expectError(runLatent({"decode", path("vae"), "--out", path("x.npy")}), 2, "--z or by --input");
  expectError(runLatent({"decode", path("vae"), "--input", path("one.npy"), "--out", path("x.npy")}), 3,
              "[n, 2]");
  expectError(runLatent({"encode", path("vae"), "--input", path("z.npy"), "--out", path("x.npy")}), 3, "28");
  ASSERT_TRUE(writeNpy(path("bright.npy"), Array::of(std::vector<float>(784, 255.0F), {1, 28, 28})));
  expectError(runLatent({"encode", path("vae"), "--input", path("bright.npy"), "--out", path("x.npy")}), 3,
              "[0,1]");
  expectError(runLatent({"decode", path("vae"), "--z", "0,0", "--out", "/dev/full/x.npy"}), 4, "/dev/full");
}

TEST_F(Commands, EncodeReadsPicturesAndArraysOfAnyRank) {
  // An 8-bit grey bitmap of 28 x 28: row 0 white, all else black. Rows of a bitmap go upwards.
  std::string bitmap = "BM";
  const auto put = [&](uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) bitmap += static_cast<char>(value >> (8 * i));
  };
  put(54 + 1024 + 784, 4), put(0, 4), put(54 + 1024, 4);
  put(40, 4), put(28, 4), put(28, 4), put(1, 2), put(8, 2), put(0, 4), put(784, 4), put(0, 8), put(256, 4),
      put(0, 4);
  for (uint32_t level = 0; level < 256; ++level) put(level * 0x010101, 4);
  bitmap += std::string(27 * 28, '\0') + std::string(28, '\xff');
  ASSERT_TRUE(writeTextAtomically(path("top.bmp"), bitmap));
  std::vector<uint8_t> top(784);
  std::fill_n(top.begin(), 28, uint8_t{255});
  ASSERT_TRUE(writeNpy(path("top.npy"), Array::of(top, {28, 28})));
  ASSERT_TRUE(writeNpy(path("top3.npy"), Array::of(top, {1, 28, 28})));
  expectDone(runLatent({"encode", path("vae"), "--input", path("top.bmp"), path("top.npy"), path("top3.npy"),
                        "--out", path("top.csv")}));
  const std::string csv = *readText(path("top.csv"));
  std::vector<std::string> codes;
  for (const char* name : {"top.bmp", "top.npy", "top3.npy"}) {
    const std::string start = path(name) + ",-1,";
    const size_t at = csv.find(start);
    ASSERT_NE(at, std::string::npos) << csv;
    codes.push_back(csv.substr(at + start.size(), csv.find('\n', at) - at - start.size()));
  }
  EXPECT_THAT(codes, testing::Each(codes[0]));
  expectDone(runLatent({"encode", path("vae"), "--input", path("top.bmp"), "--out", path("top-codes.npy")}));
  EXPECT_THAT(readNpy(path("top-codes.npy"))->shape, ElementsAre(1, 4));
  expectError(runLatent({"encode", path("vae"), "--input", path("codes.txt"), "--out", path("x.csv")}), 3,
              "codes.txt");
  ASSERT_TRUE(writeTextAtomically(path("broken.png"), "\x89PNG\r\n\x1a\nnothing"));
  expectError(runLatent({"encode", path("vae"), "--input", path("broken.png"), "--out", path("x.csv")}), 3,
              "broken.png");
}

TEST_F(Commands, AMissingOutputFolderIsToldBeforeTheWorkAndNeverMade) {
  const std::string out = path("nowhere/x.npy");
  for (const char* command : {"plane", "reconstruct", "encode"})
    expectError(runLatent({command, path("vae"), "--out", out}), 4, "nowhere for x.npy is not there");
  expectError(runLatent({"decode", path("vae"), "--z", "0,0", "--out", out}), 4, "is not there");
  expectError(runLatent({"curves", path("vae"), "--out", path("nowhere/x.csv")}), 4, "is not there");
  EXPECT_FALSE(fs::exists(path("nowhere")));
}

TEST_F(Commands, PlaneTakesTwoLatentsOrTheMainDirections) {
  ASSERT_EQ(runLatent({"train", "--dataset", "digits", "--latent", "4", "--set", "hidden=16", "--threads",
                       "1", "--epochs", "1", "--out", path("four")})
                .exitCode,
            0);
  expectDone(runLatent({"plane", path("four"), "--axes", "4,2", "--at", "9,9,0.5,9", "--rect", "-2,2,-1,3",
                        "--rows", "1", "--columns", "2", "--out", path("p.npy")}));
  expectDone(runLatent({"decode", path("four"), "--z", "9,1,0.5,-1", "--out", path("t.npy")}));
  const auto tiles = readNpy(path("p.npy"))->toFloats(), tile = readNpy(path("t.npy"))->toFloats();
  for (size_t i = 0; i < 784; ++i) ASSERT_NEAR(tiles[i], tile[i], 1e-5);
  expectDone(runLatent({"plane", path("four"), "--axes", "main", "--points", "100", "--rows", "2",
                        "--columns", "2", "--out", path("p.csv")}));
  const std::string csv = *readText(path("p.csv"));
  EXPECT_THAT(csv, HasSubstr("\n0,point,"));
  // The names of the columns, points and rings: no pixels of tiles among the numbers.
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 100 + 3);
  for (const char* axes : {"1,1", "1", "0,2", "x,y"})
    expectError(runLatent({"plane", path("four"), "--axes", axes, "--out", path("x.npy")}), 2, "--axes");
  expectError(runLatent({"plane", path("four"), "--axes", "1,5", "--out", path("x.npy")}), 2, "z1 to z4");
  expectError(runLatent({"plane", path("four"), "--at", "1,2", "--out", path("x.npy")}), 2, "4 latents");
}

TEST_F(Commands, EveryWrongCommandLineIsOneSentenceOfOurs) {
  const auto expectUsage = [&](const std::vector<std::string>& words, const std::string& sentence) {
    const Outcome outcome = runLatent(words);
    EXPECT_EQ(outcome.exitCode, 2);
    EXPECT_EQ(outcome.errors, "latent: " + sentence + "\n");
  };
  const std::string run = path("vae"), x = path("x.npy");
  expectUsage({}, "A command is missing, such as latent train; see latent --help.");
  expectUsage({"trian"}, "There is no command trian; see latent --help.");
  expectUsage({"--jsno"}, "There is no option --jsno; see latent --help.");
  expectUsage({"train"}, "--out is missing; see latent train --help.");
  expectUsage({"train", "--out"}, "--out has no value; see latent train --help.");
  expectUsage({"train", "--out", x, "--out", x}, "--out was given more than once; see latent train --help.");
  expectUsage({"train", "--out", x, "--frob"}, "There is no option --frob; see latent train --help.");
  expectUsage({"train", "--out", x, "frob"}, "There is no place for 'frob'; see latent train --help.");
  expectUsage({"plane", "--out", x}, "The run folder is missing; see latent plane --help.");
  expectUsage({"plane", run, "--out", x, "--rows", "x"},
              "--rows: 'x' is not a whole number from 1 to 400; see latent plane --help.");
  expectUsage({"plane", run, "--out", x, "--dpi", "7"},
              "--dpi: '7' is not a number from 30 to 1200; see latent plane --help.");
  expectUsage({"evaluate", run, "--seed", "-1"},
              "--seed: '-1' is not a whole number of 0 or more; see latent evaluate --help.");
  expectUsage({"evaluate", run, "--split", "all"},
              "--split: 'all' is not test or train; see latent evaluate --help.");
  expectUsage({"encode", run, "--input", x, "--split", "test", "--out", x},
              "--input cannot be given together with --split; see latent encode --help.");
  expectUsage({"models", "--shape", "1,8,8"}, "--shape goes only with --summary; see latent models --help.");
  expectUsage({"bench", "sleep"},
              "benchmark: 'sleep' is not train, decode or snapshot; see latent bench --help.");
}

TEST_F(Commands, AnEmptyNameIsNeverTakenForTheWorkingFolder) {
  const std::string run = path("vae"), x = path("x.npy");
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"evaluate", ""},
                                             {"evaluate", run, "--data-dir", ""},
                                             {"train", "--out", ""},
                                             {"train", "--dataset", "digits", "--data-dir", "", "--out", x},
                                             {"encode", run, "--out", ""},
                                             {"encode", run, "--input", "", "--out", x},
                                             {"decode", run, "--z", "0,0", "--out", ""},
                                             {"plane", "", "--out", x},
                                             {"curves", "", "--out", path("x.csv")},
                                             {"export", run, "--out", ""},
                                             {"pack", run, "--out", ""},
                                             {"pack", "", "--out", x},
                                             {"table", ""},
                                             {"report", run, "--out", ""},
                                             {"datasets", "--data-dir", ""},
                                             {"import", x, "--model", "vae", "--out", ""},
                                             {"bench", "train", "--data-dir", ""}})
    expectError(runLatent(words), 2, "an empty name was given; see latent " + words.front() + " --help.");
}

TEST_F(Commands, WhatCannotBeDrawnIsToldBeforeTheWork) {
  const auto expectUsage = [&](std::vector<std::string> words, const std::string& sentence) {
    // No data set is looked for: the folder of data is not there.
    words.insert(words.end(), {"--data-dir", path("nowhere")});
    expectError(runLatent(words), 2, sentence);
  };
  const std::string run = path("vae");
  const std::string endings = "names no kind of figure; use .png, .pdf, .svg, .csv or .npy.";
  expectUsage({"plane", run, "--out", path("x.doc")}, endings);
  expectUsage({"reconstruct", run, "--out", path("x.doc")}, endings);
  expectUsage({"decode", run, "--z", "0,0", "--out", path("x.doc")}, endings);
  expectUsage({"codes", run, "--out", path("x.npy")}, "use .png, .pdf, .svg or .csv.");
  expectUsage({"plane", run, "--tex", "--out", path("x.npy")}, "--tex goes with a figure");
  expectError(runLatent({"curves", run, "--out", path("x.npy")}), 2, "use .png, .pdf, .svg or .csv.");
  expectError(runLatent({"plane", run, "--selected", "0,2000", "--out", path("x.csv")}), 2,
              "--selected: 2000 is not in 0 to 1999.");
  expectError(runLatent({"plane", run, "--class", "10", "--out", path("x.csv")}), 2,
              "--class: Synthetic digits has no class 10; its labels are 0 to 9.");
}

TEST_F(Commands, ANameThatHoldsALineEndLeavesOneSentenceWhole) {
  const Outcome outcome = runLatent({"evaluate", path("two\nlines\x1b[2J")});
  EXPECT_EQ(outcome.exitCode, 3);
  EXPECT_EQ(outcome.errors, "latent: There is no run folder " + path("two?lines?[2J") + ".\n");
}

TEST_F(Commands, DatasetsAndTrainAgreeOnDamagedData) {
  fs::create_directories(path("data/mnist"));
  ASSERT_TRUE(writeTextAtomically(path("data/mnist/train-images-idx3-ubyte"), "damaged"));
  const std::string data = path("data");
  const Outcome trained = runLatent({"train", "--data-dir", data, "--out", path("no-run")});
  EXPECT_EQ(trained.exitCode, 3);
  bool told = false;
  for (const Json& line : runLatent({"datasets", "--json", "--data-dir", data}).lines()) {
    if (line["id"] != "mnist") continue;
    EXPECT_EQ("latent: " + line["problem"].get<std::string>() + "\n", trained.errors);
    told = true;
  }
  EXPECT_TRUE(told);
  fs::remove(path("data/mnist/train-images-idx3-ubyte"));
  expectError(runLatent({"train", "--data-dir", data, "--out", path("no-run")}), 3,
              "latent datasets --download mnist --data-dir " + data);
}

TEST_F(Commands, PlaneRowsCountFromTheLowestZ2) {
  expectDone(runLatent({"plane", path("vae"), "--rect", "-2,2,-1,3", "--rows", "3", "--columns", "2", "--out",
                        path("plane.npy")}));
  const auto plane = readNpy(path("plane.npy"));
  ASSERT_TRUE(plane);
  EXPECT_THAT(plane->shape, ElementsAre(3, 2, 1, 28, 28));
  // The tile of row 2, column 0 has its centre at (-1, 3 - 2/3).
  expectDone(runLatent({"decode", path("vae"), "--z", "-1,2.3333333", "--out", path("tile.npy")}));
  const auto tiles = plane->toFloats(), tile = readNpy(path("tile.npy"))->toFloats();
  for (size_t i = 0; i < 784; ++i) ASSERT_NEAR(tiles[4 * 784 + i], tile[i], 1e-5);
  expectDone(runLatent({"plane", path("vae"), path("ae"), "--rows", "2", "--columns", "2", "--points", "10",
                        "--out", path("plane.csv")}));
  EXPECT_THAT(*readText(path("plane.csv")), HasSubstr("\n1,point,"));
  expectError(runLatent({"plane", path("vae"), "--rect", "2,-2,0,1", "--out", path("x.npy")}), 2,
              "left < right");
  expectError(runLatent({"plane", path("vae"), "--rows", "0", "--out", path("x.npy")}), 2, "--rows");
  expectError(runLatent({"plane", path("vae"), "--step", "7", "--out", path("x.npy")}), 3,
              "no snapshot of step 7");
  expectError(runLatent({"plane", path("vae"), "--out", path("x.gif")}), 2, ".png");
}

TEST_F(Commands, ReconstructAndCurves) {
  expectDone(
      runLatent({"reconstruct", path("vae"), path("ae"), "--items", "0,5", "--out", path("rows.npy")}));
  EXPECT_THAT(readNpy(path("rows.npy"))->shape, ElementsAre(3, 2, 1, 28, 28));
  expectDone(
      runLatent({"curves", path("vae"), path("ae"), "--series", "loss,recon", "--out", path("curves.csv")}));
  EXPECT_THAT(*readText(path("curves.csv")), HasSubstr("recon"));
  expectError(runLatent({"curves", path("vae"), "--facet", "foo", "--out", path("x.csv")}), 2,
              "no run has a parameter foo");
  expectError(runLatent({"curves", path("vae"), "--series", "fun", "--out", path("x.csv")}), 2,
              "known are loss");
  expectError(runLatent({"reconstruct", path("vae"), "--items", "2000", "--out", path("x.npy")}), 2,
              "0 to 1999");
}

TEST_F(Commands, EvaluateChoosesSplitStepAndMetrics) {
  const auto lines = runLatent({"evaluate", path("vae"), "--split", "train", "--step", "0", "--seed", "5",
                                "--metrics", "elbo", "--json"})
                         .lines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["split"], "train");
  EXPECT_EQ(lines[0]["step"], 0);
  EXPECT_EQ(lines[0]["seed"], 5);
  EXPECT_TRUE(lines[0].contains("elbo"));
  EXPECT_FALSE(lines[0].contains("kl"));
  expectError(runLatent({"evaluate", path("ae"), "--metrics", "elbo", "--json"}), 2, "has no elbo");
  expectError(runLatent({"evaluate", path("none"), "--json"}), 3, "no run folder");
  fs::copy(path("vae"), path("broken"), fs::copy_options::recursive);
  ASSERT_TRUE(writeTextAtomically(path("broken/weights.safetensors"), "x"));
  expectError(runLatent({"evaluate", path("broken"), "--json"}), 3, "weights.safetensors");
}

TEST_F(Commands, BenchPrintsItsNumbers) {
  const auto train =
      runLatent({"bench", "train", "--dataset", "digits", "--latent", "2", "--seconds", "1", "--json"})
          .lines();
  ASSERT_EQ(train.size(), 1u);
  for (const char* key : {"epoch_seconds", "matmul_seconds", "ratio", "threads", "images_per_second"})
    EXPECT_GT(train[0][key], 0) << key;
  EXPECT_GT(runLatent({"bench", "snapshot", "--json"}).lines().at(0)["copy_seconds"], 0);
  expectError(runLatent({"bench", "sleep"}), 2, "sleep");
  for (const char* what : {"train", "snapshot", "decode"}) {
    Program bench({"bench", what, "--dataset", "digits", "--seconds", "600"});
    ASSERT_TRUE(bench.waitFor("Measuring"));
    bench.signal(SIGINT);
    const Outcome outcome = bench.wait();
    EXPECT_EQ(outcome.exitCode, 130) << what;
    EXPECT_EQ(outcome.errors, "latent: Interrupted; nothing was measured.\n");
  }
}

TEST_F(Commands, BenchNeedsATemporaryFolder) {
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before ? before : "";
  ::setenv("TMPDIR", path("nowhere").c_str(), 1);
  const Outcome outcome = runLatent({"bench", "snapshot", "--json", "--threads", "1"});
  if (before)
    ::setenv("TMPDIR", kept.c_str(), 1);
  else
    ::unsetenv("TMPDIR");
  expectError(outcome, 4, "set TMPDIR to one that can be written");
}

TEST_F(Commands, HelpAndVersionAreExit0) {
  EXPECT_EQ(runLatent({"--help"}).exitCode, 0);
  EXPECT_THAT(runLatent({"train", "--help"}).out, HasSubstr("--resume"));
  EXPECT_THAT(runLatent({"--version"}).out, testing::StartsWith("latent "));
  const std::string command = std::string(LATENT_PROGRAM) + " --help > /dev/full 2> /dev/null";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 4);
}

} // namespace
} // namespace latent
