#include "core/explore/support.h"
#include "core/explore/tile_grids.h"
#include "core/models/families.h"
#include "core/run/figure_parts.h"
#include "core/run/figures.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace latent {
namespace {

constexpr double behindPoints = 0.35; ///< opacity of tiles under points, as in the window

/// What a plane needs to know of the data: the codes, and what follows from them where nothing was chosen.
struct PlaneData {
  std::optional<EncodeFrame> codes;
  PlaneAxes axes;
  PlaneRect rect;
};

PlanePoint onPlane(const PlaneAxes& axes, const float* z) {
  const auto along = [&](const LatentPoint& axis) {
    double product = 0, length = 0;
    for (size_t j = 0; j < axis.size(); ++j) {
      product += static_cast<double>(z[j] - axes.origin[j]) * axis[j];
      length += static_cast<double>(axis[j]) * axis[j];
    }
    return length > 0 ? product / length : 0;
  };
  return {along(axes.axis1), along(axes.axis2)};
}

PlaneAxes alongLatents(const PlaneChoice& choice, LatentPoint origin) {
  const auto first = static_cast<size_t>(choice.first), second = static_cast<size_t>(choice.second);
  PlaneAxes axes{std::move(origin), {}, {}};
  axes.axis1.resize(axes.origin.size());
  axes.axis2.resize(axes.origin.size());
  axes.origin[first] = axes.origin[second] = 0; // so that the plane's coordinates are z itself
  axes.axis1[first] = axes.axis2[second] = 1;
  return axes;
}

Status checkChoice(const PlaneOptions& options, int latent) {
  const PlaneChoice& choice = options.choice;
  const auto outside = [&](int index) { return index < 0 || index >= latent; };
  if (!choice.main && (outside(choice.first) || outside(choice.second) || choice.first == choice.second))
    return usageError("axes: z" + std::to_string(choice.first + 1) + " and z" +
                      std::to_string(choice.second + 1) + " are not two different latents of z1 to z" +
                      std::to_string(latent) + ".");
  if (options.axes &&
      !std::ranges::all_of(
          std::array{options.axes->origin, options.axes->axis1, options.axes->axis2},
          [&](const LatentPoint& point) { return point.size() == static_cast<size_t>(latent); }))
    return usageError("The axes of this plane are not of the model's " + std::to_string(latent) +
                      " latents.");
  if (choice.at && choice.at->size() != static_cast<size_t>(latent))
    return usageError("at: " + std::to_string(choice.at->size()) + " coordinates were given, the model has " +
                      std::to_string(latent) + " latents.");
  return done();
}

/// The range of the codes with a margin, never flat.
PlaneRect rangeOf(const Encoded& codes, const PlaneAxes& axes) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  PlaneRect rect{infinite, -infinite, infinite, -infinite};
  for (int64_t i = 0; i < codes.count; ++i) {
    const PlanePoint point = onPlane(axes, codes.mu.data() + i * codes.latent);
    rect = {std::min(rect.left, point.x), std::max(rect.right, point.x), std::min(rect.lower, point.y),
            std::max(rect.upper, point.y)};
  }
  const double margin = 0.05 * std::max({rect.width(), rect.height(), 1e-3});
  return {rect.left - margin, rect.right + margin, rect.lower - margin, rect.upper + margin};
}

Result<PlaneData> preparePlane(const Viewer& viewer, const FigureSource& source, const PlaneOptions& options,
                               const Dataset* data, bool needPoints, JobControl& control) {
  const int latent = viewer.latentSize();
  if (latent < 2)
    return usageError("The run " + source.run.path().string() + " has one latent; a plane needs two.");
  const PlaneChoice& choice = options.choice;
  if (const Status status = checkChoice(options, latent); !status) return status.error();
  const bool prior = findFamily(viewer.spec().family)->hasPrior;
  const bool needMain = !options.axes && choice.main;
  const bool needMean = !options.axes && !choice.main && !choice.at && !prior && latent > 2;
  const bool needRange = !options.rect && (!prior || needMain);
  const bool needAll = needMain || needMean || needRange;
  if (needAll && !data)
    return usageError(
        needMain ? "Main directions are those of the encoded images, so the run's data set is needed."
                 : "The plane of a run without a prior lies where its codes lie, so its data set is "
                   "needed.");

  PlaneData plane;
  if (data && (needPoints || needAll)) {
    auto codes = encodeSplit(viewer, data->test, needAll ? 0 : options.points, control);
    if (!codes) return codes.error();
    plane.codes = std::move(*codes);
  }
  if (options.axes) {
    plane.axes = *options.axes;
  } else if (choice.main) {
    auto main = mainDirections(plane.codes->points);
    if (!main) return main.error();
    plane.axes = {choice.at.value_or(main->mean), std::move(main->first), std::move(main->second)};
  } else {
    LatentPoint origin = choice.at.value_or(LatentPoint(static_cast<size_t>(latent)));
    if (needMean) origin = summarise(plane.codes->points).mean;
    plane.axes = alongLatents(choice, std::move(origin));
  }
  plane.rect = options.rect.value_or(needRange ? rangeOf(plane.codes->points, plane.axes) : PlaneRect());
  return plane;
}

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

Json describeView(const PlaneData& plane, const PlaneOptions& options) {
  const PlaneRect& rect = plane.rect;
  return {{"rect", {rect.left, rect.right, rect.lower, rect.upper}},
          {"rows", options.rows},
          {"columns", options.columns},
          {"tiles", options.tiles},
          {"points", plane.codes ? options.points : 0},
          {"rings", options.rings},
          {"origin", plane.axes.origin},
          {"axis1", plane.axes.axis1},
          {"axis2", plane.axes.axis2}};
}

void addPoints(const EncodeFrame& codes, const PlaneData& plane, int64_t limit, PlanePanel& panel) {
  const int64_t count = std::min(limit, codes.points.count);
  for (int64_t i = 0; i < count; ++i) {
    const PlanePoint point = onPlane(plane.axes, codes.points.mu.data() + i * codes.points.latent);
    panel.pointX.push_back(static_cast<float>(point.x));
    panel.pointY.push_back(static_cast<float>(point.y));
    panel.pointLabel.push_back((*codes.labels)[static_cast<size_t>(i)]);
  }
}

/// The latent that an axis runs along, nothing for any other direction.
std::optional<size_t> latentOf(const LatentPoint& axis) {
  const auto one = std::ranges::find_if(axis, [](float v) { return v != 0; });
  if (one == axis.end() || *one != 1) return std::nullopt;
  if (std::any_of(one + 1, axis.end(), [](float v) { return v != 0; })) return std::nullopt;
  return static_cast<size_t>(one - axis.begin());
}

bool areOrthonormal(const PlaneAxes& axes) {
  const auto product = [](const LatentPoint& a, const LatentPoint& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  };
  constexpr double close = 1e-3; // axes that were typed have three digits
  return std::abs(product(axes.axis1, axes.axis1) - 1) < close &&
         std::abs(product(axes.axis2, axes.axis2) - 1) < close &&
         std::abs(product(axes.axis1, axes.axis2)) < close;
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
  const auto plane = preparePlane(*viewer, source, options, data, options.points > 0, control);
  if (!plane) return plane.error();

  PlanePanel panel;
  panel.rect = plane->rect;
  if (options.tiles) {
    const auto tiles = decodeTiles(*viewer, *plane, options, control);
    if (!tiles) return tiles.error();
    panel.grid = tiles->grid;
    panel.channels = tiles->shape.channels;
    panel.tileHeight = tiles->shape.height;
    panel.tileWidth = tiles->shape.width;
    appendBytes(tiles->pixels, panel.pixels);
  }
  if (options.points > 0 && plane->codes) addPoints(*plane->codes, *plane, options.points, panel);
  if (data) panel.classes = data->classes;
  if (!panel.pointX.empty()) panel.tileOpacity = behindPoints;
  const auto first = latentOf(plane->axes.axis1), second = latentOf(plane->axes.axis2);
  if (first && second) {
    panel.xLabel = "z" + std::to_string(*first + 1);
    panel.yLabel = "z" + std::to_string(*second + 1);
  } else {
    panel.xLabel = "main 1";
    panel.yLabel = "main 2";
  }
  if (options.rings && findFamily(viewer->spec().family)->hasPrior && areOrthonormal(plane->axes)) {
    // Two orthonormal directions cut N(0, I) in N(0, I) again, about the projection of its mean.
    panel.rings = {1, 2, 3};
    const LatentPoint mean(plane->axes.axis1.size(), 0.0f);
    panel.ringCentre = onPlane(plane->axes, mean.data());
  }

  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = 0;
  figure.fontPoints = options.fontPoints;
  figure.title = source.run.record().config.name + ", step " + std::to_string(viewer->weights()->step);
  figure.panels.emplace_back(std::move(panel));
  figure.provenance =
      figureProvenance("plane", {{source.run, viewer->weights()->step}}, describeView(*plane, options));
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
