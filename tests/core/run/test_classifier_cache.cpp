#include "core/io/files.h"
#include "core/models/compute.h"
#include "core/run/classifier_cache.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/tiny.h"

#include <cstdlib>
#include <gtest/gtest.h>

namespace latent {
namespace {

namespace fs = std::filesystem;

class ClassifierCache : public testing::Test {
 protected:
  static void SetUpTestSuite() { setComputeThreads(1); }
  fs::path folder() const { return m_scratch / "classifiers"; }

  JobControl control;

 private:
  Scratch m_scratch;
};

TEST_F(ClassifierCache, IsTrainedOnceAndReadAfterwards) {
  const auto data = tinyData();
  EXPECT_EQ(cachedClassifier(*data, folder()).error().fault, Fault::input);
  const auto trained = classifierOf(*data, folder(), control);
  ASSERT_TRUE(trained) << trained.error().message;
  EXPECT_GT((*trained)->info().testAccuracy, 0.95);
  ASSERT_TRUE(fs::exists(classifierFile(folder(), *data)));

  control.cancel(); // a training would end at once
  const auto again = classifierOf(*data, folder(), control);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ((*again)->info(), (*trained)->info());
  EXPECT_EQ((*again)->weights().values, (*trained)->weights().values);
}

TEST_F(ClassifierCache, OtherDataHasAnotherFile) {
  const auto data = tinyData(1);
  const fs::path file = classifierFile(folder(), *data);
  EXPECT_EQ(classifierFile(folder(), *tinyData(1)), file);
  EXPECT_NE(classifierFile(folder(), *tinyData(2)), file);
  auto renamed = std::make_shared<Dataset>(*data);
  renamed->id = "the same files elsewhere";
  EXPECT_EQ(classifierFile(folder(), *renamed), file);
  renamed->classes.emplace_back("one more");
  EXPECT_NE(classifierFile(folder(), *renamed), file);
  auto shorter = std::make_shared<Dataset>(*data); // the same checksums with other labels
  shorter->test = std::make_shared<Bars>(39, 2);
  EXPECT_NE(classifierFile(folder(), *shorter), file);
}

TEST_F(ClassifierCache, ADamagedFileIsReplaced) {
  const auto data = tinyData();
  const fs::path file = classifierFile(folder(), *data);
  const auto trained = classifierOf(*data, folder(), control);
  const std::string whole = *readText(file);
  for (const std::string& damaged : {std::string(), std::string("{}"), whole.substr(0, whole.size() / 2),
                                     std::string(whole.size(), 'x')}) {
    ASSERT_TRUE(writeTextAtomically(file, damaged).ok());
    EXPECT_FALSE(cachedClassifier(*data, folder()).ok());
    const auto again = classifierOf(*data, folder(), control);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ((*again)->weights().values, (*trained)->weights().values);
    EXPECT_EQ(*readText(file), whole);
  }
}

TEST_F(ClassifierCache, AFolderThatTakesNoFileIsNoHindrance) {
  const auto classifier = classifierOf(*tinyData(), "/dev/null/classifiers", control);
  ASSERT_TRUE(classifier) << classifier.error().message;
  EXPECT_GT((*classifier)->info().testImages, 0);
}

TEST_F(ClassifierCache, ACancelledTrainingLeavesNoFile) {
  control.cancel();
  EXPECT_EQ(classifierOf(*tinyData(), folder(), control).error().fault, Fault::interrupted);
  EXPECT_FALSE(fs::exists(folder()));
}

TEST_F(ClassifierCache, LiesInTheUsersCache) {
  const char* before = std::getenv("XDG_CACHE_HOME");
  const std::string kept = before ? before : "";
  setenv("XDG_CACHE_HOME", "/tmp/a cache", 1);
  EXPECT_EQ(classifierFolder(), "/tmp/a cache/latent-explorer/classifiers");
  setenv("XDG_CACHE_HOME", "relative", 1); // the XDG specification has such a path ignored
  EXPECT_TRUE(classifierFolder().is_absolute());
  if (before)
    setenv("XDG_CACHE_HOME", kept.c_str(), 1);
  else
    unsetenv("XDG_CACHE_HOME");
}

} // namespace
} // namespace latent
