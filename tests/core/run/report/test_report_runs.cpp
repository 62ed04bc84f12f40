// The plan of "AE against VAE" and the table of runs, for sets of runs as people have them.
#include "core/run/report/ae_against_vae.h"
#include "core/run/report/runs_table.h"
#include "tests/core/run/report/written_runs.h"

#include <cmath>
#include <gmock/gmock.h>

namespace latent {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ReportRuns : public testing::Test {
 protected:
  const RunFolder& add(const WrittenRun& run) {
    runs.push_back(writeRun(scratch / std::to_string(runs.size()), run));
    return runs.back();
  }
  AeVaePlan plan() {
    auto plan = planAeAgainstVae(runs);
    if (!plan) throw std::runtime_error(plan.error().message);
    return *std::move(plan);
  }
  /// "vae z10 seed 1"
  static std::vector<std::string> missing(const AeVaePlan& plan) {
    std::vector<std::string> words;
    for (const RunConfig& config : plan.missing)
      words.push_back(config.family + " z" + std::to_string(config.parameters.integer("latent")) + " seed " +
                      std::to_string(config.seed));
    return words;
  }
  static std::vector<std::string> pairs(const AeVaePlan& plan) {
    std::vector<std::string> words;
    for (const AeVaePair& pair : plan.pairs) {
      EXPECT_EQ(pair.ae.record().spec.family, "ae");
      EXPECT_EQ(pair.vae.record().spec.family, "vae");
      words.push_back("z" + std::to_string(pair.latent) + " seed " +
                      std::to_string(pair.ae.record().config.seed));
      EXPECT_EQ(pair.ae.record().config.seed, pair.vae.record().config.seed);
    }
    return words;
  }

  Scratch scratch;
  std::vector<RunFolder> runs;
};

TEST_F(ReportRuns, PairsDifferInTheFamilyAlone) {
  for (const int64_t latent : {10, 2})
    for (const char* family : {"vae", "ae"}) add({.family = family, .latent = latent});
  const AeVaePlan found = plan();
  EXPECT_THAT(pairs(found), ElementsAre("z2 seed 1", "z10 seed 1"));
  EXPECT_THAT(missing(found), IsEmpty());
  EXPECT_THAT(found.notes, IsEmpty());
  EXPECT_EQ(found.runs.size(), 4U);
}

TEST_F(ReportRuns, TheOtherHalfAndThePlanesAreMissing) {
  add({.family = "vae", .latent = 10, .seed = 4});
  const AeVaePlan found = plan();
  EXPECT_THAT(pairs(found), IsEmpty());
  EXPECT_THAT(missing(found), ElementsAre("ae z10 seed 4", "ae z2 seed 4", "vae z2 seed 4"));
  for (const RunConfig& config : found.missing) {
    EXPECT_EQ(config.epochs, 2);
    EXPECT_EQ(config.parameters.list("hidden"), std::vector<int64_t>{16});
    EXPECT_TRUE(completeParameters(findFamily(config.family)->schema, config.parameters));
  }
}

TEST_F(ReportRuns, OfSeveralSeedsTheLowestCommonOneIsShown) {
  for (const uint64_t seed : {5, 3, 2}) add({.family = "vae", .seed = seed});
  for (const uint64_t seed : {7, 3, 5}) add({.family = "ae", .seed = seed});
  EXPECT_THAT(pairs(plan()), ElementsAre("z2 seed 3"));
  EXPECT_THAT(missing(plan()), IsEmpty());
  EXPECT_EQ(plan().runs.size(), 6U);
}

TEST_F(ReportRuns, SeedsWithoutACommonOneLackOneRun) {
  add({.family = "vae", .seed = 1});
  add({.family = "ae", .seed = 2});
  EXPECT_THAT(pairs(plan()), IsEmpty());
  EXPECT_THAT(missing(plan()), ElementsAre("ae z2 seed 1"));
}

TEST_F(ReportRuns, OtherSettingsAndDataAreNoPair) {
  add({.family = "ae"});
  add({.family = "vae", .activation = "tanh"});
  add({.family = "ae", .data = 8});
  const AeVaePlan found = plan();
  EXPECT_THAT(pairs(found), IsEmpty());
  EXPECT_THAT(missing(found), ElementsAre("vae z2 seed 1", "ae z2 seed 1"));
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("is left out: it was trained on other images of Bars")));
  EXPECT_EQ(found.runs.size(), 2U);
}

TEST_F(ReportRuns, UnfinishedRunsAreNamedAndNotMissing) {
  add({.family = "ae"});
  add({.family = "vae", .state = RunState::stopped, .epoch = 1});
  const AeVaePlan found = plan();
  EXPECT_THAT(pairs(found), IsEmpty());
  EXPECT_THAT(missing(found), IsEmpty());
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("is in no figure: it is stopped at 1 of 2 epochs.")));
}

TEST_F(ReportRuns, OneRunTwiceIsOneRun) {
  const RunFolder run = add({.family = "ae"});
  runs.push_back(run);
  EXPECT_EQ(plan().runs.size(), 1U);
  EXPECT_THAT(plan().notes, IsEmpty());
}

TEST_F(ReportRuns, NoneOfThemIsAUsageError) {
  add({.family = "beta-vae"});
  const auto refused = planAeAgainstVae(runs);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::usage);
}

// ---- the table

TEST_F(ReportRuns, RowsHaveMeanAndSampleDeviation) {
  for (const uint64_t seed : {1, 2, 3}) add({.family = "vae", .seed = seed, .recon = 100 + 2.0 * seed});
  add({.family = "ae", .latent = 10, .recon = 66.5});
  const auto table = runsTable(runs);
  ASSERT_TRUE(table) << table.error().message;
  std::vector<std::string> names;
  for (const TableColumn& column : table->columns) names.push_back(column.name);
  EXPECT_THAT(names, ElementsAre("Model", "Latents", "Epochs", "Seeds", "recon", "KL", "ELBO"));
  ASSERT_EQ(table->rows.size(), 2U);
  const auto& ae = table->rows[0];
  EXPECT_EQ(ae[0].text, "AE");
  EXPECT_EQ(ae[4].value, 66.5);
  EXPECT_FALSE(ae[4].spread);
  EXPECT_FALSE(ae[5].value || ae[6].value) << "an AE has no KL and no ELBO";
  const auto& vae = table->rows[1];
  EXPECT_EQ(vae[3].text, "1, 2, 3");
  EXPECT_DOUBLE_EQ(*vae[4].value, 104);
  EXPECT_DOUBLE_EQ(*vae[4].spread, 2);
  EXPECT_DOUBLE_EQ(*vae[5].spread, 0);
  EXPECT_DOUBLE_EQ(*vae[6].value, -109);
  EXPECT_THAT(table->notes, Contains(HasSubstr("sample standard deviation")));
  EXPECT_THAT(table->notes, Contains(HasSubstr("40 test images of Bars")));
}

TEST_F(ReportRuns, EachRunHasARowWhereAsked) {
  for (const uint64_t seed : {2, 1}) add({.family = "vae", .seed = seed});
  const auto table = runsTable(runs, {.eachRun = true});
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_EQ(table->columns.front().name, "Run");
  for (const auto& row : table->rows)
    for (const TableCell& cell : row) EXPECT_FALSE(cell.spread);
}

TEST_F(ReportRuns, WhatDiffersStandsInItsColumn) {
  add({.activation = "tanh"});
  add({.activation = "relu", .state = RunState::interrupted, .epoch = 1});
  const auto table = runsTable(runs);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows.size(), 2U);
  std::vector<std::string> settings;
  for (const auto& row : table->rows) settings.push_back(row[2].text);
  EXPECT_THAT(settings, testing::UnorderedElementsAre("activation tanh", "activation relu"));
  EXPECT_THAT(table->notes, Contains(HasSubstr("Not finished: ")));
}

} // namespace
} // namespace latent
