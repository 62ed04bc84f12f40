// Which snapshots a run keeps for the time scrubber, so that disk and memory stay bounded however long it
// trains.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

namespace latent {

/// Early training changes most: these steps are kept besides the ends of epochs.
inline constexpr std::array<int64_t, 7> kEarlySnapshots{0, 1, 3, 10, 30, 100, 300};
inline constexpr int64_t kMaximumEpochSnapshots = 200;

/// Every how many epochs a snapshot is kept once `epochs` are done: 1 up to 200 epochs, 2 up to 400, 4 up to
/// 800 ...
inline int64_t snapshotStride(int64_t epochs) {
  int64_t stride = 1;
  while (epochs / stride > kMaximumEpochSnapshots) stride *= 2;
  return stride;
}

/// `updates` done by the run itself.
inline bool isEarlySnapshot(int64_t updates) {
  return std::find(kEarlySnapshots.begin(), kEarlySnapshots.end(), updates) != kEarlySnapshots.end();
}

/// Whether the snapshot at the end of epoch `epoch` is kept once `epochs` are done.
inline bool keepsEpoch(int64_t epoch, int64_t epochs) {
  return epoch % snapshotStride(epochs) == 0;
}

/// Whether the snapshot of `step` is kept once `epochs` are done (stepsPerEpoch > 0). The Trainer gives a
/// listener those that are kept at the time; a listener that drops, each time the stride has doubled, those
/// for which this has become false holds at most 7 + 200 of them.
inline bool keepsSnapshot(int64_t step, int64_t stepsPerEpoch, int64_t epochs) {
  return isEarlySnapshot(step) || (step % stepsPerEpoch == 0 && keepsEpoch(step / stepsPerEpoch, epochs));
}

} // namespace latent
