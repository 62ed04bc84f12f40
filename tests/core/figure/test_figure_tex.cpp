// PGFPlots code of figures: it compiles where TeX is installed, and the CSV holds the numbers that it draws.
#include "core/figure/figure_tex.h"
#include "core/figure/table.h"
#include "core/io/files.h"
#include "core/io/lines.h"
#include "tests/core/io/scratch.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace latent {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

FigureSeries noisy(const std::string& label, int run) {
  FigureSeries series{label, runColour(run), run % 4, {}, {}};
  series.marker = run % 4;
  for (int i = 1; i <= 60; ++i) {
    series.x.push_back(i / 3.0);
    series.y.push_back(i == 20 ? nan : 100.0 / (i + run) + 0.1 * (run + 1));
    series.lower.push_back(series.y.back() * 0.9);
    series.upper.push_back(series.y.back() * 1.1);
  }
  return series;
}

Figure curves() {
  CurvesPanel panel;
  panel.title = "50 % & more_or #less";
  panel.xLabel = "σ of the noise, {in} units";
  panel.yLabel = "N₂ ~ \"loss\" ^ $1 \\ x";
  panel.series = {noisy("VAE z2, 50 % of x_1 & #2 σ₂ {", 0), noisy("AE \\ trailing \\", 1),
                  noisy("β-VAE, β = -4", 2)};
  Figure figure;
  figure.title = "Größe 100 % – AE_1 & VAE #2";
  figure.heightMm = 60;
  figure.panels = {panel};
  return figure;
}

Figure scatter(int64_t points) {
  PlanePanel panel;
  panel.rect = {-3, 3, -2, 2};
  panel.classes = {"T-shirt/top", "Bag & 50 %", "π"};
  for (int64_t i = 0; i < points; ++i) {
    panel.pointX.push_back(std::sin(static_cast<float>(i)) * 2.5F);
    panel.pointY.push_back(std::cos(static_cast<float>(3 * i)) * 1.5F);
    panel.pointLabel.push_back(i % 4 - 1);
  }
  panel.rings = {1, 2};
  PlaneEllipse ellipse;
  ellipse.halfX = 0.4;
  ellipse.halfY = 0.2;
  ellipse.label = 1;
  ellipse.angle = 0.3;
  panel.ellipses = {ellipse};
  panel.marks = {{PlaneMark::Kind::point, 0.1, 0.2, "z_1"}};
  Figure figure;
  figure.heightMm = 0;
  figure.panels = {panel};
  return figure;
}

Figure images() {
  ImagesPanel panel;
  panel.rows = panel.columns = panel.height = panel.width = 1;
  panel.pixels = {7};
  Figure figure;
  figure.panels = {panel};
  return figure;
}

bool hasTex() {
  return std::system("pdflatex --version >/dev/null 2>&1 && kpsewhich pgfplots.sty >/dev/null 2>&1") == 0;
}

/// The log of a compilation of `name`.tex in that folder.
std::string logOf(const fs::path& folder, const std::string& name) {
  const std::string command = "cd '" + folder.string() +
                              "' && pdflatex -halt-on-error -interaction=nonstopmode '" + name +
                              ".tex' >/dev/null 2>&1";
  const bool well = std::system(command.c_str()) == 0;
  const auto log = readText(folder / (name + ".log"), int64_t{1} << 26);
  return (well ? "compiled\n" : "failed\n") + (log ? *log : std::string("no log"));
}

void expectCompiles(const Figure& figure, const std::string& name, bool insideAlso = false) {
  const Scratch scratch;
  const auto tex = figureToTex(figure, name + ".csv");
  ASSERT_TRUE(tex) << tex.error().message;
  ASSERT_TRUE(writeTextAtomically(scratch / "plot.tex", *tex));
  ASSERT_TRUE(writeTextAtomically(scratch / (name + ".csv"), figureToCsv(figure)));
  const std::string log = logOf(scratch / ".", "plot");
  EXPECT_THAT(log.substr(0, 9), "compiled\n") << log.substr(log.size() - std::min<size_t>(log.size(), 3000));
  EXPECT_THAT(log, Not(HasSubstr("has no coordinates")));
  EXPECT_THAT(log, HasSubstr("(1 page"));
  if (!insideAlso) return;
  // The same file inside of a document.
  ASSERT_TRUE(writeTextAtomically(scratch / "paper.tex",
                                  "\\documentclass{article}\\usepackage{pgfplots}"
                                  "\\usepgfplotslibrary{fillbetween,colormaps}"
                                  "\\pgfplotsset{compat=1.16}\\begin{document}A "
                                  "\\input{plot.tex} and \\input{plot.tex}\\end{document}"));
  const std::string paper = logOf(scratch / ".", "paper");
  EXPECT_THAT(paper.substr(0, 9), "compiled\n")
      << paper.substr(paper.size() - std::min<size_t>(paper.size(), 3000));
}

class FigureTex : public testing::Test {
 protected:
  void SetUp() override {
    if (!hasTex()) GTEST_SKIP() << "pdflatex with pgfplots is not installed";
  }
};

TEST_F(FigureTex, CurvesCompileWhateverTheirWords) {
  expectCompiles(curves(), "curves", true);
}

TEST_F(FigureTex, LogarithmicGreyCurvesCompileWithEachLegend) {
  for (const LegendPlace place : {LegendPlace::below, LegendPlace::right}) {
    Figure figure = curves();
    figure.legend = place;
    figure.greyscale = true;
    std::get<CurvesPanel>(figure.panels[0]).logX = std::get<CurvesPanel>(figure.panels[0]).logY = true;
    figure.panels.push_back(figure.panels[0]);
    figure.panelColumns = 2;
    figure.widthMm = 174;
    expectCompiles(figure, "log");
  }
}

TEST_F(FigureTex, TenThousandPointsCompile) {
  expectCompiles(scatter(10000), "points", false);
  Figure grey = scatter(300);
  grey.greyscale = true;
  expectCompiles(grey, "points");
}

TEST_F(FigureTex, PointsByNumberAndBarsCompile) {
  Figure figure = scatter(200);
  auto& plane = std::get<PlanePanel>(figure.panels[0]);
  plane.pointValue.assign(plane.pointX.size(), 0.5F);
  plane.pointValue[3] = 2;
  plane.valueName = "KL, nats";
  plane.valueHigh = 2;
  BarsPanel bars;
  bars.yLabel = "share, %";
  bars.values = {0.5, 0.25, 0};
  bars.labels = {"0", "a_b, c", "σ"};
  bars.colours = {"#0072B2", "#D55E00", "#0072b2"};
  figure.panels.push_back(bars);
  expectCompiles(figure, "mixed");
}

TEST_F(FigureTex, TheFileOfNumbersMayHaveAnyName) {
  for (const char* name : {"my 50% größe_1 & #2 ~", "two  blanks", "it's [x]"})
    expectCompiles(curves(), name);
}

TEST_F(FigureTex, AFigureToPasteCompilesByItself) {
  const Scratch scratch;
  std::string text =
      "\\documentclass{article}\\usepackage{pgfplots}\\usepgfplotslibrary{fillbetween,colormaps}"
      "\\pgfplotsset{compat=1.16}\\begin{document}\n";
  text +=
      figureToLatex(curves(), "50 % of _ & #", "unused.pdf") + figureToLatex(scatter(300), "", "unused.pdf");
  ASSERT_TRUE(writeTextAtomically(scratch / "paste.tex", text + "\\end{document}\n"));
  const std::string log = logOf(scratch / ".", "paste");
  EXPECT_THAT(log.substr(0, 9), "compiled\n") << log.substr(log.size() - std::min<size_t>(log.size(), 3000));
}

TEST_F(FigureTex, ThePageHasTheFiguresSize) {
  const Scratch scratch;
  ASSERT_TRUE(writeTextAtomically(scratch / "plot.tex", *figureToTex(curves(), "c.csv")));
  ASSERT_TRUE(writeTextAtomically(scratch / "c.csv", figureToCsv(curves())));
  ASSERT_THAT(logOf(scratch / ".", "plot").substr(0, 9), "compiled\n");
  const auto pdf = readText(scratch / "plot.pdf");
  ASSERT_TRUE(pdf);
  const size_t box = pdf->find("/MediaBox [");
  if (box == std::string::npos) GTEST_SKIP() << "this TeX writes its pages compressed";
  std::istringstream numbers(pdf->substr(box + 11, 60));
  double left = 1, lower = 1, width = 0, height = 0;
  numbers >> left >> lower >> width >> height;
  EXPECT_NEAR(width * 25.4 / 72, 84, 0.1);
  EXPECT_NEAR(height * 25.4 / 72, 60, 0.1);
}

TEST(FigureTexText, SaysWhatItReadsAndHowItLooks) {
  Figure figure = curves();
  std::get<CurvesPanel>(figure.panels[0]).logY = true;
  const auto tex = figureToTex(figure, "loss.csv");
  ASSERT_TRUE(tex);
  EXPECT_THAT(*tex, HasSubstr("\\gdef\\latentdata{\"loss.csv\"}"));
  EXPECT_THAT(*tex, HasSubstr("ymode=log"));
  EXPECT_THAT(*tex, Not(HasSubstr("xmode=log")));
  EXPECT_THAT(*tex, HasSubstr("{HTML}{0072B2}"));
  EXPECT_THAT(*tex, HasSubstr("latent row=0 curve 2"));
  EXPECT_THAT(*tex, HasSubstr("dash pattern=on 4.5pt off 2.7pt"));
  EXPECT_THAT(*tex, HasSubstr("paperwidth=84mm,paperheight=60mm"));
  EXPECT_THAT(*tex, HasSubstr("\\addlegendentry{" + latexText("AE \\ trailing \\") + "}"));
}

TEST(FigureTexText, PicturesAreRefused) {
  const auto tex = figureToTex(images(), "i.csv");
  ASSERT_FALSE(tex);
  EXPECT_EQ(tex.error().fault, Fault::usage);
  EXPECT_THAT(tex.error().message, HasSubstr("only images"));
  EXPECT_FALSE(drawsInTex(images()));
  EXPECT_TRUE(drawsInTex(curves()));
  EXPECT_EQ(figureToTex(curves(), "a{b.csv").error().fault, Fault::usage);
  EXPECT_THAT(figureToLatex(images(), "x", "my_fig.pdf"),
              HasSubstr("\\includegraphics[width=84mm]{\\detokenize{my_fig.pdf}}"));
  Figure both = images();
  both.panels.push_back(curves().panels[0]);
  EXPECT_THAT(*figureToTex(both, "b.csv"), HasSubstr("left out"));
  EXPECT_THAT(*figureToTex(both, "b.csv"), HasSubstr("latent row=1 curve 0"));
  EXPECT_THAT(figureToLatex(both, "x", "b.pdf"), HasSubstr("\\includegraphics"));
}

/// Read back the way the code reads it: by panel, kind and series.
TEST(FigureTexText, TheCsvRedrawsTheSameCurves) {
  const Figure figure = curves();
  const auto& series = std::get<CurvesPanel>(figure.panels[0]).series;
  std::vector<std::vector<double>> x(series.size()), y(series.size()), lower(series.size());
  const std::string csv = figureToCsv(figure);
  for (const std::string_view line : wholeLines(csv)) {
    const auto fields = splitFields(line, 8);
    ASSERT_EQ(fields.size(), 8U) << line; // no name ends a field
    if (fields[1] != "curve" && fields[1] != "lower") continue;
    size_t s = 99;
    double a = 0, b = 0;
    ASSERT_TRUE(parseNumber(fields[2], s) && parseNumber(fields[4], a) && parseNumber(fields[5], b)) << line;
    ASSERT_LT(s, series.size());
    if (fields[1] == "curve") {
      x[s].push_back(a);
      y[s].push_back(b);
    } else {
      lower[s].push_back(b);
    }
  }
  const auto same = [](const std::vector<double>& read, const std::vector<double>& drawn) {
    return std::equal(read.begin(), read.end(), drawn.begin(), drawn.end(),
                      [](double p, double q) { return p == q || (std::isnan(p) && std::isnan(q)); });
  };
  for (size_t s = 0; s < series.size(); ++s) {
    EXPECT_TRUE(same(x[s], series[s].x));
    EXPECT_TRUE(same(y[s], series[s].y));
    EXPECT_TRUE(same(lower[s], series[s].lower));
  }
}

} // namespace
} // namespace latent
