#include "core/train/checkpoint.h"

#include "core/models/compute.h"
#include "core/models/torch_compat.h"
#include "core/train/detail/tensor_arrays.h"
#include "core/train/detail/training.h"

namespace latent {

Result<std::shared_ptr<const Weights>> checkpointWeights(const TrainerConfig& config,
                                                         std::shared_ptr<const Dataset> dataset,
                                                         const Checkpoint& checkpoint) {
  try {
    prepareComputeThread();
    const std::unique_ptr<Training> training = makeTraining(config, std::move(dataset), checkpoint);
    auto weights = std::make_shared<Weights>();
    training->snapshot(*weights);
    return std::shared_ptr<const Weights>(std::move(weights));
  } catch (const c10::Error& error) { // a generator refuses bytes that are no state of it
    return inputError("The checkpoint is damaged: " + compat::message(error) + ".");
  } catch (const CheckpointError& error) {
    return inputError(error.what());
  }
}

} // namespace latent
