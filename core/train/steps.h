// How many updates an epoch has, and how those of a run are counted. No torch here.
#pragma once

#include "core/base/model_spec.h"

#include <cstdint>

namespace latent {

/// Of a split of so many images; 1 for a family that is solved in closed form.
int64_t stepsPerEpoch(const ModelSpec& spec, int64_t trainImages);

/// The count of updates and passes of a run. A fork counts on from the snapshot of its parent: from its step
/// and its epoch, inside a pass if the snapshot was. Of that pass it does the rest, in an order of its own;
/// with another batch or number of images it begins at the last batch that begins before the snapshot's
/// place.
class StepCount {
 public:
  StepCount(int64_t stepsPerEpoch, int64_t trainImages, int64_t batch, int64_t firstStep = 0,
            double firstEpoch = 0);

  int64_t stepsPerEpoch() const { return m_stepsPerEpoch; }
  int64_t firstStep() const { return m_firstStep; }
  int64_t firstEpoch() const { return m_firstEpoch; }       ///< whole passes
  int64_t firstPosition() const { return m_firstPosition; } ///< batches into the next one

  /// The step at `position` batches into the pass after `epoch` others.
  int64_t stepAt(int64_t epoch, int64_t position) const {
    return m_firstStep + (epoch - m_firstEpoch) * m_stepsPerEpoch + position - m_firstPosition;
  }
  /// Steps as they would be counted if all passes had been this run's own: multiples of stepsPerEpoch() where
  /// a pass ends.
  int64_t withoutParent(int64_t step) const { return step - stepAt(0, 0); }
  /// Updates of the run itself.
  int64_t sinceFirst(int64_t step) const { return step - m_firstStep; }

 private:
  int64_t m_stepsPerEpoch;
  int64_t m_firstStep;
  int64_t m_firstEpoch = 0;
  int64_t m_firstPosition = 0;
};

/// Of a run of this model on so many images.
StepCount stepCount(const ModelSpec& spec, int64_t trainImages, int64_t firstStep = 0, double firstEpoch = 0);

/// What a run does in all when `asked` epochs are asked for: 1 in closed form.
int64_t epochsOf(const ModelSpec& spec, int64_t asked);

} // namespace latent
