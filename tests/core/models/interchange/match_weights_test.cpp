#include "core/models/interchange/match_weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;
using testing::Not;

const WeightLayout wanted{{"z.weight", {2, 3}, 0}, {"z.bias", {2}, 6}};

std::string refused(const std::vector<OfferedTensor>& offered) {
  const Status status = checkTensors(wanted, offered);
  EXPECT_FALSE(status);
  if (status) return {};
  EXPECT_EQ(status.error().fault, Fault::input);
  EXPECT_EQ(status.error().message.find('\n'), std::string::npos);
  return status.error().message;
}

TEST(MatchWeights, AnyOrderFits) {
  EXPECT_TRUE(checkTensors(wanted, {{"z.bias", {2}, "float16"}, {"z.weight", {2, 3}}}));
}

TEST(MatchWeights, NamesAllThatDiffer) {
  const std::string message =
      refused({{"z.weight", {3, 2}}, {"mu.bias", {4}}, {"steps", {}, "int64", false}});
  EXPECT_THAT(message, HasSubstr("missing is z.bias [2]"));
  EXPECT_THAT(message, HasSubstr("of another shape is z.weight [3, 2] where [2, 3] is needed"));
  EXPECT_THAT(message, HasSubstr("left over is mu.bias [4], steps []"));
  EXPECT_THAT(message, Not(HasSubstr("more")));
}

TEST(MatchWeights, IntegersAreNoWeights) {
  EXPECT_THAT(refused({{"z.weight", {2, 3}}, {"z.bias", {2}, "int64", false}}),
              HasSubstr("no floats are in z.bias (int64)"));
}

TEST(MatchWeights, NamesTenAndCountsTheRest) {
  std::vector<OfferedTensor> offered{{"z.weight", {2, 3}}, {"z.bias", {2}}};
  for (int i = 0; i < 25; ++i) offered.push_back({"layer" + std::to_string(i), {1}});
  const std::string message = refused(offered);
  EXPECT_THAT(message, HasSubstr("layer9 [1]; and 15 more"));
  EXPECT_THAT(message, Not(HasSubstr("layer10")));
  EXPECT_THAT(refused({{"z.weight", {2, 3}}, {"z.bias", {2}}, {"z.bias", {2}}}),
              HasSubstr("twice there is z.bias"));
}

} // namespace
} // namespace latent
