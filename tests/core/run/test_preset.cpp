#include "core/io/files.h"
#include "core/models/families.h"
#include "core/run/preset.h"
#include "tests/core/io/scratch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;

TEST(Preset, AChildOverridesItsParent) {
  const Scratch scratch;
  ASSERT_TRUE(writeTextAtomically(scratch / "base.json",
                                  R"({"id":"base","name":"Base","family":"ae","dataset":"digits",
    "epochs":40,"parameters":{"latent":20,"activation":"tanh"}})"));
  ASSERT_TRUE(writeTextAtomically(
      scratch / "child.json", R"({"id":"child","name":"Child","parent":"base","parameters":{"latent":2}})"));
  const auto preset = readPreset(scratch.path(), "child");
  ASSERT_TRUE(preset) << preset.error().message;
  EXPECT_EQ(preset->name, "Child");
  EXPECT_EQ(preset->family, "ae");
  EXPECT_EQ(preset->dataset, "digits");
  EXPECT_EQ(preset->epochs, 40);
  EXPECT_EQ(preset->parameters.integer("latent"), 2);
  EXPECT_EQ(preset->parameters.choice("activation"), "tanh");
  EXPECT_FALSE(preset->parameters.has("batch"));
}

TEST(Preset, SaysWhatIsWrong) {
  const Scratch scratch;
  ASSERT_TRUE(writeTextAtomically(scratch / "a.json", R"({"id":"a","parent":"b"})"));
  ASSERT_TRUE(writeTextAtomically(scratch / "b.json", R"({"id":"b","parent":"a"})"));
  ASSERT_TRUE(writeTextAtomically(scratch / "key.json", R"({"id":"key","parameters":{"colour":1}})"));
  ASSERT_TRUE(writeTextAtomically(scratch / "type.json", R"({"id":"type","epochs":"ten"})"));
  ASSERT_TRUE(writeTextAtomically(scratch / "text.json", "no"));
  const auto unknown = readPreset(scratch.path(), "none");
  EXPECT_EQ(unknown.error().fault, Fault::usage);
  EXPECT_THAT(unknown.error().message, HasSubstr("known are a, b, key"));
  EXPECT_EQ(readPreset(scratch.path(), "../a").error().fault, Fault::usage);
  EXPECT_THAT(readPreset(scratch.path(), "a").error().message, HasSubstr("ancestor"));
  EXPECT_THAT(readPreset(scratch.path(), "key").error().message, HasSubstr("colour"));
  EXPECT_THAT(readPreset(scratch.path(), "type").error().message, HasSubstr("\"epochs\""));
  EXPECT_EQ(readPreset(scratch.path(), "text").error().fault, Fault::input);
}

TEST(Preset, ThoseThatComeWithTheProgramAreRight) {
  const auto ids = listPresets(presetsFolder());
  ASSERT_FALSE(ids.empty());
  for (const std::string& id : ids) {
    const auto preset = readPreset(presetsFolder(), id);
    ASSERT_TRUE(preset) << preset.error().message;
    EXPECT_TRUE(makeModelSpec(preset->family, {1, 28, 28}, preset->parameters)) << id;
    EXPECT_NE(preset->name, id);
  }
}

} // namespace
} // namespace latent
