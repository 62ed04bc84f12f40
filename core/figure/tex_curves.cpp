// Curves as PGFPlots draws them.
#include "core/figure/tex_plots.h"

#include <algorithm>
#include <array>

namespace latent::detail {
namespace {

/// In units of the line's width, as latent-figures has them.
std::string dashes(int pattern, double width) {
  static const std::array<std::vector<double>, 4> lengths{{{}, {5, 3}, {1.2, 2}, {6, 2.5, 1.2, 2.5}}};
  std::string text;
  bool on = true;
  for (const double length : lengths.at(static_cast<size_t>(pattern))) {
    text +=
        (text.empty() ? ",dash pattern=" : " ") + std::string(on ? "on " : "off ") + texPt(length * width);
    on = !on;
  }
  return text;
}

std::string lineOf(const FigureSeries& series, const Figure& figure) {
  return "draw=" + texColour(series.colour) + ",line width=" + texPt(figure.curvePoints) +
         dashes(series.pattern, figure.curvePoints);
}

std::string markOf(const FigureSeries& series, const Figure& figure) {
  const double diameter = (series.marker == 0 ? 0.4 : 0.55) * figure.fontPoints;
  return std::string(",mark=") + texMark(static_cast<PointShape>(series.marker)) +
         ",mark size=" + texPt(diameter / 2) +
         ",mark options={solid,line width=0.3pt,draw=white,fill=" + texColour(series.colour) + "}";
}

/// The marks of a curve: all of a short one, some of a long one where its shape tells it from others.
std::string marksOf(const FigureSeries& series, const Figure& figure) {
  constexpr size_t markedSamples = 30, fewMarks = 12;
  const bool all = series.x.size() <= markedSamples;
  if (!all && series.marker == 0) return ",mark=none";
  return markOf(series, figure) + (all ? "" : ",mark repeat=" + std::to_string(series.x.size() / fewMarks));
}

/// Of an axis: its ends, or room about what it shows. Far beyond the ends TeX cannot count.
std::string limits(char axis, const std::optional<AxisRange>& range, bool logarithmic, double room) {
  const std::string name(1, axis);
  if (!range) return "enlarge " + name + " limits=" + texNumber(room);
  std::string text = name + "min=" + texNumber(range->low) + "," + name + "max=" + texNumber(range->high) +
                     ",enlarge " + name + " limits=false";
  const double far = 20 * (range->high - range->low);
  if (!logarithmic)
    text += ",restrict " + name + " to domain*=" + texNumber(range->low - far) + ":" +
            texNumber(range->high + far);
  return text;
}

} // namespace

std::string plots(const CurvesPanel& panel, const TexNumbers& numbers) {
  std::string text;
  for (size_t i = 0; i < panel.series.size(); ++i) {
    const FigureSeries& s = panel.series[i];
    if (s.lower.empty()) continue;
    const std::string name = numbers.panel + "-" + std::to_string(i);
    text +=
        numbers.plot("draw=none,unbounded coords=discard,name path=lower-" + name, "lower", i, s.x, s.lower);
    text +=
        numbers.plot("draw=none,unbounded coords=discard,name path=upper-" + name, "upper", i, s.x, s.upper);
    text += "  \\addplot[forget plot,draw=none,fill=" + texColour(s.colour) +
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

std::string axisOptions(const CurvesPanel& panel) {
  std::string text = "    xlabel={" + texText(panel.xLabel) + "},ylabel={" + texText(panel.yLabel) +
                     "},\n    " + limits('x', panel.xRange, panel.logX, kCurveRoomX) + "," +
                     limits('y', panel.yRange, panel.logY, kCurveRoomY) +
                     ",y axis line style={draw=none},grid=major,\n";
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

std::vector<TexLegendEntry> legendOf(const CurvesPanel& panel, const Figure& figure) {
  std::vector<TexLegendEntry> entries;
  if (!panel.legend) return entries;
  for (const FigureSeries& s : panel.series)
    if (s.inLegend && !s.label.empty())
      entries.push_back({s.label, lineOf(s, figure) + (s.marker == 0 ? ",mark=none" : markOf(s, figure))});
  return entries;
}

std::set<std::string> coloursOf(const CurvesPanel& panel) {
  std::set<std::string> colours;
  for (const FigureSeries& s : panel.series) colours.insert(s.colour);
  return colours;
}

} // namespace latent::detail
