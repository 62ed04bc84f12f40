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

/// What a page may be; everything that reads one refuses or leaves out the rest.
namespace page_limits {
inline constexpr double leastMm = 5, mostMm = 2000;
inline constexpr double leastFont = 1, mostFont = 100;     ///< points
inline constexpr double leastCurve = 0.05, mostCurve = 20; ///< points
inline constexpr double leastDpi = 10, mostDpi = 4800;
inline constexpr int mostColumns = 100; ///< of panels
} // namespace page_limits

/// Sizes that reports need: "one-column" 84 mm, "two-columns" 174 mm, "slide" 16:9.
struct PagePreset {
  std::string id, name;
  double widthMm, heightMm, fontPoints, curvePoints;
};
const std::vector<PagePreset>& pagePresets();

/// "above", "below", "right", "none", and back.
const char* legendPlaceName(LegendPlace place);
std::optional<LegendPlace> legendPlaceFromName(const std::string& name);

/// The page that a figure has now; its title is the figure's.
FigurePage pageOn(const Figure& figure, double dpi);

/// All but the width, which its panels were made for, and dpi, which is the drawing's.
void setPage(const FigurePage& page, Figure& figure);

/// {"widthMm", "heightMm", "fontPoints", "curvePoints", "title", "legend", "greyscale", "smooth",
/// "panelColumns"}.
Json pageOf(const Figure& figure);
/// provenance["page"]: the same with "dpi".
Json pageOf(const Figure& figure, double dpi);

/// Such a page. Keys that are missing or out of range are those of `otherwise`.
FigurePage pageFromJson(const Json& page, FigurePage otherwise);

/// Gives a figure that was made for the width of such a page the rest of it. Its panels stand in the page's
/// columns only where the figure is as wide as the page: other widths have columns of their own. Keys that
/// are missing or out of range leave the figure as it is.
void applyPage(const Json& page, Figure& figure);

/// A number of a page from `low` to `high`, else `otherwise`.
double pageNumber(const Json& page, const char* key, double low, double high, double otherwise);

} // namespace latent
