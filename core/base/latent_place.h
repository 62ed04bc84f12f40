// Where a path or a traversal begins or ends, in one run or in several.
#pragma once

#include "core/base/focus.h"
#include "core/base/latent_point.h"

#include <optional>
#include <string>
#include <vector>

namespace latent {

/// The code of an image, or a point of each run's own latent space. With neither it is the prior's mean, or
/// that of the codes.
struct LatentPlace {
  std::optional<Subject> subject;
  std::vector<LatentPoint> z; ///< one for each run, in place of a subject
  std::string name;           ///< of z: a pin's
  Image picture;              ///< of z: x̂ when it was pinned; may be empty
  bool operator==(const LatentPlace&) const = default;
};

} // namespace latent
