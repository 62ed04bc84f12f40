#include "core/run/interpolate_figure.h"

#include "core/explore/tile_grids.h"
#include "core/run/figure_parts.h"
#include "core/run/latent_view.h"
#include "core/run/run_viewer.h"

namespace latent {
namespace {

LatentPlace beginOf(const InterpolateOptions& options) {
  return options.begin.value_or(LatentPlace{Subject{options.split, options.from, {}, {}}, {}, {}, {}});
}
LatentPlace endOf(const InterpolateOptions& options) {
  return options.end.value_or(LatentPlace{Subject{options.split, options.to, {}, {}}, {}, {}, {}});
}

/// What stands for an end: the input as the model sees it, or the picture of a pin.
Result<Image> pictureOf(const LatentPlace& place, const Viewer& viewer, const Dataset& data) {
  if (!place.subject) return place.picture.shape == viewer.spec().shape ? place.picture : Image();
  auto image = imageOf(*place.subject, &data, viewer.spec().shape);
  if (image) applyPixelMode(viewer.spec(), image->pixels);
  return image;
}

Result<LatentPoint> anchor(const LatentPlace& place, size_t i, const Viewer& viewer, const Dataset& data,
                           JobControl& control) {
  auto point = pointOfPlace(place, i, viewer, &data, control);
  if (!point) return point.error();
  if (!*point) return usageError("A path needs two ends: images or points.");
  return **std::move(point);
}

} // namespace

Result<Interpolations> interpolate(const std::vector<FigureSource>& sources,
                                   const InterpolateOptions& options, const Dataset& data,
                                   JobControl& control) {
  if (const Status status = checkPath(options.path); !status) return status.error();
  const LatentPlace begin = beginOf(options), end = endOf(options);
  Interpolations result;
  result.frames = pathLength(options.path);
  result.shape = data.shape;
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto viewer = openLatents(sources[i], "walk through");
    if (!viewer) return viewer.error();
    const auto from = anchor(begin, i, *viewer, data, control), to = anchor(end, i, *viewer, data, control);
    if (!from) return from.error();
    if (!to) return to.error();
    if (result.steps.empty()) {
      const auto first = pictureOf(begin, *viewer, data), last = pictureOf(end, *viewer, data);
      if (!first) return first.error();
      if (!last) return last.error();
      result.from = *first;
      result.to = *last;
    }
    result.steps.push_back(viewer->weights()->step);
    result.z.push_back(latentPath(*from, *to, options.path));
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
  table.columnLabels.front() = placeName(beginOf(options));
  table.columnLabels[last] = placeName(endOf(options));
  for (size_t i = 0; i < columns; ++i) {
    const bool isEnd = i == 0 || i == last;
    if (isEnd && !(i == 0 ? images->from : images->to).empty()) {
      appendBytes((i == 0 ? images->from : images->to).pixels, table.pixels);
    } else { // no input lies here: as white as the page
      table.pixels.resize(table.pixels.size() + static_cast<size_t>(data.shape.pixels()), 255);
    }
  }
  appendBytes(images->pixels, table.pixels);

  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = 0;
  figure.fontPoints = options.fontPoints;
  addImageTable(table, figure);
  Json view = {{"path", pathKindName(options.path.kind)},
               {"frames", options.path.frames},
               {"loop", options.path.loop}};
  if (options.begin || options.end) {
    view["from"] = placeToJson(beginOf(options));
    view["to"] = placeToJson(endOf(options));
  } else {
    view["split"] = options.split;
    view["items"] = {options.from, options.to};
  }
  figure.provenance = figureProvenance("interpolate", shown, std::move(view));
  return figure;
}

} // namespace latent
