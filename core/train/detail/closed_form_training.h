// Training in one step: the whole training split goes into the model, which then solves for its weights.
#pragma once

#include "core/train/detail/training.h"

namespace latent {

/// One epoch of one step. An update is one batch of images, the last one the solution. A checkpoint before
/// the solution holds none of the images: what goes on from it begins anew.
class ClosedFormTraining final : public Training {
 public:
  ClosedFormTraining(const TrainerConfig& config, std::shared_ptr<const Dataset> dataset,
                     const std::optional<Checkpoint>& resumeFrom);

  double epoch() const override { return static_cast<double>(m_step); }
  double progress() const override;
  int64_t callsPerEpoch() const override;
  bool epochComplete() const override { return m_step == 1 && m_epoch == 0; }
  std::optional<Divergence> update() override;

 protected:
  std::optional<Measures> measureTraining(const GoOn& goOn) override;
  void save(NamedArrays&, Json&) const override {}
  void restore(const Checkpoint& checkpoint) override;

 private:
  void begin();

  ClosedForm& m_solver;
  at::Generator m_binarisation;
  int64_t m_added = 0; ///< images
};

} // namespace latent
