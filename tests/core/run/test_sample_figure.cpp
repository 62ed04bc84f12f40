#include "core/run/sample_figure.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;

FigureSource trained(const std::filesystem::path& folder, const std::string& family) {
  RunConfig config = tinyConfig(1, family);
  if (family == "vq-vae") {
    config.parameters = {};
    config.parameters.set("stride", int64_t{4});
    config.parameters.set("channels", int64_t{4});
    config.parameters.set("codes", int64_t{8});
  }
  auto run = TrainingRun::create(folder, config, tinyData());
  if (!run) throw std::runtime_error(run.error().message);
  (*run)->trainer().start();
  (*run)->trainer().wait();
  return {*RunFolder::open(folder), std::nullopt};
}

TEST(SampleFigure, SaysWhatTheLatentsAreDrawnFrom) {
  Scratch scratch;
  JobControl control;
  const std::pair<const char*, const char*> families[] = {
      {"vae", "prior N(0, I)"},
      {"ae", "no prior, z from a Gaussian fitted to 40 codes"},
      {"vq-vae", "tokens from the learnt prior"}};
  for (const auto& [family, words] : families) {
    SCOPED_TRACE(family);
    const FigureSource source = trained(scratch / family, family);
    const SampleOptions options{.count = 7, .seed = 2, .temperature = 0.5};
    const auto figure = sampleFigure({source}, options, 84, *tinyData(), control);
    ASSERT_TRUE(figure) << figure.error().message;
    const auto& panel = std::get<ImagesPanel>(figure->panels.at(0));
    EXPECT_THAT(panel.title, HasSubstr(words));
    EXPECT_THAT(panel.title, HasSubstr("temperature 0.5"));
    EXPECT_EQ(panel.columns, 3);
    EXPECT_EQ(panel.rows, 3);
    ASSERT_EQ(panel.pixels.size(), 9U * 64);
    for (size_t i = 7 * 64; i < panel.pixels.size(); ++i)
      EXPECT_EQ(panel.pixels[i], 255) << "no image, paper";
    EXPECT_EQ(figure->provenance["kind"], "sample");
    EXPECT_EQ(figure->provenance["view"]["seed"], 2);

    const auto pixels = sampleRun(source, options, *tinyData(), control);
    ASSERT_TRUE(pixels);
    ASSERT_EQ(pixels->size(), 7U * 64);
    for (size_t i = 0; i < pixels->size(); ++i)
      EXPECT_NEAR(255 * (*pixels)[i], static_cast<float>(panel.pixels[i]), 0.51);
  }
}

} // namespace
} // namespace latent
