// Pins and the Focus: a pin of what is seen, and the way back to a pin.
#pragma once

#include "core/base/pin.h"
#include "ui/views/shared/workbench.h"

#include <optional>

namespace latent::ui {

/// The point of the active run with its picture; nothing where there is no point (discrete codes, no run).
std::optional<Pin> pinOfPoint(const Workbench& bench);
/// Adds it to the pins and says so; where there is no point, why.
void pinPoint(const Workbench& bench);
/// Its run, step and point become the Focus, as one step of the history. What cannot be is said: a run that
/// is not open is offered to be opened, a snapshot that is gone gives way to live.
void goToPin(const Workbench& bench, const Pin& pin);

} // namespace latent::ui
