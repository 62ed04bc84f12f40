#include "core/explore/tile_grids.h"
#include "core/run/figure_parts.h"
#include "core/run/latent_view.h"
#include "core/run/movie/movie_parts.h"
#include "core/run/run_viewer.h"

namespace latent {
namespace {

/// A run that is decoded frame after frame.
struct Moved {
  std::string name;
  std::shared_ptr<const Viewer> viewer; ///< of the thread that makes the movie
};

Result<std::vector<Moved>> openAll(const std::vector<FigureSource>& sources, const std::string& whatFor) {
  std::vector<Moved> runs;
  const std::vector<std::string> names = distinctNames(sources);
  for (size_t i = 0; i < sources.size(); ++i) {
    auto viewer = openLatents(sources[i], whatFor);
    if (!viewer) return viewer.error();
    runs.push_back({names[i], std::make_shared<const Viewer>(std::move(*viewer))});
  }
  return runs;
}

struct Sweep {
  LatentPoint start;
  std::vector<int> latents;
  std::vector<Interval> intervals;
};

/// The images of one run at `share` of the way: each latent there, the others at the start.
Result<LabelledImages> sweepAt(const Moved& run, const Sweep& sweep, double share, JobControl& control) {
  LabelledImages images{run.name, run.viewer->spec().shape, {}, {}};
  std::vector<float> z;
  for (size_t i = 0; i < sweep.latents.size(); ++i) {
    const Interval& interval = sweep.intervals[i];
    const double value = interval.low + share * (interval.high - interval.low);
    LatentPoint point = sweep.start;
    point[static_cast<size_t>(sweep.latents[i])] = static_cast<float>(value);
    z.insert(z.end(), point.begin(), point.end());
    images.labels.push_back("z" + std::to_string(sweep.latents[i] + 1) + " = " + fixedNumber(value, 2));
  }
  const auto pixels = decodeAll(*run.viewer, z, control);
  if (!pixels) return pixels.error();
  appendBytes(*pixels, images.pixels);
  return images;
}

/// Input images of a path with the words above them.
struct PathInputs {
  ImageShape shape;
  std::vector<uint8_t> from, to;
  std::string title, fromLabel, toLabel;
};

/// As the figure of the path shows them: in its first row, at its ends.
PathInputs inputsOf(const Figure& figure) {
  const auto& panel = std::get<ImagesPanel>(figure.panels.front());
  PathInputs inputs{{panel.channels, panel.height, panel.width},
                    {},
                    {},
                    panel.rowLabels.front(),
                    panel.columnLabels.front(),
                    panel.columnLabels.back()};
  const std::ptrdiff_t image = inputs.shape.pixels(), last = panel.columns - 1;
  inputs.from.assign(panel.pixels.begin(), panel.pixels.begin() + image);
  inputs.to.assign(panel.pixels.begin() + last * image, panel.pixels.begin() + (last + 1) * image);
  return inputs;
}

struct Path {
  std::vector<Moved> runs;
  std::vector<LatentPoint> from, to;
  PathKind kind = PathKind::straight;
  PathInputs inputs;
};

Result<Figure> pathAt(const Path& path, double share, JobControl& control) {
  const std::string label = "t = " + fixedNumber(share, 2);
  std::vector<LabelledImages> panels;
  panels.push_back({path.inputs.title, path.inputs.shape, {path.inputs.fromLabel}, path.inputs.from});
  for (size_t i = 0; i < path.runs.size(); ++i) {
    const auto between = path.kind == PathKind::straight ? lerp : slerp;
    const auto pixels = decodeAll(*path.runs[i].viewer, between(path.from[i], path.to[i], share), control);
    if (!pixels) return pixels.error();
    panels.push_back({path.runs[i].name, path.inputs.shape, {label}, {}});
    appendBytes(*pixels, panels.back().pixels);
  }
  panels.push_back({path.inputs.title, path.inputs.shape, {path.inputs.toLabel}, path.inputs.to});
  return imagesSideBySide(panels, "");
}

/// Frames of a movie, each made by `at` from its share of the way.
template<class FrameAt>
MovieScript scriptOf(const MovieWay& way, Json provenance, const char* moves, FrameAt at) {
  MovieScript script;
  script.frames = movieLength(way);
  script.provenance = std::move(provenance);
  script.provenance["movie"] = {{"moves", moves}, {"frames", way.frames}, {"back", way.back}};
  script.figures = [way, at](int first, int count, JobControl& control) -> Result<std::vector<Figure>> {
    std::vector<Figure> figures;
    for (int i = first; i < first + count; ++i) {
      auto figure = at(movieShare(way, i), control);
      if (!figure) return figure.error();
      figures.push_back(std::move(*figure));
    }
    return figures;
  };
  return script;
}

} // namespace

Result<MovieScript> traverseMovie(const std::vector<FigureSource>& sources, const TraverseOptions& view,
                                  const MovieWay& way, const MovieData& data, JobControl& control) {
  if (const Status status = checkWay(way); !status) return status.error();
  const auto runs = openAll(sources, "traverse");
  if (!runs) return runs.error();
  TraverseOptions ends = view;
  ends.frames = 2;
  ends.grid = false;
  ends.widthMm = kMovieWidthMm;
  std::vector<Sweep> sweeps;
  for (size_t i = 0; i < sources.size(); ++i) {
    if (view.start && i < view.start->z.size()) ends.start->z = {view.start->z[i]};
    auto traversal = traverse(sources[i], ends, data[i].get(), control);
    if (!traversal) return traversal.error();
    sweeps.push_back({std::move(traversal->start), std::move(traversal->latents), traversal->intervals});
  }
  ends.frames = view.frames;
  ends.start = view.start;
  auto figure = traverseFigure(sources, ends, data.front().get(), control);
  if (!figure) return figure.error();
  figure->provenance["view"]["grid"] = view.grid; // the view that it came from
  return scriptOf(way, std::move(figure->provenance), "traverse",
                  [runs = *runs, sweeps](double share, JobControl& part) -> Result<Figure> {
                    std::vector<LabelledImages> panels;
                    for (size_t i = 0; i < runs.size(); ++i) {
                      auto images = sweepAt(runs[i], sweeps[i], share, part);
                      if (!images) return images.error();
                      panels.push_back(std::move(*images));
                    }
                    return imagesSideBySide(panels, "");
                  });
}

Result<MovieScript> pathMovie(const std::vector<FigureSource>& sources, const InterpolateOptions& view,
                              const MovieWay& way, const MovieData& data, JobControl& control) {
  if (const Status status = checkWay(way); !status) return status.error();
  if (!data.front()) return usageError("A path runs between images; download the run's data set first.");
  auto runs = openAll(sources, "walk through");
  if (!runs) return runs.error();
  InterpolateOptions ends = view;
  ends.path.frames = kFewestFrames;
  ends.path.loop = false;
  ends.widthMm = kMovieWidthMm;
  const auto walks = interpolate(sources, ends, *data.front(), control);
  if (!walks) return walks.error();
  auto figure = interpolateFigure(sources, ends, *data.front(), control);
  if (!figure) return figure.error();
  figure->provenance["view"]["frames"] = view.path.frames; // of the view that it came from
  figure->provenance["view"]["loop"] = view.path.loop;
  Path path{std::move(*runs), {}, {}, view.path.kind, inputsOf(*figure)};
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto& z = walks->z[i];
    const auto size = static_cast<std::ptrdiff_t>(path.runs[i].viewer->latentSize());
    path.from.emplace_back(z.begin(), z.begin() + size);
    path.to.emplace_back(z.end() - size, z.end());
  }
  return scriptOf(
      way, std::move(figure->provenance), "path",
      [path = std::move(path)](double share, JobControl& part) { return pathAt(path, share, part); });
}

} // namespace latent
