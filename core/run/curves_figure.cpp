#include "core/run/figure_parts.h"
#include "core/run/figures.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace latent {
namespace {

/// Test solid, train dashed, batch dotted: the run has the colour.
int patternOf(const std::string& split) {
  return split == "test" ? 0 : split == "train" ? 1 : 2;
}

std::string axisLabel(const std::string& series) {
  if (series == "elbo") return "ELBO, nats (higher is better)";
  if (series == "kl") return "KL, nats";
  if (series == "recon") return "reconstruction, nats";
  if (series == "loss") return "loss, nats (lower is better)";
  return series;
}

std::string curveName(const RunRecord& record, const std::string& series) {
  // A loss says what it is made of: an AE's is no bound and stands beside a VAE's only by name.
  const std::string measure = series == "loss" ? measureName(record) == "ELBO" ? ", -ELBO" : ", recon" : "";
  return record.config.name + measure;
}

/// A series without points: an entry of the legend alone. Runs have colours and splits have patterns, so that
/// the legend has one line for each of them, not for each of their pairs.
FigureSeries legendEntry(const std::string& words, const std::string& colour, int pattern) {
  FigureSeries entry;
  entry.label = words;
  entry.colour = colour;
  entry.pattern = pattern;
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
  std::vector<std::vector<Metric>> metrics;
  std::vector<FigureSource> sources;
  for (const RunFolder& run : runs) {
    auto rows = run.metrics();
    if (!rows) return rows.error();
    if (rows->empty())
      return inputError((run.path() / "metrics.csv").string() +
                        " is missing or empty: this run has no curves.");
    metrics.push_back(std::move(*rows));
    sources.push_back({run, std::nullopt});
  }

  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = options.heightMm;
  figure.fontPoints = options.fontPoints;
  figure.panelColumns = static_cast<int>(std::min<size_t>(options.series.size(), 2));
  for (const std::string& series : options.series) {
    CurvesPanel panel;
    panel.xLabel = "epoch";
    panel.yLabel = axisLabel(series);
    panel.logX = options.logX;
    panel.logY = options.logY;
    std::vector<FigureSeries> legend;
    for (size_t i = 0; i < runs.size(); ++i) {
      const std::string name = curveName(runs[i].record(), series);
      const std::string colour = runColour(static_cast<int>(i));
      const size_t before = panel.series.size();
      for (const std::string& split : options.splits) {
        FigureSeries curve = curveOf(metrics[i], series, split);
        if (curve.x.empty()) continue; // an AE has no KL and no ELBO
        curve.label = name + ", " + split;
        curve.colour = colour;
        curve.inLegend = false;
        curve.pattern = patternOf(split);
        panel.series.push_back(std::move(curve));
      }
      if (panel.series.size() > before) legend.push_back(legendEntry(name, colour, 0));
    }
    for (const std::string& split : options.splits)
      legend.push_back(legendEntry(split, "#5E646B", patternOf(split)));
    if (panel.series.empty())
      return usageError("None of these runs has a curve '" + series + "' for the splits asked for.");
    std::ranges::move(legend, std::back_inserter(panel.series));
    figure.panels.emplace_back(std::move(panel));
  }
  figure.provenance =
      figureProvenance("curves", sources, {{"series", options.series}, {"splits", options.splits}});
  return figure;
}

} // namespace latent
