#include "core/base/pin.h"

#include "core/base/image_json.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace latent {

Json pinToJson(const Pin& pin) {
  Json json{{"name", pin.name}, {"run", pin.run}, {"run_name", pin.runName}};
  json["step"] = pin.step ? Json(*pin.step) : Json(nullptr);
  json["z"] = pin.z;
  if (!pin.thumbnail.empty()) json["thumbnail"] = thumbnailToJson(pin.thumbnail);
  return json;
}

Result<Pin> pinFromJson(const Json& json) {
  try {
    Pin pin;
    pin.name = json.at("name").get<std::string>();
    pin.run = json.at("run").get<RunId>();
    pin.runName = json.at("run_name").get<std::string>();
    if (!json.at("step").is_null()) pin.step = json.at("step").get<int64_t>();
    pin.z = json.at("z").get<LatentPoint>();
    if (!std::ranges::all_of(pin.z, [](float z) { return std::isfinite(z); }))
      throw std::invalid_argument("a coordinate is not finite");
    if (json.contains("thumbnail")) pin.thumbnail = imageFromJson(json.at("thumbnail"));
    return pin;
  } catch (const std::exception& error) {
    return inputError(std::string("The pin cannot be read: ") + error.what() + ".");
  }
}

} // namespace latent
