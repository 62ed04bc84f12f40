#include "core/measure/noise_robustness.h"

#include "core/models/compute.h"
#include "core/models/families.h"
#include "tests/core/explore/tiny_model.h"
#include "tests/core/fixtures/tiny_dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <optional>

namespace latent {
namespace {

using testing::Each;
using testing::HasSubstr;

const ImageShape shape{1, 8, 8};

class NoiseRobustness : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    setComputeThreads(1);
    JobControl control;
    data = fixtures::tinyDataset(200, 40, shape);
    classifier.emplace(std::move(*Classifier::train(*data, control)));
  }
  static void TearDownTestSuite() {
    classifier.reset();
    data.reset();
  }

  static NoiseRun run(const std::string& source, const std::string& family, int64_t latent, uint64_t seed = 1,
                      const std::string& pixels = "grey") {
    const ModelSpec spec = test::tinySpec(family, latent, pixels, shape);
    return {source, spec, test::tinyWeights(spec, 7, seed), {}};
  }

  static NoiseQuestion question(std::vector<NoiseRun> runs, int64_t subjects = 5) {
    NoiseQuestion asked;
    asked.runs = std::move(runs);
    for (int64_t i = 0; i < subjects; ++i) asked.subjects.push_back({i, imageAt(*data->test, i)});
    asked.sigmas = {0, 0.5, 2};
    asked.draws = 3;
    return asked;
  }

  NoiseCurves measured(const NoiseQuestion& asked, bool judged = true) {
    auto curves = measureNoise(asked, judged ? &*classifier : nullptr, control);
    if (!curves) throw std::runtime_error(curves.error().message);
    return *curves;
  }
  std::string refusal(const NoiseQuestion& asked) {
    const auto curves = measureNoise(asked, &*classifier, control);
    return curves ? "" : curves.error().message;
  }

  static inline std::shared_ptr<const Dataset> data;
  static inline std::optional<Classifier> classifier;
  JobControl control;
};

TEST_F(NoiseRobustness, everyRunIsMeasuredAtEverySigma) {
  const auto result = measured(question({run("a", "vae", 2), run("b", "ae", 3)}));
  EXPECT_EQ(result.sigmas, (std::vector<double>{0, 0.5, 2}));
  ASSERT_EQ(result.curves.size(), 2U);
  EXPECT_EQ(result.curves[1].source, "b");
  for (const NoiseCurve& curve : result.curves) {
    EXPECT_EQ(curve.step, 7);
    EXPECT_EQ(curve.error.size(), 3U);
    EXPECT_EQ(curve.kept.size(), 3U);
    EXPECT_EQ(curve.subjectError.size(), 15U);
    EXPECT_EQ(curve.subjectKept.size(), 15U);
    EXPECT_EQ(curve.firstClass.size(), 15U);
    for (size_t s = 0; s < 3; ++s) {
      double mean = 0, squares = 0, kept = 0;
      for (size_t i = 5 * s; i < 5 * s + 5; ++i) {
        mean += curve.subjectError[i] / 5;
        squares += std::pow(curve.subjectError[i], 2) / 5;
        kept += curve.subjectKept[i] / 5;
      }
      EXPECT_NEAR(curve.error[s], mean, 1e-4);
      EXPECT_NEAR(curve.errorDeviation[s], std::sqrt(squares - mean * mean), 1e-3);
      EXPECT_NEAR(curve.kept[s], kept, 1e-6);
    }
    EXPECT_THAT(curve.subjectKept, Each(testing::AllOf(testing::Ge(0.0F), testing::Le(1.0F))));
  }
  EXPECT_EQ(control.progress(), 1);
}

TEST_F(NoiseRobustness, theSameWeightsUnderAnotherNameGetTheSameNumbers) {
  const auto result = measured(question({run("a", "vae", 4), run("b", "vae", 4)}));
  EXPECT_EQ(result.curves[0].subjectError, result.curves[1].subjectError);
  EXPECT_EQ(result.curves[0].subjectKept, result.curves[1].subjectKept);
  EXPECT_EQ(result.curves[0].firstClass, result.curves[1].firstClass);
}

TEST_F(NoiseRobustness, aRunsNumbersDoNotDependOnTheOthersNorOnWhatElseIsAsked) {
  const auto both = measured(question({run("a", "vae", 4), run("b", "ae", 2, 9)}));
  const auto alone = measured(question({run("b", "ae", 2, 9)}));
  EXPECT_EQ(both.curves[1].subjectError, alone.curves[0].subjectError);
  NoiseQuestion fewer = question({run("b", "ae", 2, 9)}, 3); // the first three subjects alone
  fewer.sigmas = {2};
  const auto part = measured(fewer);
  for (size_t i = 0; i < 3; ++i)
    EXPECT_NEAR(part.curves[0].subjectError[i], alone.curves[0].subjectError[10 + i], 1e-4);
}

TEST_F(NoiseRobustness, sigmaZeroIsTheReconstructionWhateverTheSeed) {
  NoiseQuestion asked = question({run("a", "vae", 2)});
  const auto first = measured(asked);
  asked.seed = 99;
  asked.draws = 1;
  const auto second = measured(asked);
  for (size_t i = 0; i < 5; ++i)
    EXPECT_NEAR(first.curves[0].subjectError[i], second.curves[0].subjectError[i], 1e-4);
  EXPECT_NE(first.curves[0].subjectError[5], second.curves[0].subjectError[5]);
}

TEST_F(NoiseRobustness, spreadScalesEachLatentsNoise) {
  NoiseQuestion asked = question({run("a", "vae", 2)});
  asked.scale = NoiseScale::spread;
  asked.runs[0].spread = {1, 1};
  const auto raw = measured(question({run("a", "vae", 2)}));
  EXPECT_EQ(measured(asked).curves[0].subjectError, raw.curves[0].subjectError);
  asked.runs[0].spread = {0, 0};
  const auto still = measured(asked);
  for (size_t i = 0; i < 5; ++i)
    EXPECT_NEAR(still.curves[0].subjectError[10 + i], raw.curves[0].subjectError[i], 1e-4);
}

TEST_F(NoiseRobustness, theErrorIsAgainstTheInputAsTheRunSeesIt) {
  const NoiseRun grey = run("a", "vae", 2), black = run("b", "vae", 2, 1, "thresholded");
  NoiseQuestion asked = question({grey, black}, 4);
  const auto unlike = measured(asked);
  for (NoiseSubject& subject : asked.subjects)
    for (float& value : subject.image.pixels) value = value >= 0.5F ? 1.0F : 0.0F;
  const auto alike = measured(asked);
  EXPECT_EQ(alike.curves[0].subjectError, alike.curves[1].subjectError);
  EXPECT_EQ(unlike.curves[1].subjectError, alike.curves[1].subjectError);
  EXPECT_NE(unlike.curves[0].subjectError, alike.curves[0].subjectError);
}

TEST_F(NoiseRobustness, withoutAClassifierThereAreErrorsAlone) {
  const auto result = measured(question({run("a", "vae", 2)}), false);
  EXPECT_EQ(result.curves[0].error, measured(question({run("a", "vae", 2)})).curves[0].error);
  EXPECT_TRUE(result.curves[0].kept.empty());
  EXPECT_TRUE(result.curves[0].subjectKept.empty());
  EXPECT_TRUE(result.curves[0].firstClass.empty());
}

TEST_F(NoiseRobustness, manySubjectsAndDrawsAreTakenInChunks) {
  NoiseQuestion asked = question({run("a", "vae", 2)}, 40);
  asked.draws = 7;
  const auto many = measured(asked);
  const auto few = measured(question({run("a", "vae", 2)}, 40));
  EXPECT_EQ(many.curves[0].firstClass, few.curves[0].firstClass); // draw 0 is the same draw
  EXPECT_EQ(many.curves[0].subjectError.size(), 120U);
}

TEST_F(NoiseRobustness, whatCannotBeMeasuredIsSaid) {
  const NoiseQuestion good = question({run("a", "vae", 2)});
  NoiseQuestion bad = good;
  bad.runs.clear();
  EXPECT_THAT(refusal(bad), HasSubstr("at least one run"));
  bad = good;
  bad.sigmas = {-1};
  EXPECT_THAT(refusal(bad), HasSubstr("at least 0"));
  bad = good;
  bad.draws = 0;
  EXPECT_THAT(refusal(bad), HasSubstr("at least one draw"));
  bad = good;
  bad.scale = NoiseScale::spread;
  EXPECT_THAT(refusal(bad), HasSubstr("spread"));
  bad = good;
  bad.runs[0].spec = test::tinySpec("vae", 2, "grey", {1, 5, 4});
  EXPECT_THAT(refusal(bad), HasSubstr("runs of one data set"));
  bad = good;
  bad.runs[0].weights = test::tinyWeights(test::tinySpec("vae", 3, "grey", shape), 1, 1);
  EXPECT_EQ(measureNoise(bad, nullptr, control).error().fault, Fault::input);
  bad = good;
  bad.runs[0].weights = nullptr;
  EXPECT_FALSE(refusal(bad).empty());
  bad = good;
  bad.runs[0].spec = *makeModelSpec("vq-vae", {1, 28, 28}, {});
  EXPECT_THAT(refusal(bad), HasSubstr("codes in place of continuous latents"));
}

TEST_F(NoiseRobustness, aCancelEndsIt) {
  control.cancel();
  const auto curves = measureNoise(question({run("a", "vae", 2)}), nullptr, control);
  ASSERT_FALSE(curves.ok());
  EXPECT_EQ(curves.error().fault, Fault::interrupted);
}

} // namespace
} // namespace latent
