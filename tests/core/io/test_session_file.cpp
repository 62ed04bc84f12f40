#include "core/io/session_file.h"

#include <gtest/gtest.h>

#include <set>

namespace latent {
namespace {

Session sample() {
  Session session;
  session.runs = {{.id = "/home/a/runs/vae", .name = "vae"},
                  {.id = "/usr/share/app/models/mnist-ae", .name = "AE", .shipped = "mnist-ae"},
                  {.id = "/elsewhere/ae", .name = "ae"}};
  session.focus.active = "/home/a/runs/vae";
  session.focus.shown = {"/home/a/runs/vae", "/usr/share/app/models/mnist-ae"};
  session.focus.step = 600;
  session.focus.cursor = {0.5F, -1};
  session.focus.subject = {"test", -1, {{1, 1, 2}, {0.25F, 1}}, "/home/a/digit.png"};
  session.focus.link = Link::sameZ;
  session.pins = {{.name = "4", .run = "/elsewhere/ae", .runName = "ae", .z = {1, 2}}};
  session.window = {{"workspace", 2}};
  session.views = {{"compare", {{"mode", "noise"}}}};
  return session;
}

TEST(SessionFile, givesBackWhatWasSaved) {
  Session session = sample();
  relateTo(session, "/home/a/reports");
  EXPECT_EQ(session.runs[0].relative, "../runs/vae");
  EXPECT_EQ(session.runs[1].relative, "");
  const auto again = parseSession(sessionToText(session), "s");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, session);
}

TEST(SessionFile, findsRunsThatMovedWithIt) {
  Session session = sample();
  relateTo(session, "/home/a/reports");
  const std::set<std::string> there{"/mnt/usb/runs/vae", "/opt/models/mnist-ae"};
  locateRuns(session, "/mnt/usb/reports", "/opt/models",
             [&](const std::filesystem::path& folder) { return there.contains(folder.string()); });
  EXPECT_EQ(session.runs[0].id, "/mnt/usb/runs/vae");
  EXPECT_EQ(session.runs[1].id, "/opt/models/mnist-ae");
  EXPECT_EQ(session.runs[2].id, "/elsewhere/ae") << "what is found nowhere keeps its id";
  EXPECT_EQ(session.focus.active, "/mnt/usb/runs/vae");
  EXPECT_EQ(session.focus.shown, (std::vector<RunId>{"/mnt/usb/runs/vae", "/opt/models/mnist-ae"}));
  EXPECT_EQ(session.pins[0].run, "/elsewhere/ae");
}

TEST(SessionFile, aShippedNameIsNoPath) {
  Session session;
  session.runs = {{.id = "/x", .name = "x", .shipped = "../../etc"}};
  std::vector<std::string> asked;
  locateRuns(session, "/s", "/opt/models", [&](const std::filesystem::path& folder) {
    asked.push_back(folder.string());
    return false;
  });
  EXPECT_EQ(asked, std::vector<std::string>{"/opt/models/etc"});
}

TEST(SessionFile, damageIsOneSentenceWithTheName) {
  const std::string text = sessionToText(sample());
  for (size_t length = 0; length + 2 < text.size(); length += 7) {
    const auto result = parseSession(text.substr(0, length), "tonight.latent-session");
    ASSERT_FALSE(result) << length;
    EXPECT_EQ(result.error().fault, Fault::input);
    EXPECT_EQ(result.error().message.find("tonight.latent-session cannot be opened as a session: "), 0u);
  }
  for (const char* key : {"runs", "focus", "pins", "window", "views", "format"}) {
    Json json = Json::parse(text);
    json[key] = "nonsense";
    EXPECT_FALSE(parseSession(json.dump(), "s")) << key;
    json.erase(key);
    EXPECT_FALSE(parseSession(json.dump(), "s")) << key;
  }
}

TEST(SessionFile, newerFormatsAreNamed) {
  Json json = Json::parse(sessionToText(sample()));
  json["format"] = 2;
  const auto result = parseSession(json.dump(), "s");
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("newer version"), std::string::npos);
}

TEST(SessionFile, endlessNestingIsRefused) {
  EXPECT_FALSE(parseSession("{\"views\":" + std::string(100'000, '['), "s"));
}

} // namespace
} // namespace latent
