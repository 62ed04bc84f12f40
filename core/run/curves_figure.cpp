#include "core/models/families.h"
#include "core/run/figure_parts.h"
#include "core/run/figures.h"

#include <algorithm>
#include <iterator>

namespace latent {
namespace {

/// Test solid, train dashed, batch dotted: the run has the colour.
int patternOf(const std::string& split) {
  return split == "test" ? 0 : split == "train" ? 1 : 2;
}

bool allInNats(const std::vector<RunFolder>& runs) {
  return std::ranges::all_of(runs, [](const RunFolder& run) {
    const FamilyInfo* family = findFamily(run.record().spec.family);
    return family && !family->squaredError;
  });
}

std::string axisLabel(const std::string& series, bool nats) {
  if (series == "elbo") return "ELBO, nats (higher is better)";
  if (series == "kl") return "KL, nats";
  if (series == "recon") return nats ? "reconstruction, nats" : "reconstruction";
  if (series == "loss") return nats ? "loss, nats (lower is better)" : "loss (lower is better)";
  return series;
}

/// A loss says what it is made of: an AE's is no bound and stands beside a VAE's only by name.
std::vector<std::string> curveNames(const std::vector<FigureSource>& sources,
                                    const std::vector<std::string>& series) {
  std::vector<std::string> names = distinctNames(sources);
  if (std::ranges::find(series, "loss") == series.end()) return names;
  for (size_t i = 0; i < sources.size(); ++i)
    names[i] += " (loss: " + findFamily(sources[i].run.record().spec.family)->objective + ")";
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

FigureSeries curveOf(const std::vector<Metric>& metrics, const std::string& series,
                     const std::string& split) {
  FigureSeries curve;
  for (const Metric& metric : metrics) {
    if (metric.series != series || metric.split != split) continue;
    curve.x.push_back(metric.epoch);
    curve.y.push_back(metric.value);
  }
  return curve;
}

} // namespace

Result<Figure> curvesFigure(const std::vector<RunFolder>& runs, const CurvesOptions& options) {
  Figure figure;
  std::vector<std::vector<Metric>> metrics;
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
    metrics.push_back(std::move(table->rows));
    sources.push_back({run, last});
  }

  figure.widthMm = options.widthMm;
  figure.heightMm = options.heightMm;
  figure.fontPoints = options.fontPoints;
  figure.panelColumns = static_cast<int>(std::min<size_t>(options.series.size(), 2));
  const std::vector<std::string> names = curveNames(sources, options.series);
  const bool nats = allInNats(runs);
  std::vector<bool> drawn(runs.size());
  std::vector<CurvesPanel> panels;
  for (const std::string& series : options.series) {
    CurvesPanel panel;
    panel.xLabel = "epoch";
    panel.yLabel = axisLabel(series, nats);
    panel.logX = options.logX;
    panel.logY = options.logY;
    panel.wholeX = true;
    for (size_t i = 0; i < runs.size(); ++i) {
      for (const std::string& split : options.splits) {
        FigureSeries curve = curveOf(metrics[i], series, split);
        if (curve.x.empty()) continue; // an AE has no KL and no ELBO
        curve.label = names[i] + ", " + split;
        curve.inLegend = false;
        curve.pattern = patternOf(split);
        paintAsRun(curve, i);
        panel.series.push_back(std::move(curve));
        drawn[i] = true;
      }
    }
    if (panel.series.empty())
      return usageError("None of these runs has a curve '" + series + "' for the splits asked for.");
    panels.push_back(std::move(panel));
  }
  // One legend for all panels.
  for (size_t i = 0; i < runs.size(); ++i)
    if (drawn[i]) panels.front().series.push_back(legendEntry(names[i], i));
  for (const std::string& split : options.splits) panels.front().series.push_back(legendEntry(split));
  std::ranges::move(panels, std::back_inserter(figure.panels));
  figure.provenance = figureProvenance("curves", sources,
                                       {{"series", options.series},
                                        {"splits", options.splits},
                                        {"logX", options.logX},
                                        {"logY", options.logY}});
  return figure;
}

} // namespace latent
