// What training must do with every family in every structure: taken from the registry, so a new one is tested
// by being listed.
#include "core/io/safetensors.h"
#include "core/models/evaluation.h"
#include "core/train/steps.h"
#include "core/train/trainer.h"
#include "tests/core/fixtures/family_cases.h"
#include "tests/core/io/scratch.h"
#include "tests/core/train/recording_listener.h"
#include "tests/core/train/runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace latent {
namespace {

using fixtures::FamilyCase;
using fixtures::RecordingListener;
using fixtures::rowsAfter;
using fixtures::tinyDataset;
using fixtures::withoutTimes;

class EveryFamily : public testing::TestWithParam<FamilyCase> {
 protected:
  bool solved() const { return GetParam().info().closedForm; }

  /// `changes` that the family does not know are left out.
  TrainerConfig config(int64_t epochs, const Parameters& changes = {}) const {
    Parameters known;
    for (const auto& [key, value] : changes.all()) {
      if (findParameter(GetParam().info().schema, key)) known.set(key, value);
    }
    TrainerConfig c;
    c.model = GetParam().spec(known);
    c.epochs = epochs;
    return c;
  }

  /// Averaged weights, noise in the pixels, a schedule: all that a resumed run has to bring back.
  TrainerConfig eventfulConfig() const {
    Parameters changes;
    changes.set("pixels", std::string("rebinarised"));
    changes.set("ema", 0.9);
    changes.set("schedule", std::string("cosine"));
    changes.set("clip", 50.0);
    changes.set("weight_decay", 0.001);
    return config(3, changes);
  }
};

struct Outcome {
  TrainerState state = TrainerState::ready;
  std::string message;
};

Outcome run(const TrainerConfig& config, RecordingListener& listener,
            std::shared_ptr<const Dataset> dataset = tinyDataset(),
            std::optional<Checkpoint> from = std::nullopt) {
  Trainer trainer(config, std::move(dataset), &listener, std::move(from));
  trainer.start();
  const TrainerState state = trainer.wait();
  return {state, trainer.progress().message};
}

void expectSameEnd(const RecordingListener& one, const RecordingListener& other) {
  EXPECT_EQ(one.checkpoints.back().arrays, other.checkpoints.back().arrays);
  EXPECT_EQ(withoutTimes(one.checkpoints.back().values), withoutTimes(other.checkpoints.back().values));
  EXPECT_EQ(one.checkpointWeights.back().values, other.checkpointWeights.back().values);
  EXPECT_EQ(one.summaries.back().train, other.summaries.back().train);
  EXPECT_EQ(one.summaries.back().test, other.summaries.back().test);
}

TEST_P(EveryFamily, LearnsTheBlobs) {
  Parameters changes;
  changes.set("learning_rate", 0.01);
  const TrainerConfig c = config(12, changes);
  RecordingListener listener;
  const Outcome outcome = run(c, listener);
  ASSERT_EQ(outcome.state, TrainerState::finished) << outcome.message;
  const auto before = evaluateSplit(c.model, listener.kept.front(), *tinyDataset()->test, c.seed);
  ASSERT_TRUE(before) << before.error().message;
  const double first = before->at("recon"), last = listener.summaries.back().test.at("recon");
  EXPECT_LT(last, first - 0.2 * std::abs(first));
  EXPECT_EQ(listener.summaries.size(), solved() ? 1U : 12U);
}

TEST_P(EveryFamily, SavedAndLoadedWeightsMeasureTheSameBits) {
  const Scratch scratch;
  const TrainerConfig c = eventfulConfig();
  RecordingListener listener;
  run(c, listener);
  const auto file = scratch / "weights.safetensors";
  ASSERT_TRUE(writeWeights(file, listener.checkpointWeights.back(), {}));
  const auto loaded = readWeights(file);
  ASSERT_TRUE(loaded) << loaded.error().message;
  const auto measures = evaluateSplit(c.model, **loaded, *tinyDataset()->test, c.seed);
  ASSERT_TRUE(measures) << measures.error().message;
  EXPECT_EQ(*measures, listener.summaries.back().test);
}

TEST_P(EveryFamily, EqualSeedsGiveEqualBits) {
  RecordingListener first, second;
  run(eventfulConfig(), first);
  run(eventfulConfig(), second);
  EXPECT_EQ(first.rows, second.rows);
  expectSameEnd(first, second);
}

TEST_P(EveryFamily, ResumesToTheSameBitsFromAnyStep) {
  const TrainerConfig c = eventfulConfig();
  RecordingListener whole;
  ASSERT_EQ(run(c, whole).state, TrainerState::finished);
  const int64_t perEpoch = stepsPerEpoch(c.model, tinyDataset()->train->size());
  for (const int64_t step : {int64_t{0}, int64_t{1}, perEpoch + 2}) { // at the start, inside two epochs
    if (step >= perEpoch * static_cast<int64_t>(whole.summaries.size())) continue;
    SCOPED_TRACE(step);
    RecordingListener left;
    {
      Trainer trainer(c, tinyDataset(), &left);
      for (int64_t i = 0; i < step; ++i) {
        trainer.stepOnce();
        ASSERT_EQ(trainer.wait(), TrainerState::paused) << trainer.progress().message;
      }
      if (step == 0) trainer.start();
    }
    Checkpoint checkpoint = step == 0 ? left.checkpoints.front() : left.checkpoints.back();
    ASSERT_EQ(checkpoint.step, step);
    checkpoint.values = Json::parse(checkpoint.values.dump()); // as a file brings it back
    RecordingListener resumed;
    const Outcome outcome = run(c, resumed, tinyDataset(), checkpoint);
    ASSERT_EQ(outcome.state, TrainerState::finished) << outcome.message;
    EXPECT_EQ(resumed.rows, rowsAfter(whole.rows, step));
    expectSameEnd(resumed, whole);
  }
}

TEST_P(EveryFamily, SnapshotsAreCopies) {
  if (solved()) GTEST_SKIP() << "there is one step, so nothing comes after the first snapshot";
  Trainer trainer(config(4), tinyDataset(), nullptr);
  trainer.stepOnce();
  trainer.wait();
  const auto held = *trainer.live().take();
  const std::vector<float> copy = held->values;
  trainer.start();
  ASSERT_EQ(trainer.wait(), TrainerState::finished);
  const auto last = *trainer.live().take();
  EXPECT_NE(last.get(), held.get());
  EXPECT_EQ(held->values, copy);
  EXPECT_EQ(held->step, 1);
  EXPECT_NE(last->values, copy);
}

TEST_P(EveryFamily, ReportsItsTermsAndMeasuresForBothSplits) {
  const TrainerConfig c = config(1);
  RecordingListener listener;
  ASSERT_EQ(run(c, listener).state, TrainerState::finished);
  const EpochSummary& summary = listener.summaries.back();
  for (const auto* split : {&summary.train, &summary.test}) {
    EXPECT_TRUE(split->contains("loss"));
    EXPECT_TRUE(split->contains("recon"));
    EXPECT_EQ(split->contains("elbo"), split->contains("kl"));
    for (const auto& [name, value] : *split) EXPECT_TRUE(std::isfinite(value)) << name;
  }
  for (const auto& [name, value] : summary.train) EXPECT_TRUE(summary.test.contains(name)) << name;
  for (const auto& [split, values] : {std::pair("train", &summary.train), std::pair("test", &summary.test)}) {
    for (const auto& mean : *values) {
      const auto row = std::ranges::find_if(listener.rows, [&, wanted = split](const Metric& m) {
        return m.split == wanted && m.series == mean.first;
      });
      ASSERT_NE(row, listener.rows.end()) << split << " " << mean.first;
      EXPECT_EQ(row->value, mean.second);
    }
  }
}

TEST_P(EveryFamily, ChangesItsLiveParametersWhileItRuns) {
  std::vector<const ParameterSpec*> lively;
  for (const ParameterSpec& spec : GetParam().info().schema) {
    if (spec.live) lively.push_back(&spec);
  }
  EXPECT_EQ(lively.empty(), solved()); // a learning rate at least
  for (const ParameterSpec* spec : lively) {
    SCOPED_TRACE(spec->key);
    Parameters changes;
    fixtures::makeItMatter(GetParam().info().schema, *spec, changes);
    const TrainerConfig c = config(2, changes);
    const double before = c.model.parameters.real(spec->key);
    const double after = std::clamp(before / 2 + 1e-3, spec->minimum, spec->maximum);
    RecordingListener changed, same;
    run(c, same);
    {
      Trainer trainer(c, tinyDataset(), &changed);
      trainer.stepOnce();
      trainer.wait();
      trainer.setParameter(spec->key, after);
      trainer.stepOnce();
      trainer.wait();
    }
    ASSERT_EQ(changed.changes.size(), 1U);
    EXPECT_EQ(changed.changes[0].key, spec->key);
    EXPECT_EQ(changed.changes[0].step, 1);
    EXPECT_EQ(changed.changes[0].from, before);
    EXPECT_EQ(changed.changes[0].to, after);
    RecordingListener resumed, again;
    {
      Trainer trainer(c, tinyDataset(), &resumed, changed.checkpoints.back());
      EXPECT_EQ(trainer.progress().live.at(spec->key), after);
      trainer.start();
      ASSERT_EQ(trainer.wait(), TrainerState::finished);
      EXPECT_EQ(trainer.progress().live.at(spec->key), after);
    }
    EXPECT_NE(resumed.summaries.back().train, same.summaries.back().train) << "it had no effect";
    // One that is never interrupted, but changed at the same step, ends with the same bits.
    {
      Trainer trainer(c, tinyDataset(), &again);
      trainer.stepOnce();
      trainer.wait();
      trainer.setParameter(spec->key, after);
      trainer.start();
      ASSERT_EQ(trainer.wait(), TrainerState::finished);
    }
    EXPECT_EQ(resumed.checkpoints.back().arrays, again.checkpoints.back().arrays);
  }
}

// A few images are enough to see that nothing breaks; a rate of 1 may diverge, and a combination may be
// refused: both are answers.
TEST_P(EveryFamily, ExtremesOfEveryParameterTrainOrSayWhyNot) {
  const FamilyCase& c = GetParam();
  const auto dataset = tinyDataset(12, 6);
  for (const ParameterSpec& spec : c.info().schema) {
    if (spec.key == c.structure) continue;
    const bool ofStructure = !c.structure.empty() && spec.when.key == c.structure;
    const auto& choices = spec.when.values;
    const bool own =
        ofStructure ? std::ranges::find(choices, c.choice) != choices.end() && fixtures::firstOfStructure(c)
                    : c.firstOfFamily();
    if (!own) continue;
    for (const ParameterValue& value : fixtures::extremesOf(spec)) {
      SCOPED_TRACE(spec.key + " = " + formatParameter(value));
      Parameters changes;
      if (ofStructure) changes.set(c.structure, c.choice);
      fixtures::makeItMatter(c.info().schema, spec, changes);
      changes.set(spec.key, value);
      const Result<ModelSpec> model = c.trySpec(changes);
      if (!model) {
        EXPECT_EQ(model.error().fault, Fault::usage);
        EXPECT_FALSE(model.error().message.empty());
        continue;
      }
      TrainerConfig small;
      small.model = *model;
      small.epochs = 1;
      RecordingListener listener;
      const Outcome outcome = run(small, listener, dataset);
      EXPECT_TRUE(
          outcome.state == TrainerState::finished ||
          (outcome.state == TrainerState::failed && outcome.message.find("diverged") != std::string::npos))
          << outcome.message;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryFamily, testing::ValuesIn(fixtures::familyCases()),
                         [](const auto& test) { return fixtures::caseName(test); });

} // namespace
} // namespace latent
