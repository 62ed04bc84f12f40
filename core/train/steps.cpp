#include "core/train/steps.h"

#include "core/models/families.h"

namespace latent {

int64_t stepsPerEpoch(const ModelSpec& spec, int64_t trainImages) {
  if (findFamily(spec.family)->closedForm) return 1;
  const int64_t batch = spec.parameters.integer("batch");
  return (trainImages + batch - 1) / batch;
}

int64_t epochsOf(const ModelSpec& spec, int64_t asked) {
  return findFamily(spec.family)->closedForm ? 1 : asked;
}

} // namespace latent
