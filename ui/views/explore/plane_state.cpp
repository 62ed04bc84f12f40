#include "ui/views/explore/plane_state.h"

namespace latent::ui {

Json layersToJson(const PlaneLayers& layers) {
  Json json = toJson(layers);
  json["legend"] = layers.legend;
  return json;
}

PlaneLayers layersFromJson(const Json& json, PlaneLayers known) {
  static_cast<LayersLook&>(known) = layersLookFromJson(json, known);
  if (json.is_object() && json.contains("legend") && json["legend"].is_boolean())
    known.legend = json["legend"].get<bool>();
  return known;
}

} // namespace latent::ui
