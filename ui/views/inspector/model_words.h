// What Setup says of the models that it would train.
#pragma once

#include "ui/bridge/model_check.h"

#include <QString>

namespace latent::ui {

/// "1.2 M weights", "0.4 to 1.2 M weights"; "" while nothing is known.
QString weightsText(const ModelAnswer& answer);

/// The layers as a table for a tooltip, the first and last ones of a long model; "" while nothing is known.
QString layersText(const ModelAnswer& answer);

} // namespace latent::ui
