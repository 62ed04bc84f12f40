// Reports on the disk: saved ones that come back, folders that appear whole or not at all, captions.
#include "core/io/files.h"
#include "core/run/figures.h"
#include "core/run/report/report.h"
#include "core/run/report/whole_folder.h"
#include "tests/core/run/report/written_runs.h"

#include <fstream>
#include <gmock/gmock.h>

namespace latent {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

Figure curve(double height) {
  CurvesPanel panel;
  panel.series.push_back({.label = "a", .colour = "#000000", .x = {1, 2}, .y = {1, height}});
  Figure figure;
  figure.panels.emplace_back(std::move(panel));
  return figure;
}

Report sample() {
  Report report;
  report.title = "Title";
  for (const char* id : {"one", "two"}) {
    ReportItem item;
    item.id = id;
    item.figure = std::make_shared<const Figure>(curve(2));
    report.items.push_back(std::move(item));
  }
  return report;
}

std::vector<std::string> namesIn(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

TEST(SavedReport, ComesBackAndDropsWhatIsGone) {
  const Scratch scratch;
  const fs::path folder = scratch / "Bericht ä.latent-report";
  Report report = sample();
  ASSERT_TRUE(saveReport(folder, report));
  auto back = openReport(folder);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(reportToJson(*back), reportToJson(report));

  report.items.erase(report.items.begin());
  ASSERT_TRUE(saveReport(folder, report));
  EXPECT_THAT(namesIn(folder), testing::ElementsAre("report.json", "two.figure"));
}

TEST(SavedReport, WritesAFigureAgainOnlyWhereItChanged) {
  const Scratch scratch;
  const fs::path folder = scratch / "r";
  Report report = sample();
  ASSERT_TRUE(saveReport(folder, report));
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (const char* name : {"one.figure", "two.figure"}) fs::last_write_time(folder / name, old);
  report.items[1].figure = std::make_shared<const Figure>(curve(3));
  ASSERT_TRUE(saveReport(folder, report));
  EXPECT_EQ(fs::last_write_time(folder / "one.figure"), old);
  EXPECT_NE(fs::last_write_time(folder / "two.figure"), old);
  const auto back = openReport(folder);
  ASSERT_TRUE(back);
  EXPECT_EQ(figureChecksum(*back->items[1].figure), figureChecksum(curve(3)));
}

TEST(SavedReport, RefusesFoldersOfOthersAndDamagedFiles) {
  const Scratch scratch;
  fs::create_directories(scratch / "other");
  ASSERT_TRUE(writeTextAtomically(scratch / "other" / "mine.figure", "x"));
  EXPECT_EQ(saveReport(scratch / "other", sample()).error().fault, Fault::usage);
  EXPECT_EQ(openReport(scratch / "other").error().fault, Fault::input);

  const fs::path folder = scratch / "r";
  ASSERT_TRUE(saveReport(folder, sample()));
  const auto whole = *readText(folder / "one.figure");
  for (const size_t length : {size_t{0}, size_t{7}, size_t{30}, whole.size() - 1}) {
    ASSERT_TRUE(writeTextAtomically(folder / "one.figure", whole.substr(0, length)));
    const auto opened = openReport(folder);
    ASSERT_FALSE(opened) << length;
    EXPECT_EQ(opened.error().fault, Fault::input);
    EXPECT_EQ(std::ranges::count(opened.error().message, '\n'), 0);
  }
  fs::remove(folder / "one.figure");
  EXPECT_EQ(openReport(folder).error().fault, Fault::input);
}

TEST(WholeFolder, AppearsAtTheEndOrNotAtAll) {
  const Scratch scratch;
  const fs::path place = scratch / "report";
  {
    auto folder = detail::WholeFolder::begin(place);
    ASSERT_TRUE(folder) << folder.error().message;
    ASSERT_TRUE(writeTextAtomically((*folder)->path() / "main.tex", detail::markedText("text\n")));
    EXPECT_FALSE(fs::exists(place));
  } // not finished
  EXPECT_THAT(namesIn(scratch.path()), testing::IsEmpty());
  for (const char* text : {"first\n", "second\n"}) {
    auto folder = detail::WholeFolder::begin(place);
    ASSERT_TRUE(folder) << folder.error().message;
    ASSERT_TRUE(writeTextAtomically((*folder)->path() / "main.tex", detail::markedText(text)));
    ASSERT_TRUE((*folder)->finish());
    EXPECT_THAT(*readText(place / "main.tex"), testing::StartsWith(text));
  }
  EXPECT_THAT(namesIn(scratch.path()), testing::ElementsAre("report"));
}

TEST(WholeFolder, LeavesWhatIsNotItsOwn) {
  const Scratch scratch;
  const auto refused = [&](const fs::path& place) {
    const auto folder = detail::WholeFolder::begin(place);
    EXPECT_FALSE(folder);
    if (folder) return std::string();
    EXPECT_EQ(folder.error().fault, Fault::usage);
    return folder.error().message;
  };
  const fs::path place = scratch / "report";
  fs::create_directories(place / "figures");
  ASSERT_TRUE(writeTextAtomically(place / "main.tex", "mine"));
  EXPECT_THAT(refused(place), HasSubstr("holds other files"));
  ASSERT_TRUE(writeTextAtomically(place / "main.tex", detail::markedText("{figures/a.pdf}\n")));
  ASSERT_TRUE(writeTextAtomically(place / "figures" / "a.pdf", "x"));
  EXPECT_TRUE(detail::WholeFolder::begin(place));
  ASSERT_TRUE(writeTextAtomically(place / "figures" / "mine.pdf", "x"));
  EXPECT_THAT(refused(place), HasSubstr("figures/mine.pdf"));
  fs::remove(place / "figures" / "mine.pdf");
  ASSERT_TRUE(writeTextAtomically(place / "main.tex", "edited " + *readText(place / "main.tex")));
  EXPECT_THAT(refused(place), HasSubstr("was edited"));
  EXPECT_THAT(refused(place / "main.tex"), HasSubstr("is a file"));
  EXPECT_EQ(detail::WholeFolder::begin(scratch / "nowhere/report").error().fault, Fault::work);
}

TEST(Writers, LeaveNothingAfterACancel) {
  const Scratch scratch;
  JobControl control;
  control.cancel();
  for (const auto write : {writeReportLatex, writeReportPdf, writeReportHtml}) {
    EXPECT_FALSE(write(sample(), scratch / "report", {}, control));
    EXPECT_THAT(namesIn(scratch.path()), testing::IsEmpty());
  }
  EXPECT_EQ(writeReportLatex(sample(), scratch / "report", {}, control).error().fault, Fault::interrupted);
}

TEST(Writers, RefuseAnEmptyReportAndAWidthWithoutMargins) {
  const Scratch scratch;
  JobControl control;
  for (const auto write : {writeReportLatex, writeReportPdf, writeReportHtml}) {
    EXPECT_EQ(write(Report(), scratch / "report", {}, control).error().fault, Fault::usage);
    EXPECT_EQ(write(sample(), scratch / "report", {.widthMm = 300}, control).error().fault, Fault::usage);
  }
  EXPECT_THAT(namesIn(scratch.path()), testing::IsEmpty());
}

TEST(Captions, NameTheSettingsOfTheRuns) {
  const Scratch scratch;
  std::vector<RunFolder> runs;
  for (const char* family : {"ae", "vae"})
    for (const int64_t latent : {2, 10})
      runs.push_back(
          writeRun(scratch / (family + std::to_string(latent)), {.family = family, .latent = latent}));
  CurvesOptions view;
  view.series = {"recon"};
  view.splits = {"test"};
  const auto figure = curvesFigure(runs, view);
  ASSERT_TRUE(figure) << figure.error().message;
  EXPECT_EQ(captionOf(*figure),
            "The reconstruction term −log p(x|z) over the epochs of training, on the test "
            "images (solid). AE and VAE, N_z = 2 and 10, Bars, 2 epochs (step 26), seed 1.");
  const auto one = curvesFigure({runs[0], runs[3]}, view);
  ASSERT_TRUE(one);
  EXPECT_THAT(captionOf(*one), HasSubstr("AE (N_z = 2) and VAE (N_z = 10), Bars, "));
}

TEST(Captions, OfAnyProvenanceAreWords) {
  for (const char* kind :
       {"plane", "curves", "reconstruct", "sample", "traverse", "interpolate", "decode", "noise", "x"})
    for (const Json& odd : {Json(), Json(3), Json("x"), Json::array({1, "a", nullptr}), Json::object()}) {
      Figure figure;
      figure.title = "Title";
      figure.provenance = {{"kind", kind}, {"view", odd}, {"runs", Json::array({odd})}};
      EXPECT_FALSE(captionOf(figure).empty()) << kind;
      figure.provenance = {{"kind", kind},
                           {"view", {{"items", odd}, {"range", odd}, {"sigmas", odd}, {"curves", true}}},
                           {"runs", odd}};
      EXPECT_FALSE(captionOf(figure).empty()) << kind;
    }
  EXPECT_EQ(captionOf(Figure()), "");
}

} // namespace
} // namespace latent
