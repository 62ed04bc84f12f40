// A report's texts, ids and file.
#include "core/figure/report.h"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string spans(const std::string& text) {
  std::string shown;
  for (const TextSpan& span : spansOf(text)) shown += span.lowered ? "<" + span.text + ">" : span.text;
  return shown;
}

TEST(ReportText, LowersWhatStandsBehindALetterAndAnUnderscore) {
  EXPECT_EQ(spans("N_z = 2, z_10, D_KL."), "N<z> = 2, z<10>, D<KL>.");
  EXPECT_EQ(spans("run_a, my_file, a_b_c, N_, _z, x_long"), "run_a, my_file, a_b_c, N_, _z, x_long");
  EXPECT_EQ(spans("N_z"), "N<z>");
  EXPECT_EQ(spans(""), "");
}

TEST(ReportText, HasParagraphs) {
  EXPECT_THAT(paragraphsOf("a\n b \n\n \n\nc"), ElementsAre("a b", "c"));
  EXPECT_TRUE(paragraphsOf(" \n\r\n").empty());
}

TEST(ReportIds, AreUniqueNamesOfFiles) {
  Report report;
  EXPECT_EQ(freshItemId(report, "Plane: VAE z2"), "plane-vae-z2");
  EXPECT_EQ(freshItemId(report, "../.."), "item");
  EXPECT_TRUE(isItemId(freshItemId(report, std::string(500, 'x'))));
  for (const char* id : {"a", "a-2"}) report.items.push_back({.id = id, .figure = {}, .table = Table()});
  EXPECT_EQ(freshItemId(report, "a"), "a-3");
  for (const char* bad : {"", "A", "a/b", "..", "ä"}) EXPECT_FALSE(isItemId(bad)) << bad;
}

Report sample() {
  Report report;
  report.title = "Title";
  report.introduction = "One.\n\nTwo.";
  ReportItem figure, table;
  figure.id = "f";
  figure.figure = std::make_shared<const Figure>();
  figure.caption = "N_z";
  table.id = "t";
  table.heading = "Head";
  table.table = Table{"", {{"a", "", false, 0}}, {{{"b", {}, {}}}}, {}};
  report.items = {figure, table};
  return report;
}

TEST(ReportFile, ComesBack) {
  const std::string text = reportToJson(sample()).dump();
  const auto report = parseReport(text, "r");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(reportToJson(*report).dump(), text);
}

TEST(ReportFile, RefusesEveryPieceOfItself) {
  const std::string text = reportToJson(sample()).dump();
  for (size_t length = 0; length < text.size(); ++length) {
    const auto report = parseReport(text.substr(0, length), "r");
    ASSERT_FALSE(report) << length;
    EXPECT_EQ(report.error().fault, Fault::input);
    EXPECT_THAT(report.error().message, HasSubstr("The report r cannot be opened: "));
  }
}

TEST(ReportFile, RefusesWhatIsNoReport) {
  const auto sentence = [](const std::function<void(Json&)>& change) {
    Json json = reportToJson(sample());
    change(json);
    const auto report = parseReport(json.dump(), "r");
    return report ? "accepted" : report.error().message;
  };
  EXPECT_THAT(sentence([](Json& json) { json["format"] = 2; }), HasSubstr("newer version"));
  EXPECT_THAT(sentence([](Json& json) { json["items"][0]["id"] = "../x"; }), HasSubstr("a-z, 0-9"));
  EXPECT_THAT(sentence([](Json& json) { json["items"][1]["id"] = "f"; }), HasSubstr("another item"));
  EXPECT_THAT(sentence([](Json& json) { json["items"][0].erase("figure"); }), HasSubstr("neither"));
  EXPECT_THAT(sentence([](Json& json) { json["items"] = 3; }), HasSubstr("not a list"));
  EXPECT_THAT(sentence([](Json& json) { json["title"] = nullptr; }), HasSubstr("report.title"));
  EXPECT_THAT(parseReport(std::string(200, '['), "r").error().message, HasSubstr("too deeply"));
}

TEST(FigureChecksum, TellsFiguresApart) {
  Figure figure;
  figure.panels.emplace_back(CurvesPanel());
  const std::string first = figureChecksum(figure);
  EXPECT_EQ(figureChecksum(figure), first);
  std::get<CurvesPanel>(figure.panels[0])
      .series.push_back({.label = "a", .colour = "#000000", .x = {1}, .y = {2}});
  const std::string second = figureChecksum(figure);
  EXPECT_NE(second, first);
  std::get<CurvesPanel>(figure.panels[0]).series[0].y = {3};
  EXPECT_NE(figureChecksum(figure), second);
}

} // namespace
} // namespace latent
