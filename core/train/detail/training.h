// One training run without its thread: module, optimiser, data order, random streams and sums. What Trainer
// drives.
#pragma once

#include "core/models/image_source.h"
#include "core/models/measures.h"
#include "core/train/detail/metric_sums.h"
#include "core/train/detail/optimiser.h"
#include "core/train/trainer.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace latent {

/// NaN or infinity at update `step`.
struct Divergence {
  int64_t step = 0;
  std::string term; ///< "recon", "kl" ... or "gradient"
  double value = 0;

  std::string sentence(int64_t keptStep) const;
};

/// An epoch is a pass over one permutation of the training split, in batches of which the last may be
/// smaller, and then a pass over the test split. Not thread-safe: everything happens on the thread that owns
/// it.
class Training {
 public:
  /// Initial weights, or those of the checkpoint (CheckpointError if it is of another model or data set).
  Training(const TrainerConfig& config, std::shared_ptr<const Dataset> dataset,
           const std::optional<Checkpoint>& resumeFrom);

  int64_t step() const { return m_step; }
  int64_t epochsDone() const { return m_epoch; }
  double epoch() const; ///< passes done, fractional inside one
  int64_t stepsPerEpoch() const { return m_stepsPerEpoch; }
  int64_t trainImages() const { return m_train.size(); }

  double learningRate() const { return m_learningRate; }
  void setLearningRate(double rate) { m_learningRate = rate; }
  double seconds() const { return m_seconds; } ///< of training since the run began, over all its sessions
  void addSeconds(double seconds);

  /// All batches of the epoch were used; finishEpoch comes next.
  bool epochComplete() const { return m_position == m_stepsPerEpoch; }

  /// One update. On the CPU a divergence is found before the update and returned; on other devices the update
  /// is masked there and readBack finds it.
  std::optional<Divergence> update();

  /// Fetches the values of the updates since the last call.
  std::optional<Divergence> readBack();

  /// `batch` rows that readBack completed.
  std::vector<Metric> takeRows() { return m_sums.takeRows(); }

  /// Test pass and summary; call readBack first. Nothing, and no change, if goOn said false (measureModel).
  std::optional<EpochSummary> finishEpoch(const std::function<bool(double)>& goOn);

  /// Counts the epoch and goes to the start of the next, with a new order and empty sums; what finishEpoch
  /// ends with.
  void beginEpoch();

  /// Call readBack first.
  Checkpoint checkpoint() const;
  /// Goes on from there; what readBack had not fetched is forgotten. CheckpointError as in the constructor.
  void goBackTo(const Checkpoint& checkpoint);
  void snapshot(Weights& into) const;
  int64_t weightBytes() const { return m_model.size() * static_cast<int64_t>(sizeof(float)); }

 private:
  torch::Tensor nextBatch();
  void restore(const Checkpoint& checkpoint);
  std::optional<Divergence> checked(int64_t step, std::span<const float> row) const;

  FlatModel m_model;
  Adam m_adam;
  PixelMode m_pixels;
  std::vector<std::string> m_terms;
  uint64_t m_seed;
  int64_t m_batch;
  double m_learningRate;

  ImageSource m_train;
  ImageSource m_test;
  int64_t m_stepsPerEpoch;

  at::Generator m_order; ///< on the CPU, so that the order does not depend on the device
  at::Generator m_binarisation;
  ObjectiveContext m_context;
  torch::Tensor m_permutation; ///< int64 [N] on the CPU; undefined between epochs

  int64_t m_step = 0;
  int64_t m_epoch = 0;
  int64_t m_position = 0; ///< batches used in this epoch
  double m_seconds = 0;
  double m_epochSeconds = 0;

  MetricSums m_sums;
  torch::Tensor
      m_history; ///< [rows, terms + 1] on the device: values of updates not read back; last column: gradient
  int64_t m_historyRows = 0;
  torch::Tensor m_good; ///< 0-dim bool on the device, false after a divergence; undefined on the CPU
};

} // namespace latent
