#include "core/base/focus.h"

#include <gtest/gtest.h>

namespace latent {
namespace {

Focus sample() {
  Focus focus;
  focus.shown = {"/runs/a", "/runs/ü b"};
  focus.active = "/runs/a";
  focus.step = 600;
  focus.subject = {"train", 12, {}};
  focus.cursor = {0.1f, -2.25f};
  return focus;
}

TEST(Focus, survivesJson) {
  Focus focus = sample();
  EXPECT_EQ(*focusFromJson(focusToJson(focus)), focus);
  focus.step.reset();
  focus.subject = {"test", -1, {{1, 1, 2}, {0.25f, 1}}};
  EXPECT_EQ(*focusFromJson(Json::parse(focusToJson(focus).dump())), focus);
}

TEST(Focus, damagedJsonIsAnInputError) {
  for (const char* key : {"shown", "active", "step", "subject", "cursor"}) {
    Json json = focusToJson(sample());
    json.erase(key);
    const auto result = focusFromJson(json);
    ASSERT_FALSE(result) << key;
    EXPECT_EQ(result.error().fault, Fault::input);
    EXPECT_NE(result.error().message.find(key), std::string::npos) << result.error().message;
  }
  Json json = focusToJson(sample());
  json["subject"] = {{"split", "test"}, {"index", -1}, {"image", {{"shape", {1, 9, 9}}, {"pixels", {0.5}}}}};
  EXPECT_FALSE(focusFromJson(json));
}

} // namespace
} // namespace latent
