// Pages of figures as `latent` writes them: sizes, words, fonts, greys, PGFPlots code, and what stays behind.
#include "core/figure/provenance_reader.h"
#include "core/io/files.h"
#include "tests/app/cli/trained_pair.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <regex>

namespace latent {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// What a command of the shell says; nothing where it fails or is not installed.
std::string said(const std::string& command) {
  FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return "";
  std::string text;
  std::array<char, 4096> part{};
  for (size_t got = 0; (got = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
    text.append(part.data(), got);
  return ::pclose(pipe) == 0 ? text : "";
}

bool has(const std::string& program) {
  return !said("command -v " + program).empty();
}

class Pages : public TrainedPair {
 protected:
  static void SetUpTestSuite() { trainPair(2, 1); }
  static Json pageOf(const std::string& file) {
    const auto read = readProvenance(path(file));
    return read ? read->value("page", Json()) : Json(read.error().message);
  }
};

TEST_F(Pages, TexAndNumbersStandBesideTheFile) {
  expectDone({"curves", path("vae"), path("ae"), "--tex", "--out", path("my Größe 50%.csv")});
  const std::string tex = bytesOf(path("my Größe 50%.tex"));
  EXPECT_THAT(tex, HasSubstr("my Größe 50%.csv"));
  EXPECT_THAT(tex, HasSubstr("latent row=0 curve 0"));
  EXPECT_THAT(bytesOf(path("my Größe 50%.csv")),
              HasSubstr("panel,kind,series,index,x,y,value,name\n0,curve,0,0,"));
  if (!has("pdflatex") || said("kpsewhich pgfplots.sty").empty())
    GTEST_SKIP() << "pdflatex with pgfplots is not installed";
  // A shell hands the name to TeX, which takes what follows "%" as a comment.
  EXPECT_THAT(said("cd '" + scratch->path().string() +
                   "' && cp my*.tex plot.tex && pdflatex -halt-on-error -interaction=nonstopmode plot"),
              HasSubstr("Output written"));
}

TEST_F(Pages, WhatHasOnlyImagesHasNoTex) {
  expectError({"reconstruct", path("vae"), "--tex", "--out", path("r.csv")}, 2, "only images");
  expectError({"sample", path("vae"), "--tex", "--out", path("s.npy")}, 2, "--tex goes with a figure");
  EXPECT_FALSE(fs::exists(path("r.csv")) || fs::exists(path("r.tex")));
}

TEST_F(Pages, ChoicesStandInTheProvenance) {
  expectDone({"curves", path("vae"), "--size", "slide", "--font-size", "14", "--legend", "below",
              "--greyscale", "--smooth", "--title", "50 % & π", "--sidecar", "--out", path("c.csv")});
  Json page = pageOf("c.json");
  EXPECT_EQ(page["widthMm"], 254);
  EXPECT_EQ(page["heightMm"], 142.875);
  EXPECT_EQ(page["fontPoints"], 14);
  EXPECT_EQ(page["curvePoints"], 2);
  EXPECT_EQ(page["legend"], "below");
  EXPECT_EQ(page["greyscale"], true);
  EXPECT_EQ(page["smooth"], true);
  EXPECT_EQ(page["title"], "50 % & π");
  expectDone({"figure", "--from", path("c.json"), "--sidecar", "--out", path("c2.csv")});
  EXPECT_EQ(pageOf("c2.json"), page);
  expectDone({"figure", "--from", path("c.json"), "--size", "one-column", "--no-title", "--colour",
              "--no-smooth", "--legend", "right", "--line-width", "1.5", "--sidecar", "--out",
              path("c3.csv")});
  page = pageOf("c3.json");
  EXPECT_EQ(page["widthMm"], 84);
  EXPECT_EQ(page["heightMm"], 0);
  EXPECT_EQ(page["fontPoints"], 8);
  EXPECT_EQ(page["curvePoints"], 1.5);
  EXPECT_EQ(page["legend"], "right");
  EXPECT_EQ(page["greyscale"], false);
  EXPECT_EQ(page["smooth"], false);
  EXPECT_EQ(page["title"], "");
}

TEST_F(Pages, WhatIsNoPageIsRefused) {
  const auto refused = [&](const Words& more, const std::string& text) {
    Words words{"curves", path("vae"), "--out", path("no.csv")};
    words.insert(words.end(), more.begin(), more.end());
    expectError(words, 2, text);
  };
  refused({"--size", "poster"}, "--size");
  refused({"--height", "5"}, "--height");
  refused({"--font-size", "0"}, "--font-size");
  refused({"--line-width", "wide"}, "--line-width");
  refused({"--legend", "left"}, "--legend");
  refused({"--title", "x", "--no-title"}, "title");
  EXPECT_FALSE(fs::exists(path("no.csv")));
}

TEST_F(Pages, NothingIsLeftWhereAFileCannotBeWritten) {
  expectError({"curves", path("vae"), "--out", path("none/c.csv")}, 4, "is not there");
  fs::create_directories(path("taken/c.csv")); // no file can stand there
  expectError({"curves", path("vae"), "--out", path("taken/c.csv")}, 4, "taken/c.csv");
  EXPECT_EQ(std::distance(fs::directory_iterator(path("taken")), {}), 1);
}

#ifdef LATENT_FIGURES
const std::vector<Words> kinds = {
    {"curves", "--series", "loss,recon"},
    {"plane", "--rows", "6", "--columns", "6", "--points", "500"},
    {"reconstruct"},
    {"traverse", "--frames", "5"},
    {"noise", "--sigmas", "0,1", "--items", "3", "--subjects", "20", "--no-classes"}};

TEST_F(Pages, EveryKindHasTheSizeOfEachPresetAndItsWordsAreText) {
  if (!has("pdfinfo") || !has("pdffonts") || !has("pdftotext"))
    GTEST_SKIP() << "poppler's programs are not installed";
  struct Preset {
    const char* name;
    double width, height;
  };
  for (const Preset& preset :
       {Preset{"one-column", 84, 0}, {"two-columns", 174, 0}, {"slide", 254, 142.875}}) {
    for (const Words& kind : kinds) {
      const std::string file = path("page größe.pdf");
      Words words{kind.front(), path("vae"), "--size", preset.name, "--title", "Größe of it", "--out", file};
      words.insert(words.end(), kind.begin() + 1, kind.end());
      expectDone(words);
      const std::string facts = said("pdfinfo '" + file + "'");
      std::smatch size;
      ASSERT_TRUE(std::regex_search(facts, size, std::regex("Page size: *([0-9.]+) x ([0-9.]+) pts")))
          << facts;
      const double width = std::stod(size[1]) * 25.4 / 72, height = std::stod(size[2]) * 25.4 / 72;
      EXPECT_NEAR(width, preset.width, 0.1) << kind.front();
      if (preset.height > 0) {
        EXPECT_NEAR(height, preset.height, 0.1) << kind.front();
      }
      EXPECT_THAT(facts, HasSubstr("Pages:           1"));
      EXPECT_THAT(said("pdftotext '" + file + "' -"), HasSubstr("Größe of it")) << kind.front();
      const std::string fonts = said("pdffonts '" + file + "'");
      EXPECT_THAT(fonts, HasSubstr("Roboto"));
      EXPECT_THAT(fonts, Not(testing::ContainsRegex(" no +(yes|no) +(yes|no) +[0-9]+ +0")))
          << fonts; // embedded
    }
  }
}

TEST_F(Pages, AnSvgIsValidAndAPngHasItsResolution) {
  expectDone({"plane", path("vae"), "--rows", "4", "--columns", "4", "--points", "100", "--greyscale",
              "--legend", "right", "--out", path("p q.svg")});
  EXPECT_THAT(bytesOf(path("p q.svg")), HasSubstr("<svg width=\"84mm\" height=\""));
  if (has("xmllint")) {
    EXPECT_EQ(std::system(("xmllint --noout '" + path("p q.svg") + "'").c_str()), 0);
  }
  expectDone({"curves", path("vae"), "--size", "slide", "--dpi", "150", "--out", path("c.png")});
  const std::string png = bytesOf(path("c.png"));
  const auto number = [&](size_t at) {
    uint32_t value = 0;
    for (size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<uint8_t>(png.at(at + i));
    return value;
  };
  EXPECT_EQ(number(16), 1500U);         // of the slide's 10 inches
  EXPECT_NEAR(number(20), 843.75, 0.6); // and 5.625 of them
  const size_t physical = png.find("pHYs");
  ASSERT_NE(physical, std::string::npos);
  EXPECT_EQ(number(physical + 4), 5906U); // dots a metre
}

TEST_F(Pages, PicturesHaveTheirTexBesideThemAndNothingElse) {
  fs::create_directory(path("out"));
  expectDone({"curves", path("vae"), path("ae"), "--tex", "--sidecar", "--out", path("out/c.pdf")});
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path("out"))) names.push_back(entry.path().filename());
  EXPECT_THAT(names, testing::UnorderedElementsAre("c.pdf", "c.tex", "c.csv", "c.json"));
  expectError({"reconstruct", path("vae"), "--tex", "--out", path("out/r.pdf")}, 2, "only images");
  EXPECT_FALSE(fs::exists(path("out/r.pdf")));
}
#endif

} // namespace
} // namespace latent
