// How the texts that name a plane or a traversal are read: shared by the figures and the movies of them.
#pragma once

#include "core/base/latent_traversal.h"
#include "core/run/figures.h"

#include <optional>
#include <string>
#include <vector>

namespace latent::cli {

/// Latents counted from 1 as they are named: "1,3" or "z1,z3"; none for "".
Result<std::vector<int>> parseLatents(std::string text);

/// The range of a traversal by its --by and its --range; nothing where neither was given.
Result<std::optional<TraversalRange>> parseRange(const std::string& by, const std::string& range);

/// --rect "left,right,lower,upper"; nothing for "".
Result<std::optional<PlaneRect>> parseRect(const std::string& text);

/// --axes: "main", or two latents counted from 1 as they are named, "1,3" or "z1,z3"; --at: "0,1.5,...".
Result<PlaneChoice> parsePlaneChoice(const std::string& axes, const std::string& at);

} // namespace latent::cli
