// SIGINT and SIGTERM as a cancelled job, so that every command ends cleanly and keeps what it has.
#pragma once

#include "core/base/job.h"

namespace latent::cli {

/// Cancelled by a signal once watchSignals() was called.
JobControl& interruption();
void watchSignals();

} // namespace latent::cli
