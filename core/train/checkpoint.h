// Looking into a checkpoint before a run goes on from it. No torch in this header.
#pragma once

#include "core/train/trainer.h"

#include <memory>

namespace latent {

/// The weights that a run resumed from this checkpoint would begin with; everything in it is tried on the
/// model and the data set. Input error for a damaged or foreign one.
Result<std::shared_ptr<const Weights>> checkpointWeights(const TrainerConfig& config,
                                                         std::shared_ptr<const Dataset> dataset,
                                                         const Checkpoint& checkpoint);

} // namespace latent
