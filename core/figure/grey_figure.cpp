#include "core/figure/grey_figure.h"

#include "core/figure/colours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <type_traits>
#include <utility>
#include <vector>

namespace latent {
namespace {

constexpr int lightest = 165; // of a line: a third of the contrast of black on white

Rgb rgbOf(const std::string& colour) {
  const auto part = [&](size_t at) {
    return static_cast<uint8_t>(std::stoi(colour.substr(at, 2), nullptr, 16));
  };
  return {part(1), part(3), part(5)};
}

uint8_t luminance(const Rgb& colour) {
  return static_cast<uint8_t>(std::lround(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]));
}

std::string greyText(int level) {
  const auto grey = static_cast<uint8_t>(level);
  return colourText({grey, grey, grey});
}

std::string greyOf(const std::string& colour) {
  return greyText(luminance(rgbOf(colour)));
}

/// RGB where its parts are equal: it is neutral already and keeps its place beside the others.
bool isNeutral(const std::string& colour) {
  const Rgb rgb = rgbOf(colour);
  constexpr int slight = 16;
  const auto [low, high] = std::minmax_element(rgb.begin(), rgb.end());
  return *high - *low <= slight;
}

/// What all series of a figure share: its distinct colours in their order, and whether any line is not solid.
struct Series {
  std::vector<std::string> colours;
  bool patterned = false;

  explicit Series(const Figure& figure) {
    for (const FigurePanel& any : figure.panels) {
      const auto* panel = std::get_if<CurvesPanel>(&any);
      if (panel == nullptr) continue;
      for (const FigureSeries& series : panel->series) {
        patterned = patterned || series.pattern != 0;
        if (!isNeutral(series.colour) && indexOf(series.colour) == colours.size())
          colours.push_back(series.colour);
      }
    }
  }
  size_t indexOf(const std::string& colour) const {
    return static_cast<size_t>(std::find(colours.begin(), colours.end(), colour) - colours.begin());
  }
};

void makeGrey(CurvesPanel& panel, const Series& all) {
  constexpr int markers = 4, patterns = 4;
  const auto last = static_cast<int>(all.colours.size()) - 1;
  for (FigureSeries& series : panel.series) {
    if (isNeutral(series.colour)) {
      series.colour = greyOf(series.colour);
      continue;
    }
    const auto index = static_cast<int>(all.indexOf(series.colour));
    series.colour = greyText(last > 0 ? lightest * index / last : 0);
    series.marker = (series.marker + index) % markers;
    if (!all.patterned) series.pattern = index % patterns;
  }
}

/// [N, 3, H, W] to [N, 1, H, W].
void makeGrey(std::vector<uint8_t>& pixels, int& channels, int height, int width) {
  constexpr size_t rgb = 3;
  if (channels != static_cast<int>(rgb)) return;
  const size_t plane = static_cast<size_t>(height) * static_cast<size_t>(width);
  std::vector<uint8_t> grey;
  grey.reserve(pixels.size() / rgb);
  for (size_t image = 0; image + rgb * plane <= pixels.size(); image += rgb * plane)
    for (size_t i = image; i < image + plane; ++i)
      grey.push_back(luminance({pixels[i], pixels[i + plane], pixels[i + 2 * plane]}));
  pixels = std::move(grey);
  channels = 1;
}

} // namespace

Figure inGreys(Figure figure) {
  const Series all(figure);
  for (FigurePanel& any : figure.panels) {
    std::visit(
        [&](auto& panel) {
          using Panel = std::decay_t<decltype(panel)>;
          if constexpr (std::is_same_v<Panel, CurvesPanel>)
            makeGrey(panel, all);
          else if constexpr (std::is_same_v<Panel, PlanePanel>)
            makeGrey(panel.pixels, panel.channels, panel.tileHeight, panel.tileWidth);
          else if constexpr (std::is_same_v<Panel, ImagesPanel>)
            makeGrey(panel.pixels, panel.channels, panel.height, panel.width);
          else
            std::transform(panel.colours.begin(), panel.colours.end(), panel.colours.begin(), greyOf);
        },
        any);
  }
  return figure;
}

std::string classGrey(int64_t label) {
  // Ten levels from black, in an order in which neighbours differ by half of them.
  static constexpr std::array levels = {0, 110, 44, 154, 22, 132, 66, 176, 88, 198};
  if (label < 0) return "#DDDDDD";
  return greyText(levels.at(static_cast<size_t>(label) % levels.size()));
}

PointShape classShape(int64_t label) {
  constexpr int64_t shapes = 10;
  return label < 0 ? PointShape::disc : static_cast<PointShape>(label % shapes);
}

} // namespace latent
