#include "core/run/curves_figure.h"
#include "core/base/smoother.h"
#include "core/models/families.h"
#include "core/run/curve_roots.h"
#include "core/run/figure_parts.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

namespace latent {
namespace {

/// Test solid, train dashed, batch dotted: the run has the colour.
int patternOf(const std::string& split) {
  return split == "test" ? 0 : split == "train" ? 1 : 2;
}

const FamilyInfo& familyOf(const RunFolder& run) {
  return *findFamily(run.record().spec.family);
}

bool allInNats(const std::vector<RunFolder>& runs) {
  return std::ranges::all_of(runs, [](const RunFolder& run) { return !familyOf(run).squaredError; });
}

/// "total" of the page Train is the loss.
std::string axisLabel(const std::string& series, const CurvesLook& look, bool nats) {
  if (look.bound && (series == "total" || series == "recon" || series == "kl"))
    return "log-likelihood bound, nats (higher is better)";
  if (series == "elbo") return "ELBO, nats (higher is better)";
  if (series == "kl") return "KL, nats";
  if (series == "recon") return nats ? "reconstruction, nats" : "reconstruction";
  if (series == "loss" || series == "total")
    return nats ? "loss, nats (lower is better)" : "loss (lower is better)";
  return series;
}

/// The rows of metrics.csv that a curve of a run is made of.
struct Quantity {
  std::string series;
  bool negated = false;
};
/// As the page Train has it: of the bound an AE, which has none, shows its reconstruction.
std::optional<Quantity> quantityOf(const std::string& part, const CurvesLook& look, const RunFolder& run) {
  const FamilyInfo& family = familyOf(run);
  const bool ofTheBound = part == "total" || part == "recon" || part == "kl";
  if (!look.bound || !ofTheBound) return Quantity{part == "total" ? "loss" : part};
  if (family.squaredError && part != "kl") return std::nullopt; // no likelihood, no bound
  if (part != "total") return Quantity{part, true};
  return family.hasPrior ? Quantity{"elbo"} : Quantity{"recon", true};
}

/// A loss says what it is made of: an AE's is no bound and stands beside a VAE's only by name.
std::vector<std::string> curveNames(const std::vector<FigureSource>& sources,
                                    const std::vector<std::string>& series) {
  std::vector<std::string> names = distinctNames(sources);
  if (std::ranges::find(series, "loss") == series.end() && std::ranges::find(series, "total") == series.end())
    return names;
  for (size_t i = 0; i < sources.size(); ++i)
    names[i] += " (loss: " + familyOf(sources[i].run).objective + ")";
  return names;
}

/// Beyond the colours there are, runs take their samples' shapes apart as well.
void paintAsRun(FigureSeries& series, size_t run) {
  constexpr size_t colours = 8, markers = 4;
  series.colour = runColour(static_cast<int>(run % colours));
  series.marker = static_cast<int>(run / colours % markers);
}

/// A series without points: an entry of the legend alone. Runs have colours and splits have patterns, so that
/// the legend has one line for each of them, not for each of their pairs.
FigureSeries legendEntry(const std::string& words, size_t run) {
  FigureSeries entry;
  entry.label = words;
  paintAsRun(entry, run);
  return entry;
}
FigureSeries legendEntry(const std::string& split) {
  FigureSeries entry;
  entry.label = split;
  entry.colour = "#5E646B";
  entry.pattern = patternOf(split);
  return entry;
}

std::vector<double> smoothed(const std::vector<double>& values, double weight) {
  Smoother smoother(weight);
  std::vector<double> result;
  result.reserve(values.size());
  for (const double value : values) result.push_back(smoother(value));
  return result;
}

FigureSeries curveOf(const std::vector<Metric>& metrics, const Quantity& quantity, const std::string& split) {
  FigureSeries curve;
  for (const Metric& metric : metrics) {
    if (metric.series != quantity.series || metric.split != split) continue;
    curve.x.push_back(metric.epoch);
    curve.y.push_back(quantity.negated ? -metric.value : metric.value);
  }
  curve.inLegend = false;
  return curve;
}

std::string facetTitle(const std::string& key, const RunFolder& run) {
  if (key == "family") return familyOf(run).shortName;
  if (key == "dataset") return run.record().datasetName;
  const Parameters& parameters = run.record().spec.parameters;
  return key + " " + (parameters.has(key) ? formatParameter(parameters.at(key)) : "\u2013");
}

/// Runs of one value of the facet's key, each value where it comes first.
std::vector<std::pair<std::string, std::vector<size_t>>> facetsOf(const std::vector<RunFolder>& runs,
                                                                  const std::string& key) {
  std::vector<std::pair<std::string, std::vector<size_t>>> facets;
  for (size_t i = 0; i < runs.size(); ++i) {
    const std::string title = key.empty() ? "" : facetTitle(key, runs[i]);
    auto known = std::ranges::find(facets, title, &std::pair<std::string, std::vector<size_t>>::first);
    if (known == facets.end()) known = facets.insert(known, {title, {}});
    known->second.push_back(i);
  }
  return facets;
}

/// Live changes of a run, at their epochs.
std::vector<CurveMark> marksOf(const RunFolder& run, const std::string& name) {
  std::vector<CurveMark> marks;
  const RunRecord& record = run.record();
  const auto changes = run.changes();
  if (!changes || record.step <= 0 || record.epoch <= 0) return marks;
  for (const ParameterChange& change : *changes) {
    std::string parameter = change.parameter;
    std::ranges::replace(parameter, '_', ' ');
    marks.push_back({static_cast<double>(change.step) * record.epoch / static_cast<double>(record.step),
                     (name.empty() ? "" : name + ": ") + parameter + " " + change.oldValue + " \u2192 " +
                         change.newValue});
  }
  return marks;
}

/// A panel, and what its vertical axis should show.
struct FittedPanel {
  CurvesPanel panel;
  Extent values;
};

Extent fitted(const std::vector<double>& values, bool logarithmic) {
  const auto drawn = [&](size_t i) {
    return logarithmic && values[i] <= 0 ? std::numeric_limits<double>::quiet_NaN() : values[i];
  };
  return fittedValues(values.size(), drawn, extentOf(values, logarithmic));
}

/// The facets of one part get one range of epochs and, where it is wished, of values.
void setRanges(std::span<FittedPanel> facets, const CurvesOptions& options) {
  const CurvesLook& look = options.look;
  const bool page = options.series.empty();
  if (facets.size() < 2 && !page) return;
  Extent x, y;
  for (const FittedPanel& facet : facets) {
    for (const FigureSeries& series : facet.panel.series) x.add(extentOf(series.x, look.logX));
    y.add(facet.values);
  }
  if (!x.empty())
    for (FittedPanel& facet : facets) facet.panel.xRange = roomAround(x, look.logX, kCurveRoomX, kCurveRoomX);
  if (!page && !look.sharedY) return;
  for (FittedPanel& facet : facets)
    if (const Extent& own = look.sharedY ? y : facet.values; !own.empty())
      facet.panel.yRange = roomAround(own, look.logY, kCurveRoomY, kCurveRoomY);
}

/// What a person chose of the only part.
void setArea(std::span<FittedPanel> facets, const CurvesArea& area, const CurvesLook& look) {
  const bool drawable =
      (!look.logX || area.x.low > 0) &&
      (!look.logY || std::ranges::all_of(area.y, [](const AxisRange& y) { return y.low > 0; }));
  if (area.y.size() != facets.size() || !drawable) return;
  for (size_t i = 0; i < facets.size(); ++i) {
    facets[i].panel.xRange = area.x;
    facets[i].panel.wholeX = area.x.high - area.x.low >= 2; // else there may be no tick
    facets[i].panel.yRange = area.y[i];
  }
}

/// What the curves of all panels share.
struct Drawing {
  const std::vector<RunFolder>& runs;
  const CurvesOptions& options;
  std::vector<std::vector<Metric>> metrics;
  std::vector<std::string> names;
  std::vector<std::string> splits;
  std::vector<bool> drawn;             ///< of each run
  std::set<std::string> drawnSplits{}; ///< that any run has

  /// Rows of single batches where there are any and a page's choice asks for train curves.
  std::string rowsFor(const std::string& split, size_t run, const Quantity& quantity) const {
    const bool fine = options.series.empty() && split == "train" &&
                      std::ranges::any_of(metrics[run], [&](const Metric& row) {
                        return row.split == "batch" && row.series == quantity.series;
                      });
    return fine ? "batch" : split;
  }

  void add(size_t run, const std::string& part, FittedPanel& facet) {
    CurvesPanel& panel = facet.panel;
    const bool page = options.series.empty();
    if (page && familyOf(runs[run]).closedForm) return; // one number is no curve
    const auto quantity = quantityOf(part, options.look, runs[run]);
    if (!quantity) return;
    for (const std::string& split : splits) {
      FigureSeries curve = curveOf(metrics[run], *quantity, rowsFor(split, run, *quantity));
      if (curve.x.empty()) continue; // an AE has no KL and no ELBO
      curve.label = names[run] + ", " + split;
      curve.pattern = patternOf(split);
      paintAsRun(curve, run);
      facet.values.add(page ? fitted(curve.y, options.look.logY) : extentOf(curve.y, options.look.logY));
      if (split != "test" && options.look.smoothing > 0) {
        FigureSeries raw = curve;
        raw.faint = true;
        raw.label += ", as measured";
        panel.series.push_back(std::move(raw));
        curve.y = smoothed(curve.y, options.look.smoothing);
        curve.label += ", smoothed";
      }
      panel.series.push_back(std::move(curve));
      drawn[run] = true;
      drawnSplits.insert(split);
    }
  }

  FittedPanel panelOf(const std::string& part, const std::string& title, const std::vector<size_t>& members,
                      bool nats) {
    FittedPanel facet;
    CurvesPanel& panel = facet.panel;
    panel.title = title;
    panel.xLabel = "epoch";
    panel.yLabel = axisLabel(part, options.look, nats);
    panel.logX = options.look.logX;
    panel.logY = options.look.logY;
    panel.wholeX = true;
    for (const size_t run : members) {
      add(run, part, facet);
      for (CurveMark& mark : marksOf(runs[run], runs.size() > 1 ? names[run] : ""))
        panel.marks.push_back(std::move(mark));
    }
    return facet;
  }
};

Json viewOf(const CurvesOptions& options) {
  const CurvesLook& look = options.look;
  Json view = toJson(look);
  view["series"] = options.series;
  view["splits"] = options.splits;
  if (options.area) view["area"] = toJson(*options.area);
  return view;
}

} // namespace

Result<Figure> curvesFigure(const std::vector<RunFolder>& runs, const CurvesOptions& options) {
  const CurvesLook& look = options.look;
  if (!(look.smoothing >= 0 && look.smoothing < 1))
    return usageError("smoothing: a number of at least 0 and below 1 is needed.");
  Figure figure;
  Drawing drawing{runs, options, {}, {}, options.splits, std::vector<bool>(runs.size()), {}};
  std::vector<FigureSource> sources;
  for (const RunFolder& run : runs) {
    auto table = run.metrics();
    if (!table) return table.error();
    if (table->rows.empty())
      return inputError((run.path() / "metrics.csv").string() +
                        " is missing or empty: this run has no curves.");
    if (!table->warning.empty()) figure.warnings.push_back(std::move(table->warning));
    if (sources.size() < options.upTo.size())
      std::erase_if(table->rows,
                    [last = options.upTo[sources.size()]](const Metric& row) { return row.step > last; });
    int64_t last = 0;
    for (const Metric& row : table->rows) last = std::max(last, row.step);
    rootCurves(run, table->rows);
    drawing.metrics.push_back(std::move(table->rows));
    sources.push_back({run, last});
  }
  std::vector<std::string> parts = options.series;
  if (parts.empty()) {
    parts = {look.part};
    drawing.splits.clear();
    if (look.train) drawing.splits.emplace_back("train");
    if (look.test) drawing.splits.emplace_back("test");
  }
  drawing.names = curveNames(sources, parts);

  const auto facets = facetsOf(runs, look.facet);
  const bool nats = allInNats(runs);
  std::vector<FittedPanel> panels;
  for (const std::string& part : parts) {
    const size_t first = panels.size();
    for (const auto& [title, members] : facets) {
      FittedPanel facet = drawing.panelOf(part, title, members, nats);
      if (!facet.panel.series.empty()) panels.push_back(std::move(facet));
    }
    setRanges(std::span(panels).subspan(first), options);
    if (panels.empty() ||
        (look.facet.empty() && panels.size() < 1 + static_cast<size_t>(&part - parts.data())))
      return usageError("None of these runs has a curve '" + part + "' for the splits asked for.");
  }
  if (options.area) setArea(panels, *options.area, look);
  // One legend for all panels.
  auto& legend = panels.front().panel.series;
  for (size_t i = 0; i < runs.size(); ++i)
    if (drawing.drawn[i]) legend.push_back(legendEntry(drawing.names[i], i));
  for (const std::string& split : drawing.splits) {
    if (!drawing.drawnSplits.contains(split)) continue;
    FigureSeries entry = legendEntry(split);
    if (split != "test" && look.smoothing > 0) entry.label += ", smoothed";
    legend.push_back(std::move(entry));
  }
  figure.widthMm = options.widthMm;
  figure.heightMm = facets.size() > 1 ? 0 : options.heightMm;
  figure.fontPoints = options.fontPoints;
  figure.panelColumns = static_cast<int>(std::min<size_t>(panels.size(), facets.size() > 1 ? 3 : 2));
  for (FittedPanel& facet : panels) figure.panels.emplace_back(std::move(facet.panel));
  figure.provenance = figureProvenance("curves", sources, viewOf(options));
  return figure;
}

} // namespace latent
