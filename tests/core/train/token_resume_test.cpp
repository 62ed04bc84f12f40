// A model whose state is more than its weights, codebook averages and counts of the epoch, is continued to
// the same bits, too.
#include "core/train/trainer.h"
#include "tests/core/train/recording_listener.h"
#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

using fixtures::RecordingListener;
using fixtures::rowsAfter;
using fixtures::tinyDataset;
using fixtures::withoutTimes;

TrainerConfig config(const std::string& codebook) {
  Parameters parameters;
  parameters.set("network", std::string("conv"));
  parameters.set("stride", int64_t{4});
  parameters.set("channels", int64_t{4});
  parameters.set("codes", int64_t{8});
  parameters.set("code_size", int64_t{2});
  parameters.set("codebook", codebook);
  parameters.set("prior_width", int64_t{4});
  parameters.set("prior_layers", int64_t{2});
  parameters.set("batch", int64_t{20}); // 12 updates an epoch: the revival at 100 comes in the ninth
  return fixtures::tinyConfig("vq-vae", 9, parameters);
}

void runToTheEnd(const TrainerConfig& c, RecordingListener& listener,
                 std::optional<Checkpoint> from = std::nullopt) {
  Trainer trainer(c, tinyDataset(), &listener, std::move(from));
  trainer.start();
  ASSERT_EQ(trainer.wait(), TrainerState::finished) << trainer.progress().message;
}

/// The checkpoint of a run that was left after so many updates.
Checkpoint leftAt(const TrainerConfig& c, int64_t step) {
  RecordingListener listener;
  Trainer trainer(c, tinyDataset(), &listener);
  for (int64_t i = 0; i < step; ++i) {
    trainer.stepOnce();
    EXPECT_EQ(trainer.wait(), TrainerState::paused);
  }
  trainer.stop();
  trainer.wait();
  return listener.checkpoints.back();
}

TEST(TokenResume, ContinuesToTheSameBitsFromAnyStep) {
  for (const std::string codebook : {"ema", "gradient"}) {
    const TrainerConfig c = config(codebook);
    RecordingListener whole;
    runToTheEnd(c, whole);
    for (const int64_t step : {0, 1, 7, 12, 99, 100, 103}) { // before the codes are placed, inside epochs ...
      SCOPED_TRACE(codebook + " from step " + std::to_string(step));
      RecordingListener resumed;
      runToTheEnd(c, resumed, step == 0 ? whole.checkpoints.front() : leftAt(c, step));
      EXPECT_EQ(resumed.rows, rowsAfter(whole.rows, step));
      EXPECT_EQ(resumed.checkpoints.back().arrays, whole.checkpoints.back().arrays);
      EXPECT_EQ(withoutTimes(resumed.checkpoints.back().values),
                withoutTimes(whole.checkpoints.back().values));
      EXPECT_EQ(resumed.summaries.back().train, whole.summaries.back().train);
      EXPECT_EQ(resumed.summaries.back().test, whole.summaries.back().test);
    }
  }
}

TEST(TokenResume, SummariesHoldTheMeasuresOfTheWholeEpoch) {
  RecordingListener listener;
  runToTheEnd(config("ema"), listener);
  for (const EpochSummary& summary : listener.summaries) {
    for (const auto& measures : {summary.train, summary.test}) {
      ASSERT_TRUE(measures.contains("epoch_perplexity"));
      EXPECT_GE(measures.at("epoch_perplexity"), 1);
      EXPECT_LE(measures.at("epoch_perplexity"), 8);
      EXPECT_GT(measures.at("usage"), 0);
      EXPECT_LE(measures.at("usage"), 1);
      EXPECT_TRUE(measures.contains("prior_bits"));
    }
  }
  EXPECT_LT(listener.summaries.back().test.at("recon"), listener.summaries.front().test.at("recon"));
}

} // namespace
} // namespace latent
