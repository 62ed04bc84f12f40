// Tables as texts: numbers in full, words escaped, and JSON that comes back as it went.
#include "core/figure/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;

Table sample() {
  Table table;
  table.title = "Runs";
  table.columns = {{"Model", "", false, 0}, {"recon", "nats", true, 2}, {"KL", "nats", true, 1}};
  table.rows = {{{"AE, \"wide\" | a\tb", {}, {}}, {"", 146.4, {}}, {}},
                {{"VAE", {}, {}}, {"", 152.3149, 0.4201}, {"", -5.55, {}}}};
  table.notes = {"Means over 10 images."};
  return table;
}

TEST(CellText, RoundsToItsColumn) {
  const TableColumn column{"recon", "nats", true, 2};
  EXPECT_EQ(cellText({"", 152.3149, 0.4201}, column), "152.31 ± 0.42");
  EXPECT_EQ(cellText({"", -161.18, {}}, column), "−161.18");
  EXPECT_EQ(cellText({"", -161.18, {}}, column, false), "-161.18");
  EXPECT_EQ(cellText({"", -0.0001, {}}, column), "0.00");
  EXPECT_EQ(cellText({}, column), "-");
  EXPECT_EQ(cellText({}, {"Model", "", false, 0}), "");
  EXPECT_EQ(cellText({"", 1e300, {}}, {"x", "", true, 0}).size(), 301U);
}

TEST(TableTexts, GiveNumbersInFullAndTheSpreadItsOwnColumn) {
  EXPECT_EQ(tableToTsv(sample()), "Model\trecon\trecon sd\tKL\n"
                                  "AE, \"wide\" | a b\t146.4\t\t\n"
                                  "VAE\t152.3149\t0.4201\t-5.55\n");
  EXPECT_EQ(tableToCsv(sample()), "Model,recon,recon sd,KL\n"
                                  "\"AE, \"\"wide\"\" | a\tb\",146.4,,\n"
                                  "VAE,152.3149,0.4201,-5.55\n");
}

TEST(TableTexts, AreMarkdownAndLatex) {
  EXPECT_EQ(tableToMarkdown(sample()),
            "**Runs**\n\n| Model | recon (nats) | KL (nats) |\n| --- | ---: | ---: |\n"
            "| AE, \"wide\" \\| a b | 146.40 | - |\n"
            "| VAE | 152.31 ± 0.42 | −5.5 |\n\nMeans over 10 images.\n");
  EXPECT_EQ(
      tableToLatex(sample()),
      "% Means over 10 images.\n\\begin{tabular}{lrr}\n\\toprule\nModel & recon (nats) & KL (nats) \\\\\n"
      "\\midrule\nAE, \\char34{}wide\\char34{} \\textbar{} a b & $146.40\\phantom{{} \\pm 0.42}$ & -- \\\\\n"
      "VAE & $152.31 \\pm 0.42$ & $-5.5$ \\\\\n\\bottomrule\n\\end{tabular}\n");
}

TEST(LatexText, EscapesWhatTexReads) {
  EXPECT_EQ(
      latexText("100 % of A_b & {c} #1 $x$ ~ ^ \\"),
      "100 \\% of A\\_b \\& \\{c\\} \\#1 \\$x\\$ \\textasciitilde{} \\textasciicircum{} \\textbackslash{}");
  EXPECT_EQ(latexText("−log p(x|z), σ² = μ₁ ± 3"),
            "\\ensuremath{-}log p(x\\textbar{}z), \\ensuremath{\\sigma}\\textsuperscript{2} = "
            "\\ensuremath{\\mu}\\textsubscript{1} \\ensuremath{\\pm} 3");
  EXPECT_EQ(latexText("--set [a] *"), "-{}-set {[}a{]} {*}");
  EXPECT_EQ(latexText("Müller, x\u0302, é = e\u0301"), "Müller, \\^{x}, é = \\'{e}");
  EXPECT_EQ(latexText("中\x01\xFF"), "{[}U+4E2D{]}{[}U+0001{]}{[}U+FFFD{]}");
}

TEST(TableJson, ComesBack) {
  const Json json = tableToJson(sample());
  const auto back = tableFromJson(json, "t");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(tableToJson(*back), json);
  EXPECT_EQ(tableToCsv(*back), tableToCsv(sample()));
}

/// Every value of a table's JSON in turn replaced by something else: an error or a table, never a crash.
void damageEach(const Json& whole, const Json::json_pointer& at, int& refused) {
  const Json& here = whole.at(at);
  for (const Json& other : {Json(nullptr), Json("x"), Json(-3), Json(1e300), Json::array(), Json::object()}) {
    Json damaged = whole;
    damaged[at] = other;
    const auto table = tableFromJson(damaged, "the file");
    if (!table) {
      ++refused;
      EXPECT_EQ(table.error().fault, Fault::input);
      EXPECT_THAT(table.error().message, HasSubstr("the file holds a damaged table: "));
    }
  }
  if (here.is_object())
    for (const auto& [key, value] : here.items()) damageEach(whole, at / key, refused);
  if (here.is_array())
    for (size_t i = 0; i < here.size(); ++i) damageEach(whole, at / i, refused);
}

TEST(TableJson, RefusesDamage) {
  int refused = 0;
  damageEach(tableToJson(sample()), Json::json_pointer(), refused);
  EXPECT_GT(refused, 80);
}

} // namespace
} // namespace latent
