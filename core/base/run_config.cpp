#include "core/base/run_config.h"

namespace latent {

std::string toString(RunState state) {
  switch (state) {
  case RunState::created:
    return "created";
  case RunState::running:
    return "running";
  case RunState::paused:
    return "paused";
  case RunState::stopped:
    return "stopped";
  case RunState::finished:
    return "finished";
  case RunState::failed:
    return "failed";
  case RunState::interrupted:
    return "interrupted";
  }
  return {};
}

} // namespace latent
