#include "core/train/steps.h"

#include "core/models/families.h"

#include <algorithm>

namespace latent {

int64_t stepsPerEpoch(const ModelSpec& spec, int64_t trainImages) {
  if (findFamily(spec.family)->closedForm) return 1;
  const int64_t batch = spec.parameters.integer("batch");
  return (trainImages + batch - 1) / batch;
}

StepCount::StepCount(int64_t stepsPerEpoch, int64_t trainImages, int64_t batch, int64_t firstStep,
                     double firstEpoch)
    : m_stepsPerEpoch(stepsPerEpoch), m_firstStep(firstStep) {
  constexpr double rounding = 1e-6; // of an image, in an epoch that went through a file
  const double images = firstEpoch * static_cast<double>(trainImages) + rounding;
  m_firstEpoch = static_cast<int64_t>(images / static_cast<double>(trainImages));
  m_firstPosition = (static_cast<int64_t>(images) - m_firstEpoch * trainImages) / batch;
}

StepCount stepCount(const ModelSpec& spec, int64_t trainImages, int64_t firstStep, double firstEpoch) {
  const bool closedForm = findFamily(spec.family)->closedForm;
  const int64_t batch = closedForm ? trainImages : spec.parameters.integer("batch");
  return {stepsPerEpoch(spec, trainImages), trainImages, std::min(batch, trainImages), firstStep, firstEpoch};
}

int64_t epochsOf(const ModelSpec& spec, int64_t asked) {
  return findFamily(spec.family)->closedForm ? 1 : asked;
}

} // namespace latent
