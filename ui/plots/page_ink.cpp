#include "ui/plots/page_ink.h"

#include "core/figure/colours.h"
#include "core/figure/grey_figure.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {

QColor classInk(int64_t label, const PageStyle& style) {
  return {QString::fromStdString(style.greyscale ? classGrey(label) : classColour(label))};
}

QColor fieldInk(double share, const PageStyle& style) {
  if (!style.greyscale) {
    const Rgb rgb = viridis(share);
    return {rgb[0], rgb[1], rgb[2]};
  }
  constexpr double lightest = 245, darkest = 30; // apart from the page and from what is written on it
  if (std::isnan(share)) return {Qt::white};
  const int level =
      static_cast<int>(std::lround(lightest + (darkest - lightest) * std::clamp(share, 0.0, 1.0)));
  return {level, level, level};
}

} // namespace latent::ui
