#include "core/measure/classifier.h"

#include "core/data/catalogue.h"
#include "core/models/compute.h"
#include "tests/core/fixtures/tiny_dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace latent {
namespace {

using testing::HasSubstr;

class ClassifierTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { setComputeThreads(1); }
  JobControl control;
};

/// Images of a split one after the other, in [0,1].
std::vector<float> pixelsOf(const Split& split, int64_t count) {
  std::vector<float> pixels;
  for (int64_t i = 0; i < count; ++i) {
    const Image image = imageAt(split, i);
    pixels.insert(pixels.end(), image.pixels.begin(), image.pixels.end());
  }
  return pixels;
}

TEST_F(ClassifierTest, learnsToTellClassesApart) {
  const auto data = fixtures::tinyDataset(400, 150);
  const auto classifier = Classifier::train(*data, control);
  ASSERT_TRUE(classifier.ok()) << classifier.error().message;
  EXPECT_EQ(classifier->info().classes, 4);
  EXPECT_EQ(classifier->info().testImages, 150);
  EXPECT_GT(classifier->info().testAccuracy, 0.97);
  EXPECT_EQ(control.progress(), 1);

  // What it says of itself is what it does.
  const Readings readings = classifier->classify(pixelsOf(*data->test, 150), 150);
  int right = 0;
  for (size_t i = 0; i < 150; ++i) right += readings.labels[i] == data->test->label(static_cast<int64_t>(i));
  EXPECT_DOUBLE_EQ(right / 150.0, classifier->info().testAccuracy);
  for (size_t i = 0; i < 150; ++i) {
    const auto first = readings.probabilities.begin() + static_cast<std::ptrdiff_t>(4 * i);
    EXPECT_EQ(std::max_element(first, first + 4) - first, readings.labels[i]);
    EXPECT_NEAR(first[0] + first[1] + first[2] + first[3], 1, 1e-5);
  }
}

TEST_F(ClassifierTest, equalDataGivesEqualBits) {
  const auto first = Classifier::train(*fixtures::tinyDataset(), control);
  const auto second = Classifier::train(*fixtures::tinyDataset(230, 60, {1, 8, 8}, false), control);
  EXPECT_EQ(first->weights().values, second->weights().values);
  EXPECT_EQ(first->info(), second->info());
}

TEST_F(ClassifierTest, weightsMakeTheSameClassifierAgain) {
  const auto data = fixtures::tinyDataset(100, 60, {3, 20, 13});
  const auto trained = Classifier::train(*data, control);
  ASSERT_TRUE(trained.ok());
  const auto copy = Classifier::fromWeights(trained->info(), trained->weights());
  ASSERT_TRUE(copy.ok()) << copy.error().message;
  const auto pixels = pixelsOf(*data->test, 60);
  EXPECT_EQ(copy->classify(pixels, 60).probabilities, trained->classify(pixels, 60).probabilities);
  EXPECT_EQ(copy->info(), trained->info());
}

TEST_F(ClassifierTest, otherWeightsAreRefused) {
  const auto trained = Classifier::train(*fixtures::tinyDataset(100, 20), control);
  ClassifierInfo larger = trained->info();
  larger.shape = {1, 32, 32};
  EXPECT_EQ(Classifier::fromWeights(larger, trained->weights()).error().fault, Fault::input);
  ClassifierInfo more = trained->info();
  more.classes = 5;
  EXPECT_THAT(Classifier::fromWeights(more, trained->weights()).error().message, HasSubstr("classes.weight"));
  Weights fewer = trained->weights();
  auto layout = std::make_shared<WeightLayout>(*fewer.layout);
  layout->pop_back();
  fewer.layout = layout;
  EXPECT_FALSE(Classifier::fromWeights(trained->info(), fewer).ok());
  ClassifierInfo none = trained->info();
  none.classes = 0;
  EXPECT_FALSE(Classifier::fromWeights(none, trained->weights()).ok());
}

TEST_F(ClassifierTest, aCancelEndsTheTraining) {
  control.cancel();
  const auto classifier = Classifier::train(*fixtures::tinyDataset(), control);
  ASSERT_FALSE(classifier.ok());
  EXPECT_EQ(classifier.error().fault, Fault::interrupted);
}

TEST_F(ClassifierTest, dataWithoutClassesIsRefusedInASentence) {
  auto data = std::make_shared<Dataset>(*fixtures::tinyDataset());
  const ImageShape shape{1, 8, 8};
  const std::vector<uint8_t> black(static_cast<size_t>(10 * shape.pixels()), 0);
  for (const int64_t label : {int64_t{-1}, int64_t{2}}) {
    data->train = std::make_shared<fixtures::VectorSplit>(shape, black, std::vector<int64_t>(10, label));
    const auto classifier = Classifier::train(*data, control);
    ASSERT_FALSE(classifier.ok());
    EXPECT_EQ(classifier.error().fault, Fault::usage);
    EXPECT_EQ(classifier.error().message,
              "Blobs has no labels of two classes, so that no classifier can learn them.");
  }
}

TEST_F(ClassifierTest, imagesWithoutALabelAreLeftOut) {
  auto data = std::make_shared<Dataset>(*fixtures::tinyDataset(200, 60));
  const Split& whole = *data->train;
  std::vector<int64_t> indices, labels;
  for (int64_t i = 0; i < whole.size(); ++i) {
    indices.push_back(i);
    labels.push_back(i % 3 == 0 ? -1 : whole.label(i));
  }
  std::vector<uint8_t> bytes(static_cast<size_t>(whole.size() * whole.shape().pixels()));
  whole.read(indices, bytes.data());
  data->train = std::make_shared<fixtures::VectorSplit>(whole.shape(), std::move(bytes), std::move(labels));
  const auto classifier = Classifier::train(*data, control);
  ASSERT_TRUE(classifier.ok()) << classifier.error().message;
  EXPECT_GT(classifier->info().testAccuracy, 0.95);
}

// MNIST where it is, else Debian's Fashion-MNIST, else the built-in digits: a judge must know its subject.
TEST_F(ClassifierTest, knowsARealDataSet) {
  const std::pair<const char*, double> choices[] = {
      {"mnist", 0.985}, {"fashion-mnist", 0.86}, {"digits", 0.985}};
  for (const auto& [id, least] : choices) {
    const auto data = openDataset(id, {});
    if (!data) continue;
    const auto classifier = Classifier::train(**data, control);
    ASSERT_TRUE(classifier.ok()) << classifier.error().message;
    EXPECT_GE(classifier->info().testAccuracy, least) << id;
    RecordProperty("accuracy", std::to_string(classifier->info().testAccuracy));
    return;
  }
  FAIL() << "the built-in digits could not be opened";
}

} // namespace
} // namespace latent
