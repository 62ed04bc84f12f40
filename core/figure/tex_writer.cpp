#include "core/figure/tex_writer.h"

#include "core/figure/table.h"
#include "core/figure/tex_plots.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <type_traits>
#include <utility>

namespace latent::detail {

double TexStyle::right(const FigurePanel& panel) const {
  const auto* plane = std::get_if<PlanePanel>(&panel);
  return (plane != nullptr && !plane->pointValue.empty() ? 7 : 1) * em();
}

bool drawsInTex(const FigurePanel& panel) {
  if (const auto* plane = std::get_if<PlanePanel>(&panel))
    return !plane->pointX.empty() || !plane->rings.empty() || !plane->ellipses.empty() ||
           !plane->marks.empty();
  return std::holds_alternative<CurvesPanel>(panel) || std::holds_alternative<BarsPanel>(panel);
}

bool isWhollyTex(const FigurePanel& panel) {
  if (const auto* plane = std::get_if<PlanePanel>(&panel))
    return plane->pixels.empty() && plane->fields.empty();
  return drawsInTex(panel);
}

const std::string& titleOf(const FigurePanel& panel) {
  return std::visit([](const auto& p) -> const std::string& { return p.title; }, panel);
}

double shapeOf(const FigurePanel& panel) {
  const auto* plane = std::get_if<PlanePanel>(&panel);
  return plane != nullptr ? plane->rect.height() / plane->rect.width() : 0;
}

void addLegend(const FigurePanel& any, const TexStyle& style, std::vector<TexLegendEntry>& entries) {
  std::vector<TexLegendEntry> own;
  if (const auto* curves = std::get_if<CurvesPanel>(&any)) own = legendOf(*curves, style.figure);
  if (const auto* plane = std::get_if<PlanePanel>(&any)) own = legendOf(*plane, style.figure);
  for (TexLegendEntry& entry : own)
    if (std::find(entries.begin(), entries.end(), entry) == entries.end())
      entries.push_back(std::move(entry));
}

void addColours(const FigurePanel& any, const TexStyle& style, std::set<std::string>& colours) {
  if (const auto* curves = std::get_if<CurvesPanel>(&any)) colours.merge(coloursOf(*curves));
  if (const auto* bars = std::get_if<BarsPanel>(&any)) colours.merge(coloursOf(*bars));
  if (const auto* plane = std::get_if<PlanePanel>(&any)) colours.merge(coloursOf(*plane, style.figure));
}

std::string texAxis(size_t index, const TexBox& box, const TexStyle& style, const TexExtra& more) {
  const FigurePanel& any = style.figure.panels[index];
  const TexNumbers numbers{style, std::to_string(index)};
  std::string chosen, drawn;
  std::visit(
      [&](const auto& panel) {
        using Panel = std::decay_t<decltype(panel)>;
        if constexpr (std::is_same_v<Panel, PlanePanel>) {
          chosen = axisOptions(panel, style.figure);
          drawn = plots(panel, numbers);
        } else if constexpr (std::is_same_v<Panel, CurvesPanel> || std::is_same_v<Panel, BarsPanel>) {
          chosen = axisOptions(panel);
          drawn = plots(panel, numbers);
        }
      },
      any);
  std::string text = "\\begin{axis}[latent axis,at={(" + texMm(box.left) + "," + texMm(box.bottom) +
                     ")},width=" + texMm(box.width) + ",height=" + texMm(box.height) + ",\n";
  if (!titleOf(any).empty()) text += "    title={" + texText(titleOf(any)) + "},\n";
  return text + chosen + more.options + "  ]\n" + drawn + more.commands + "\\end{axis}\n";
}

std::string texNumber(double value) {
  if (std::isnan(value)) return "nan";
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

std::string texPt(double points) {
  return texNumber(std::round(points * 100) / 100) + "pt";
}

std::string texMm(double mm) {
  return texNumber(std::round(mm * 1000) / 1000) + "mm";
}

std::string texText(const std::string& text) {
  const std::string before = " (,=:";
  std::string shown;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || before.find(text[i - 1]) != std::string::npos;
    const bool minus = text[i] == '-' && begins && i + 1 < text.size() &&
                       (std::isalnum(static_cast<unsigned char>(text[i + 1])) != 0 || text[i + 1] == '.');
    shown += minus ? "\u2212" : std::string(1, text[i]);
  }
  return latexText(shown);
}

std::string texDigits(const std::string& colour) {
  std::string digits = colour.substr(1);
  std::transform(digits.begin(), digits.end(), digits.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return digits;
}

std::string texColour(const std::string& colour) {
  return "latent" + texDigits(colour);
}

const char* texMark(PointShape shape) {
  static constexpr std::array names{"*",      "square*",  "triangle*", "diamond*", "o",
                                    "square", "triangle", "diamond",   "+",        "x"};
  return names.at(static_cast<size_t>(shape));
}

std::string texPairs(const std::vector<double>& x, const std::vector<double>& y) {
  constexpr size_t onALine = 8;
  std::string text;
  for (size_t i = 0; i < x.size(); ++i)
    text += (i % onALine == 0 ? "\n    (" : " (") + texNumber(x[i]) + "," + texNumber(y[i]) + ")";
  return text;
}

std::string TexNumbers::plot(const std::string& options, const char* kind, size_t series,
                             const std::vector<double>& x, const std::vector<double>& y) const {
  if (style.numbersInside)
    return "  \\addplot[forget plot,unbounded coords=jump," + options + "] coordinates {" + texPairs(x, y) +
           "};\n";
  return "  \\addplot[latent row=" + panel + " " + kind + " " + std::to_string(series) + "," + options +
         "] table[col sep=comma,x=x,y=y] {\\latentdata};\n";
}

} // namespace latent::detail
