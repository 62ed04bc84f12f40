// What a person chooses for a run, and the states a run can be in.
#pragma once

#include "core/base/parameter.h"

#include <cstdint>
#include <string>

namespace latent {

/// What a person chose. The parameters hold everything of the family's schema (latent, hidden, batch, ...).
struct RunConfig {
  std::string name; ///< for people; "" = made from family, latent size and data set
  std::string family = "vae";
  Parameters parameters;         ///< may be partial: completed by the schema
  std::string dataset = "mnist"; ///< id
  std::string dataDir;           ///< "" = the usual search
  uint64_t seed = 1;
  int64_t epochs = 10;
  std::string device = "auto"; ///< "auto", "cpu", "cuda"
  int threads = 0;             ///< BLAS threads, 0 = the process's count
};

/// States on disk. `running` without a held lock means interrupted.
enum class RunState { created, running, paused, stopped, finished, failed, interrupted };
std::string toString(RunState state);

} // namespace latent
