// The points, ellipses, rings and marks of a plane as PGFPlots draws them.
#include "core/figure/tex_plots.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

namespace latent::detail {
namespace {

constexpr size_t mostPoints = 4000; // more than 5,000 marks fill the memory of pdflatex

std::string classColourOf(int64_t label, const Figure& figure) {
  return figure.greyscale ? classGrey(label) : classColour(label);
}

/// What a point of that class looks like.
std::string pointLook(int64_t label, const Figure& figure) {
  const std::string colour = texColour(classColourOf(label, figure));
  const char* mark = figure.greyscale ? texMark(classShape(label)) : "*";
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
  return "mark size=" + texPt(figure.curvePoints / standardCurve * std::clamp(2.6 * few, 1.05, 2.6) / 2);
}

/// Coloured by their values, or by their classes.
std::string pointsInCode(const PlanePanel& panel, const TexNumbers& numbers, const std::string& look) {
  const size_t stride = strideOf(panel);
  if (!panel.pointValue.empty()) {
    std::string points;
    for (size_t i = 0; i < panel.pointX.size(); i += stride)
      points += "\n    (" + texNumber(panel.pointX[i]) + "," + texNumber(panel.pointY[i]) + ") [" +
                texNumber(panel.pointValue[i]) + "]";
    return "  \\addplot[forget plot,scatter,scatter src=explicit,mark=*," + look + "] coordinates {" +
           points + "};\n";
  }
  std::map<int64_t, std::pair<std::vector<double>, std::vector<double>>> byClass;
  for (size_t i = 0; i < panel.pointX.size(); i += stride) {
    auto& [x, y] = byClass[panel.pointLabel[i]];
    x.push_back(panel.pointX[i]);
    y.push_back(panel.pointY[i]);
  }
  std::string text;
  for (const auto& [label, xy] : byClass)
    text +=
        numbers.plot(look + "," + pointLook(label, numbers.style.figure), "point", 0, xy.first, xy.second);
  return text;
}

std::string pointsInFile(const PlanePanel& panel, const TexNumbers& numbers, const std::string& look) {
  const bool valued = !panel.pointValue.empty();
  const std::string rows = "latent rows={" + numbers.panel + (valued ? " point_value" : " point") + "}{" +
                           std::to_string(strideOf(panel)) + "},";
  if (valued)
    return "  \\addplot[" + rows + "scatter,scatter src=explicit,mark=*," + look +
           "] table[col sep=comma,x=x,y=y,meta=value] {\\latentdata};\n";
  std::string classes;
  for (const int64_t label : classesOf(panel))
    classes += (classes.empty() ? "%\n      " : ",%\n      ") + std::to_string(label) + "={" +
               pointLook(label, numbers.style.figure) + "}";
  return "  \\addplot[" + rows + "scatter,scatter src=explicit symbolic,scatter/classes={" + classes + "}," +
         look + "] table[col sep=comma,x=x,y=y,meta=series] {\\latentdata};\n";
}

std::string pointsOf(const PlanePanel& panel, const TexNumbers& numbers) {
  if (panel.pointX.empty()) return "";
  std::string text;
  if (const size_t stride = strideOf(panel); stride > 1)
    text = "  % Each " + std::to_string(stride) +
           "th point: pdflatex has no room for all. LuaLaTeX does with {1}.\n";
  std::string look = "only marks,line width=0.2pt," + pointSize(panel, numbers.style.figure);
  if (panel.pointOpacity < 1) look += ",opacity=" + texNumber(panel.pointOpacity);
  return text + (numbers.style.numbersInside ? pointsInCode(panel, numbers, look)
                                             : pointsInFile(panel, numbers, look));
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
  return "  \\addplot[forget plot,line width=0.4pt,draw=" + texColour(classColourOf(e.label, figure)) +
         "] coordinates {" + texPairs(x, y) + "};\n";
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

} // namespace

std::string plots(const PlanePanel& panel, const TexNumbers& numbers) {
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

std::string axisOptions(const PlanePanel& panel, const Figure& figure) {
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

std::vector<TexLegendEntry> legendOf(const PlanePanel& panel, const Figure& figure) {
  std::vector<TexLegendEntry> entries;
  if (!panel.pointValue.empty() || (panel.classNames && !figure.greyscale)) return entries;
  for (const int64_t label : classesOf(panel))
    if (label >= 0 && static_cast<size_t>(label) < panel.classes.size())
      entries.push_back(
          {panel.classes[static_cast<size_t>(label)],
           "only marks,mark size=" + texPt(0.25 * figure.fontPoints) + "," + pointLook(label, figure)});
  return entries;
}

std::set<std::string> coloursOf(const PlanePanel& panel, const Figure& figure) {
  std::set<std::string> colours;
  for (const int64_t label : classesOf(panel)) colours.insert(classColourOf(label, figure));
  for (const PlaneEllipse& e : panel.ellipses) colours.insert(classColourOf(e.label, figure));
  return colours;
}

} // namespace latent::detail
