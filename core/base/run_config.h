// What a person chooses for a run, and the states a run can be in.
#pragma once

#include "core/base/parameter.h"

#include <cstdint>
#include <optional>
#include <string>

namespace latent {

/// The kept snapshot of another run that a run begins from. Who asks gives run and step; the rest is filled
/// in when the run is made, so that it is known where the other run is gone.
struct ForkPoint {
  std::string run; ///< its folder, absolute
  int64_t step = 0;
  double epoch = 0; ///< of the snapshot
  std::string id;   ///< of the run's record
  std::string name; ///< of the run, for people
  bool operator==(const ForkPoint&) const = default;
};

/// What a person chose. The parameters hold everything of the family's schema (latent, hidden, batch, ...).
struct RunConfig {
  std::string name; ///< for people; "" = made from family, latent size and data set
  std::string family = "vae";
  Parameters parameters;         ///< may be partial: completed by the schema
  std::string dataset = "mnist"; ///< id
  std::string dataDir;           ///< "" = the usual search
  uint64_t seed = 1;
  int64_t epochs = 10;             ///< in all; those of the parent up to the snapshot count
  std::string device = "auto";     ///< "auto", "cpu", "cuda"
  int threads = 0;                 ///< BLAS threads, 0 = the process's count
  std::optional<ForkPoint> parent; ///< nothing: from initial weights
};

/// States on disk. `running` without a held lock means interrupted.
enum class RunState { created, running, paused, stopped, finished, failed, interrupted };
std::string toString(RunState state);

} // namespace latent
