#include "core/run/interpolate_figure.h"

#include "core/explore/tile_grids.h"
#include "core/run/figure_parts.h"
#include "core/run/latent_view.h"
#include "core/run/run_viewer.h"

namespace latent {
namespace {

Image seenBy(const Viewer& viewer, const Split& split, int64_t item) {
  Image image = imageAt(split, item);
  applyPixelMode(viewer.spec(), image.pixels);
  return image;
}

} // namespace

Result<Interpolations> interpolate(const std::vector<FigureSource>& sources,
                                   const InterpolateOptions& options, const Dataset& data,
                                   JobControl& control) {
  if (const Status status = checkPath(options.path); !status) return status.error();
  const Split& split = *splitOf(data, options.split);
  Interpolations result;
  result.frames = pathLength(options.path);
  result.shape = data.shape;
  for (const FigureSource& source : sources) {
    const auto viewer = openLatents(source, "walk through");
    if (!viewer) return viewer.error();
    const auto codes = codesOfItems(*viewer, split, {options.from, options.to}, control);
    if (!codes) return codes.error();
    if (result.steps.empty()) {
      result.from = seenBy(*viewer, split, options.from);
      result.to = seenBy(*viewer, split, options.to);
    }
    result.steps.push_back(viewer->weights()->step);
    result.z.push_back(latentPath((*codes)[0], (*codes)[1], options.path));
    const auto pixels = decodeAll(*viewer, result.z.back(), control);
    if (!pixels) return pixels.error();
    result.pixels.insert(result.pixels.end(), pixels->begin(), pixels->end());
  }
  return result;
}

Result<Figure> interpolateFigure(const std::vector<FigureSource>& sources, const InterpolateOptions& options,
                                 const Dataset& data, JobControl& control) {
  const auto images = interpolate(sources, options, data, control);
  if (!images) return images.error();
  std::vector<FigureSource> shown = sources;
  for (size_t i = 0; i < sources.size(); ++i) shown[i].step = images->steps[i];

  const auto columns = static_cast<size_t>(images->frames);
  const auto last = static_cast<size_t>(options.path.frames - 1);
  ImageTable table{data.shape, {"Input x"}, std::vector<std::string>(columns), {}};
  for (const std::string& name : distinctNames(shown)) table.rowLabels.push_back(name);
  table.columnLabels.front() = std::to_string(options.from);
  table.columnLabels[last] = std::to_string(options.to);
  for (size_t i = 0; i < columns; ++i) {
    if (i == 0 || i == last) {
      appendBytes((i == 0 ? images->from : images->to).pixels, table.pixels);
    } else { // no input lies between the two: as white as the page
      table.pixels.resize(table.pixels.size() + static_cast<size_t>(data.shape.pixels()), 255);
    }
  }
  appendBytes(images->pixels, table.pixels);

  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = 0;
  figure.fontPoints = options.fontPoints;
  addImageTable(table, figure);
  figure.provenance = figureProvenance("interpolate", shown,
                                       {{"split", options.split},
                                        {"items", {options.from, options.to}},
                                        {"path", pathKindName(options.path.kind)},
                                        {"frames", options.path.frames},
                                        {"loop", options.path.loop}});
  return figure;
}

} // namespace latent
