#include "core/run/faceted_curves.h"

#include "core/models/families.h"

#include <algorithm>

namespace latent {
namespace {

constexpr size_t mostColumns = 3;

/// Entries of the legend alone are series without points (curvesFigure).
void dropLegend(CurvesPanel& panel) {
  std::erase_if(panel.series, [](const FigureSeries& series) { return series.x.empty(); });
}

/// A run's entry is named as its curves begin; it gets its family's name.
void nameByFamily(CurvesPanel& panel, const std::vector<RunFolder>& runs) {
  size_t run = 0;
  for (FigureSeries& series : panel.series)
    if (series.x.empty() && run < runs.size())
      series.label = findFamily(runs[run++].record().spec.family)->shortName;
}

/// Steps for the runs of one facet, whose first is run `first` of all.
std::vector<int64_t> upToOf(const std::vector<int64_t>& all, size_t first, size_t count) {
  const auto begin = all.begin() + static_cast<std::ptrdiff_t>(std::min(first, all.size()));
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(first + count, all.size()));
  return {begin, end};
}

void shareAxes(std::vector<FigurePanel>& panels, const CurvesLook& look) {
  Extent x, y;
  for (const FigurePanel& panel : panels)
    for (const FigureSeries& series : std::get<CurvesPanel>(panel).series) {
      x.add(extentOf(series.x, look.logX));
      y.add(extentOf(series.y, look.logY));
    }
  for (FigurePanel& any : panels) {
    auto& panel = std::get<CurvesPanel>(any);
    if (!x.empty()) panel.xRange = roomAround(x, look.logX, kCurveRoomX, kCurveRoomX);
    if (look.sharedY && !y.empty()) panel.yRange = roomAround(y, look.logY, kCurveRoomY, kCurveRoomY);
  }
}

} // namespace

Result<Figure> facetedCurves(const std::vector<CurveFacet>& facets, const CurvesOptions& options) {
  if (facets.empty() || options.series.empty()) return usageError("Curves need a run and a series.");
  Figure figure;
  Json titles = Json::array(), counts = Json::array();
  size_t first = 0;
  for (const CurveFacet& facet : facets) {
    CurvesOptions own = options;
    own.series = {options.series.front()};
    own.upTo = upToOf(options.upTo, first, facet.runs.size());
    first += facet.runs.size();
    auto made = curvesFigure(facet.runs, own);
    if (!made) return made;
    auto panel = std::get<CurvesPanel>(std::move(made->panels.front()));
    panel.title = facet.title;
    titles.push_back(facet.title);
    counts.push_back(facet.runs.size());
    if (figure.panels.empty()) {
      nameByFamily(panel, facet.runs);
      figure = *std::move(made);
      figure.panels.clear();
    } else {
      dropLegend(panel);
      for (Json& run : made->provenance["runs"]) figure.provenance["runs"].push_back(std::move(run));
      std::ranges::move(made->warnings, std::back_inserter(figure.warnings));
    }
    figure.panels.emplace_back(std::move(panel));
  }
  if (facets.size() > 1) shareAxes(figure.panels, options.look);
  figure.panelColumns = static_cast<int>(std::min(facets.size(), mostColumns));
  figure.provenance["view"]["facets"] = {{"titles", std::move(titles)}, {"runs", std::move(counts)}};
  return figure;
}

} // namespace latent
