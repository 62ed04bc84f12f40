#include "core/run/noise_figure.h"
#include "core/run/noise_runs.h"
#include "core/run/run_viewer.h"
#include "tests/core/run/small_runs.h"

#include <cmath>
#include <gmock/gmock.h>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class NoiseFigure : public SmallRuns {
 protected:
  static void SetUpTestSuite() {
    SmallRuns::SetUpTestSuite();
    JobControl control;
    classifier.emplace(std::move(*Classifier::train(*tinyData(), control)));
  }
  static void TearDownTestSuite() {
    classifier.reset();
    SmallRuns::TearDownTestSuite();
  }
  static NoiseOptions small() {
    NoiseOptions options;
    options.items = {2, 9};
    options.sigmas = {0, 0.5, 2};
    options.subjects = 12;
    options.draws = 2;
    return options;
  }
  std::vector<NoiseRun> runs(const std::vector<FigureSource>& sources, NoiseScale scale = NoiseScale::raw) {
    return *noiseRunsOf(sources, scale, *data, control);
  }
  static inline std::optional<Classifier> classifier;
};

TEST_F(NoiseFigure, SigmaZeroIsTheReconstruction) {
  const std::vector<FigureSource> sources{source("vae"), source("ae"), source("wide")};
  ReconstructOptions clean;
  clean.indices = {2, 9};
  const auto reconstructed = reconstructImages(sources, clean, *data, control);
  for (const NoiseScale scale : {NoiseScale::raw, NoiseScale::spread}) {
    NoiseOptions options = small();
    options.scale = scale;
    options.meanPictures = scale == NoiseScale::spread;
    const auto pictures = noisePictures(runs(sources, scale), options, *data, control);
    ASSERT_TRUE(pictures) << pictures.error().message;
    for (size_t run = 0; run < 3; ++run)
      for (size_t item = 0; item < 2; ++item)
        expectSamePixels(std::span(pictures->pixels).subspan((run * 2 + item) * 3 * tinyPixels, tinyPixels),
                         reconstructed->rows[run + 1][item].pixels);
  }
}

TEST_F(NoiseFigure, TheSameEpsReachesEveryRun) {
  const NoiseOptions options = small();
  const std::vector<FigureSource> sources{source("vae"), source("ae"), source("wide")};
  const auto pictures = noisePictures(runs(sources), options, *data, control);
  for (size_t run = 0; run < 3; ++run) {
    const auto viewer = openViewer(sources[run].run, std::nullopt);
    const auto codes = encodeSplit(*viewer, data->test, 0, control);
    const auto size = static_cast<size_t>(viewer->latentSize());
    const std::vector<float> eps =
        latentNoise({options.seed, 9, 0}, 5); // of item 9, as many as the widest has
    std::vector<float> z;
    for (size_t j = 0; j < size; ++j) z.push_back(codes->points.mu[9 * size + j] + 2 * eps[j]);
    expectSamePixels(std::span(pictures->pixels).subspan(((run * 2 + 1) * 3 + 2) * tinyPixels, tinyPixels),
                     viewer->decode(z, 1));
  }
}

TEST_F(NoiseFigure, ARunsPicturesDoNotDependOnTheOthers) {
  const auto both = noisePictures(runs({source("vae"), source("ae")}), small(), *data, control);
  const auto alone = noisePictures(runs({source("ae")}), small(), *data, control);
  EXPECT_EQ(std::vector<float>(both->pixels.begin() + static_cast<std::ptrdiff_t>(both->pixels.size() / 2),
                               both->pixels.end()),
            alone->pixels);
}

TEST_F(NoiseFigure, MeanPicturesAreTheMeanOverTheDraws) {
  NoiseOptions options = small();
  options.meanPictures = true;
  const auto mean = noisePictures(runs({source("vae")}), options, *data, control);
  const auto viewer = openViewer(source("vae").run, std::nullopt);
  const auto codes = encodeSplit(*viewer, data->test, 0, control);
  std::vector<float> expected(tinyPixels, 0);
  for (int draw = 0; draw < 2; ++draw) {
    const auto eps = latentNoise({options.seed, 2, draw}, 3);
    const auto z = perturbed(std::span(codes->points.mu).subspan(6, 3), 0.5, eps);
    const auto image = viewer->decode(z, 1);
    for (size_t i = 0; i < tinyPixels; ++i) expected[i] += image[i] / 2;
  }
  expectSamePixels(std::span(mean->pixels).subspan(tinyPixels, tinyPixels), expected);
}

TEST_F(NoiseFigure, SpreadIsEachRunsOwn) {
  const auto raw = runs({source("vae")}), scaled = runs({source("vae"), source("ae")}, NoiseScale::spread);
  EXPECT_TRUE(raw[0].spread.empty());
  EXPECT_EQ(scaled[0].spread.size(), 3U);
  EXPECT_NE(scaled[0].spread, scaled[1].spread);
}

TEST_F(NoiseFigure, PicturesAndCurvesMakeOneFigure) {
  const auto figure = noiseFigure({source("vae"), source("ae")}, small(), *data, &*classifier, control);
  ASSERT_TRUE(figure) << figure.error().message;
  ASSERT_EQ(figure->panels.size(), 4U);
  EXPECT_EQ(figure->panelColumns, 2);
  const auto& pictures = std::get<ImagesPanel>(figure->panels[0]);
  EXPECT_EQ(pictures.title, "vae");
  EXPECT_THAT(pictures.rowLabels, ElementsAre("2", "9"));
  EXPECT_THAT(pictures.columnLabels, ElementsAre("x", "0", "0.5", "2"));
  const auto& error = std::get<CurvesPanel>(figure->panels[2]);
  const auto& kept = std::get<CurvesPanel>(figure->panels[3]);
  EXPECT_THAT(kept.title, HasSubstr("Class kept, read by a network right on"));
  ASSERT_EQ(error.series.size(), 2U);
  EXPECT_NE(error.series[0].colour, error.series[1].colour);
  const auto curves = noiseCurves(runs({source("vae"), source("ae")}), small(), *data, &*classifier, control);
  for (size_t run = 0; run < 2; ++run) {
    EXPECT_EQ(error.series[run].x, (std::vector<double>{0, 0.5, 2}));
    EXPECT_EQ(error.series[run].y, curves->curves[run].error);
    EXPECT_EQ(kept.series[run].y, curves->curves[run].kept);
    for (size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(error.series[run].upper[i],
                  curves->curves[run].error[i] +
                      1.96 / std::sqrt(12.0) * curves->curves[run].errorDeviation[i],
                  1e-9);
      EXPECT_LE(kept.series[run].upper[i], 1);
      EXPECT_GE(kept.series[run].lower[i], 0);
    }
  }
  EXPECT_EQ(figure->provenance["view"]["subjects"], 12);
  EXPECT_EQ(figure->provenance["view"]["scale"], "raw");
}

TEST_F(NoiseFigure, WithoutAClassifierThereIsOneCurvePanel) {
  NoiseOptions options = small();
  options.pictures = false;
  const auto figure = noiseFigure({source("vae")}, options, *data, nullptr, control);
  ASSERT_TRUE(figure);
  ASSERT_EQ(figure->panels.size(), 1U);
  EXPECT_EQ(std::get<CurvesPanel>(figure->panels[0]).title, "Reconstruction error");
  EXPECT_FALSE(figure->provenance["view"].contains("classifierAccuracy"));
}

TEST_F(NoiseFigure, WhatCannotBeMeasuredIsSaid) {
  NoiseOptions options = small();
  options.sigmas = {1, 0.5};
  EXPECT_THAT(checkNoise(options).error().message, HasSubstr("rising"));
  options.sigmas = {NAN};
  EXPECT_FALSE(checkNoise(options).ok());
  options = small();
  options.draws = 0;
  EXPECT_EQ(checkNoise(options).error().message, "draws: 0 is not in 1 to 1000.");
  const auto tokens = noiseRunsOf({source("vq")}, NoiseScale::raw, *data, control);
  EXPECT_THAT(tokens.error().message, HasSubstr("nothing to add noise to"));
}

} // namespace
} // namespace latent
