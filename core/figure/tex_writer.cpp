#include "core/figure/tex_writer.h"

#include "core/figure/table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <numbers>
#include <type_traits>
#include <utility>

namespace latent::detail {
namespace {

constexpr size_t mostPoints = 4000; // more than 5,000 marks fill the memory of pdflatex
constexpr size_t manyBars = 32;     // more of them are one plot

std::string colourName(const std::string& colour) {
  std::string name = "latent" + colour.substr(1);
  std::transform(name.begin() + 6, name.end(), name.begin() + 6,
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return name;
}

std::string points(double value) {
  return texNumber(std::round(value * 100) / 100) + "pt";
}

/// In units of the line's width, as latent-figures has them.
std::string dashes(int pattern, double width) {
  static const std::array<std::vector<double>, 4> lengths{{{}, {5, 3}, {1.2, 2}, {6, 2.5, 1.2, 2.5}}};
  std::string text;
  bool on = true;
  for (const double length : lengths.at(static_cast<size_t>(pattern))) {
    text +=
        (text.empty() ? ",dash pattern=" : " ") + std::string(on ? "on " : "off ") + points(length * width);
    on = !on;
  }
  return text;
}

const char* markOf(PointShape shape) {
  static constexpr std::array names{"*",      "square*",  "triangle*", "diamond*", "o",
                                    "square", "triangle", "diamond",   "+",        "x"};
  return names.at(static_cast<size_t>(shape));
}

std::string lineOf(const FigureSeries& series, const Figure& figure) {
  return "draw=" + colourName(series.colour) + ",line width=" + points(figure.curvePoints) +
         dashes(series.pattern, figure.curvePoints);
}

std::string markOf(const FigureSeries& series, const Figure& figure) {
  const double diameter = (series.marker == 0 ? 0.4 : 0.55) * figure.fontPoints;
  return std::string(",mark=") + markOf(static_cast<PointShape>(series.marker)) +
         ",mark size=" + points(diameter / 2) +
         ",mark options={solid,line width=0.3pt,draw=white,fill=" + colourName(series.colour) + "}";
}

/// The marks of a curve: all of a short one, some of a long one where its shape tells it from others.
std::string marksOf(const FigureSeries& series, const Figure& figure) {
  constexpr size_t markedSamples = 30, fewMarks = 12;
  const bool all = series.x.size() <= markedSamples;
  if (!all && series.marker == 0) return ",mark=none";
  return markOf(series, figure) + (all ? "" : ",mark repeat=" + std::to_string(series.x.size() / fewMarks));
}

/// Where a plot has its numbers: rows of the file, or pairs in the code.
struct Numbers {
  const TexStyle& style;
  std::string panel;

  /// `options` begins without a comma.
  std::string plot(const std::string& options, const char* kind, size_t series, const std::vector<double>& x,
                   const std::vector<double>& y) const {
    if (style.numbersInside)
      return "  \\addplot[forget plot,unbounded coords=jump," + options + "] coordinates {" + pairs(x, y) +
             "};\n";
    return "  \\addplot[latent row=" + panel + " " + kind + " " + std::to_string(series) + "," + options +
           "] table[col sep=comma,x=x,y=y] {\\latentdata};\n";
  }
  static std::string pairs(const std::vector<double>& x, const std::vector<double>& y) {
    constexpr size_t onALine = 8;
    std::string text;
    for (size_t i = 0; i < x.size(); ++i)
      text += (i % onALine == 0 ? "\n    (" : " (") + texNumber(x[i]) + "," + texNumber(y[i]) + ")";
    return text;
  }
};

std::string plots(const CurvesPanel& panel, const Numbers& numbers) {
  std::string text;
  for (size_t i = 0; i < panel.series.size(); ++i) {
    const FigureSeries& s = panel.series[i];
    if (s.lower.empty()) continue;
    const std::string name = numbers.panel + "-" + std::to_string(i);
    text +=
        numbers.plot("draw=none,unbounded coords=discard,name path=lower-" + name, "lower", i, s.x, s.lower);
    text +=
        numbers.plot("draw=none,unbounded coords=discard,name path=upper-" + name, "upper", i, s.x, s.upper);
    text += "  \\addplot[forget plot,draw=none,fill=" + colourName(s.colour) +
            ",fill opacity=0.18] fill between[of=lower-" + name + " and upper-" + name + "];\n";
  }
  for (size_t i = 0; i < panel.series.size(); ++i) {
    const FigureSeries& s = panel.series[i];
    if (s.x.empty()) continue; // an entry of the legend alone
    const Figure& figure = numbers.style.figure;
    text += numbers.plot(lineOf(s, figure) + marksOf(s, figure), "curve", i, s.x, s.y);
  }
  return text;
}

std::string options(const CurvesPanel& panel) {
  std::string text =
      "    xlabel={" + texText(panel.xLabel) + "},ylabel={" + texText(panel.yLabel) +
      "},\n    enlarge x limits=0.02,enlarge y limits=0.05,y axis line style={draw=none},grid=major,\n";
  if (panel.logX) text += "    xmode=log,\n";
  if (panel.logY) text += "    ymode=log,\n";
  if (panel.wholeX && !panel.logX) {
    double last = 0;
    for (const FigureSeries& series : panel.series)
      for (const double x : series.x) last = std::max(last, x);
    constexpr double few = 8; // longer axes have whole ticks by themselves
    if (last > 0 && last <= few) text += "    xtick distance=1,\n";
  }
  return text;
}

std::string barOptions(const std::string& colour) {
  return "ybar,bar width=0.85,draw=none,fill=" + colourName(colour);
}

std::string plots(const BarsPanel& panel, const Numbers& numbers) {
  std::string text;
  const size_t count = panel.values.size();
  std::vector<double> places(count);
  for (size_t i = 0; i < count; ++i) places[i] = static_cast<double>(i);
  if (count > manyBars) {
    if (numbers.style.numbersInside)
      return numbers.plot(barOptions(panel.colours.front()), "bar", 0, places, panel.values);
    return "  \\addplot[latent rows={" + numbers.panel + " bar}{1}," + barOptions(panel.colours.front()) +
           "] table[col sep=comma,x=x,y=y] {\\latentdata};\n";
  }
  for (size_t i = 0; i < count; ++i)
    text += numbers.plot(barOptions(panel.colours[i]), "bar", i, {places[i]}, {panel.values[i]});
  return text;
}

std::string options(const BarsPanel& panel) {
  std::string text = "    xlabel={" + texText(panel.xLabel) + "},ylabel={" + texText(panel.yLabel) +
                     "},\n    ymin=0,enlarge y limits={upper,value=0.05},xmin=-0.6,xmax=" +
                     texNumber(static_cast<double>(panel.values.size()) - 0.4) + ",ymajorgrids,\n";
  if (panel.values.size() > manyBars) return text;
  std::string ticks, labels;
  for (size_t i = 0; i < panel.labels.size(); ++i) {
    ticks += (i > 0 ? "," : "") + std::to_string(i);
    labels += (i > 0 ? "," : "") + ("{" + texText(panel.labels[i])) + "}";
  }
  return text + "    xtick={" + ticks + "},xticklabels={" + labels + "},\n";
}

std::string classColourOf(int64_t label, const Figure& figure) {
  return figure.greyscale ? classGrey(label) : classColour(label);
}

/// What a point of that class looks like.
std::string pointLook(int64_t label, const Figure& figure) {
  const std::string colour = colourName(classColourOf(label, figure));
  const char* mark = figure.greyscale ? markOf(classShape(label)) : "*";
  const bool open = figure.greyscale && classShape(label) >= PointShape::ring;
  return std::string("mark=") + mark + ",draw=" + colour + ",fill=" + (open ? "white" : colour);
}

std::set<int64_t> classesOf(const PlanePanel& panel) {
  return {panel.pointLabel.begin(), panel.pointLabel.end()};
}

/// Every so many points are drawn.
size_t strideOf(const PlanePanel& panel) {
  return (panel.pointX.size() + mostPoints - 1) / mostPoints;
}

/// As large as latent-figures draws them.
std::string pointSize(const PlanePanel& panel, const Figure& figure) {
  const double few = std::pow(400.0 / static_cast<double>(std::max<size_t>(panel.pointX.size(), 1)), 0.28);
  constexpr double standardCurve = 0.9;
  return "mark size=" + points(figure.curvePoints / standardCurve * std::clamp(2.6 * few, 1.05, 2.6) / 2);
}

std::string pointsOf(const PlanePanel& panel, const Numbers& numbers) {
  if (panel.pointX.empty()) return "";
  const Figure& figure = numbers.style.figure;
  const bool valued = !panel.pointValue.empty();
  const size_t stride = strideOf(panel);
  const std::string stated = std::to_string(stride);
  std::string text;
  if (stride > 1)
    text += "  % Each " + stated + "th point: pdflatex has no room for all. LuaLaTeX does with {1}.\n";
  std::string look = "only marks,line width=0.2pt," + pointSize(panel, figure);
  if (panel.pointOpacity < 1) look += ",opacity=" + texNumber(panel.pointOpacity);
  if (numbers.style.numbersInside) {
    std::map<int64_t, std::pair<std::vector<double>, std::vector<double>>> byClass;
    std::string valuedPoints;
    for (size_t i = 0; i < panel.pointX.size(); i += stride) {
      auto& [x, y] = byClass[panel.pointLabel[i]];
      x.push_back(panel.pointX[i]);
      y.push_back(panel.pointY[i]);
      if (valued)
        valuedPoints += "\n    (" + texNumber(panel.pointX[i]) + "," + texNumber(panel.pointY[i]) + ") [" +
                        texNumber(panel.pointValue[i]) + "]";
    }
    if (valued)
      return text + "  \\addplot[forget plot,scatter,scatter src=explicit,mark=*," + look +
             "] coordinates {" + valuedPoints + "};\n";
    for (const auto& [label, xy] : byClass)
      text += numbers.plot(look + "," + pointLook(label, figure), "point", 0, xy.first, xy.second);
    return text;
  }
  const std::string rows =
      "latent rows={" + numbers.panel + (valued ? " point_value" : " point") + "}{" + stated + "},";
  if (valued)
    return text + "  \\addplot[" + rows + "scatter,scatter src=explicit,mark=*," + look +
           "] table[col sep=comma,x=x,y=y,meta=value] {\\latentdata};\n";
  std::string classes;
  for (const int64_t label : classesOf(panel))
    classes += (classes.empty() ? "%\n      " : ",%\n      ") + std::to_string(label) + "={" +
               pointLook(label, figure) + "}";
  return text + "  \\addplot[" + rows + "scatter,scatter src=explicit symbolic,scatter/classes={" + classes +
         "}," + look + "] table[col sep=comma,x=x,y=y,meta=series] {\\latentdata};\n";
}

/// A turned ellipse as a closed curve: axes turn with no node.
std::string ellipseOf(const PlaneEllipse& e, const Figure& figure) {
  constexpr int samples = 48;
  std::vector<double> x, y;
  for (int i = 0; i <= samples; ++i) {
    const double t = 2 * std::numbers::pi * i / samples;
    const double a = e.halfX * std::cos(t), b = e.halfY * std::sin(t);
    x.push_back(e.x + a * std::cos(e.angle) - b * std::sin(e.angle));
    y.push_back(e.y + a * std::sin(e.angle) + b * std::cos(e.angle));
  }
  return "  \\addplot[forget plot,line width=0.4pt,draw=" + colourName(classColourOf(e.label, figure)) +
         "] coordinates {" + Numbers::pairs(x, y) + "};\n";
}

double median(std::vector<float> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string classNames(const PlanePanel& panel) {
  std::map<int64_t, std::pair<std::vector<float>, std::vector<float>>> byClass;
  for (size_t i = 0; i < panel.pointX.size(); ++i) {
    if (!std::isfinite(panel.pointX[i]) || !std::isfinite(panel.pointY[i])) continue;
    byClass[panel.pointLabel[i]].first.push_back(panel.pointX[i]);
    byClass[panel.pointLabel[i]].second.push_back(panel.pointY[i]);
  }
  std::string text;
  for (const auto& [label, xy] : byClass) {
    if (label < 0 || static_cast<size_t>(label) >= panel.classes.size()) continue;
    text += "  \\node[fill=white,fill opacity=0.7,text opacity=1,inner sep=0.6pt] at (axis cs:" +
            texNumber(median(xy.first)) + "," + texNumber(median(xy.second)) + ") {" +
            texText(panel.classes[static_cast<size_t>(label)]) + "};\n";
  }
  return text;
}

std::string plots(const PlanePanel& panel, const Numbers& numbers) {
  const Figure& figure = numbers.style.figure;
  std::string text;
  if (!isWhollyTex(panel)) text += "  % The tiles and fields of this panel are pictures and left out.\n";
  for (const double radius : panel.rings)
    text += "  \\draw[draw=black!60,line width=0.4pt] (axis cs:" + texNumber(panel.ringCentre.x) + "," +
            texNumber(panel.ringCentre.y) + ") circle[radius=" + texNumber(radius) + "];\n";
  text += pointsOf(panel, numbers);
  for (const PlaneEllipse& ellipse : panel.ellipses) text += ellipseOf(ellipse, figure);
  if (panel.classNames || figure.greyscale) text += classNames(panel);
  for (const PlaneMark& mark : panel.marks) {
    const std::string at = "(" + texNumber(mark.x) + "," + texNumber(mark.y) + ")";
    text += "  \\addplot[forget plot,only marks,mark=+,mark size=3pt,line width=0.8pt] coordinates {" + at +
            "};\n";
    if (!mark.text.empty())
      text += "  \\node[anchor=south west] at (axis cs:" + at.substr(1) + " {" + texText(mark.text) + "};\n";
  }
  return text;
}

std::string options(const PlanePanel& panel, const Figure& figure) {
  std::string text = "    xlabel={" + texText(panel.xLabel) + "},ylabel={" + texText(panel.yLabel) +
                     "},\n    xmin=" + texNumber(panel.rect.left) + ",xmax=" + texNumber(panel.rect.right) +
                     ",ymin=" + texNumber(panel.rect.lower) + ",ymax=" + texNumber(panel.rect.upper) +
                     ",enlargelimits=false,\n";
  if (panel.pointValue.empty()) return text;
  return text + "    point meta min=" + texNumber(panel.valueLow) +
         ",point meta max=" + texNumber(panel.valueHigh) + ",colorbar,colorbar style={width=2mm,ylabel={" +
         texText(panel.valueName) + "}},\n    " +
         (figure.greyscale ? "colormap={grey}{gray(0cm)=(0.96) gray(1cm)=(0.12)}" : "colormap/viridis") +
         ",\n";
}

} // namespace

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
  const auto add = [&](TexLegendEntry entry) {
    if (std::find(entries.begin(), entries.end(), entry) == entries.end())
      entries.push_back(std::move(entry));
  };
  if (const auto* curves = std::get_if<CurvesPanel>(&any); curves != nullptr && curves->legend) {
    for (const FigureSeries& s : curves->series)
      if (s.inLegend && !s.label.empty())
        add({s.label, lineOf(s, style.figure) + (s.marker == 0 ? ",mark=none" : markOf(s, style.figure))});
  }
  const auto* plane = std::get_if<PlanePanel>(&any);
  const bool greys = style.figure.greyscale;
  if (plane == nullptr || !plane->pointValue.empty() || (plane->classNames && !greys)) return;
  for (const int64_t label : classesOf(*plane))
    if (label >= 0 && static_cast<size_t>(label) < plane->classes.size())
      add({plane->classes[static_cast<size_t>(label)],
           "only marks,mark size=" + points(0.25 * style.figure.fontPoints) + "," +
               pointLook(label, style.figure)});
}

void addColours(const FigurePanel& any, const TexStyle& style, std::set<std::string>& colours) {
  if (const auto* curves = std::get_if<CurvesPanel>(&any))
    for (const FigureSeries& s : curves->series) colours.insert(s.colour);
  if (const auto* bars = std::get_if<BarsPanel>(&any))
    colours.insert(bars->colours.begin(), bars->colours.end());
  if (const auto* plane = std::get_if<PlanePanel>(&any)) {
    for (const int64_t label : classesOf(*plane)) colours.insert(classColourOf(label, style.figure));
    for (const PlaneEllipse& e : plane->ellipses) colours.insert(classColourOf(e.label, style.figure));
  }
}

std::string texAxis(size_t index, const TexBox& box, const TexStyle& style, const TexExtra& more) {
  const FigurePanel& any = style.figure.panels[index];
  const Numbers numbers{style, std::to_string(index)};
  std::string chosen, drawn;
  std::visit(
      [&](const auto& panel) {
        using Panel = std::decay_t<decltype(panel)>;
        if constexpr (std::is_same_v<Panel, PlanePanel>) {
          chosen = options(panel, style.figure);
          drawn = plots(panel, numbers);
        } else if constexpr (std::is_same_v<Panel, CurvesPanel> || std::is_same_v<Panel, BarsPanel>) {
          chosen = options(panel);
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

} // namespace latent::detail
