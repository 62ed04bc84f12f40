#include "core/base/random.h"
#include "core/run/run_viewer.h"
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

TEST(SampleFigure, TokensAreDrawnAsTheWindowDrawsThem) {
  Scratch scratch;
  JobControl control;
  const FigureSource source = trained(scratch / "vq", "vq-vae");
  const auto images = sampleRun(source, {.count = 3, .seed = 9, .temperature = 0.8}, *tinyData(), control);
  ASSERT_TRUE(images) << images.error().message;
  const auto viewer = openViewer(source.run, std::nullopt);
  const TokenShape shape = *viewer->tokenShape();
  for (size_t image = 0; image < 3; ++image) {
    std::vector<int64_t> map(static_cast<size_t>(shape.rows * shape.columns), 0);
    const uint64_t seed = deriveSeed(9, "sample " + std::to_string(image));
    for (size_t cell = 0; cell < map.size(); ++cell)
      map[cell] = viewer->drawToken(map, static_cast<int64_t>(cell), 0.8, seed);
    const std::vector<float> expected = viewer->decodeTokens(map, 1);
    for (size_t i = 0; i < 64; ++i) ASSERT_NEAR((*images)[image * 64 + i], expected[i], 1e-5);
  }
}

TEST(SampleFigure, SeveralRunsAreRowsThatSayWhatTheyAreDrawnFrom) {
  Scratch scratch;
  JobControl control;
  const FigureSource vae = trained(scratch / "vae", "vae"), ae = trained(scratch / "ae", "ae");
  SampleOptions options{.count = 4, .seed = 2};
  options.from = SampleSource::prior;
  const auto figure = sampleFigure({vae, ae}, options, 174, *tinyData(), control);
  ASSERT_TRUE(figure) << figure.error().message;
  const auto& panel = std::get<ImagesPanel>(figure->panels.at(0));
  EXPECT_EQ(panel.rows, 2);
  EXPECT_EQ(panel.columns, 4);
  EXPECT_THAT(panel.rowLabels[0], testing::EndsWith("z from the prior N(0, I)"));
  EXPECT_THAT(panel.rowLabels[1], testing::EndsWith("no prior, z from N(0, I) all the same"));
  EXPECT_EQ(figure->provenance["view"]["from"], "prior");
}

} // namespace
} // namespace latent
