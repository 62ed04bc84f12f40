#include "core/models/families.h"
#include "core/run/run_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;

RunRecord example() {
  RunRecord record;
  record.id = "0123456789abcdef";
  record.created = "2026-01-02T03:04:05Z";
  record.config = {.name = "A \"run\"",
                   .family = "vae",
                   .dataset = "mnist",
                   .dataDir = "/data",
                   .seed = 9007199254740991,
                   .epochs = 12,
                   .device = "cpu",
                   .threads = 3};
  record.spec = *makeModelSpec("vae", {1, 28, 28}, {});
  record.config.parameters = record.spec.parameters;
  record.checksums = {{"train", "abc"}};
  record.datasetName = "MNIST";
  record.trainImages = 60000;
  record.testImages = 10000;
  record.versions = {{"latent", "0.1.0"}};
  record.state = RunState::paused;
  record.message = "why";
  record.step = 1234;
  record.epoch = 2.0 / 3.0;
  record.wallSeconds = 0.1;
  return record;
}

TEST(RunRecord, IsReadBackAsWritten) {
  const Json json = recordToJson(example());
  const auto back = parseRecord(json.dump(2), "run.json");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(recordToJson(*back), json);
  EXPECT_TRUE(recordFromJson(json)); // not through a text
  EXPECT_EQ(back->config.seed, 9007199254740991u);
  EXPECT_EQ(back->epoch, 2.0 / 3.0);
  EXPECT_EQ(back->spec, example().spec);
  EXPECT_EQ(back->state, RunState::paused);
}

TEST(RunRecord, EveryMissingKeyIsNamed) {
  const Json good = recordToJson(example());
  for (const auto& [key, value] : good.items()) {
    if (key == "parameters" || key == "dataset") continue; // parameters have defaults; dataset is below
    Json json = good;
    json.erase(key);
    const auto record = parseRecord(json.dump(), "run.json");
    ASSERT_FALSE(record) << key;
    EXPECT_EQ(record.error().fault, Fault::input);
    EXPECT_THAT(record.error().message, HasSubstr("\"" + key + "\""));
  }
  for (const auto& [key, value] : good["dataset"].items()) {
    Json json = good;
    json["dataset"].erase(key);
    EXPECT_THAT(parseRecord(json.dump(), "run.json").error().message, HasSubstr("dataset." + key));
  }
}

TEST(RunRecord, DamagedValuesAreInputErrors) {
  const auto refused = [](const char* key, Json value) {
    Json json = recordToJson(example());
    json[key] = std::move(value);
    const auto record = parseRecord(json.dump(), "run.json");
    EXPECT_FALSE(record) << key;
    if (record) return std::string();
    EXPECT_EQ(record.error().fault, Fault::input);
    EXPECT_THAT(record.error().message, HasSubstr("run.json"));
    return record.error().message;
  };
  EXPECT_THAT(refused("format", 2), HasSubstr("newer"));
  refused("format", 0);
  refused("step", -1);
  refused("step", 1.5);
  refused("seed", "1");
  refused("state", "asleep");
  refused("shape", {1, 28});
  refused("shape", {0, 28, 28});
  refused("model", "gan");
  refused("threads", int64_t{1} << 40);
  EXPECT_THAT(refused("parameters", {{"latent", 0}}), HasSubstr("latent"));
  EXPECT_THAT(refused("parameters", {{"colour", 1}}), HasSubstr("colour"));
  refused("versions", {{"latent", 1}});
  EXPECT_FALSE(parseRecord("", "run.json"));
  EXPECT_FALSE(parseRecord("[]", "run.json"));
  EXPECT_FALSE(parseRecord("{\"format\":", "run.json"));
}

TEST(RunSchema, HoldsWhatIsNoFamilysOwn) {
  for (const char* key : {"dataset", "epochs", "seed", "device", "threads"}) {
    const ParameterSpec* spec = findParameter(runSchema(), key);
    ASSERT_NE(spec, nullptr) << key;
    EXPECT_TRUE(checkParameter(*spec, spec->standard)) << key;
    EXPECT_FALSE(spec->help.empty());
  }
}

} // namespace
} // namespace latent
