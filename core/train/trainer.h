// The handle of one training run in memory: a thread that owns the module, the optimiser, the data order and
// its own random generators. No torch in this header.
#pragma once

#include "core/base/array.h"
#include "core/base/drain_buffer.h"
#include "core/base/json.h"
#include "core/base/latest_slot.h"
#include "core/base/metric.h"
#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/base/weights.h"
#include "core/data/dataset.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace latent {

/// Where a run begins: a fork begins with the weights of another run and counts on from its step and epoch;
/// moments, order and noise are its own, from streams of its seed that the other run never drew from.
struct TrainerStart {
  int64_t step = 0;
  double epoch = 0;
  /// In the model's own layout. Null: initial weights, drawn from the seed. Not needed with a checkpoint.
  std::shared_ptr<const Weights> weights;
  std::vector<Metric> rows; ///< where its curves begin: its first metrics
};

struct TrainerConfig {
  ModelSpec model; ///< its parameters hold batch, learning_rate, pixels ... too
  uint64_t seed = 1;
  int64_t epochs = 10;        ///< total, also when resuming; a closed form has one, whatever this says
  std::string device = "cpu"; ///< resolved: "cpu" or "cuda"
  TrainerStart start = {};    ///< a closed form has none
};

enum class TrainerState { ready, running, paused, stopped, finished, failed };

/// Values of one finished epoch. Keys: loss, recon, for families with a prior kl and elbo (INTERFACE.md), and
/// what the family has besides: its terms and its measures of a whole pass.
struct EpochSummary {
  int64_t epoch = 0; ///< 1 after the first
  int64_t step = 0;
  std::map<std::string, double> train; ///< mean over the images as seen during the epoch; of a closed form,
                                       ///< over a pass after it
  std::map<std::string, double> test;  ///< whole test split after it, one posterior sample, evaluation seed
  double seconds = 0;                  ///< training alone, without the test pass
  double imagesPerSecond = 0;
};

/// All that a resumed run needs, self-contained (state.safetensors): weights, buffers, moments, generators,
/// epoch, step, live parameters, place in the permutation, sums of the unfinished epoch and of the unfinished
/// `batch` window. Where averaged weights are shown, both they and the weights themselves.
struct Checkpoint {
  int64_t step = 0;
  double epoch = 0;
  NamedArrays arrays;
  Json values;
};

/// Hears the run, in order, on the training thread; what it throws stops the run as `failed`. core/run writes
/// the run folder here, so a checkpoint is on disk before training goes on.
class TrainerListener {
 public:
  virtual ~TrainerListener() = default;
  virtual void metrics(const std::vector<Metric>&) {}
  virtual void epochDone(const EpochSummary&) {}
  virtual void keepSnapshot(const Weights&) {} ///< updates 0, 1, 3, 10, 30, 100, 300 and every epoch
  virtual void checkpoint(const Checkpoint&, const Weights&) {} ///< begin, each epoch, pause, stop, finish
  /// A live parameter has another value from the update after `step` on.
  virtual void parameterChanged(int64_t /*step*/, double /*seconds*/, const std::string& /*key*/,
                                double /*from*/, double /*to*/) {}
  virtual void stateChanged(TrainerState, const std::string& /*message*/) {}
};

/// Where a run stands, for a progress bar; read at any time.
struct TrainerProgress {
  TrainerState state = TrainerState::ready;
  std::string message; ///< why it failed; one sentence
  int64_t step = 0;
  double epoch = 0;
  int64_t epochs = 0;
  double secondsPerEpoch = 0; ///< measured over recent steps; 0 = not known yet
  double imagesPerSecond = 0;
  std::map<std::string, double> live; ///< parameters that may change while it trains, as they stand
};

/// Commands may be given from any thread and return at once. Destruction stops the run (checkpoint kept) and
/// joins.
///
/// A closed form is solved in one step; it rests and stops between two batches of the images that it takes
/// in, and begins anew when it is resumed in another process before that step.
///
/// Loss values are read back at frame rate, never each step. Looking does not change the result: live() only
/// copies weights. NaN or Inf in the loss stops the run as `failed` with the step and the term, and keeps the
/// last good weights (checkpoint and snapshot are of them).
class Trainer {
 public:
  /// `listener` may be null and must outlive the Trainer. With `resumeFrom` the run continues from it to the
  /// same bits as one that was never interrupted. Construction is cheap; the thread begins with start().
  Trainer(TrainerConfig config, std::shared_ptr<const Dataset> dataset, TrainerListener* listener,
          std::optional<Checkpoint> resumeFrom = std::nullopt);
  ~Trainer();
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  void start();    ///< from ready or paused
  void pause();    ///< after the step in progress; checkpoints
  void stepOnce(); ///< one step, then paused; from ready or paused
  void stop();     ///< ends the thread after the step in progress; checkpoints
  /// Between two updates, from the next one on. std::logic_error unless the family has such a live parameter
  /// and the value is in its range.
  void setParameter(const std::string& key, double value);
  TrainerState wait(); ///< until paused, stopped, finished or failed

  TrainerProgress progress() const;

  /// Newest weights for viewers, at most every 30 ms while somebody takes them; also at the initial weights,
  /// each pause and the end.
  LatestSlot<std::shared_ptr<const Weights>>& live();
  /// Everything measured since the last drain, in order.
  DrainBuffer<Metric>& metrics();
  /// Finished epochs since the last drain.
  DrainBuffer<EpochSummary>& epochs();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// "running", "paused" ...
std::string toString(TrainerState state);

} // namespace latent
