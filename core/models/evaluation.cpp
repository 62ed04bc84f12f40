#include "core/models/evaluation.h"

#include "core/models/compute.h"
#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/measures.h"
#include "core/models/torch_compat.h"

namespace latent {

Result<std::map<std::string, double>> evaluateSplit(const ModelSpec& spec, const Weights& weights,
                                                    const Split& split, uint64_t seed,
                                                    const std::string& device, JobControl* control) {
  if (split.size() == 0) return inputError("There is nothing to evaluate: the split has no images.");
  if (!(split.shape() == spec.shape)) {
    return inputError(
        "The images have another shape than the model; choose the data set that it was trained on.");
  }
  Result<std::shared_ptr<const Weights>> matched = matchWeights(spec, weights);
  if (!matched) return matched.error();
  try {
    prepareComputeThread();
    const torch::Device target(device);
    FlatModel model(spec, target, FlatModel::Gradients::none);
    model.write((*matched)->values);
    // The caller keeps the split alive for the length of this call, so nothing is owned here.
    ImageSource images(std::shared_ptr<const Split>(std::shared_ptr<void>(), &split), target);
    const auto goOn = [control](double fraction) {
      if (!control) return true;
      control->setProgress(fraction);
      return !control->cancelled();
    };
    std::optional<Measures> measures =
        measureModel(model.model(), pixelMode(spec), images, seed, target, (*matched)->step, goOn);
    if (!measures) return Error{Fault::interrupted, "The evaluation was cancelled."};
    return std::move(*measures);
  } catch (const c10::Error& error) {
    return workError("The evaluation failed: " + compat::message(error));
  } catch (const std::bad_alloc&) {
    return workError("The evaluation ran out of memory; close other programs or use a smaller model.");
  }
}

} // namespace latent
