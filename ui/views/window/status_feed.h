// Keeps the status line true: device and speed of the run that trains, latency of the point, jobs.
#pragma once

#include "ui/views/shared/workbench.h"

namespace latent::ui {

class StatusStrip;

void feedStatus(StatusStrip* strip, const Workbench& bench);

} // namespace latent::ui
