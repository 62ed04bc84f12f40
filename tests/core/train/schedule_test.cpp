#include "core/train/snapshot_schedule.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

TEST(SnapshotSchedule, StrideDoublesWithTheLengthOfTheRun) {
  EXPECT_EQ(snapshotStride(0), 1);
  EXPECT_EQ(snapshotStride(200), 1);
  EXPECT_EQ(snapshotStride(202), 2);
  EXPECT_EQ(snapshotStride(400), 2);
  EXPECT_EQ(snapshotStride(1000), 8);
}

TEST(SnapshotSchedule, KeepsEarlyStepsAndEveryEpochOfAShortRun) {
  for (const int64_t step : {0, 1, 3, 10, 30, 100, 300, 600, 1200})
    EXPECT_TRUE(keepsSnapshot(step, 600, 10)) << step;
  for (const int64_t step : {2, 601, 599}) EXPECT_FALSE(keepsSnapshot(step, 600, 10)) << step;
}

TEST(SnapshotSchedule, NeverHoldsMoreThanItsBound) {
  for (const int64_t epochs : {1, 199, 200, 201, 399, 401, 5000}) {
    int64_t held = 0;
    for (int64_t epoch = 1; epoch <= epochs; ++epoch) held += keepsSnapshot(epoch * 600, 600, epochs);
    EXPECT_LE(held, kMaximumEpochSnapshots) << epochs;
    EXPECT_GE(held, std::min<int64_t>(epochs, kMaximumEpochSnapshots / 2)) << epochs;
  }
}

TEST(SnapshotSchedule, WhatALongerRunKeepsAShorterOneKeptToo) {
  for (int64_t epoch = 1; epoch <= 1000; ++epoch) {
    if (keepsSnapshot(epoch * 7, 7, 1000)) {
      EXPECT_TRUE(keepsSnapshot(epoch * 7, 7, epoch));
    }
  }
}

} // namespace
} // namespace latent
