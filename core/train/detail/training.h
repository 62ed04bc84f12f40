// One training run without its thread: what Trainer drives. How a model comes to its weights is for the two
// that implement this: update by update (gradient_training.h) or in one step (closed_form_training.h).
#pragma once

#include "core/models/flat_model.h"
#include "core/models/image_source.h"
#include "core/models/measures.h"
#include "core/train/detail/live_values.h"
#include "core/train/steps.h"
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

/// Not thread-safe: everything happens on the thread that owns it.
class Training {
 public:
  /// std::runtime_error, one sentence, for a data set that does not fit the model.
  Training(const TrainerConfig& config, const std::shared_ptr<const Dataset>& dataset,
           FlatModel::Gradients gradients);
  virtual ~Training() = default;
  Training(const Training&) = delete;
  Training& operator=(const Training&) = delete;

  int64_t step() const { return m_step; }
  int64_t updates() const { return m_count.sinceFirst(m_step); } ///< of this run, not of its parent
  int64_t epochsDone() const { return m_epoch; }
  virtual double epoch() const = 0;                   ///< passes done, fractional inside one
  virtual double progress() const { return epoch(); } ///< likewise, with images that gave no update yet
  int64_t stepsPerEpoch() const { return m_count.stepsPerEpoch(); }
  virtual int64_t callsPerEpoch() const { return stepsPerEpoch(); } ///< of update()
  int64_t trainImages() const { return m_train.size(); }

  const LiveValues& live() const { return m_live; }
  /// The key is one of live().
  void setLive(const std::string& key, double value);

  double seconds() const { return m_seconds; } ///< of training since the run began, over all its sessions
  void addSeconds(double seconds);

  /// The next piece of work, which ends with a step or is part of one.
  virtual std::optional<Divergence> update() = 0;

  /// All steps of the epoch are done; finishEpoch comes next.
  virtual bool epochComplete() const = 0;

  /// Fetches the values of the updates since the last call.
  virtual std::optional<Divergence> readBack() { return std::nullopt; }

  /// `batch` rows that readBack completed.
  virtual std::vector<Metric> takeRows() { return {}; }

  /// Test pass and summary, then the start of the next epoch; call readBack first. Nothing, and no change, if
  /// goOn said false (measureModel).
  std::optional<EpochSummary> finishEpoch(const std::function<bool(double)>& goOn);

  /// Call readBack first.
  Checkpoint checkpoint() const;
  /// Goes on from there; what readBack had not fetched is forgotten. CheckpointError if it is of another
  /// model or data set.
  void goBackTo(const Checkpoint& checkpoint) { restore(checkpoint); }
  /// The weights that are shown and kept.
  void snapshot(Weights& into) const;
  int64_t weightBytes() const { return m_model.size() * static_cast<int64_t>(sizeof(float)); }

 protected:
  using GoOn = std::function<bool(double)>;

  virtual std::optional<Measures> measureTraining(const GoOn& goOn) = 0;
  virtual std::optional<Measures> measureTest(const GoOn& goOn);
  virtual void beginEpoch();

  /// What snapshot() copies, [P + F].
  virtual const torch::Tensor& shownValues() const { return m_model.values(); }
  /// Beside the weights and what every run has: step, epoch, live values, seconds.
  virtual void save(NamedArrays& arrays, Json& values) const = 0;
  virtual void restore(const Checkpoint& checkpoint);

  bool onCpu() const { return m_model.device().is_cpu(); }
  const char* deviceName() const { return onCpu() ? "cpu" : "cuda"; }
  at::Generator stream(const char* purpose, const torch::Device& device) const;
  /// Initial weights, or those of the start.
  void beginWeights(const TrainerStart& start);

  FlatModel m_model;
  PixelMode m_pixels;
  uint64_t m_seed;
  uint64_t m_streams; ///< seed of the random streams of training
  LiveValues m_live;
  ImageSource m_train;
  ImageSource m_test;
  const StepCount m_count;
  int64_t m_step = 0;
  int64_t m_epoch = 0;

 private:
  const ModelSpec m_spec;
  double m_seconds = 0;
  double m_epochSeconds = 0;
};

/// With initial weights, or those of the checkpoint (CheckpointError if it is of another model or data set).
std::unique_ptr<Training> makeTraining(const TrainerConfig& config, std::shared_ptr<const Dataset> dataset,
                                       const std::optional<Checkpoint>& resumeFrom);

} // namespace latent
