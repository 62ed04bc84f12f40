#include "core/run/traverse_figure.h"

#include "core/explore/tile_grids.h"
#include "core/run/figure_parts.h"
#include "core/run/latent_view.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <set>

namespace latent {
namespace {

constexpr size_t mostRows = 10; // of one run, unless latents are named

TraversalRange rangeOf(const ModelSpec& spec, const TraverseOptions& options) {
  return options.range.value_or(defaultRange(hasPrior(spec)));
}

Status check(const TraverseOptions& options) {
  if (options.frames < 2 || options.frames > 64)
    return usageError("frames: " + std::to_string(options.frames) + " is not in 2 to 64.");
  if (options.grid && !options.latents.empty() && options.latents.size() != 2)
    return usageError("A grid moves two latents; name two of them.");
  if (std::set<int>(options.latents.begin(), options.latents.end()).size() != options.latents.size())
    return usageError("A latent is named twice; name each one once.");
  return options.range ? checkRange(*options.range) : done();
}

/// The latents to move, by falling use where none are named.
Result<std::vector<int>> latentsOf(const TraverseOptions& options, const LatentUse& use, int size) {
  for (const int j : options.latents)
    if (j < 0 || j >= size)
      return usageError("There is no latent z" + std::to_string(j + 1) + "; the run has " +
                        std::to_string(size) + ".");
  if (!options.latents.empty()) return options.latents;
  std::vector<int> latents;
  for (const int j : use.order)
    if (!use.dead[static_cast<size_t>(j)] && latents.size() < (options.grid ? 2 : mostRows))
      latents.push_back(j);
  if (options.grid && latents.size() < 2)
    return usageError("A grid moves two latents, and this run uses fewer; name two of them.");
  if (latents.empty()) latents.push_back(use.order.front()); // a collapsed model is shown as well
  return latents;
}

/// "z3, KL 1.92" or, where each row has a range of its own, "z3, -1.2 to 2.4".
std::string rowLabel(const Traversal& traversal, size_t row, const TraversalRange& range) {
  std::string label = "z" + std::to_string(traversal.latents[row] + 1);
  if (traversal.kl[row]) label += ", KL " + labelNumber(*traversal.kl[row]);
  const Interval& interval = traversal.intervals[row];
  if (range.kind == RangeKind::dataQuantile)
    label += ", " + labelNumber(interval.low) + " to " + labelNumber(interval.high);
  return label;
}

/// The values of z that all rows share, or the ends of the quantiles.
std::vector<std::string> columnLabels(const TraversalRange& range, int frames) {
  std::vector<std::string> labels(static_cast<size_t>(frames));
  for (int i = 0; i < frames; ++i)
    if (range.kind != RangeKind::dataQuantile)
      labels[static_cast<size_t>(i)] = labelNumber(range.low + i * (range.high - range.low) / (frames - 1));
  if (range.kind == RangeKind::dataQuantile) {
    labels.front() = labelNumber(100 * range.low) + " %";
    labels.back() = labelNumber(100 * range.high) + " %";
  }
  return labels;
}

ImagesPanel gridPanel(const Traversal& traversal, const std::string& name, int frames) {
  ImagesPanel panel;
  const auto words = [&](size_t i) {
    return "z" + std::to_string(traversal.latents[i] + 1) + " " + labelNumber(traversal.intervals[i].low) +
           " to " + labelNumber(traversal.intervals[i].high);
  };
  panel.title = name + ": across " + words(0) + ", up " + words(1);
  panel.rows = panel.columns = frames;
  panel.channels = traversal.shape.channels;
  panel.height = traversal.shape.height;
  panel.width = traversal.shape.width;
  const auto row = static_cast<size_t>(frames * traversal.shape.pixels());
  for (size_t i = static_cast<size_t>(frames); i-- > 0;) // the lowest value at the bottom
    appendBytes(std::span(traversal.pixels).subspan(i * row, row), panel.pixels);
  return panel;
}

Json viewOf(const TraverseOptions& options, bool withData) {
  std::vector<int> named;
  for (const int j : options.latents) named.push_back(j + 1);
  Json view = {{"latents", named}, {"frames", options.frames}, {"grid", options.grid}, {"data", withData}};
  if (options.start) {
    view["start"] = placeToJson(*options.start);
  } else if (options.item) {
    view["item"] = *options.item;
    view["split"] = options.split;
  }
  if (options.range)
    view["range"] = {{"kind", rangeKindName(options.range->kind)},
                     {"low", options.range->low},
                     {"high", options.range->high}};
  return view;
}

} // namespace

bool traversalNeedsData(const FigureSource& source, const TraverseOptions& options) {
  const ModelSpec& spec = source.run.record().spec;
  const std::optional<LatentPlace>& start = options.start;
  const bool item = start ? start->subject && start->subject->index >= 0 : options.item.has_value();
  const bool mean = !item && (!start || (!start->subject && start->z.empty()));
  return options.latents.empty() || item || (mean && !hasPrior(spec)) ||
         rangeOf(spec, options).kind == RangeKind::dataQuantile;
}

Result<Traversal> traverse(const FigureSource& source, const TraverseOptions& options, const Dataset* data,
                           JobControl& control) {
  if (const Status status = check(options); !status) return status.error();
  const auto viewer = openLatents(source, "traverse");
  if (!viewer) return viewer.error();
  const int size = viewer->latentSize();
  const TraversalRange range = rangeOf(viewer->spec(), options);
  Encoded points{0, size, {}, {}};
  if (data) {
    auto frame = encodeSplit(*viewer, data->test, 0, control);
    if (!frame) return frame.error();
    points = std::move(frame->points);
  }

  const LatentUse use = latentUse(points);
  const auto latents = latentsOf(options, use, size);
  if (!latents) return latents.error();
  Traversal result{viewer->weights()->step,
                   meanPoint(viewer->spec(), points),
                   *latents,
                   {},
                   {},
                   {},
                   viewer->spec().shape,
                   {}};
  if (options.start) {
    auto point = pointOfPlace(*options.start, 0, *viewer, data, control);
    if (!point) return point.error();
    if (*point) result.start = **std::move(point);
  } else if (options.item) {
    auto codes = codesOfItems(*viewer, *splitOf(*data, options.split), {*options.item}, control);
    if (!codes) return codes.error();
    result.start = std::move(codes->front());
  }
  for (const int j : *latents) {
    const auto interval = traversalInterval(range, data ? sortedCodes(points, j) : std::vector<float>());
    if (!interval) return interval.error();
    result.intervals.push_back(*interval);
    const bool known = data && use.byKl;
    result.kl.push_back(known ? std::optional(use.value[static_cast<size_t>(j)]) : std::nullopt);
  }
  if (options.grid) {
    result.z = traversalGrid(result.start, result.latents[0], result.intervals[0], options.frames,
                             result.latents[1], result.intervals[1], options.frames);
  } else {
    for (size_t row = 0; row < result.latents.size(); ++row) {
      const auto strip =
          traversalStrip(result.start, result.latents[row], result.intervals[row], options.frames);
      result.z.insert(result.z.end(), strip.begin(), strip.end());
    }
  }
  auto pixels = decodeAll(*viewer, result.z, control);
  if (!pixels) return pixels.error();
  result.pixels = std::move(*pixels);
  return result;
}

Result<Figure> traverseFigure(const std::vector<FigureSource>& sources, const TraverseOptions& options,
                              const Dataset* data, JobControl& control) {
  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = 0;
  figure.fontPoints = options.fontPoints;
  std::vector<FigureSource> shown = sources;
  const std::vector<std::string> names = distinctNames(sources);
  for (size_t i = 0; i < sources.size(); ++i) {
    TraverseOptions own = options;
    if (own.start && !own.start->z.empty()) // none for this run is refused there
      own.start->z = {i < own.start->z.size() ? own.start->z[i] : LatentPoint()};
    const auto traversal = traverse(sources[i], own, data, control);
    if (!traversal) return traversal.error();
    shown[i].step = traversal->step;
    if (options.grid) {
      figure.panels.emplace_back(gridPanel(*traversal, names[i], options.frames));
      continue;
    }
    const TraversalRange range = rangeOf(sources[i].run.record().spec, options);
    ImageTable table{traversal->shape, {}, columnLabels(range, options.frames), {}};
    for (size_t row = 0; row < traversal->latents.size(); ++row)
      table.rowLabels.push_back(rowLabel(*traversal, row, range));
    appendBytes(traversal->pixels, table.pixels);
    const size_t first = figure.panels.size();
    addImageTable(table, figure);
    std::get<ImagesPanel>(figure.panels[first]).title = names[i];
  }
  if (options.grid) figure.panelColumns = static_cast<int>(std::min<size_t>(sources.size(), 4));
  figure.provenance = figureProvenance("traverse", shown, viewOf(options, data != nullptr));
  return figure;
}

} // namespace latent
