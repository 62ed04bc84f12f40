#include "core/train/bench.h"

#include "core/models/compute.h"
#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

using fixtures::tinyDataset;
using fixtures::tinySpec;

TEST(Bench, MeasuresTrainingAgainstItsProducts) {
  BenchOptions options;
  options.seconds = 0.1;
  const Result<TrainBench> bench = benchTrain(tinySpec("vae"), tinyDataset(), options);
  ASSERT_TRUE(bench.ok());
  EXPECT_GT(bench->matmulSeconds, 0);
  EXPECT_GT(bench->epochSeconds, bench->matmulSeconds);
  EXPECT_DOUBLE_EQ(bench->ratio, bench->epochSeconds / bench->matmulSeconds);
  EXPECT_DOUBLE_EQ(bench->imagesPerSecond, 230 / bench->epochSeconds);
  EXPECT_EQ(bench->threads, computeThreads());
}

TEST(Bench, SaysWhyItCannot) {
  EXPECT_FALSE(benchTrain(tinySpec("vae"), tinyDataset(0, 1)).ok());
  EXPECT_FALSE(benchTrain(tinySpec("vae"), tinyDataset(10, 10, {1, 9, 9})).ok());
}

} // namespace
} // namespace latent
