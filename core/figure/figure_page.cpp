#include "core/figure/figure_page.h"

#include <array>
#include <cmath>
#include <utility>

namespace latent {
namespace {

using namespace page_limits;

constexpr std::array<std::pair<LegendPlace, const char*>, 4> places{{{LegendPlace::above, "above"},
                                                                     {LegendPlace::below, "below"},
                                                                     {LegendPlace::right, "right"},
                                                                     {LegendPlace::none, "none"}}};

bool pageFlag(const Json& page, const char* key, bool otherwise) {
  const auto found = page.find(key);
  return found != page.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

std::optional<std::string> pageText(const Json& page, const char* key) {
  const auto found = page.find(key);
  if (found == page.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

} // namespace

const std::vector<PagePreset>& pagePresets() {
  // A slide of 10 inches, as presentation programs have it, is read from afar.
  static const std::vector<PagePreset> presets{{"one-column", "One column", 84, 0, 8, 0.9},
                                               {"two-columns", "Two columns", 174, 0, 8, 0.9},
                                               {"slide", "Slide 16:9", 254, 142.875, 16, 2}};
  return presets;
}

const char* legendPlaceName(LegendPlace place) {
  for (const auto& [value, name] : places)
    if (value == place) return name;
  return "above";
}

std::optional<LegendPlace> legendPlaceFromName(const std::string& name) {
  for (const auto& [value, known] : places)
    if (name == known) return value;
  return std::nullopt;
}

FigurePage pageOn(const Figure& figure, double dpi) {
  FigurePage page;
  page.widthMm = figure.widthMm;
  page.heightMm = figure.heightMm;
  page.fontPoints = figure.fontPoints;
  page.curvePoints = figure.curvePoints;
  page.dpi = dpi;
  page.title = figure.title;
  page.legend = figure.legend;
  page.greyscale = figure.greyscale;
  page.smooth = figure.smooth;
  return page;
}

void setPage(const FigurePage& page, Figure& figure) {
  figure.heightMm = page.heightMm;
  figure.fontPoints = page.fontPoints;
  figure.curvePoints = page.curvePoints;
  if (page.title) figure.title = *page.title;
  figure.legend = page.legend;
  figure.greyscale = page.greyscale;
  figure.smooth = page.smooth;
}

Json pageOf(const Figure& figure) {
  return {{"widthMm", figure.widthMm},
          {"heightMm", figure.heightMm},
          {"fontPoints", figure.fontPoints},
          {"curvePoints", figure.curvePoints},
          {"title", figure.title},
          {"legend", legendPlaceName(figure.legend)},
          {"greyscale", figure.greyscale},
          {"smooth", figure.smooth},
          {"panelColumns", figure.panelColumns}};
}

Json pageOf(const Figure& figure, double dpi) {
  Json page = pageOf(figure);
  page["dpi"] = dpi;
  return page;
}

double pageNumber(const Json& page, const char* key, double low, double high, double otherwise) {
  if (!page.is_object()) return otherwise;
  const auto found = page.find(key);
  if (found == page.end() || !found->is_number()) return otherwise;
  const auto value = found->get<double>();
  return value >= low && value <= high ? value : otherwise;
}

FigurePage pageFromJson(const Json& page, FigurePage otherwise) {
  if (!page.is_object()) return otherwise;
  const FigurePage& is = otherwise;
  FigurePage read;
  read.widthMm = pageNumber(page, "widthMm", leastMm, mostMm, is.widthMm);
  read.heightMm = pageNumber(page, "heightMm", 0, mostMm, is.heightMm);
  if (read.heightMm < leastMm) read.heightMm = 0;
  read.fontPoints = pageNumber(page, "fontPoints", leastFont, mostFont, is.fontPoints);
  read.curvePoints = pageNumber(page, "curvePoints", leastCurve, mostCurve, is.curvePoints);
  read.dpi = pageNumber(page, "dpi", leastDpi, mostDpi, is.dpi);
  read.title = pageText(page, "title");
  if (!read.title) read.title = is.title;
  read.legend = legendPlaceFromName(pageText(page, "legend").value_or("")).value_or(is.legend);
  read.greyscale = pageFlag(page, "greyscale", is.greyscale);
  read.smooth = pageFlag(page, "smooth", is.smooth);
  return read;
}

void applyPage(const Json& page, Figure& figure) {
  constexpr double standardDpi = 300;
  setPage(pageFromJson(page, pageOn(figure, standardDpi)), figure);
  const double columns = pageNumber(page, "panelColumns", 1, mostColumns, 0);
  if (columns == std::floor(columns) && columns >= 1 &&
      pageNumber(page, "widthMm", leastMm, mostMm, 0) == figure.widthMm)
    figure.panelColumns = static_cast<int>(columns);
}

} // namespace latent
