// The layers of the plane as a saved window holds them.
#pragma once

#include "core/base/json.h"
#include "ui/widgets/latent_plane.h"

namespace latent::ui {

Json layersToJson(const PlaneLayers& layers);
/// Missing keys and values of another type or out of [0, 1] keep what `known` has.
PlaneLayers layersFromJson(const Json& json, PlaneLayers known);

} // namespace latent::ui
