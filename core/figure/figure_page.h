// What a person chose of a figure's page, as its provenance holds it.
#pragma once

#include "core/base/json.h"
#include "core/figure/figure.h"

#include <optional>
#include <string>
#include <vector>

namespace latent {

/// All that a person chooses of a page, apart from what the figure shows.
struct FigurePage {
  double widthMm = 84;
  double heightMm = 0; ///< 0 = follows from the content
  double fontPoints = 8;
  double curvePoints = 0.9;
  double dpi = 300;                 ///< of a png
  std::optional<std::string> title; ///< nothing = the figure's own, "" = none
  LegendPlace legend = LegendPlace::above;
  bool greyscale = false;
  bool smooth = false;
};

/// Sizes that reports need: "one-column" 84 mm, "two-columns" 174 mm, "slide" 16:9.
struct PagePreset {
  std::string id, name;
  double widthMm, heightMm, fontPoints, curvePoints;
};
const std::vector<PagePreset>& pagePresets();

/// All but the width, which its panels were made for, and dpi, which is the drawing's.
void setPage(const FigurePage& page, Figure& figure);

/// {"widthMm", "heightMm", "fontPoints", "title", "panelColumns", "dpi"}: provenance["page"].
Json pageOf(const Figure& figure, double dpi);

/// Height, font and title of such a page. Its width and its panels in a row are what the panels were made
/// for. Keys that are missing or out of range leave the figure as it is.
void applyPage(const Json& page, Figure& figure);

/// A number of a page from `low` to `high`, else `otherwise`.
double pageNumber(const Json& page, const char* key, double low, double high, double otherwise);

} // namespace latent
