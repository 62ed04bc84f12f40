#include "core/run/sample_figure.h"

#include "core/explore/tile_grids.h"
#include "core/run/figure_parts.h"
#include "core/run/latent_view.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace latent {
namespace {

/// What z is drawn from, as a person is told.
std::string sourceWords(const ModelSpec& spec, SampleSource source, const Dataset& data) {
  switch (source) {
  case SampleSource::tokenPrior:
    return "tokens from the learnt prior";
  case SampleSource::codes:
    return std::string(hasPrior(spec) ? "" : "no prior, ") + "z from a Gaussian fitted to " +
           std::to_string(data.test->size()) + " codes";
  case SampleSource::prior:
    break;
  }
  return hasPrior(spec) ? "z from the prior N(0, I)" : "no prior, z from N(0, I) all the same";
}

Result<std::string> wordsOf(const FigureSource& source, const SampleOptions& options, const Dataset& data) {
  const ModelSpec& spec = source.run.record().spec;
  const auto own = sampleSource(spec);
  if (!own) return own.error();
  std::string words = sourceWords(spec, options.from.value_or(*own), data);
  if (options.temperature != 1) words += ", temperature " + labelNumber(options.temperature);
  return words;
}

/// Places without an image stay as white as the page.
ImagesPanel panelOf(const ImageShape& shape, const std::vector<float>& pixels, int rows, int columns) {
  ImagesPanel panel;
  panel.rows = rows;
  panel.columns = columns;
  panel.channels = shape.channels;
  panel.height = shape.height;
  panel.width = shape.width;
  appendBytes(pixels, panel.pixels);
  panel.pixels.resize(static_cast<size_t>(int64_t{panel.rows} * panel.columns * shape.pixels()), 255);
  return panel;
}

ImagesPanel squarePanel(const ImageShape& shape, const std::vector<float>& pixels) {
  const auto count = static_cast<double>(pixels.size()) / static_cast<double>(shape.pixels());
  const int columns = static_cast<int>(std::ceil(std::sqrt(count)));
  return panelOf(shape, pixels, static_cast<int>(std::ceil(count / columns)), columns);
}

Json viewOf(const SampleOptions& options) {
  return {{"count", options.count},
          {"seed", options.seed},
          {"temperature", options.temperature},
          {"pixels", options.draws ? "draws" : "means"}};
}

} // namespace

Result<std::vector<float>> sampleRun(const FigureSource& source, const SampleOptions& options,
                                     const Dataset& data, JobControl& control) {
  const auto viewer = openViewer(source.run, source.step);
  if (!viewer) return viewer.error();
  return sampleImages(viewer->spec(), *viewer->weights(), *data.test, options, control);
}

Result<Figure> sampleFigure(const std::vector<FigureSource>& sources, const SampleOptions& options,
                            double widthMm, const Dataset& data, JobControl& control) {
  const ImageShape shape = sources.front().run.record().spec.shape;
  const std::vector<std::string> names = distinctNames(sources);
  ImageTable table{shape, {}, std::vector<std::string>(static_cast<size_t>(options.count)), {}};
  std::vector<FigureSource> shown = sources;
  Figure figure;
  figure.widthMm = widthMm;
  figure.heightMm = 0;
  for (size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].run.record().spec.shape != shape)
      return usageError("These runs draw images of different shapes; choose runs of one data set.");
    const auto words = wordsOf(sources[i], options, data);
    if (!words) return words.error();
    const auto viewer = openViewer(sources[i].run, sources[i].step);
    if (!viewer) return viewer.error();
    shown[i].step = viewer->weights()->step;
    const auto pixels = sampleImages(viewer->spec(), *viewer->weights(), *data.test, options, control);
    if (!pixels) return pixels.error();
    if (sources.size() == 1) {
      ImagesPanel panel = squarePanel(shape, *pixels);
      panel.title = (options.draws ? "Samples, pixels drawn, " : "Samples, ") + *words;
      figure.panels.emplace_back(std::move(panel));
      continue;
    }
    table.rowLabels.push_back(names[i] + ", " + *words);
    appendBytes(*pixels, table.pixels);
  }
  if (sources.size() > 1) addImageTable(table, figure);
  Json view = viewOf(options);
  if (options.from) view["from"] = sampleSourceName(*options.from);
  figure.provenance = figureProvenance("sample", shown, std::move(view));
  return figure;
}

const char* sampleSourceName(SampleSource source) {
  return source == SampleSource::codes ? "fitted" : source == SampleSource::prior ? "prior" : "tokens";
}

Result<Figure> sampleBlocks(const std::vector<FigureSource>& sources, const SampleBlocks& layout,
                            const SampleOptions& options, double widthMm, const Dataset& data,
                            JobControl& control) {
  constexpr int64_t mostImages = 2500;
  SampleOptions own = options;
  own.count = int64_t{layout.rows} * layout.columns;
  if (layout.blocks.empty() || layout.rows < 1 || layout.columns < 1 || layout.beside < 1 ||
      own.count > mostImages)
    return usageError("Samples stand in blocks of 1 to 2500 images, at least one of them.");
  Figure figure;
  figure.widthMm = widthMm;
  figure.heightMm = 0;
  figure.panelColumns = std::min(layout.beside, static_cast<int>(std::ssize(layout.blocks)));
  std::vector<FigureSource> shown = sources;
  Json blocks = Json::array();
  for (const SampleBlocks::Block& block : layout.blocks) {
    if (block.run >= sources.size()) return usageError("A block of samples belongs to none of the runs.");
    own.from = block.from;
    const auto viewer = openViewer(sources[block.run].run, sources[block.run].step);
    if (!viewer) return viewer.error();
    shown[block.run].step = viewer->weights()->step;
    const auto pixels = sampleImages(viewer->spec(), *viewer->weights(), *data.test, own, control);
    if (!pixels) return pixels.error();
    ImagesPanel panel = panelOf(viewer->spec().shape, *pixels, layout.rows, layout.columns);
    panel.title = block.title;
    figure.panels.emplace_back(std::move(panel));
    blocks.push_back({{"run", block.run}, {"from", sampleSourceName(block.from)}, {"title", block.title}});
  }
  Json view = viewOf(own);
  view["from"] = "each";
  view["layout"] = {{"rows", layout.rows},
                    {"columns", layout.columns},
                    {"beside", layout.beside},
                    {"blocks", std::move(blocks)}};
  figure.provenance = figureProvenance("sample", shown, std::move(view));
  return figure;
}

Result<Figure> sampleEachWay(const std::vector<FigureSource>& sources, const SampleOptions& options,
                             double widthMm, const Dataset& data, JobControl& control) {
  std::vector<FigureSource> standard, fitted, tokens;
  for (const FigureSource& source : sources) {
    const Result<SampleSource> from = sampleSource(source.run.record().spec);
    if (!from) continue;
    (*from == SampleSource::tokenPrior ? tokens : standard).push_back(source);
    if (*from == SampleSource::codes) fitted.push_back(source);
  }
  const std::pair<const std::vector<FigureSource>&, std::optional<SampleSource>> parts[] = {
      {standard, SampleSource::prior}, {fitted, SampleSource::codes}, {tokens, std::nullopt}};
  std::optional<Figure> figure;
  for (const auto& [part, from] : parts) {
    if (part.empty()) continue;
    SampleOptions partly = options;
    partly.from = from;
    Result<Figure> next = sampleFigure(part, partly, widthMm, data, control);
    if (!next) return next.error();
    if (!figure) {
      figure = *std::move(next);
      continue;
    }
    std::ranges::move(next->panels, std::back_inserter(figure->panels));
    if (&part == &tokens) // the fitted ones are among those that are named already
      for (Json& run : next->provenance["runs"]) figure->provenance["runs"].push_back(std::move(run));
  }
  if (!figure) return usageError("None of these runs has anything to draw samples from.");
  Json view = viewOf(options);
  view["from"] = "each";
  figure->provenance["view"] = std::move(view);
  return *std::move(figure);
}

} // namespace latent
