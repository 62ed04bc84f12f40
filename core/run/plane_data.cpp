#include "core/run/plane_data.h"

#include "core/explore/support.h"
#include "core/models/families.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace latent::detail {

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

PlaneCovariance projectVariance(const PlaneAxes& axes, const float* logVar) {
  PlaneCovariance sum;
  for (size_t j = 0; j < axes.axis1.size(); ++j) {
    const double v = std::exp(double{logVar[j]}), x = axes.axis1[j], y = axes.axis2[j];
    sum.xx += x * x * v;
    sum.xy += x * y * v;
    sum.yy += y * y * v;
  }
  return sum;
}

namespace {

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

} // namespace

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
    // A density and a filter are of all codes; those that are chosen may lie anywhere.
    const PlaneLook& look = options.look;
    const bool ofAll = needAll || look.density || !look.filter.empty() || !look.selected.empty();
    auto codes = encodeSplit(viewer, data->test, ofAll ? 0 : options.points, control);
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

} // namespace latent::detail
