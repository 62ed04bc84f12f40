#include "core/figure/figure_tex.h"

#include "core/figure/table.h"
#include "core/figure/tex_plots.h"
#include "core/figure/tex_writer.h"
#include "core/figure/utf8.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace latent {
namespace {

using namespace detail;

/// Where title, legend and axes stand, in millimetres from the lower left corner of the page.
class TexPage {
 public:
  explicit TexPage(const TexStyle& style) : m_style(style), m_figure(style.figure) {
    for (size_t i = 0; i < m_figure.panels.size(); ++i)
      if (drawsInTex(m_figure.panels[i])) m_panels.push_back(i);
    if (m_figure.legend != LegendPlace::none)
      for (const size_t i : m_panels) addLegend(m_figure.panels[i], style, m_entries);
    layOut();
  }

  double height() const { return m_height; }

  std::string code() const {
    std::string text = "\\begin{tikzpicture}\n";
    if (!m_figure.title.empty())
      text += "\\node[latent text,anchor=north west,inner sep=0pt,font=" + font() + "\\bfseries] at (" +
              texMm(m_edge) + "," + texMm(m_height - m_edge) + ") {" + texText(m_figure.title) + "};\n";
    for (size_t i = 0; i < m_panels.size(); ++i)
      text += texAxis(m_panels[i], m_boxes[i], m_style, i == 0 ? legend() : TexExtra());
    // At the end: layers of bands cannot grow inside of a box that is fixed.
    return text + "\\pgfresetboundingbox\n\\path[use as bounding box] (0mm,0mm) rectangle (" +
           texMm(m_figure.widthMm) + "," + texMm(m_height) + ");\n\\end{tikzpicture}%\n";
  }

  /// Styles and colours that the code needs; a document that takes in several such figures has each its own.
  std::string styles() const {
    const std::string thin = texNumber(std::round(55 * m_figure.curvePoints) / 100) + "pt";
    std::string text =
        "\\pgfplotsset{\n"
        "  latent axis/.style={scale only axis,anchor=south west,axis x line*=bottom,axis y line*=left,\n"
        "    axis line style={draw=black!65,line width=" +
        thin +
        "},tick style={draw=none},\n"
        "    grid style={draw=black!15,line width=" +
        thin + "},title style={anchor=south west,at={(0,1)},font=" + font() +
        "\\bfseries},\n    label style={font=" + font() + "},tick label style={font=" + font() +
        ",text=black!65},every node near coord/.style={font=" + font() + "},\n    nodes={font=" + font() +
        "},clip marker paths=true,legend cell align=left},\n";
    if (!m_style.numbersInside) text += filters();
    text += "}\n\\tikzset{latent text/.style={font=" + font() + "}}\n";
    std::set<std::string> colours;
    for (const size_t i : m_panels) addColours(m_figure.panels[i], m_style, colours);
    for (const std::string& colour : colours)
      text += "\\definecolor{" + texColour(colour) + "}{HTML}{" + texDigits(colour) + "}\n";
    return text;
  }

 private:
  /// Rows of the file by panel, kind and series, or by panel and kind and every so many of them.
  static std::string filters() {
    return "  latent filter/.style={forget plot,unbounded coords=jump,filter discard warning=false},\n"
           "  latent row/.style={latent filter,x filter/.code={%\n"
           "    \\edef\\latentrow{\\thisrow{panel} \\thisrow{kind} "
           "\\thisrow{series}}\\edef\\latentwanted{#1}%\n"
           "    \\ifx\\latentrow\\latentwanted\\else\\let\\pgfmathresult\\empty\\fi}},\n"
           "  latent rows/.style 2 args={latent filter,x filter/.code={%\n"
           "    \\edef\\latentrow{\\thisrow{panel} \\thisrow{kind}}\\edef\\latentwanted{#1}%\n"
           "    \\ifx\\latentrow\\latentwanted\n"
           "      \\ifnum\\numexpr\\thisrow{index}-(\\thisrow{index}/#2)*#2\\relax=0 "
           "\\else\\let\\pgfmathresult\\empty\\fi\n"
           "    \\else\\let\\pgfmathresult\\empty\\fi}},\n";
  }

  std::string font() const {
    return "\\fontsize{" + texNumber(m_figure.fontPoints) + "}{" +
           texNumber(std::round(12 * m_figure.fontPoints) / 10) + "}\\selectfont";
  }

  /// TeX alone knows how wide words are; half an em a character is more than most need.
  double entryWidth() const {
    size_t longest = 0;
    for (const TexLegendEntry& entry : m_entries) longest = std::max(longest, fromUtf8(entry.label).size());
    return (3.2 + 0.47 * static_cast<double>(longest)) * m_style.em();
  }

  void layOut() {
    const double em = m_style.em();
    m_edge = 0.25 * em;
    const double gap = 1.5 * em, inner = m_figure.widthMm - 2 * m_edge;
    const bool right = m_figure.legend == LegendPlace::right;
    const int entries = static_cast<int>(m_entries.size());
    m_legendColumns = right ? 1 : std::clamp(static_cast<int>(inner / entryWidth()), 1, std::max(1, entries));
    const int legendRows = (entries + m_legendColumns - 1) / m_legendColumns;
    const double beside = right && entries > 0 ? std::min(0.4 * inner, entryWidth()) + gap : 0;
    const double legend = right || entries == 0 ? 0 : (1.5 * legendRows + 0.6) * em;
    const double title = m_figure.title.empty() ? 0 : 1.9 * em;

    const int count = static_cast<int>(m_panels.size());
    const int columns = std::clamp(m_figure.panelColumns, 1, std::max(1, count));
    const int rows = (count + columns - 1) / columns;
    const double width = (inner - beside - (columns - 1) * gap) / columns;
    std::vector<double> heights(static_cast<size_t>(rows), 1);
    for (int i = 0; i < count; ++i) {
      double& row = heights[static_cast<size_t>(i / columns)];
      row = std::max(row, wantedHeight(panel(i), width));
    }
    double sum = std::accumulate(heights.begin(), heights.end(), 0.0);
    const double around = 2 * m_edge + title + legend + (rows - 1) * gap;
    const bool whole = m_panels.size() == m_figure.panels.size(); // else its height was for pictures, too
    m_height =
        m_figure.heightMm > 0 && whole ? std::max(m_figure.heightMm, around + 4 * em * rows) : around + sum;
    const double scale = (m_height - around) / sum;

    double top = m_height - m_edge - title;
    m_legendLeft = right ? m_edge + inner - beside + gap : m_edge;
    m_legendTop = m_figure.legend == LegendPlace::below ? m_edge + legend - 0.4 * em : top;
    if (m_figure.legend == LegendPlace::above) top -= legend;
    for (int i = 0; i < count; ++i) {
      const double height = heights[static_cast<size_t>(i / columns)] * scale;
      m_boxes.push_back(insideOf(panel(i), m_edge + (i % columns) * (width + gap), top, width, height));
      if (i % columns == columns - 1) top -= height + gap;
    }
  }

  const FigurePanel& panel(int i) const { return m_figure.panels[m_panels[static_cast<size_t>(i)]]; }

  double wantedHeight(const FigurePanel& any, double width) const {
    const double shape = shapeOf(any), around = m_style.bottom() + m_style.top(titleOf(any));
    if (shape <= 0) return 0.68 * width + m_style.top(titleOf(any));
    return around + shape * (width - m_style.left() - m_style.right(any));
  }

  /// The axes in a cell whose upper left corner is (left, top).
  TexBox insideOf(const FigurePanel& any, double left, double top, double width, double height) const {
    TexBox box;
    box.width = std::max(1.0, width - m_style.left() - m_style.right(any));
    box.height = std::max(1.0, height - m_style.bottom() - m_style.top(titleOf(any)));
    if (const double shape = shapeOf(any); shape > 0) {
      box.width = std::min(box.width, box.height / shape);
      box.height = box.width * shape;
    }
    box.left = left + m_style.left();
    box.bottom = top - m_style.top(titleOf(any)) - box.height;
    return box;
  }

  /// Of the whole page, as a part of its first axis.
  TexExtra legend() const {
    if (m_entries.empty()) return {};
    const TexBox& box = m_boxes.front();
    TexExtra extra;
    extra.options =
        "    legend columns=" + std::to_string(m_legendColumns) +
        ",legend style={draw=none,fill=none,inner sep=0pt,font=" + font() +
        ",column sep=0.4em,at={(0,0)},anchor=north west,xshift=" + texMm(m_legendLeft - box.left) +
        ",yshift=" + texMm(m_legendTop - box.bottom) + "},\n";
    for (const TexLegendEntry& entry : m_entries)
      extra.commands +=
          "  \\addlegendimage{" + entry.options + "}\n  \\addlegendentry{" + texText(entry.label) + "}\n";
    return extra;
  }

  const TexStyle& m_style;
  const Figure& m_figure;
  std::vector<size_t> m_panels; ///< that are drawn
  std::vector<TexBox> m_boxes;  ///< of their axes
  std::vector<TexLegendEntry> m_entries;
  int m_legendColumns = 1;
  double m_edge = 0, m_height = 0, m_legendLeft = 0, m_legendTop = 0;
};

/// \latentdata, whatever letters the name has; nothing where TeX cannot have it as a name.
std::optional<std::string> dataMacro(const std::string& csvName) {
  std::set<int> bytes;
  for (const char c : csvName) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 128 && (std::isalnum(byte) != 0 || c == '.' || c == '-' || c == '/');
    if (c == '{' || c == '}' || c == '\\' || c == '"' || byte < ' ' || byte == 127) return std::nullopt;
    if (!plain && c != ' ') bytes.insert(byte);
  }
  std::string text = "\\begingroup";
  for (const int byte : bytes) text += "\\catcode" + std::to_string(byte) + "=12 ";
  return text + "\\catcode32=12\\gdef\\latentdata{\"" + csvName + "\"}\\endgroup\n";
}

const std::string& libraries() {
  static const std::string text = "\\usepackage{pgfplots}\n\\usepgfplotslibrary{fillbetween,colormaps}\n"
                                  "\\pgfplotsset{compat=1.16}\n";
  return text;
}

std::string asComment(std::string text) {
  for (size_t i = 0; (i = text.find('\n', i)) != std::string::npos && i + 1 < text.size(); ++i)
    text.insert(i + 1, "% ");
  return "% " + text;
}

} // namespace

bool drawsInTex(const Figure& figure) {
  return std::any_of(figure.panels.begin(), figure.panels.end(),
                     [](const FigurePanel& panel) { return detail::drawsInTex(panel); });
}

Result<std::string> figureToTex(const Figure& figure, const std::string& csvName) {
  if (!drawsInTex(figure))
    return usageError(
        "This figure has only images, which PGFPlots cannot draw: take its pdf into the document "
        "with \\includegraphics.");
  const auto data = dataMacro(csvName);
  if (!data)
    return usageError("TeX cannot read a file of the name " + csvName +
                      ": choose one without braces, backslashes and double quotes.");
  const Figure shown = figure.greyscale ? inGreys(figure) : figure;
  const TexStyle style{shown, false};
  const TexPage page(style);
  const bool whole = std::all_of(figure.panels.begin(), figure.panels.end(), isWhollyTex);
  std::string text =
      "% Drawn by PGFPlots from the CSV beside this file. LaTeX compiles it by itself; a document takes it\n"
      "% in with \\input after these lines, where \\pgfplotsset{table/search path={.,figures}} names the\n"
      "% folders in which the CSV may lie:\n" +
      asComment(libraries());
  if (!whole) text += "% The images of the figure are pictures and left out.\n";
  text += *data;
  // Inside of a document \begin{document} has taken this command away.
  text += "\\expandafter\\ifx\\csname @nodocument\\endcsname\\relax\n"
          "  \\let\\latentend\\relax\n"
          "\\else\n"
          "\\documentclass{article}\n"
          "\\usepackage[paperwidth=" +
          texMm(shown.widthMm) + ",paperheight=" + texMm(page.height()) + ",margin=0mm]{geometry}\n" +
          libraries() +
          "\\pagestyle{empty}\\setlength{\\parindent}{0pt}\\setlength{\\topskip}{0pt}\n"
          "\\def\\latentend{\\end{document}}\n"
          "\\begin{document}\n"
          "\\fi\n";
  return text + page.styles() + page.code() + "\\latentend\n";
}

std::string figureToLatex(const Figure& figure, const std::string& caption, const std::string& picture) {
  const bool inside =
      drawsInTex(figure) && std::all_of(figure.panels.begin(), figure.panels.end(), isWhollyTex);
  std::string content;
  if (inside) {
    const Figure shown = figure.greyscale ? inGreys(figure) : figure;
    const TexStyle style{shown, true};
    const TexPage page(style);
    content = asComment(libraries()) + page.styles() + page.code();
  } else {
    content = "% \\usepackage{graphicx}\n\\includegraphics[width=" + texMm(figure.widthMm) +
              "]{\\detokenize{" + picture + "}}\n";
  }
  return "\\begin{figure}\n\\centering\n" + content + "\\caption{" + texText(caption) + "}\n\\end{figure}\n";
}

} // namespace latent
