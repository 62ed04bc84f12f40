#include "ui/bridge/figure_export.h"

#include "core/run/figures.h"

#include <filesystem>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

Result<std::vector<RunFolder>> openRuns(const std::vector<RunId>& ids) {
  std::vector<RunFolder> runs;
  for (const RunId& id : ids) {
    Result<RunFolder> run = RunFolder::open(id);
    if (!run) return run.error();
    runs.push_back(*std::move(run));
  }
  if (runs.empty()) return usageError("There is no run to make a figure of.");
  return runs;
}

Result<Figure> makeFigure(const FigureRequest& request, const std::vector<RunFolder>& runs,
                          const Dataset* data, JobControl& control) {
  switch (request.kind) {
  case FigureRequest::Kind::plane: {
    PlaneOptions options;
    options.rect = request.rect;
    if (!request.axes.origin.empty()) options.axes = request.axes;
    if (!data || !request.points) options.points = 0;
    options.tiles = request.tiles;
    options.rings = request.rings;
    options.widthMm = request.widthMm;
    return planeFigure({runs.front(), request.step}, options, data, control);
  }
  case FigureRequest::Kind::reconstruct: {
    if (!data) return inputError("The images of this run's data set are not there; download them first.");
    ReconstructOptions options;
    options.indices = request.items;
    options.widthMm = request.widthMm;
    std::vector<FigureSource> sources;
    // The step is one of the active run; the others show their newest weights.
    for (const RunFolder& run : runs) sources.push_back({run, sources.empty() ? request.step : std::nullopt});
    return reconstructFigure(sources, options, *data, control);
  }
  case FigureRequest::Kind::curves: {
    CurvesOptions options;
    if (!request.series.empty()) options.series = request.series;
    options.logX = request.logX;
    options.logY = request.logY;
    options.widthMm = request.widthMm;
    return curvesFigure(runs, options);
  }
  }
  return usageError("This kind of figure is not known.");
}

} // namespace

Status exportFigureNow(const FigureRequest& request, const Dataset* data, JobControl& control) {
  const Result<std::vector<RunFolder>> runs = openRuns(request.runs);
  if (!runs) return runs.error();
  const Result<Figure> figure = makeFigure(request, *runs, data, control);
  if (!figure) return figure.error();

  const fs::path file = request.file.toStdString();
  if (const Status drawn = drawFigure(*figure, file, {request.dpi}, control); !drawn) return drawn.error();
  if (file.extension() == ".csv") return done();
  fs::path numbers = file;
  return drawFigure(*figure, numbers.replace_extension(".csv"), {request.dpi}, control);
}

} // namespace latent::ui
