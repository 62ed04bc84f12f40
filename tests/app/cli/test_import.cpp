#include "core/io/files.h"
#include "tests/app/cli/program.h"
#include "tests/core/io/scratch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

const std::string pytorch = LATENT_SOURCE_DIR "/tests/core/io/pytorch/";

class ImportExport : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch = new Scratch;
    const Outcome outcome =
        runLatent({"train", "--model", "vae", "--dataset", "digits", "--latent", "2", "--set", "hidden=16",
                   "--threads", "1", "--epochs", "1", "--out", path("run")});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.errors;
  }
  static void TearDownTestSuite() { delete scratch; }

  static std::string path(const std::string& name) { return (*scratch / name).string(); }
  static Outcome import(const std::string& file, const std::string& hidden, const std::string& out) {
    return runLatent({"import", file, "--model", "vae", "--dataset", "digits", "--latent", "2", "--set",
                      "hidden=" + hidden, "--out", path(out)});
  }
  static void expectError(const Outcome& outcome, int code, const std::string& text) {
    EXPECT_EQ(outcome.exitCode, code) << outcome.errors;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.errors, HasSubstr(text));
  }
  static inline Scratch* scratch = nullptr;
};

TEST_F(ImportExport, ARunGoesOutAndComesBackWithTheSameNumbers) {
  const auto before = runLatent({"evaluate", path("run"), "--json"}).lines().at(0);
  for (const std::string ending : {"pt", "safetensors"}) {
    const Outcome out = runLatent({"export", path("run"), "--out", path("w." + ending)});
    EXPECT_EQ(out.exitCode, 0) << out.errors;
    EXPECT_EQ(out.out, "");
    const Outcome in = import(path("w." + ending), "16", "again-" + ending);
    ASSERT_EQ(in.exitCode, 0) << in.errors;
    EXPECT_THAT(in.out, HasSubstr("Imported 10 tensors"));
    const auto after = runLatent({"evaluate", path("again-" + ending), "--json"}).lines().at(0);
    for (const char* key : {"recon", "kl", "elbo"}) EXPECT_EQ(after[key], before[key]) << key;
  }
  const Outcome early = runLatent({"export", path("run"), "--step", "0", "--out", path("w0.pt")});
  EXPECT_EQ(early.exitCode, 0) << early.errors;
  EXPECT_NE(*readFile(path("w0.pt"), 1 << 20), *readFile(path("w.pt"), 1 << 20));
}

TEST_F(ImportExport, ExitCodesTellWhoseFaultItIs) {
  ASSERT_EQ(runLatent({"export", path("run"), "--out", path("e.pt")}).exitCode, 0);
  expectError(import(path("e.pt"), "17", "no"), 3, "encoder.0.weight [16, 784] where [17, 784] is needed");
  expectError(import(pytorch + "before_1.6.pt", "16", "no"), 3, "before version 1.6");
  expectError(import(path("none.pt"), "16", "no"), 3, "none.pt");
  expectError(import(path("e.pt"), "x", "no"), 2, "hidden");
  expectError(import(path("e.pt"), "16", "run"), 2, "not empty");
  expectError(runLatent({"import", path("e.pt"), "--out", path("no")}), 2, "--model");
  expectError(runLatent({"import", path("e.pt"), "--model", "gan", "--out", path("no")}), 2, "gan");
  expectError(runLatent({"import", path("e.pt"), "--model", "torchscript", "--dataset", "digits", "--out",
                         path("no")}),
              2, "--torchscript");
  expectError(runLatent({"import", "--out", path("no")}), 2, "--torchscript FILE");
  expectError(runLatent({"export", path("run"), "--step", "7", "--out", path("e.pt")}), 3, "step 7");
  expectError(runLatent({"export", path("run"), "--out", path("e.onnx")}), 2, ".safetensors or .pt");
  expectError(runLatent({"export", path("none"), "--out", path("e.pt")}), 3, "no run folder");
  expectError(runLatent({"train", "--model", "torchscript", "--dataset", "digits", "--out", path("no")}), 2,
              "cannot be trained");
  EXPECT_FALSE(fs::exists(path("no")));
}

TEST_F(ImportExport, AFileWhoseNameIsNoTextIsImported) {
  const std::string file = path("odd\xff.pt");
  ASSERT_EQ(runLatent({"export", path("run"), "--out", file}).exitCode, 0);
  const Outcome in = import(file, "16", "odd");
  EXPECT_EQ(in.exitCode, 0) << in.errors;
  EXPECT_EQ(runLatent({"evaluate", path("odd")}).exitCode, 0);
}

TEST_F(ImportExport, TorchScriptOptionsAreChecked) {
  const auto import = [](std::vector<std::string> more) {
    std::vector<std::string> words{"import", "--torchscript", pytorch + "types.pt", "--dataset", "digits",
                                   "--out",  path("no")};
    words.insert(words.end(), more.begin(), more.end());
    return runLatent(words);
  };
  expectError(import({}), 3, "no TorchScript archive");
  expectError(import({"--input-range", "1,-1"}), 2, "black,white");
  expectError(import({"--size", "3,64,64"}), 2, "1,28,28");
  expectError(import({"--model", "vae"}), 2, "brings its own");
  expectError(runLatent({"import", path("e.pt"), "--model", "vae", "--bgr", "--out", path("no")}), 2,
              "belong to --torchscript");
  EXPECT_THAT(runLatent({"import", "--help"}).out, HasSubstr("only files that you trust"));
  EXPECT_FALSE(fs::exists(path("no")));
}

} // namespace
} // namespace latent
