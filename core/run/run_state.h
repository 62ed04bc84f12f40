// How a trainer's state is named in a run folder and in a row of the window: one mapping for both.
#pragma once

#include "core/base/run_config.h"
#include "core/train/trainer.h"

namespace latent {

/// RunState::interrupted is no trainer's state: a reader finds it where nobody holds the lock.
RunState runStateOf(TrainerState state);

} // namespace latent
