#include "core/run/run_state.h"

#include <stdexcept>

namespace latent {

RunState runStateOf(TrainerState state) {
  switch (state) {
  case TrainerState::ready:
    return RunState::created;
  case TrainerState::running:
    return RunState::running;
  case TrainerState::paused:
    return RunState::paused;
  case TrainerState::stopped:
    return RunState::stopped;
  case TrainerState::finished:
    return RunState::finished;
  case TrainerState::failed:
    return RunState::failed;
  }
  throw std::logic_error("runStateOf: unknown state");
}

} // namespace latent
