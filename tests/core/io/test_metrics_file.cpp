#include "core/io/files.h"
#include "core/io/metrics_file.h"
#include "tests/core/io/scratch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;

const std::vector<Metric> rows{{10, 0.1, "batch", "loss", 1.0 / 3.0},
                               {20, 0.2, "batch", "loss", 1e-300},
                               {20, 0.2, "test", "elbo", -205.80000000000001}};

const Metric rowOfSound{1, 0.1, "train", "loss", 1};

TEST(MetricsFile, KeepsEveryBitOfANumber) {
  const Scratch scratch;
  const auto path = scratch / "metrics.csv";
  ASSERT_TRUE(appendMetrics(path, std::span(rows).first(1)));
  ASSERT_TRUE(appendMetrics(path, std::span(rows).subspan(1)));
  EXPECT_EQ(readMetrics(path)->rows, rows);
  EXPECT_EQ(readMetrics(path)->warning, "");
  EXPECT_THAT(*readText(path), testing::StartsWith("step,epoch,split,series,value\n10,0.1,batch,loss,0.33"));
}

TEST(MetricsFile, AMissingOrEmptyFileIsAnEmptyList) {
  const Scratch scratch;
  EXPECT_TRUE(readMetrics(scratch / "metrics.csv")->rows.empty());
  ASSERT_TRUE(writeTextAtomically(scratch / "metrics.csv", "step,ep"));
  EXPECT_TRUE(readMetrics(scratch / "metrics.csv")->rows.empty());
}

TEST(MetricsFile, IgnoresAnUnfinishedLastLineWhereverItWasCut) {
  const Scratch scratch;
  const auto path = scratch / "metrics.csv";
  ASSERT_TRUE(appendMetrics(path, rows));
  const std::string text = *readText(path);
  for (size_t length = 0; length <= text.size(); ++length) {
    const auto metrics = parseMetrics(std::string_view(text).substr(0, length), "cut");
    ASSERT_TRUE(metrics) << length;
    EXPECT_EQ(metrics->warning, "");
    ASSERT_LE(metrics->rows.size(), rows.size());
    for (size_t i = 0; i < metrics->rows.size(); ++i) EXPECT_EQ(metrics->rows[i], rows[i]);
  }
}

TEST(MetricsFile, ADamagedLineIsNamedAndCostsNoOther) {
  const Scratch scratch;
  const std::string header = "step,epoch,split,series,value\n", sound = "1,0.1,train,loss,1\n";
  for (const char* line : {"1,2,train", "x,0.1,train,loss,1", "1,0.1,train,loss,1,1", "-1,0.1,train,loss,1",
                           "", "1,0.1,,loss,1", "1,0.1,train,loss,1 "}) {
    const std::string text = header + sound + line + "\n" + sound + line + "\n";
    const auto metrics = parseMetrics(text, "metrics.csv");
    ASSERT_TRUE(metrics) << line;
    EXPECT_THAT(metrics->rows, testing::ElementsAre(rowOfSound, rowOfSound));
    EXPECT_THAT(metrics->warning,
                HasSubstr("metrics.csv is damaged: 2 of its 5 lines, the first at line 3,"));
    // What goes on with the file may not drop lines that it cannot read.
    ASSERT_TRUE(writeTextAtomically(scratch / "metrics.csv", text));
    EXPECT_EQ(truncateMetrics(scratch / "metrics.csv", 5).error().fault, Fault::input);
    EXPECT_EQ(*readText(scratch / "metrics.csv"), text);
  }
  const auto headless = parseMetrics("stXp,epoch,split,series,value\n" + sound, "metrics.csv");
  ASSERT_TRUE(headless);
  EXPECT_EQ(headless->rows.size(), 1U);
  EXPECT_THAT(headless->warning, HasSubstr("the first at line 1"));
}

TEST(MetricsFile, AFileWithoutARowOfItsKindIsNone) {
  for (const char* text : {"a,b\n", "\n\n", "step,epoch,split,series,value\nx\n"}) {
    const auto metrics = parseMetrics(text, "metrics.csv");
    ASSERT_FALSE(metrics) << text;
    EXPECT_EQ(metrics.error().fault, Fault::input);
    EXPECT_THAT(metrics.error().message, HasSubstr("metrics.csv, line "));
  }
}

TEST(MetricsFile, TruncationKeepsEarlierRowsByteForByte) {
  const Scratch scratch;
  const auto path = scratch / "metrics.csv";
  const std::string header = "step,epoch,split,series,value\n";
  ASSERT_TRUE(writeTextAtomically(
      path, header + "10,0.10,train,loss,1.50\n30,0.3,train,loss,2\n20,0.2,test,loss,3\n40,0"));
  ASSERT_TRUE(truncateMetrics(path, 20));
  EXPECT_EQ(*readText(path), header + "10,0.10,train,loss,1.50\n20,0.2,test,loss,3\n");
  ASSERT_TRUE(truncateMetrics(scratch / "none.csv", 0));
  EXPECT_EQ(*readText(scratch / "none.csv"), header);
}

TEST(ChangesFile, ReadsAppendsAndTruncates) {
  const Scratch scratch;
  const auto path = scratch / "events.csv";
  ASSERT_TRUE(createChanges(path));
  EXPECT_TRUE(readChanges(path)->empty());
  ASSERT_TRUE(appendChange(path, {600, 1.5, "learning_rate", "0.001", "0.0005"}));
  ASSERT_TRUE(appendChange(path, {700, 1.75, "learning_rate", "0.0005", "0.002"}));
  auto changes = readChanges(path);
  ASSERT_TRUE(changes);
  ASSERT_EQ(changes->size(), 2u);
  EXPECT_EQ((*changes)[1].step, 700);
  EXPECT_EQ((*changes)[1].time, 1.75);
  EXPECT_EQ((*changes)[1].oldValue, "0.0005");
  ASSERT_TRUE(truncateChanges(path, 1));
  changes = readChanges(path);
  ASSERT_EQ(changes->size(), 1u);
  EXPECT_EQ((*changes)[0].newValue, "0.0005");
}

} // namespace
} // namespace latent
