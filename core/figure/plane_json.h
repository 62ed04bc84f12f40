// A plane of a figure as JSON beside raw arrays, and back. Private to core/figure.
#pragma once

#include "core/figure/figure_place.h"

namespace latent::detail {

Json toJson(const PlanePanel& panel, std::vector<std::byte>& bytes);
PlanePanel planeFromJson(const Place& place, ArrayReader& arrays);

} // namespace latent::detail
