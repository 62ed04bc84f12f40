// The one value that all views share and render from (HOUSE.md, Focus). Undo, sessions and figures save it.
#pragma once

#include "core/base/image.h"
#include "core/base/json.h"
#include "core/base/latent_point.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latent {

/// A run folder's absolute path: unique, and what a session stores.
using RunId = std::string;

/// The input x: an item of a data set, or an image that was drawn or loaded.
struct Subject {
  std::string split = "test"; ///< "train" or "test"; used when `index` is set
  int64_t index = 0;          ///< item of the active run's data set; -1 = `image`
  Image image;                ///< only for index == -1
  std::string source;         ///< of `image`: the file it was read from; "" = drawn
  bool operator==(const Subject&) const = default;
};

/// How the point of the active run is found in another run (EXPERIENCE.md, One point, one active run).
enum class Link {
  sameInput,         ///< the code of the same input
  sameZ,             ///< equal coordinates; equal latent sizes only
  samePriorQuantile, ///< equal quantiles of N(0, 1) in each latent; runs with a prior only
  sameDataQuantile,  ///< equal quantiles of the encoded data in each latent
};
/// "input", "z", "prior-quantile", "data-quantile": what files hold.
std::string linkName(Link link);
Result<Link> linkFromName(const std::string& name); ///< input error lists the names

struct Focus {
  std::vector<RunId> shown;    ///< runs with an open eye
  RunId active;                ///< exactly one, "" when there is no run
  std::optional<int64_t> step; ///< a kept snapshot, or nothing for live
  Subject subject;
  LatentPoint cursor; ///< of the active run's latent space
  std::vector<int64_t>
      tokens; ///< map of codes of the active run as edited or drawn; empty = the subject's own
  Link link = Link::sameInput;
  bool operator==(const Focus&) const = default;
};

Json focusToJson(const Focus& focus);
Result<Focus> focusFromJson(const Json& json); ///< input error names the key

} // namespace latent
