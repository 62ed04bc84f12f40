#include "core/train/trainer.h"

#include "core/models/compute.h"
#include "core/models/torch_compat.h"
#include "core/train/detail/metric_sums.h"
#include "core/train/detail/orders.h"
#include "core/train/detail/snapshot_pool.h"
#include "core/train/detail/training.h"
#include "core/train/snapshot_schedule.h"
#include "core/train/steps.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>
#include <tuple>

namespace latent {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kFrame = std::chrono::milliseconds(30); // how often values and weights are shown
constexpr double kRateMemory = 0.7;                    // share of the old value in the smoothed speed

double secondsBetween(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

/// One sentence for whatever stopped a run.
std::string sentenceOf(const std::exception_ptr& exception) {
  const auto outOfMemory = "Training ran out of memory; use a smaller batch or smaller hidden layers.";
  try {
    std::rethrow_exception(exception);
  } catch (const c10::Error& error) {
    const std::string text = compat::message(error);
    const bool memory = text.find("out of memory") != std::string::npos ||
                        text.find("can't allocate memory") != std::string::npos;
    return memory ? outOfMemory : "Training failed: " + text;
  } catch (const std::bad_alloc&) {
    return outOfMemory;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "Training failed for an unknown reason; please report this.";
  }
}

} // namespace

struct Trainer::Impl {
  Impl(TrainerConfig c, std::shared_ptr<const Dataset> d, TrainerListener* l, std::optional<Checkpoint> r)
      : config(std::move(c)), dataset(std::move(d)), listener(l ? *l : silent), resumeFrom(std::move(r)) {
    config.epochs = epochsOf(config.model, config.epochs);
    progress.epochs = config.epochs;
    progress.live = liveValues(config.model);
    progress.step = config.start.step;
    progress.epoch = config.start.epoch;
    if (!resumeFrom) return;
    progress.step = resumeFrom->step;
    progress.epoch = resumeFrom->epoch;
    try {
      progress.live = liveValues(config.model, resumeFrom->values);
    } catch (const CheckpointError&) {
      // The run fails with this sentence as soon as it begins.
    }
  }

  // ---- everything below runs on the training thread

  void run() {
    try {
      prepareComputeThread();
      yieldToViewers();
      const std::unique_ptr<Training> training = makeTraining(config, dataset, resumeFrom);
      if (!resumeFrom) publish(std::move(config.start.rows));
      resumeFrom.reset();
      config.start.weights.reset();
      train(*training);
    } catch (...) {
      fail(sentenceOf(std::current_exception()));
    }
  }

  void train(Training& training) {
    listener.stateChanged(TrainerState::running, {});
    showWeights(training);
    showProgress(training);
    if (training.updates() == 0) {
      keepSnapshot(training);
      writeCheckpoint(training);
    } else {
      m_saved = true;
    }
    if (remembers(training)) m_newest = training.checkpoint();
    m_frame = Clock::now();
    for (;;) {
      applyParameters(training);
      const Orders::Order order = orders.current();
      if (order == Orders::Order::stop) return finish(training, TrainerState::stopped);
      if (order == Orders::Order::rest) {
        if (!rest(training)) return;
        continue;
      }
      if (training.epochsDone() >= config.epochs) return finish(training, TrainerState::finished);
      if (training.epochComplete()) { // its test pass was left for later
        if (!endEpoch(training)) return;
        continue;
      }
      const int64_t before = training.step();
      if (!update(training)) return;
      const bool stepped = training.step() > before;
      if (training.epochComplete() && !endEpoch(training)) return;
      if (order == Orders::Order::once && stepped && training.epochsDone() < config.epochs) orders.onceDone();
    }
  }

  /// One optimiser step, or a part of the step of a closed form. False after a divergence.
  bool update(Training& training) {
    const Clock::time_point begin = Clock::now();
    const int64_t before = training.step();
    std::optional<Divergence> divergence = training.update();
    Clock::time_point now = Clock::now();
    const bool frame = now - m_frame >= kFrame;
    if (!divergence && frame) divergence = training.readBack();
    if (frame) now = Clock::now();
    training.addSeconds(secondsBetween(begin, now));
    m_busy += secondsBetween(begin, now);
    ++m_updates;
    if (divergence) return diverged(training, *divergence);
    if (training.step() > before && !stepped(training)) return false;
    if (frame) {
      m_frame = now;
      publish(training.takeRows());
      if (live.empty() && training.step() > before) showWeights(training);
      showProgress(training);
    }
    return true;
  }

  /// False after a divergence.
  bool stepped(Training& training) {
    m_saved = false;
    if (!remember(training)) return false;
    if (isEarlySnapshot(training.updates())) keepSnapshot(training);
    return true;
  }

  /// Test pass, summary, snapshot, checkpoint. False after a divergence; an order to rest leaves the test
  /// pass for later.
  bool endEpoch(Training& training) {
    if (!readBack(training)) return false;
    const std::optional<EpochSummary> summary =
        training.finishEpoch([this](double) { return !orders.interrupted(); });
    if (!summary) return true;
    m_saved = false;
    const auto epoch = static_cast<double>(summary->epoch);
    std::vector<Metric> rows = metricRows(summary->step, epoch, "train", summary->train);
    const std::vector<Metric> test = metricRows(summary->step, epoch, "test", summary->test);
    rows.insert(rows.end(), test.begin(), test.end());
    publish(std::move(rows));
    epochs.append(*summary);
    listener.epochDone(*summary);
    const int64_t epochsDone = training.epochsDone();
    if (!isEarlySnapshot(training.updates()) && keepsEpoch(epochsDone, epochsDone)) keepSnapshot(training);
    writeCheckpoint(training);
    showProgress(training);
    giveBack();
    m_frame = Clock::now();
    return true;
  }

  /// Epochs may be as short as a step, and giving pages back costs more than that.
  void giveBack() {
    constexpr double interval = 10; // seconds
    const Clock::time_point now = Clock::now();
    if (m_gaveBack && secondsBetween(*m_gaveBack, now) < interval) return;
    m_gaveBack = now;
    returnFreedMemory();
  }

  /// Everything shown and saved. False after a divergence.
  bool settle(Training& training) {
    if (!readBack(training)) return false;
    showWeights(training);
    showProgress(training);
    if (!m_saved) writeCheckpoint(training);
    return true;
  }

  bool rest(Training& training) {
    if (!settle(training)) return false;
    listener.stateChanged(TrainerState::paused, {});
    orders.restUntilOrdered();
    listener.stateChanged(TrainerState::running, {});
    m_frame = Clock::now();
    return true;
  }

  void finish(Training& training, TrainerState state) {
    if (!settle(training)) return;
    listener.stateChanged(state, {});
    orders.end(state);
  }

  bool readBack(Training& training) {
    const std::optional<Divergence> divergence = training.readBack();
    if (divergence) return diverged(training, *divergence);
    publish(training.takeRows());
    return true;
  }

  /// Models so large that two copies of their state would crowd the memory go without.
  static bool remembers(const Training& training) {
    constexpr int64_t mostBytes = int64_t{64} << 20; // of weights; a state holds three times as much
    return training.weightBytes() <= mostBytes;
  }

  /// Keeps a state to fall back to: at every update in the beginning, later at every hundredth, where it
  /// costs about a hundredth of the time. A state is good when the update after it had a finite loss. False
  /// after a divergence.
  bool remember(Training& training) {
    const int64_t interval = std::clamp<int64_t>(training.updates() / 8, 1, 100);
    if (training.updates() % interval != 0 || !remembers(training)) return true;
    if (!readBack(training)) return false;
    if (m_newest) m_good = std::move(m_newest);
    m_newest = training.checkpoint();
    return true;
  }

  /// The weights before the update were finite but gave no finite loss, so they are not worth keeping.
  bool diverged(Training& training, const Divergence& divergence) {
    training.readBack(); // the good updates before it
    publish(training.takeRows());
    if (m_newest && m_newest->step + 1 < divergence.step) m_good = std::move(m_newest);
    if (m_good) training.goBackTo(*m_good);
    showWeights(training);
    showProgress(training);
    writeCheckpoint(training);
    fail(divergence.sentence(training.step()));
    return false;
  }

  void fail(const std::string& message) {
    try {
      listener.stateChanged(TrainerState::failed, message);
    } catch (...) {
      // The listener is what failed; the message that is on its way already says so.
    }
    orders.end(TrainerState::failed, message);
  }

  void applyParameters(Training& training) {
    for (const auto& [key, value] : orders.takeParameters()) {
      const double before = training.live().at(key);
      if (value == before) continue;
      training.setLive(key, value);
      m_saved = false;
      listener.parameterChanged(training.step(), training.seconds(), key, before, value);
      showProgress(training);
    }
  }

  void publish(std::vector<Metric> rows) {
    if (rows.empty()) return;
    listener.metrics(rows);
    metrics.append(std::move(rows));
  }

  std::shared_ptr<const Weights> snapshot(const Training& training) {
    return pool.lend([&](Weights& weights) { training.snapshot(weights); });
  }
  void showWeights(const Training& training) { live.put(snapshot(training)); }
  void keepSnapshot(const Training& training) { listener.keepSnapshot(*snapshot(training)); }
  void writeCheckpoint(const Training& training) {
    listener.checkpoint(training.checkpoint(), *snapshot(training));
    m_saved = true;
  }

  void showProgress(const Training& training) {
    const double perUpdate = m_updates > 0 ? m_busy / static_cast<double>(m_updates) : 0;
    m_busy = 0;
    m_updates = 0;
    std::lock_guard lock(progressMutex);
    progress.step = training.step();
    progress.epoch = training.progress();
    progress.live = training.live();
    if (perUpdate <= 0) return;
    const double now = perUpdate * static_cast<double>(training.callsPerEpoch());
    double& smooth = progress.secondsPerEpoch;
    smooth = smooth > 0 ? kRateMemory * smooth + (1 - kRateMemory) * now : now;
    progress.imagesPerSecond = static_cast<double>(training.trainImages()) / smooth;
  }

  TrainerConfig config;
  std::shared_ptr<const Dataset> dataset;
  TrainerListener silent;
  TrainerListener& listener;
  std::optional<Checkpoint> resumeFrom;

  Orders orders;
  LatestSlot<std::shared_ptr<const Weights>> live;
  DrainBuffer<Metric> metrics;
  DrainBuffer<EpochSummary> epochs;
  std::mutex progressMutex;
  TrainerProgress progress;
  SnapshotPool pool;

  bool m_saved = false;               ///< the newest checkpoint is of this moment
  std::optional<Checkpoint> m_newest; ///< a state that no update has begun from yet, or none that is known of
  std::optional<Checkpoint> m_good;   ///< an older one that an update with a finite loss began from
  Clock::time_point m_frame;
  std::optional<Clock::time_point> m_gaveBack; ///< when freed memory last went back to the system
  double m_busy = 0;                           ///< seconds of the updates since the last showProgress
  int64_t m_updates = 0;

  std::jthread thread; ///< last: joined before anything above goes
};

Trainer::Trainer(TrainerConfig config, std::shared_ptr<const Dataset> dataset, TrainerListener* listener,
                 std::optional<Checkpoint> resumeFrom)
    : m_impl(std::make_unique<Impl>(std::move(config), std::move(dataset), listener, std::move(resumeFrom))) {
}

Trainer::~Trainer() {
  stop();
}

void Trainer::start() {
  if (m_impl->orders.start()) m_impl->thread = std::jthread([impl = m_impl.get()] { impl->run(); });
}

void Trainer::stepOnce() {
  if (m_impl->orders.stepOnce()) m_impl->thread = std::jthread([impl = m_impl.get()] { impl->run(); });
}

void Trainer::pause() {
  m_impl->orders.pause();
}

void Trainer::stop() {
  m_impl->orders.stop();
}

void Trainer::setParameter(const std::string& key, double value) {
  if (const Status status = checkLive(m_impl->config.model, key, value); !status)
    throw std::logic_error("Trainer::setParameter: " + status.error().message);
  m_impl->orders.setParameter(key, value);
}

TrainerState Trainer::wait() {
  return m_impl->orders.wait();
}

TrainerProgress Trainer::progress() const {
  TrainerProgress progress;
  {
    std::lock_guard lock(m_impl->progressMutex);
    progress = m_impl->progress;
  }
  std::tie(progress.state, progress.message) = m_impl->orders.state();
  return progress;
}

LatestSlot<std::shared_ptr<const Weights>>& Trainer::live() {
  return m_impl->live;
}
DrainBuffer<Metric>& Trainer::metrics() {
  return m_impl->metrics;
}
DrainBuffer<EpochSummary>& Trainer::epochs() {
  return m_impl->epochs;
}

std::string toString(TrainerState state) {
  switch (state) {
  case TrainerState::ready:
    return "ready";
  case TrainerState::running:
    return "running";
  case TrainerState::paused:
    return "paused";
  case TrainerState::stopped:
    return "stopped";
  case TrainerState::finished:
    return "finished";
  case TrainerState::failed:
    return "failed";
  }
  throw std::logic_error("toString: no such state of a trainer");
}

} // namespace latent
