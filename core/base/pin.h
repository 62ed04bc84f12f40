// A named point of a run's latent space, kept to return to.
#pragma once

#include "core/base/focus.h"
#include "core/base/image.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace latent {

struct Pin {
  std::string name;
  RunId run;
  std::string runName;         ///< for people, where the run is not here
  std::optional<int64_t> step; ///< the kept snapshot that was looked at; nothing = live
  LatentPoint z;
  Image thumbnail; ///< x̂ at that moment; may be empty
  bool operator==(const Pin&) const = default;
};

Json pinToJson(const Pin& pin);            ///< the thumbnail in bytes
Result<Pin> pinFromJson(const Json& json); ///< input error names what is wrong

} // namespace latent
