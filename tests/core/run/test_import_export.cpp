#include "core/run/import_export.h"

#include "core/io/files.h"
#include "core/io/npy.h"
#include "core/io/safetensors.h"
#include "core/io/state_file.h"
#include "core/run/run_viewer.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path pytorch = LATENT_SOURCE_DIR "/tests/core/io/pytorch";

std::string refused(const Scratch& scratch, const fs::path& file, const RunConfig& config, Fault fault) {
  const auto report = importWeights(file, config, *tinyData(), scratch / "refused");
  EXPECT_FALSE(report);
  if (report) return {};
  EXPECT_EQ(report.error().fault, fault);
  EXPECT_FALSE(fs::exists(scratch / "refused")) << "something was touched";
  return report.error().message;
}

TEST(Import, APyTorchModelGivesPyTorchsNumbers) {
  const Scratch scratch;
  for (const std::string file : {"autoencoder.pt", "wrapped.pt"}) {
    const auto report = importWeights(pytorch / file, tinyConfig(1, "ae"), *tinyData(), scratch / file);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->tensors, 8);
    EXPECT_EQ(report->values, 64 * 16 + 16 + 16 * 2 + 2 + 2 * 16 + 16 + 16 * 64 + 64);
    if (file == "wrapped.pt") {
      EXPECT_THAT(report->notes, ElementsAre(HasSubstr("\"state_dict\""), HasSubstr("\"module.\""),
                                             "Converted float64 to float32."));
    } else {
      EXPECT_THAT(report->notes, testing::IsEmpty());
    }

    const auto run = RunFolder::open(scratch / file);
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(run->record().state, RunState::finished);
    EXPECT_EQ(run->record().imported, file);
    EXPECT_EQ(run->record().config.dataset, "digits");
    EXPECT_EQ(run->record().checksums, tinyData()->checksums);
    EXPECT_THAT(run->snapshots(), ElementsAre(0));
    EXPECT_FALSE(run->lockedByAnother());
    ASSERT_TRUE(run->metrics());
    EXPECT_TRUE(run->metrics()->rows.empty());

    const auto viewer = openViewer(*run, std::nullopt);
    ASSERT_TRUE(viewer) << viewer.error().message;
    const auto images = readNpy(pytorch / "images.npy")->toFloats();
    const auto codes = readNpy(pytorch / "codes.npy")->toFloats();
    const auto reconstructions = readNpy(pytorch / "reconstructions.npy")->toFloats();
    const auto ours = viewer->encode(images, 5).mu;
    for (size_t i = 0; i < codes.size(); ++i) EXPECT_NEAR(ours[i], codes[i], 1e-5);
    const auto rebuilt = viewer->reconstruct(images, 5);
    for (size_t i = 0; i < reconstructions.size(); ++i) EXPECT_NEAR(rebuilt[i], reconstructions[i], 1e-5);
  }
}

TEST(Import, TouchesNothingWhenSomethingDoesNotFit) {
  const Scratch scratch;
  RunConfig config = tinyConfig(1, "vae");
  const std::string family = refused(scratch, pytorch / "autoencoder.pt", config, Fault::input);
  for (const char* part :
       {"autoencoder.pt", "missing is mu.weight", "logvar.bias", "left over is z.weight [2, 16]"})
    EXPECT_THAT(family, HasSubstr(part));
  config = tinyConfig(1, "ae");
  config.parameters.set("hidden", std::vector<int64_t>{32});
  EXPECT_THAT(refused(scratch, pytorch / "autoencoder.pt", config, Fault::input),
              HasSubstr("encoder.0.weight [16, 64] where [32, 64] is needed, encoder.0.bias"));
  EXPECT_THAT(refused(scratch, pytorch / "types.pt", config, Fault::input), HasSubstr("more"));
  config.parameters.set("depth", int64_t{3});
  EXPECT_THAT(refused(scratch, pytorch / "autoencoder.pt", config, Fault::usage), HasSubstr("depth"));
  EXPECT_THAT(refused(scratch, pytorch / "missing.pt", tinyConfig(1, "ae"), Fault::input),
              HasSubstr("missing.pt"));

  // A storage that was changed after it was written.
  auto bytes = *readFile(pytorch / "autoencoder.pt", 1 << 20);
  bytes[2000] ^= std::byte{1};
  ASSERT_TRUE(writeFileAtomically(scratch / "changed.pt", bytes));
  EXPECT_THAT(refused(scratch, scratch / "changed.pt", tinyConfig(1, "ae"), Fault::input),
              HasSubstr("checksum"));
}

TEST(Import, AFolderInUseStaysAsItIs) {
  const Scratch scratch;
  ASSERT_TRUE(writeTextAtomically(scratch / "mine", "x"));
  const auto report =
      importWeights(pytorch / "autoencoder.pt", tinyConfig(1, "ae"), *tinyData(), scratch.path());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().fault, Fault::usage);
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()), 1);
}

TEST(Export, ComesBackTheSame) {
  const Scratch scratch;
  trainTiny(scratch / "run", 2);
  const auto run = RunFolder::open(scratch / "run");
  ASSERT_TRUE(run);
  for (const std::string name : {"w.safetensors", "w.pt"}) {
    SCOPED_TRACE(name);
    const Status status = exportWeights(*run, 13, scratch / name);
    ASSERT_TRUE(status) << status.error().message;
    const auto report =
        importWeights(scratch / name, tinyConfig(1), *tinyData(), scratch / ("again-" + name));
    ASSERT_TRUE(report) << report.error().message;
    const auto again = RunFolder::open(scratch / ("again-" + name));
    ASSERT_TRUE(again);
    const auto before = run->weights(13), after = again->weights();
    ASSERT_TRUE(before && after);
    EXPECT_EQ((*before)->values, (*after)->values);
    EXPECT_EQ(report->step, name == "w.pt" ? 0 : 13); // a state dictionary has no place for it
  }
}

TEST(Export, RefusesOtherEndingsAndSteps) {
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  const auto run = RunFolder::open(scratch / "run");
  ASSERT_TRUE(run);
  const Status ending = exportWeights(*run, std::nullopt, scratch / "w.onnx");
  ASSERT_FALSE(ending);
  EXPECT_EQ(ending.error().fault, Fault::usage);
  const Status step = exportWeights(*run, 5, scratch / "w.pt");
  ASSERT_FALSE(step);
  EXPECT_THAT(step.error().message, HasSubstr("step 5"));
  EXPECT_FALSE(fs::exists(scratch / "w.pt"));
  const Status full = exportWeights(*run, std::nullopt, scratch / "none" / "w.pt");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().fault, Fault::work);
}

/// Debian's interpreter before others on the path: python3-torch belongs to it.
std::string pythonWithTorch() {
  for (const char* const python : {"/usr/bin/python3", "python3"})
    if (std::system((std::string(python) + " -c 'import torch' > /dev/null 2>&1").c_str()) == 0)
      return python;
  return {};
}

TEST(Export, PyTorchLoadsItWithWeightsOnly) {
  const std::string python = pythonWithTorch();
  if (python.empty()) GTEST_SKIP() << "no python3 with torch here";
  const Scratch scratch;
  trainTiny(scratch / "run", 1);
  const auto run = RunFolder::open(scratch / "run");
  ASSERT_TRUE(run);
  ASSERT_TRUE(exportWeights(*run, std::nullopt, scratch / "w.pt"));
  // What PyTorch read, written again by PyTorch, must be what was exported.
  const std::string program = "import torch; state = torch.load('" + (scratch / "w.pt").string() +
                              "', weights_only=True); torch.save(state, '" + (scratch / "again.pt").string() +
                              "')";
  ASSERT_EQ(std::system(("OMP_NUM_THREADS=1 " + python + " -c \"" + program + "\"").c_str()), 0);
  const auto weights = run->weights();
  const auto again = StateFile::open(scratch / "again.pt");
  ASSERT_TRUE(weights && again);
  ASSERT_EQ(again->tensors().size(), (*weights)->layout->size());
  for (size_t i = 0; i < again->tensors().size(); ++i) {
    const WeightEntry& entry = (*(*weights)->layout)[i];
    EXPECT_EQ(again->tensors()[i].name, entry.name);
    EXPECT_EQ(again->tensors()[i].shape, entry.shape);
    const auto first = (*weights)->values.begin() + entry.offset;
    EXPECT_EQ(*again->read(i), std::vector<float>(first, first + entry.count()));
  }
}

} // namespace
} // namespace latent
