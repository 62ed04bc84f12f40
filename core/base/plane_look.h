// What of a latent plane is drawn and how: in the window, in figures, in files.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace latent {

/// Which layers are drawn, and how strongly: opacities from 0 to 1.
struct LayersLook {
  bool tiles = true, points = true, rings = true; ///< rings: of the prior
  bool density = false, magnification = false;
  bool contours = false;  ///< the density as lines instead of colours
  bool ellipse = false;   ///< posterior of the input: one standard deviation
  bool ellipses = false;  ///< posteriors of the selected points
  bool classNames = true; ///< at the median of each class
  bool quantiles = false; ///< the axes count in quantiles of the prior
  double tileOpacity = 1; ///< of tiles without points above
  double tileOpacityUnderPoints = 0.35;
  double pointOpacity = 1, ringOpacity = 1, ellipseOpacity = 1, ellipsesOpacity = 0.7;
  double densityOpacity = 0.75, magnificationOpacity = 0.75;
  bool operator==(const LayersLook&) const = default;
};

struct PlaneLook : LayersLook {
  std::string column; ///< of the data's metadata, in place of the class; "" = the class
  std::string filter; ///< column that chooses the points; "" = all
  std::string value;  ///< of a filter of texts; "" = all
  double low = -std::numeric_limits<double>::infinity(); ///< of a filter of numbers, both ends included
  double high = std::numeric_limits<double>::infinity();
  std::optional<int64_t> isolated; ///< class; others are pale
  std::vector<int64_t> selected;   ///< test images; others are pale
  bool operator==(const PlaneLook&) const = default;
};

Json toJson(const LayersLook& layers);
/// Missing keys, and values of another type or out of range, keep what `known` has.
LayersLook layersLookFromJson(const Json& json, LayersLook known);

Json toJson(const PlaneLook& look);
/// Missing keys are the defaults; input error names a key of another type or out of range.
Result<PlaneLook> planeLookFromJson(const Json& json);

} // namespace latent
