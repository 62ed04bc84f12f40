// What the encoded test set says of each latent, as a table.
#pragma once

#include "core/base/latent_statistics.h"
#include "core/figure/table.h"

namespace latent::ui {

/// One row a latent, in their order.
Table latentTable(const LatentUse& use);

} // namespace latent::ui
