#include "ui/bridge/figure_export.h"

#include "core/run/classifier_cache.h"
#include "core/run/codes_figure.h"
#include "core/run/figure_parts.h"
#include "core/run/figures.h"
#include "core/run/sample_figure.h"

#include <limits>
#include <utility>

namespace latent::ui {

namespace {

constexpr int64_t curveSubjects = 200; // as many images as the window measures

Error noData() {
  return inputError("The images of this run's data set are not there; download them first.");
}

PlaneOptions planeOptions(const FigureRequest& request, size_t i, const Dataset* data) {
  PlaneOptions options = planeView(request, i, data);
  options.widthMm = request.widthMm;
  if (i < request.planes.size()) {
    const FigureRequest::Plane& plane = request.planes[i];
    options.densityRows = plane.densityRows;
    options.densityColumns = plane.densityColumns;
    options.magnificationRows = plane.magnificationRows;
    options.magnificationColumns = plane.magnificationColumns;
    options.z = plane.z;
    options.linked = plane.linked;
  }
  if (!request.subjects.empty() && (data || request.subjects.front().index < 0))
    options.input = request.subjects.front();
  return options;
}

/// The selection and the input are of the active run's data set, which all planes share or do without.
Result<Figure> makePlane(const FigureRequest& request, const std::vector<FigureSource>& sources,
                         const Dataset* data, JobControl& control) {
  std::vector<Figure> planes;
  for (size_t i = 0; i < sources.size(); ++i) {
    const Dataset* own = data && data->id == sources[i].run.record().config.dataset ? data : nullptr;
    auto plane = planeFigure(sources[i], planeOptions(request, i, own), own, control);
    if (!plane) return plane;
    planes.push_back(*std::move(plane));
  }
  return planesBesideEachOther(std::move(planes), distinctNames(sources), request.widthMm);
}

Result<Figure> makeReconstructions(const FigureRequest& request, const std::vector<FigureSource>& sources,
                                   const Dataset& data, JobControl& control) {
  ReconstructOptions options;
  options.indices = request.items;
  options.subjects = request.subjects;
  options.errorMaps = request.errorMaps;
  options.widthMm = request.widthMm;
  return reconstructFigure(sources, options, data, control);
}

Result<Figure> makeCurves(const FigureRequest& request, const std::vector<FigureSource>& sources) {
  CurvesOptions options;
  options.series.clear();
  options.look = request.curves;
  options.area = request.area;
  options.widthMm = request.widthMm;
  std::vector<RunFolder> runs;
  for (const FigureSource& source : sources) {
    options.upTo.push_back(source.step.value_or(std::numeric_limits<int64_t>::max()));
    runs.push_back(source.run);
  }
  return curvesFigure(runs, options);
}

// Classes are read by a classifier that the window made before; without one the figure has errors alone.
Result<Figure> makeNoise(const FigureRequest& request, const std::vector<FigureSource>& sources,
                         const Dataset& data, JobControl& control) {
  const auto classifier = cachedClassifier(data, classifierFolder());
  return noiseFigure(sources, noiseOptions(request), data, classifier ? classifier->get() : nullptr, control);
}

Result<Figure> makeSamples(const FigureRequest& request, const std::vector<FigureSource>& sources,
                           const Dataset& data, JobControl& control) {
  SampleOptions options;
  options.count = request.count;
  options.seed = request.seed;
  options.temperature = request.temperature;
  options.draws = request.bernoulli;
  return sampleEachWay(sources, options, request.widthMm, data, control);
}

Result<Figure> makeCodes(const FigureRequest& request, const FigureSource& source, const Dataset& data,
                         JobControl& control) {
  CodesOptions options;
  if (!request.subjects.empty()) options.input = request.subjects.front();
  options.tokens = request.tokens;
  options.widthMm = request.widthMm;
  return codesFigure(source, options, data, control);
}

Result<Figure> makeKind(const FigureRequest& request, const std::vector<FigureSource>& sources,
                        const Dataset* data, JobControl& control) {
  switch (request.kind) {
  case FigureRequest::Kind::plane:
    return makePlane(request, sources, data, control);
  case FigureRequest::Kind::curves:
    return makeCurves(request, sources);
  case FigureRequest::Kind::traverse:
    return traverseFigure(sources, traverseOptions(request), data, control);
  case FigureRequest::Kind::reconstruct:
    return data ? makeReconstructions(request, sources, *data, control) : noData();
  case FigureRequest::Kind::noise:
    return data ? makeNoise(request, sources, *data, control) : noData();
  case FigureRequest::Kind::sample:
    return data ? makeSamples(request, sources, *data, control) : noData();
  case FigureRequest::Kind::interpolate:
    return data ? interpolateFigure(sources, pathOptions(request), *data, control) : noData();
  case FigureRequest::Kind::codes:
    return data ? makeCodes(request, sources.front(), *data, control) : noData();
  }
  return usageError("This kind of figure is not known.");
}

} // namespace

Result<std::vector<FigureSource>> openSources(const FigureRequest& request) {
  std::vector<FigureRequest::Row> rows = request.rows;
  if (rows.empty()) {
    for (const RunId& id : request.runs) rows.push_back({id, rows.empty() ? request.step : std::nullopt});
  }
  std::vector<FigureSource> sources;
  for (const FigureRequest::Row& row : rows) {
    Result<RunFolder> run = RunFolder::open(row.run);
    if (!run) return run.error();
    sources.push_back({*std::move(run), row.step});
  }
  if (sources.empty()) return usageError("There is no run to make a figure of.");
  return sources;
}

PlaneOptions planeView(const FigureRequest& request, size_t i, const Dataset* data) {
  PlaneOptions options;
  options.look = request.look;
  if (!data || !request.look.points) options.points = 0;
  if (!data) options.look.density = false; // as on the screen
  if (i >= request.planes.size()) return options;
  const FigureRequest::Plane& plane = request.planes[i];
  options.rect = plane.rect;
  if (!plane.axes.origin.empty()) options.axes = plane.axes;
  options.xLabel = plane.xLabel;
  options.yLabel = plane.yLabel;
  options.rows = plane.rows;
  options.columns = plane.columns;
  options.look.isolated = plane.isolated;
  return options;
}

TraverseOptions traverseOptions(const FigureRequest& request) {
  TraverseOptions options;
  options.latents = request.latents;
  options.range = request.range;
  options.start = request.start;
  options.frames = request.frames;
  options.grid = request.grid;
  options.widthMm = request.widthMm;
  return options;
}

InterpolateOptions pathOptions(const FigureRequest& request) {
  InterpolateOptions options;
  options.begin = request.from;
  options.end = request.to;
  options.path = request.path;
  options.widthMm = request.widthMm;
  return options;
}

NoiseOptions noiseOptions(const FigureRequest& request) {
  NoiseOptions options;
  options.items = request.items;
  if (!request.subjects.empty()) options.input = request.subjects.front();
  options.subjects = curveSubjects;
  options.sigmas = request.sigmas;
  options.scale = request.scale;
  options.draws = request.draws;
  options.meanPictures = request.mean;
  options.seed = request.seed;
  options.widthMm = request.widthMm;
  return options;
}

Result<Figure> makeFigure(const FigureRequest& request, const Dataset* data, JobControl& control) {
  const Result<std::vector<FigureSource>> sources = openSources(request);
  if (!sources) return sources.error();
  Result<Figure> figure = makeKind(request, *sources, data, control);
  if (figure && request.focus) figure->provenance["focus"] = focusForFile(*request.focus);
  return figure;
}

} // namespace latent::ui
