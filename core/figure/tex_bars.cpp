// Bars as PGFPlots draws them.
#include "core/figure/tex_plots.h"

#include <vector>

namespace latent::detail {
namespace {

constexpr size_t manyBars = 32; // more of them are one plot

std::string barOptions(const std::string& colour) {
  return "ybar,bar width=0.85,draw=none,fill=" + texColour(colour);
}

} // namespace

std::string plots(const BarsPanel& panel, const TexNumbers& numbers) {
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

std::string axisOptions(const BarsPanel& panel) {
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

std::set<std::string> coloursOf(const BarsPanel& panel) {
  return {panel.colours.begin(), panel.colours.end()};
}

} // namespace latent::detail
