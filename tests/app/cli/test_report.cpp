// latent report and latent table: from runs to pages, and what is said where that cannot be.
#include "core/data/catalogue.h"
#include "core/figure/provenance_reader.h"
#include "core/figure/report.h"
#include "core/io/files.h"
#include "core/models/compute.h"
#include "core/run/figure_again.h"
#include "tests/app/cli/program.h"
#include "tests/core/io/scratch.h"

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <unistd.h>

namespace latent {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

bool installed(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

class CliReport : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch = std::make_unique<Scratch>();
    setComputeThreads(1);
    ::setenv("XDG_CACHE_HOME", path("cache").c_str(), 1);
    for (const char* family : {"vae", "ae"}) train(family, "2");
    train("vae", "3");
    expectDone({"report", path("ae2"), path("vae2"), "--out", saved()});
  }
  static void TearDownTestSuite() { scratch.reset(); }
  static std::string path(const std::string& name) { return (*scratch / name).string(); }
  static std::string saved() { return path("report.latent-report"); }
  static void train(const std::string& family, const std::string& latent) {
    const Outcome trained = runLatent({"train", "--model", family, "--dataset", "digits", "--latent", latent,
                                       "--set", "hidden=16", "--set", "batch=1000", "--threads", "1",
                                       "--epochs", "1", "--out", path(family + latent)});
    ASSERT_EQ(trained.exitCode, 0) << trained.errors;
  }
  static Outcome expectDone(const Words& words) {
    Outcome outcome = runLatent(words);
    EXPECT_EQ(outcome.exitCode, 0) << outcome.errors;
    return outcome;
  }
  static void expectError(const Words& words, int code, const std::string& text) {
    const Outcome outcome = runLatent(words);
    EXPECT_EQ(outcome.exitCode, code) << outcome.errors;
    EXPECT_THAT(outcome.errors, HasSubstr(text));
  }
  static std::string textOf(const fs::path& file) {
    const auto text = readText(file, int64_t{1} << 28);
    return text ? *text : text.error().message;
  }
  /// The saved report with texts that every format must take.
  static std::string hostile() {
    auto report = readReport(saved());
    if (!report) throw std::runtime_error(report.error().message);
    std::string all;
    for (char32_t c = 1; c < 0x3000; ++c) {
      if (c < 0x80)
        all += static_cast<char>(c);
      else if (c < 0x800)
        all += {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))};
      else
        all += {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
                static_cast<char>(0x80 | (c & 0x3F))};
      if (c % 8 == 0) all += ' ';
    }
    report->title = "50 % of \\input{x} & <b>ä</b> $\\sigma$ _ ^ ~ # {";
    report->author = "N_z \"Å. Ångström\" --- 中";
    report->introduction = all + "\n\n\xFF\xC3 end";
    report->items[0].heading = "\\end{document} ]]> & -->";
    report->items[0].caption = "A_b [c] \\\\ % & N_z </figcaption>";
    report->items[0].notes = "One.\n\n[Two] *";
    std::string folder = path("hostile.latent-report");
    fs::create_directories(folder);
    for (const auto& entry : fs::directory_iterator(saved()))
      fs::copy(entry.path(), fs::path(folder) / entry.path().filename(),
               fs::copy_options::overwrite_existing);
    EXPECT_TRUE(
        writeTextAtomically(fs::path(folder) / "report.json",
                            reportToJson(*report).dump(1, ' ', false, Json::error_handler_t::replace)));
    return folder;
  }
  static inline std::unique_ptr<Scratch> scratch;
};

TEST_F(CliReport, IsMadeOfAPair) {
  const auto report = readReport(saved());
  ASSERT_TRUE(report) << report.error().message;
  std::vector<std::string> ids;
  for (const ReportItem& item : report->items) {
    ids.push_back(item.id);
    EXPECT_FALSE(item.caption.empty()) << item.id;
    EXPECT_TRUE(item.table || item.caption.find("N_z = 2") != std::string::npos) << item.caption;
  }
  EXPECT_THAT(ids, testing::ElementsAre("curves-recon", "curves-elbo", "reconstructions-z2", "plane-codes",
                                        "plane-images", "samples", "noise-z2", "noise-spread-z2", "runs"));
}

// Panels and all: samples stand in the report's blocks, not in the layout of `latent sample`.
TEST_F(CliReport, ItsFiguresComeBackAsTheyWere) {
  const auto report = readReport(saved());
  ASSERT_TRUE(report) << report.error().message;
  for (const ReportItem& item : report->items) {
    if (!item.figure) continue;
    const auto recipe = figureRecipe(Json::parse(item.figure->provenance.dump()), path(item.id + ".pdf"));
    ASSERT_TRUE(recipe) << recipe.error().message;
    const RecipeSources found = findRecipeRuns(*recipe, {});
    ASSERT_TRUE(found.missing.empty()) << missingError(*recipe, found).message;
    JobControl control;
    auto again = figureAgain(
        *recipe, found.sources, item.figure->widthMm,
        [](const FigureSource&) { return openDataset("digits", {}); }, control);
    ASSERT_TRUE(again) << item.id << ": " << again.error().message;
    EXPECT_EQ(again->provenance["view"].dump(), item.figure->provenance["view"].dump()) << item.id;
    Figure panels = *item.figure; // in place of its own, on the report's page
    panels.panels = again->panels;
    ASSERT_TRUE(writeFigure(path("was.figure"), *item.figure));
    ASSERT_TRUE(writeFigure(path("is.figure"), panels));
    EXPECT_TRUE(textOf(path("is.figure")) == textOf(path("was.figure"))) << item.id;
    EXPECT_EQ(again->panelColumns, item.figure->panelColumns) << item.id;
  }
}

TEST_F(CliReport, NamesTheCommandsOfMissingRuns) {
  const Outcome outcome = runLatent({"report", path("vae3"), "--out", path("none.latent-report")});
  EXPECT_EQ(outcome.exitCode, 2);
  EXPECT_FALSE(fs::exists(path("none.latent-report")));
  EXPECT_THAT(outcome.errors, HasSubstr("latent train --model ae --dataset digits --latent 3 --set hidden=16 "
                                        "--set batch=1000 --epochs 1 --seed 1"));
  EXPECT_THAT(outcome.errors, HasSubstr("--model vae --dataset digits --latent 2 "));
}

TEST_F(CliReport, RefusesWhatItCannotDo) {
  expectError({"report", "--out", path("x.pdf")}, 2, "either run folders or --open");
  expectError({"report", "--open", saved(), "--out", path("x.docx.csv")}, 2, "not as .csv");
  expectError({"report", "--open", path("nothing"), "--out", path("x.html")}, 3, "no saved report");
  expectError({"report", "--open", saved(), "--out", path("nowhere/x.html")}, 4, "is not there");
  expectError({"table", path("vae2"), "--out", path("x.docx")}, 2, "names no kind of table");
  expectError({"table", path("nothing")}, 3, "nothing");
}

TEST_F(CliReport, TablesGoToFilesAndStandardOutput) {
  const Outcome shown = expectDone({"table", path("vae2"), path("ae2"), "--format", "csv"});
  EXPECT_THAT(shown.out, testing::StartsWith("Model,Latents,Epochs,Seeds,recon,KL,ELBO\nAE,2,1,1,"));
  expectDone({"table", path("vae2"), path("ae2"), "--out", path("t.csv")});
  EXPECT_EQ(textOf(path("t.csv")), shown.out);
  EXPECT_THAT(expectDone({"table", path("ae2"), "--format", "tex"}).out, HasSubstr("\\toprule"));
  EXPECT_THAT(expectDone({"table", path("ae2"), "--format", "md", "--each-run"}).out, HasSubstr("| AE z2 "));
}

#ifdef LATENT_FIGURES

TEST_F(CliReport, LatexCompilesWithAnyText) {
  const std::string folder = path("tex ä");
  expectDone({"report", "--open", hostile(), "--out", folder});
  const std::string text = textOf(fs::path(folder) / "main.tex");
  EXPECT_THAT(text, HasSubstr("\\includegraphics[width=160mm"));
  EXPECT_THAT(text, HasSubstr("\\label{fig:noise-z2}"));
  EXPECT_THAT(readProvenance(fs::path(folder) / "figures" / "plane-codes.pdf").value()["kind"], "plane");
  EXPECT_TRUE(fs::exists(fs::path(folder) / "figures" / "curves-recon.csv"));
  EXPECT_TRUE(fs::exists(fs::path(folder) / "tables" / "runs.tex"));
  expectDone({"report", "--open", saved(), "--out", folder}); // replaces one that nobody edited
  expectDone({"report", "--open", hostile(), "--out", folder});
  if (!installed("pdflatex")) GTEST_SKIP() << "pdflatex is not installed";
  const std::string compile = "cd '" + folder +
                              "' && pdflatex -interaction=nonstopmode -halt-on-error main.tex > "
                              "../tex.log 2>&1";
  EXPECT_EQ(std::system(compile.c_str()), 0) << textOf(path("tex.log"));
}

TEST_F(CliReport, PdfHasItsFontsAndItsText) {
  const std::string file = path("report ü.pdf");
  expectDone({"report", "--open", saved(), "--out", file, "--title", "Über N_z", "--author", "Me"});
  const auto provenance = readProvenance(file);
  ASSERT_TRUE(provenance) << provenance.error().message;
  EXPECT_EQ((*provenance)["kind"], "report");
  EXPECT_EQ((*provenance)["figures"].size(), 8U);
  if (!installed("pdftotext") || !installed("pdffonts")) GTEST_SKIP() << "poppler's tools are not installed";
  ASSERT_EQ(std::system(("pdftotext '" + file + "' '" + path("pdf.txt") + "'").c_str()), 0);
  const std::string text = textOf(path("pdf.txt"));
  for (const char* words : {"Über", "Figure 8.", "Table 1.", "Latent planes", "seed 1"})
    EXPECT_THAT(text, HasSubstr(words));
  ASSERT_EQ(std::system(("pdffonts '" + file + "' > '" + path("fonts.txt") + "'").c_str()), 0);
  const std::string fonts = textOf(path("fonts.txt"));
  EXPECT_THAT(fonts, HasSubstr("Roboto"));
  EXPECT_THAT(fonts, Not(HasSubstr(" no  no ")));
}

TEST_F(CliReport, HtmlNeedsNothingElse) {
  const std::string file = path("report.html");
  expectDone({"report", "--open", hostile(), "--out", file});
  const std::string text = textOf(file);
  for (const char* link : {"src=\"", "href=\""})
    for (size_t at = text.find(link); at != std::string::npos; at = text.find(link, at + 1))
      EXPECT_EQ(text.compare(at + std::string(link).size(), 5, "data:"), 0) << text.substr(at, 60);
  for (const char* outside : {"@import", "url(", "<script", "<b>ä</b>", "</figcaption> "})
    EXPECT_THAT(text, Not(HasSubstr(outside)));
  EXPECT_THAT(text, HasSubstr("N<sub>z</sub>"));
  EXPECT_THAT(text, HasSubstr("prefers-color-scheme: dark"));
  if (!installed("xmllint")) GTEST_SKIP() << "xmllint is not installed";
  EXPECT_EQ(std::system(("xmllint --huge --noout '" + file + "' > '" + path("xml.log") + "' 2>&1").c_str()),
            0)
      << textOf(path("xml.log"));
}

TEST_F(CliReport, AFailedOneLeavesNothing) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fs::create_directories(path("locked"));
  fs::permissions(path("locked"), fs::perms::owner_read | fs::perms::owner_exec);
  for (const char* name : {"x.pdf", "x.html", "x"})
    expectError({"report", "--open", saved(), "--out", path("locked/") + name}, 4, "ermission");
  EXPECT_TRUE(fs::is_empty(path("locked")));
  fs::permissions(path("locked"), fs::perms::owner_all);
}

#endif

} // namespace
} // namespace latent
