#include "core/train/detail/live_values.h"

#include "core/models/families.h"

namespace latent {

LiveValues liveValues(const ModelSpec& spec) {
  LiveValues values;
  for (const ParameterSpec& parameter : findFamily(spec.family)->schema) {
    if (parameter.live) values[parameter.key] = spec.parameters.real(parameter.key);
  }
  return values;
}

LiveValues liveValues(const ModelSpec& spec, const Json& checkpointValues) {
  LiveValues values = liveValues(spec);
  try {
    // Format 1 knew the learning rate alone.
    const bool old = checkpointValues.at("format").get<int>() < 2;
    const Json& saved = old ? checkpointValues : checkpointValues.at("live");
    for (auto& [key, value] : values) value = saved.at(key).get<double>();
  } catch (const Json::exception& error) {
    throw CheckpointError(std::string("The checkpoint is damaged: ") + error.what() + ".");
  }
  for (const auto& [key, value] : values) {
    if (const Status status = checkLive(spec, key, value); !status)
      throw CheckpointError("The checkpoint is damaged: " + status.error().message);
  }
  return values;
}

Status checkLive(const ModelSpec& spec, const std::string& key, double value) {
  const ParameterSpec* parameter = findParameter(findFamily(spec.family)->schema, key);
  if (!parameter || !parameter->live) {
    return usageError("'" + key + "' cannot be changed while a run of " + spec.family + " trains.");
  }
  return checkParameter(*parameter, value);
}

} // namespace latent
