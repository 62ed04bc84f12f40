#include "core/io/pin_file.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

std::vector<Pin> pins() {
  Pin four{.name = "a \"4\", slanted", .run = "/runs/ü", .runName = "vae", .step = 600, .z = {0.1F, -2.25F}};
  four.thumbnail = {{1, 1, 3}, {0, 1, 0.4F}}; // 0.4 = 102/255
  return {four, {.name = "live", .run = "/runs/b", .runName = "ae", .z = {1e-9F, 3, 4}}};
}

TEST(PinFile, jsonKeepsEverything) {
  const auto again = parsePins(pinsToJson(pins()), "pins.json");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, pins());
}

TEST(PinFile, tableKeepsNameRunStepAndPoint) {
  const std::string text = pinsToCsv(pins());
  EXPECT_EQ(text.substr(0, text.find('\n')), "name,run,step,z_1,z_2,z_3");
  const auto again = parsePins(text, "pins.csv");
  ASSERT_TRUE(again) << again.error().message;
  ASSERT_EQ(again->size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ((*again)[i].name, pins()[i].name);
    EXPECT_EQ((*again)[i].run, pins()[i].run);
    EXPECT_EQ((*again)[i].step, pins()[i].step);
    EXPECT_EQ((*again)[i].z, pins()[i].z);
  }
}

TEST(PinFile, aFolderWhoseNameIsNoTextCostsItsNameAlone) {
  std::vector<Pin> odd = pins();
  odd[0].run = "/runs/\xff";
  const auto again = parsePins(pinsToJson(odd), "pins.json");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ((*again)[0].run, "/runs/\xef\xbf\xbd"); // U+FFFD
  EXPECT_EQ((*again)[0].z, odd[0].z);
}

TEST(PinFile, saysWhichLineIsWrong) {
  for (const char* line : {"a,b", "a,b,x,1", "a,b,,1,two", "a,b,,", "a,b,,,1", "a,b,,nan"}) {
    const auto result =
        parsePins(std::string("name,run,step,z_1,z_2\nok,run,5,1,2\n") + line + "\n", "p.csv");
    ASSERT_FALSE(result) << line;
    EXPECT_EQ(result.error().fault, Fault::input);
    EXPECT_NE(result.error().message.find("p.csv, line 3"), std::string::npos) << result.error().message;
  }
}

TEST(PinFile, refusesOtherFiles) {
  for (const char* text : {"", "hello", "{", "{}", "{\"format\":99,\"pins\":[]}",
                           "{\"format\":1,\"pins\":[3]}", "name,run,step,z_1\n\"open"}) {
    const auto result = parsePins(text, "other");
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().fault, Fault::input);
    EXPECT_EQ(result.error().message.find("other"), 0u) << result.error().message;
  }
}

} // namespace
} // namespace latent
