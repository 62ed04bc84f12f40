#include "ui/bridge/movie_making.h"

#include "core/run/figure_parts.h"
#include "ui/bridge/figure_export.h"

namespace latent::ui {
namespace {

/// The part of the plane that is seen, over all snapshots.
Result<MovieScript> trainingOfPlanes(const MovieRequest& request, const std::vector<FigureSource>& sources,
                                     const MovieData& data, JobControl& control) {
  TrainingMovie movie;
  movie.frames = request.frames;
  for (size_t i = 0; i < sources.size(); ++i)
    movie.planes.push_back(planeView(request.view, i, data[i].get()));
  return trainingMovie(sources, movie, data, control);
}

Result<MovieScript> trainingOfReconstructions(const MovieRequest& request,
                                              const std::vector<FigureSource>& sources, const MovieData& data,
                                              JobControl& control) {
  TrainingMovie movie;
  movie.view = TrainingMovie::View::reconstruct;
  movie.frames = request.frames;
  movie.reconstruct.indices = request.view.items;
  movie.reconstruct.subjects = request.view.subjects;
  return trainingMovie(sources, movie, data, control);
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
    return traverseMovie(sources, traverseOptions(request.view), way, data, control);
  case MovieRequest::Kind::path:
    return pathMovie(sources, pathOptions(request.view), way, data, control);
  case MovieRequest::Kind::noise:
    break;
  }
  return noiseMovie(sources, noiseOptions(request.view), request.lowSigma, request.highSigma, way, data,
                    control);
}

} // namespace

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
