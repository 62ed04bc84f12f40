#include "core/explore/tile_grids.h"
#include "core/run/figure_parts.h"
#include "core/run/movie/movie_parts.h"
#include "core/run/noise_runs.h"

#include <algorithm>
#include <cmath>

namespace latent {
namespace {

struct Noise {
  std::vector<NoiseRun> runs;
  NoiseOptions view;
  double low = 0, high = 2;
  MovieWay way;
  std::shared_ptr<const Dataset> data;

  double sigmaAt(int frame) const { return low + movieShare(way, frame) * (high - low); }
};

/// Inputs above one row a run, all labels the same in every frame.
Figure frameOf(const Noise& noise, const NoisePictures& pictures, size_t sigmas, size_t at) {
  ImageTable table{pictures.shape, {"Input x"}, {}, {}};
  for (const NoiseRun& run : noise.runs) table.rowLabels.push_back(run.source);
  for (const Subject& subject : pictures.subjects) table.columnLabels.push_back(subjectName(subject));
  for (const Image& input : pictures.inputs) appendBytes(input.pixels, table.pixels);
  const auto image = static_cast<size_t>(pictures.shape.pixels());
  const size_t items = pictures.subjects.size();
  for (size_t row = 0; row < noise.runs.size() * items; ++row)
    appendBytes(std::span(pictures.pixels).subspan((row * sigmas + at) * image, image), table.pixels);
  Figure figure;
  figure.widthMm = kMovieWidthMm;
  figure.heightMm = 0;
  addImageTable(table, figure);
  return figure;
}

Result<std::vector<Figure>> framesOf(const Noise& noise, int first, int count, JobControl& control) {
  NoiseOptions view = noise.view;
  view.sigmas.clear(); // rising, each once: on the way back the frames come in the other order
  for (int i = first; i < first + count; ++i) view.sigmas.push_back(noise.sigmaAt(i));
  std::ranges::sort(view.sigmas);
  view.sigmas.erase(std::unique(view.sigmas.begin(), view.sigmas.end()), view.sigmas.end());
  const auto pictures = noisePictures(noise.runs, view, *noise.data, control);
  if (!pictures) return pictures.error();
  std::vector<Figure> figures;
  for (int i = first; i < first + count; ++i) {
    const double sigma = noise.sigmaAt(i);
    const auto at = static_cast<size_t>(std::ranges::find(view.sigmas, sigma) - view.sigmas.begin());
    figures.push_back(frameOf(noise, *pictures, view.sigmas.size(), at));
    figures.back().title = "σ = " + fixedNumber(sigma, 2);
    if (view.scale == NoiseScale::spread) figures.back().title += " of each run's own spread of z";
  }
  return figures;
}

} // namespace

Result<MovieScript> noiseMovie(const std::vector<FigureSource>& sources, const NoiseOptions& view, double low,
                               double high, const MovieWay& way, const MovieData& data, JobControl& control) {
  if (const Status status = checkWay(way); !status) return status.error();
  if (!(low >= 0 && low < high && std::isfinite(high)))
    return usageError("sigmas: two rising numbers of at least 0 are needed, such as 0,2.");
  if (!data.front()) return usageError("Noise is shown on images; download the run's data set first.");
  Noise noise{{}, view, low, high, way, data.front()};
  noise.view.sigmas = {low, high};
  noise.view.curves = false;
  noise.view.pictures = true;
  noise.view.widthMm = kMovieWidthMm;
  auto figure = noiseFigure(sources, noise.view, *noise.data, nullptr, control);
  if (!figure) return figure.error();
  auto runs = noiseRunsOf(sources, view.scale, *noise.data, control);
  if (!runs) return runs.error();
  noise.runs = std::move(*runs);

  MovieScript script;
  script.frames = movieLength(way);
  script.provenance = std::move(figure->provenance);
  if (!view.sigmas.empty())
    script.provenance["view"]["sigmas"] = view.sigmas; // of the view that it came from
  script.provenance["movie"] = {
      {"moves", "noise"}, {"sigmas", {low, high}}, {"frames", way.frames}, {"back", way.back}};
  script.figures = [noise = std::move(noise)](int first, int count, JobControl& part) {
    return framesOf(noise, first, count, part);
  };
  return script;
}

} // namespace latent
