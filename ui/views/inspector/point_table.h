// The latent point as a table.
#pragma once

#include "core/base/latent_point.h"
#include "core/figure/table.h"

namespace latent::ui {

Table pointTable(const LatentPoint& z); ///< one row a latent

} // namespace latent::ui
