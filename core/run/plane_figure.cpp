#include "core/explore/tile_grids.h"
#include "core/models/families.h"
#include "core/run/figure_parts.h"
#include "core/run/plane_data.h"
#include "core/run/plane_layers.h"
#include "core/run/run_viewer.h"

#include <algorithm>

namespace latent {
namespace {

using namespace detail;

Result<PlaneTiles> decodeTiles(const Viewer& viewer, const PlaneData& plane, const PlaneOptions& options,
                               JobControl& control) {
  PlaneTiles tiles{plane.axes, {plane.rect, options.rows, options.columns}, viewer.spec().shape, {}};
  const std::string problem = tilesProblem(tiles.grid, tiles.axes, viewer.latentSize());
  if (!problem.empty()) return usageError(problem);
  const int64_t count = int64_t{tiles.grid.rows} * tiles.grid.columns;
  auto pixels = decodeAll(viewer, tilePoints(tiles.grid, tiles.axes, 0, count), control);
  if (!pixels) return pixels.error();
  tiles.pixels = std::move(*pixels);
  return tiles;
}

/// All that makes this plane again, with the axes and the area that were found.
Json describeView(const PlaneData& plane, const PlaneOptions& options, bool withPoints) {
  const PlaneRect& rect = plane.rect;
  Json view = {{"rect", {rect.left, rect.right, rect.lower, rect.upper}},
               {"rows", options.rows},
               {"columns", options.columns},
               {"points", withPoints ? options.points : 0},
               {"look", toJson(options.look)},
               {"origin", plane.axes.origin},
               {"axis1", plane.axes.axis1},
               {"axis2", plane.axes.axis2}};
  if (options.look.density) view["densityCells"] = {options.densityRows, options.densityColumns};
  if (options.look.magnification)
    view["magnificationCells"] = {options.magnificationRows, options.magnificationColumns};
  if (!options.xLabel.empty() || !options.yLabel.empty()) view["labels"] = {options.xLabel, options.yLabel};
  if (!options.z.empty()) view["z"] = options.z;
  if (options.linked) view["linked"] = true;
  if (options.input) view["input"] = subjectToJson(*options.input);
  return view;
}

void nameAxes(const PlaneAxes& axes, const PlaneOptions& options, PlanePanel& panel) {
  const auto first = latentOf(axes.axis1), second = latentOf(axes.axis2);
  const bool latents = first && second;
  panel.xLabel = latents ? "z" + std::to_string(*first + 1) : "main 1";
  panel.yLabel = latents ? "z" + std::to_string(*second + 1) : "main 2";
  if (!options.xLabel.empty()) panel.xLabel = options.xLabel;
  if (!options.yLabel.empty()) panel.yLabel = options.yLabel;
}

/// Two orthonormal directions cut N(0, I) in N(0, I) again, about the projection of its mean.
void addPrior(const PlaneAxes& axes, const PlaneLook& look, PlanePanel& panel) {
  const LatentPoint zero(axes.axis1.size(), 0.0F);
  const PlanePoint mean = onPlane(axes, zero.data());
  if (look.rings) {
    panel.rings = {1, 2, 3};
    panel.ringCentre = mean;
    panel.ringOpacity = look.ringOpacity;
  }
  if (!look.quantiles) return;
  panel.quantiles = mean;
  panel.xLabel = "\u03A6(" + panel.xLabel + ")";
  panel.yLabel = "\u03A6(" + panel.yLabel + ")";
}

} // namespace

Result<PlaneTiles> planeTiles(const FigureSource& source, const PlaneOptions& options, const Dataset* data,
                              JobControl& control) {
  const auto viewer = openViewer(source.run, source.step);
  if (!viewer) return viewer.error();
  const auto plane = preparePlane(*viewer, source, options, data, false, control);
  if (!plane) return plane.error();
  return decodeTiles(*viewer, *plane, options, control);
}

Result<Figure> planeFigure(const FigureSource& source, const PlaneOptions& options, const Dataset* data,
                           JobControl& control) {
  const auto viewer = openViewer(source.run, source.step);
  if (!viewer) return viewer.error();
  const PlaneLook& look = options.look;
  const bool dots = look.points && options.points > 0;
  const bool codes = dots || look.density || (look.ellipses && !look.selected.empty());
  const auto plane = preparePlane(*viewer, source, options, data, codes, control);
  if (!plane) return plane.error();

  PlanePanel panel;
  panel.rect = plane->rect;
  if (look.tiles) {
    const auto tiles = decodeTiles(*viewer, *plane, options, control);
    if (!tiles) return tiles.error();
    panel.grid = tiles->grid;
    panel.channels = tiles->shape.channels;
    panel.tileHeight = tiles->shape.height;
    panel.tileWidth = tiles->shape.width;
    appendBytes(tiles->pixels, panel.pixels);
  }
  const bool drawn = dots && plane->codes;
  if (drawn) {
    panel.classes = data->classes;
    if (const Status added = addPoints(*plane, options, *data, panel); !added) return added.error();
  }
  panel.tileOpacity = panel.pointX.empty() ? look.tileOpacity : look.tileOpacityUnderPoints;
  panel.classNames = look.classNames;
  nameAxes(plane->axes, options, panel);
  if (findFamily(viewer->spec().family)->hasPrior && areOrthonormal(plane->axes))
    addPrior(plane->axes, look, panel);
  if (const Status added = addFields(*viewer, *plane, options, data, panel, control); !added)
    return added.error();
  if (look.ellipses && plane->codes) addPosteriors(*plane, look, panel);
  if (const Status added = addMarks(*viewer, *plane, options, data, panel, control); !added)
    return added.error();

  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = 0;
  figure.fontPoints = options.fontPoints;
  figure.title = source.run.record().config.name + ", step " + std::to_string(viewer->weights()->step);
  figure.panels.emplace_back(std::move(panel));
  figure.provenance = figureProvenance("plane", {{source.run, viewer->weights()->step}},
                                       describeView(*plane, options, drawn));
  return figure;
}

Figure planesBesideEachOther(std::vector<Figure> planes, const std::vector<std::string>& names,
                             double widthMm) {
  if (planes.size() == 1) return std::move(planes.front());
  Figure figure;
  figure.widthMm = widthMm;
  figure.heightMm = 0;
  figure.panelColumns = static_cast<int>(std::min<size_t>(planes.size(), 4));
  Json runs = Json::array(), views = Json::array();
  for (size_t i = 0; i < planes.size(); ++i) {
    auto& panel = std::get<PlanePanel>(planes[i].panels.front());
    panel.title = names[i] + ", step " + planes[i].provenance["runs"][0]["step"].dump();
    figure.panels.emplace_back(std::move(panel));
    runs.push_back(planes[i].provenance["runs"][0]);
    views.push_back(planes[i].provenance["view"]);
  }
  figure.provenance = std::move(planes.front().provenance);
  figure.provenance["runs"] = std::move(runs);
  figure.provenance["view"] = {{"planes", std::move(views)}}; // each run has its own axes
  return figure;
}

} // namespace latent
