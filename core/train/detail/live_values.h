// The parameters that may change while a run trains. No torch.
#pragma once

#include "core/base/json.h"
#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/train/detail/checkpoint_error.h"

#include <map>
#include <string>

namespace latent {

/// By key.
using LiveValues = std::map<std::string, double>;

/// All of the spec's family, as the spec has them.
LiveValues liveValues(const ModelSpec& spec);

/// As the values of a checkpoint have them. Throws CheckpointError where one is missing or out of range.
LiveValues liveValues(const ModelSpec& spec, const Json& checkpointValues);

/// Usage error if the family has no such live parameter or the value is out of its range.
Status checkLive(const ModelSpec& spec, const std::string& key, double value);

} // namespace latent
