// What a person chose in the view Traverse; a value that sessions keep.
#pragma once

#include "core/base/json.h"
#include "core/base/latent_traversal.h"

#include <optional>

namespace latent::ui {

struct TraverseChoice {
  enum class Sort { byUse, byIndex };
  enum class From { point, input, mean }; ///< what all other latents keep
  Sort sort = Sort::byUse;
  From from = From::point;
  std::optional<TraversalRange> range; ///< nothing = what suits the run: its prior, else its data
  bool unfolded = false;               ///< latents that carry nothing are shown too
  bool grid = false;                   ///< two latents against each other
  int latent = 0;                      ///< the current one
  int second = 1;                      ///< of the grid
  bool operator==(const TraverseChoice&) const = default;
};

/// The range to use: priorSigma only with a prior, quantiles only with codes, else values.
TraversalRange rangeFor(const TraverseChoice& choice, bool hasPrior, bool hasCodes);

Json toJson(const TraverseChoice& choice);
/// Unknown, missing and impossible entries keep their defaults.
TraverseChoice traverseChoiceFromJson(const Json& json);

} // namespace latent::ui
