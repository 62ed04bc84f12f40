#include "core/train/detail/metric_sums.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

double valueOf(const std::vector<Metric>& rows, const std::string& series) {
  for (const Metric& row : rows) {
    if (row.series == series) return row.value;
  }
  ADD_FAILURE() << "no row of " << series;
  return 0;
}

void addSteps(MetricSums& sums, int64_t first, int64_t last) {
  for (int64_t step = first; step <= last; ++step) {
    const auto value = static_cast<float>(step);
    sums.add(step, static_cast<double>(step) / 100, std::vector<float>{3 * value, 2 * value, value},
             step == 20 ? 5 : 10);
  }
}

TEST(MetricSums, WindowsAreMeansOfTenUpdates) {
  MetricSums sums({"loss", "recon", "kl"});
  addSteps(sums, 1, 9);
  EXPECT_TRUE(sums.takeRows().empty());
  addSteps(sums, 10, 20);
  const std::vector<Metric> rows = sums.takeRows();
  ASSERT_EQ(rows.size(), 8U);
  const std::vector<Metric> first(rows.begin(), rows.begin() + 4), second(rows.begin() + 4, rows.end());
  EXPECT_DOUBLE_EQ(valueOf(first, "kl"), 5.5);
  EXPECT_DOUBLE_EQ(valueOf(second, "recon"), 31);
  EXPECT_DOUBLE_EQ(valueOf(second, "elbo"), -46.5);
  EXPECT_EQ(second[0].step, 20);
  EXPECT_EQ(second[0].split, "batch");
  EXPECT_DOUBLE_EQ(second[0].epoch, 0.2);
}

TEST(MetricSums, EpochsAreMeansOverImages) {
  MetricSums sums({"loss", "recon", "kl"});
  addSteps(sums, 19, 20);
  EXPECT_DOUBLE_EQ(sums.epochMeans().at("kl"), (19.0 * 10 + 20.0 * 5) / 15);
  sums.resetEpoch();
  addSteps(sums, 21, 21);
  EXPECT_DOUBLE_EQ(sums.epochMeans().at("kl"), 21);
}

TEST(MetricSums, UnfinishedSumsSurviveJson) {
  MetricSums straight({"loss", "recon"}), before({"loss", "recon"}), after({"loss", "recon"});
  const auto add = [](MetricSums& sums, int64_t step) {
    const float value = 1.0F / static_cast<float>(step + 2);
    sums.add(step, 0, std::vector<float>{value, value}, 7);
  };
  for (int64_t step = 1; step <= 10; ++step) add(straight, step);
  for (int64_t step = 1; step <= 4; ++step) add(before, step);
  after.fromJson(Json::parse(before.toJson().dump()));
  for (int64_t step = 5; step <= 10; ++step) add(after, step);
  EXPECT_EQ(after.takeRows(), straight.takeRows());
  EXPECT_EQ(after.epochMeans(), straight.epochMeans());
  EXPECT_THROW(after.fromJson(Json::object()), Json::exception);
}

} // namespace
} // namespace latent
