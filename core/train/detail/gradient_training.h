// Training by gradients: optimiser, order of the images, random streams and sums.
#pragma once

#include "core/train/detail/averaged_weights.h"
#include "core/train/detail/metric_sums.h"
#include "core/train/detail/optimiser.h"
#include "core/train/detail/schedule.h"
#include "core/train/detail/training.h"

#include <span>

namespace latent {

/// An epoch is a pass over one permutation of the training split, in batches of which the last may be
/// smaller, and then a pass over the test split.
class GradientTraining final : public Training {
 public:
  GradientTraining(const TrainerConfig& config, std::shared_ptr<const Dataset> dataset,
                   const std::optional<Checkpoint>& resumeFrom);

  double epoch() const override;
  bool epochComplete() const override { return m_position == stepsPerEpoch(); }

  /// On the CPU a divergence is found before the update and returned; on other devices the update is masked
  /// there and readBack finds it. Either way the model's values stay as they were.
  std::optional<Divergence> update() override;
  std::optional<Divergence> readBack() override;
  std::vector<Metric> takeRows() override { return m_sums.takeRows(); }

  /// Counts the epoch and goes to the start of the next, with a new order and empty sums; what finishEpoch
  /// ends with.
  void beginEpoch() override;

 protected:
  std::optional<Measures> measureTraining(const GoOn& goOn) override;
  std::optional<Measures> measureTest(const GoOn& goOn) override;
  const torch::Tensor& shownValues() const override;
  void save(NamedArrays& arrays, Json& values) const override;
  void restore(const Checkpoint& checkpoint) override;

 private:
  torch::Tensor nextBatch();
  double learningRate() const; ///< of the next update
  std::optional<Divergence> checked(int64_t step, std::span<const float> row) const;
  void restoreStreams(const Checkpoint& checkpoint);

  Optimiser m_optimiser;
  Schedule m_schedule;
  std::optional<AveragedWeights> m_average;
  std::vector<std::string> m_terms;
  int64_t m_batch;

  at::Generator m_order; ///< on the CPU, so that the order does not depend on the device
  at::Generator m_binarisation;
  ObjectiveContext m_context;
  torch::Tensor m_permutation; ///< int64 [N] on the CPU; undefined between epochs
  int64_t m_position = 0;      ///< batches used in this epoch

  MetricSums m_sums;
  torch::Tensor
      m_history; ///< [rows, terms + 1] on the device: values of updates not read back; last column: gradient
  int64_t m_historyRows = 0;
  torch::Tensor m_good;          ///< 0-dim bool on the device, false after a divergence; undefined on the CPU
  torch::Tensor m_buffers;       ///< [F], the model's float buffers
  torch::Tensor m_buffersBefore; ///< [F], as they were before the update in progress
};

} // namespace latent
