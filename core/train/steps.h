// How many updates an epoch has. No torch here.
#pragma once

#include "core/base/model_spec.h"

#include <cstdint>

namespace latent {

/// Of a split of so many images; 1 for a family that is solved in closed form.
int64_t stepsPerEpoch(const ModelSpec& spec, int64_t trainImages);

/// What a run does in all when `asked` epochs are asked for: 1 in closed form.
int64_t epochsOf(const ModelSpec& spec, int64_t asked);

} // namespace latent
