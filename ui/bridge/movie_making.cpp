#include "ui/bridge/movie_making.h"

#include "core/run/figure_parts.h"

namespace latent::ui {
namespace {

PlaneOptions planeOptions(const FigureRequest& view, size_t i, const Dataset* data) {
  PlaneOptions options;
  options.look = view.look;
  if (!data || !view.look.points) options.points = 0;
  if (!data) options.look.density = false;
  if (i >= view.planes.size()) return options;
  const FigureRequest::Plane& plane = view.planes[i];
  options.rect = plane.rect;
  if (!plane.axes.origin.empty()) options.axes = plane.axes;
  options.xLabel = plane.xLabel;
  options.yLabel = plane.yLabel;
  options.rows = plane.rows;
  options.columns = plane.columns;
  return options;
}

/// The part of the plane that is seen, over all snapshots.
Result<MovieScript> trainingOfPlanes(const MovieRequest& request, const std::vector<FigureSource>& sources,
                                     const MovieData& data, JobControl& control) {
  TrainingMovie movie;
  movie.frames = request.frames;
  for (size_t i = 0; i < sources.size(); ++i)
    movie.planes.push_back(planeOptions(request.view, i, data[i].get()));
  return trainingMovie(sources, movie, data, control);
}

Result<MovieScript> trainingOfReconstructions(const MovieRequest& request,
                                              const std::vector<FigureSource>& sources, const MovieData& data,
                                              JobControl& control) {
  TrainingMovie movie;
  movie.view = TrainingMovie::View::reconstruct;
  movie.frames = request.frames;
  movie.reconstruct.indices = request.view.items;
  return trainingMovie(sources, movie, data, control);
}

Result<MovieScript> traversal(const MovieRequest& request, const std::vector<FigureSource>& sources,
                              const MovieWay& way, const MovieData& data, JobControl& control) {
  TraverseOptions options;
  options.latents = request.view.latents;
  options.range = request.view.range;
  if (!request.view.items.empty())
    options.item = request.view.items.front();
  else if (!(request.view.start == LatentPlace()))
    options.start = request.view.start;
  return traverseMovie(sources, options, way, data, control);
}

Result<MovieScript> path(const MovieRequest& request, const std::vector<FigureSource>& sources,
                         const MovieWay& way, const MovieData& data, JobControl& control) {
  InterpolateOptions options;
  options.path = request.view.path;
  if (request.view.items.size() == 2) {
    options.from = request.view.items[0];
    options.to = request.view.items[1];
  } else {
    options.begin = request.view.from;
    options.end = request.view.to;
  }
  return pathMovie(sources, options, way, data, control);
}

Result<MovieScript> noise(const MovieRequest& request, const std::vector<FigureSource>& sources,
                          const MovieWay& way, const MovieData& data, JobControl& control) {
  NoiseOptions options;
  options.items = request.view.items;
  if (options.items.empty() && !request.view.subjects.empty()) options.input = request.view.subjects.front();
  options.scale = request.view.scale;
  options.draws = request.view.draws;
  options.meanPictures = request.view.mean;
  options.seed = request.view.seed;
  return noiseMovie(sources, options, request.lowSigma, request.highSigma, way, data, control);
}

Result<MovieScript> scriptOf(const MovieRequest& request, const std::vector<FigureSource>& sources,
                             const MovieData& data, JobControl& control) {
  const MovieWay way{request.frames, request.back};
  switch (request.kind) {
  case MovieRequest::Kind::trainingPlane:
    return trainingOfPlanes(request, sources, data, control);
  case MovieRequest::Kind::trainingReconstructions:
    return trainingOfReconstructions(request, sources, data, control);
  case MovieRequest::Kind::traverse:
    return traversal(request, sources, way, data, control);
  case MovieRequest::Kind::path:
    return path(request, sources, way, data, control);
  case MovieRequest::Kind::noise:
    break;
  }
  return noise(request, sources, way, data, control);
}

} // namespace

Result<std::vector<FigureSource>> movieSources(const FigureRequest& view) {
  std::vector<FigureRequest::Row> rows = view.rows;
  if (rows.empty())
    for (const RunId& run : view.runs) rows.push_back({run, rows.empty() ? view.step : std::nullopt});
  std::vector<FigureSource> sources;
  for (const FigureRequest::Row& row : rows) {
    Result<RunFolder> run = RunFolder::open(row.run);
    if (!run) return run.error();
    sources.push_back({*std::move(run), row.step});
  }
  if (sources.empty()) return usageError("There is no run to make a movie of; open or train one first.");
  return sources;
}

Result<MovieScript> makeScript(const MovieRequest& request, const std::vector<FigureSource>& sources,
                               const MovieData& data, JobControl& control) {
  Result<MovieScript> script = scriptOf(request, sources, data, control);
  if (script && request.view.focus) script->provenance["focus"] = focusForFile(*request.view.focus);
  return script;
}

MovieOptions movieOptions(const MovieRequest& request) {
  MovieOptions options;
  options.widthPx = request.widthPx;
  options.format.rate = request.rate;
  options.format.plays = request.plays;
  options.format.dithering = request.dithered ? Dithering::floydSteinberg : Dithering::none;
  options.format.sidecar = request.sidecar;
  return options;
}

} // namespace latent::ui
