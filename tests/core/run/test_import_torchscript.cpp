#include "core/run/import_torchscript.h"

#include "core/io/files.h"
#include "core/io/npy.h"
#include "core/run/import_export.h"
#include "core/run/pack.h"
#include "core/run/run_viewer.h"
#include "tests/core/fixtures/torchscript.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

RunConfig config() {
  RunConfig made;
  made.dataset = "digits";
  return made;
}

fs::path write(const Scratch& scratch, const char* methods) {
  fs::path file = scratch / "module.pt";
  EXPECT_TRUE(writeFileAtomically(file, fixtures::torchScript(methods)));
  return file;
}

TEST(ImportTorchScript, FindsTheRangeOfTheImages) {
  const Scratch scratch;
  const fs::path file = write(scratch, fixtures::exactMethods);
  const auto report = importTorchScript(file, {}, config(), *tinyData(), scratch / "run");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->latent, 64);
  EXPECT_FALSE(report->posterior);
  ASSERT_EQ(report->trials.size(), 6U);
  // The fixture cuts off at -1 and 1, so [0, 1] and [-1, 1] are exact and the first of them is taken.
  EXPECT_EQ(report->trials[0].low, 0);
  EXPECT_EQ(report->trials[0].high, 1);
  EXPECT_FALSE(report->trials[0].logits);
  EXPECT_LT(report->trials[0].error, 1e-9);
  EXPECT_LT(report->trials[0].error, report->greyError);
  EXPECT_GT(report->trials.back().error, 0.01);
  EXPECT_EQ(report->trials.back().high, 255);
}

TEST(ImportTorchScript, MakesARunLikeAnyOther) {
  const Scratch scratch;
  const fs::path file = write(scratch, fixtures::posteriorMethods);
  ModuleOptions options;
  options.range = {0, 1};
  options.logits = true;
  const auto data = tinyData();
  const auto report = importTorchScript(file, options, config(), *data, scratch / "run");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->posterior);
  EXPECT_EQ(report->trials.size(), 1U);

  const auto run = RunFolder::open(scratch / "run");
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_EQ(run->record().spec.family, "torchscript-vae");
  EXPECT_EQ(run->record().state, RunState::finished);
  EXPECT_EQ(run->record().imported, "module.pt");
  EXPECT_THAT(run->snapshots(), ElementsAre(0));
  EXPECT_TRUE(run->metrics()->rows.empty());
  JobControl control;
  const auto viewer = openViewer(*run, 0);
  ASSERT_TRUE(viewer) << viewer.error().message;
  const auto codes = encodeSplit(*viewer, data->test, 0, control);
  ASSERT_TRUE(codes);
  EXPECT_EQ(codes->points.latent, 2);
  EXPECT_EQ(codes->points.logVar.size(), codes->points.mu.size());
  const auto sheet = writeContactSheet(scratch / "run", *data, control);
  ASSERT_TRUE(sheet) << sheet.error().message;
  EXPECT_TRUE(fs::exists(*sheet));
  if (sheet->extension() == ".npy") {
    EXPECT_THAT(readNpy(*sheet)->shape, ElementsAre(2, 16, 1, 8, 8));
  }

  // The archive comes back byte for byte, also out of a packed copy in half precision.
  ASSERT_TRUE(packRun(*run, {0}, scratch / "copy"));
  for (const char* name : {"run", "copy"}) {
    const auto opened = RunFolder::open(scratch / name);
    ASSERT_TRUE(opened);
    ASSERT_TRUE(exportWeights(*opened, std::nullopt, scratch / "back.pt"));
    EXPECT_EQ(*readFile(scratch / "back.pt", 1 << 20), *readFile(file, 1 << 20));
  }
  EXPECT_EQ(exportWeights(*run, std::nullopt, scratch / "back.safetensors").error().fault, Fault::usage);
}

TEST(ImportTorchScript, TouchesNothingWhenSomethingIsWrong) {
  const Scratch scratch;
  const auto refused = [&](const fs::path& file, const ModuleOptions& options, Fault fault) {
    const auto report = importTorchScript(file, options, config(), *tinyData(), scratch / "run");
    EXPECT_FALSE(report);
    EXPECT_FALSE(fs::exists(scratch / "run"));
    if (report) return std::string();
    EXPECT_EQ(report.error().fault, fault);
    return report.error().message;
  };
  EXPECT_THAT(refused(scratch / "none.pt", {}, Fault::input), HasSubstr("none.pt"));
  EXPECT_THAT(refused(LATENT_SOURCE_DIR "/tests/core/io/pytorch/types.pt", {}, Fault::input),
              HasSubstr("types.pt"));
  const fs::path file = write(scratch, fixtures::exactMethods);
  ModuleOptions options;
  options.mean = {0.1, 0.2, 0.3};
  EXPECT_THAT(refused(file, options, Fault::usage), HasSubstr("--mean: 3 numbers for images of 1 channels"));
  options = {};
  options.deviation = {0};
  EXPECT_THAT(refused(file, options, Fault::usage), HasSubstr("std1"));
  const fs::path strange = write(scratch, R"(
def encode(self, x):
    return x.flatten(1)
def decode(self, z):
    return (z * 0. / 0.).view([-1, 1, 8, 8])
)");
  EXPECT_THAT(refused(strange, {}, Fault::input), HasSubstr("no numbers"));
}

} // namespace
} // namespace latent
