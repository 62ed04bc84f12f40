#include "core/run/sample_figure.h"

#include "core/explore/tile_grids.h"
#include "core/run/figure_parts.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace latent {
namespace {

std::string shortest(double value) {
  std::array<char, 32> text; // not by printf, whose decimal point follows the locale
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::string titleOf(SampleSource source, const SampleOptions& options, const Dataset& data) {
  std::string title;
  switch (source) {
  case SampleSource::prior:
    title = "Samples, z from the prior N(0, I)";
    break;
  case SampleSource::tokenPrior:
    title = "Samples, tokens from the learnt prior";
    break;
  case SampleSource::codes:
    title = "No prior: z from a Gaussian fitted to " +
            std::to_string(std::min(kFittedCodes, data.train->size())) + " codes";
    break;
  }
  return options.temperature == 1 ? title : title + ", temperature " + shortest(options.temperature);
}

} // namespace

Result<std::vector<float>> sampleRun(const FigureSource& source, const SampleOptions& options,
                                     const Dataset& data, JobControl& control) {
  const auto viewer = openViewer(source.run, source.step);
  if (!viewer) return viewer.error();
  return sampleImages(viewer->spec(), *viewer->weights(), *data.train, options, control);
}

Result<Figure> sampleFigure(const FigureSource& source, const SampleOptions& options, double widthMm,
                            const Dataset& data, JobControl& control) {
  const ModelSpec& spec = source.run.record().spec;
  const auto from = sampleSource(spec);
  if (!from) return from.error();
  const auto pixels = sampleRun(source, options, data, control);
  if (!pixels) return pixels.error();

  const auto count = static_cast<int>(options.count);
  ImagesPanel panel;
  panel.title = titleOf(*from, options, data);
  panel.columns = static_cast<int>(std::ceil(std::sqrt(count)));
  panel.rows = (count + panel.columns - 1) / panel.columns;
  panel.channels = spec.shape.channels;
  panel.height = spec.shape.height;
  panel.width = spec.shape.width;
  appendBytes(*pixels, panel.pixels);
  // Places without an image stay as white as the page.
  panel.pixels.resize(static_cast<size_t>(int64_t{panel.rows} * panel.columns * spec.shape.pixels()), 255);

  Figure figure;
  figure.widthMm = widthMm;
  figure.heightMm = 0;
  figure.panels.emplace_back(std::move(panel));
  figure.provenance = figureProvenance(
      "sample", {source},
      {{"count", options.count}, {"seed", options.seed}, {"temperature", options.temperature}});
  return figure;
}

} // namespace latent
