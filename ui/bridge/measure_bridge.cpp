#include "ui/bridge/measure_bridge.h"

#include "core/measure/noise_robustness.h"
#include "core/models/compute.h"
#include "core/run/classifier_cache.h"
#include "core/run/noise_runs.h"
#include "ui/bridge/job_result.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace latent::ui {

namespace {

using ClassifierResult = Result<std::shared_ptr<const Classifier>>;

constexpr size_t rememberedSpreads = 8;

/// One request with what was known of its classifier when it was posted.
struct Task {
  NoiseRequest request;
  std::shared_ptr<const Classifier> classifier;
  NoiseFrame frame; ///< what is already known of the answer
  std::shared_ptr<JobControl> control = std::make_shared<JobControl>();
};

/// The spreads of weights that were asked for lately; the worker's own.
class Spreads {
 public:
  Result<std::vector<float>> of(const NoiseRun& run, const std::shared_ptr<const Split>& split,
                                JobControl& control) {
    for (const Entry& entry : m_entries)
      if (entry.weights == run.weights && entry.split == split) return entry.spread;
    auto spread = latentSpread(run.spec, run.weights, split, control);
    if (!spread) return spread;
    if (m_entries.size() == rememberedSpreads) m_entries.erase(m_entries.begin());
    m_entries.push_back({run.weights, split, *spread});
    return spread;
  }

 private:
  struct Entry {
    std::shared_ptr<const Weights> weights;
    std::shared_ptr<const Split> split;
    std::vector<float> spread;
  };
  std::vector<Entry> m_entries;
};

Result<NoiseCurves> measured(Task& task, Spreads& spreads) {
  NoiseQuestion& question = task.request.question;
  if (question.scale == NoiseScale::spread && task.request.data)
    for (NoiseRun& run : question.runs) {
      if (!run.spread.empty()) continue;
      auto spread = spreads.of(run, task.request.data->test, *task.control);
      if (!spread) return spread.error();
      run.spread = std::move(*spread);
    }
  return measureNoise(question, task.classifier.get(), *task.control);
}

Result<NoiseCurves> measuredOrSaid(Task& task, Spreads& spreads) {
  try {
    return measured(task, spreads);
  } catch (const std::bad_alloc&) {
    return workError("There is not enough memory to measure this; choose fewer inputs.");
  } catch (const std::exception& exception) {
    return workError(exception.what());
  }
}

} // namespace

struct MeasureBridge::Impl {
  /// The classifier of one data set, or the way to it.
  struct Judge {
    std::shared_ptr<const Dataset> data;
    std::shared_ptr<const Classifier> classifier;
    QString problem; ///< why there will be none
  };

  Impl(MeasureBridge* bridge, JobBridge* jobBridge) : owner(bridge), jobs(jobBridge) {
    worker = std::jthread([this](const std::stop_token& stop) { work(stop); });
  }

  MeasureBridge* owner;
  JobBridge* jobs;
  std::map<const Dataset*, Judge> judges;
  std::map<ViewId, NoiseRequest> asked; ///< by each view, last

  std::mutex mutex; // guards what follows
  std::condition_variable_any posted;
  std::map<ViewId, Task> waiting;
  std::shared_ptr<JobControl> current;
  ViewId currentView = 0;

  std::jthread worker; // last: it ends before what it uses goes

  void post(const NoiseRequest& request);
  void postAll(const std::shared_ptr<const Dataset>& data);
  void drop(ViewId view);
  void work(const std::stop_token& stop);
  void show(const NoiseFrame& frame);
  void judge(const std::shared_ptr<const Dataset>& data);
  void train(const std::shared_ptr<const Dataset>& data);
  void judged(const std::shared_ptr<const Dataset>& data, const ClassifierResult& result);
};

void MeasureBridge::Impl::post(const NoiseRequest& request) {
  Task task;
  task.request = request;
  task.frame.view = request.view;
  task.frame.generation = request.generation;
  if (!request.data) {
    task.frame.withoutClasses =
        MeasureBridge::tr("The data set is not here, so that nothing reads the classes.");
  } else {
    const Judge& judge = judges.at(request.data.get());
    task.classifier = judge.classifier;
    task.frame.classesFollow = !judge.classifier && judge.problem.isEmpty();
    task.frame.withoutClasses =
        task.frame.classesFollow ? MeasureBridge::tr("The network that reads the classes is still learning.")
                                 : judge.problem;
  }
  {
    std::lock_guard lock(mutex);
    if (current && currentView == request.view) current->cancel();
    waiting.insert_or_assign(request.view, std::move(task));
  }
  posted.notify_one();
}

void MeasureBridge::Impl::postAll(const std::shared_ptr<const Dataset>& data) {
  for (const auto& [view, request] : asked)
    if (request.data == data) post(request);
}

void MeasureBridge::Impl::drop(ViewId view) {
  std::lock_guard lock(mutex);
  waiting.erase(view);
  if (current && currentView == view) current->cancel();
}

void MeasureBridge::Impl::work(const std::stop_token& stop) {
  yieldToViewers();
  Spreads spreads;
  while (true) {
    std::optional<Task> task;
    {
      std::unique_lock lock(mutex);
      if (!posted.wait(lock, stop, [this] { return !waiting.empty(); })) return;
      task = std::move(waiting.begin()->second);
      waiting.erase(waiting.begin());
      current = task->control;
      currentView = task->request.view;
    }
    auto result = measuredOrSaid(*task, spreads);
    {
      std::lock_guard lock(mutex);
      current = nullptr;
    }
    if (stop.stop_requested()) return;
    if (!result && result.error().fault == Fault::interrupted) continue;
    if (result) {
      task->frame.result = std::move(*result);
    } else {
      task->frame.error = QString::fromStdString(result.error().message);
    }
    QMetaObject::invokeMethod(owner, [this, frame = std::move(task->frame)] { show(frame); });
  }
}

void MeasureBridge::Impl::show(const NoiseFrame& frame) {
  const auto request = asked.find(frame.view);
  if (request != asked.end() && request->second.generation == frame.generation)
    emit owner->noiseMeasured(frame);
}

void MeasureBridge::Impl::judge(const std::shared_ptr<const Dataset>& data) {
  if (!judges.try_emplace(data.get(), Judge{data, nullptr, {}}).second) return;
  startJob<std::shared_ptr<const Classifier>>(
      *jobs, JobBridge::Lane::quick, "Looking for a classifier", owner,
      [data](JobControl&) { return cachedClassifier(*data, classifierFolder()); },
      [this, data](const ClassifierResult& result) {
        if (result) {
          judged(data, result);
        } else {
          train(data);
        }
      });
}

void MeasureBridge::Impl::train(const std::shared_ptr<const Dataset>& data) {
  const std::string title = MeasureBridge::tr("Learning to read %1, for the noise view")
                                .arg(QString::fromStdString(data->name))
                                .toStdString();
  startJob<std::shared_ptr<const Classifier>>(
      *jobs, JobBridge::Lane::work, title, owner,
      [data](JobControl& control) {
        yieldToViewers();
        return classifierOf(*data, classifierFolder(), control);
      },
      [this, data](const ClassifierResult& result) { judged(data, result); });
}

void MeasureBridge::Impl::judged(const std::shared_ptr<const Dataset>& data, const ClassifierResult& result) {
  if (!result && result.error().fault == Fault::interrupted) {
    judges.at(data.get()).problem = MeasureBridge::tr("Learning to read the classes was cancelled.");
  } else if (result) {
    judges.at(data.get()).classifier = *result;
  } else {
    judges.at(data.get()).problem = QString::fromStdString(result.error().message);
  }
  postAll(data);
  emit owner->classifierChanged();
}

MeasureBridge::MeasureBridge(JobBridge* jobs, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(this, jobs)) {}

MeasureBridge::~MeasureBridge() {
  m_impl->worker.request_stop();
  {
    std::lock_guard lock(m_impl->mutex);
    if (m_impl->current) m_impl->current->cancel();
  }
  m_impl->worker.join(); // nobody posts to this object any more
}

void MeasureBridge::requestNoise(NoiseRequest request) {
  if (request.data) m_impl->judge(request.data);
  const ViewId view = request.view;
  m_impl->asked.insert_or_assign(view, std::move(request));
  m_impl->post(m_impl->asked.at(view));
}

void MeasureBridge::forget(ViewId view) {
  m_impl->asked.erase(view);
  m_impl->drop(view);
}

void MeasureBridge::learnClasses(const std::shared_ptr<const Dataset>& data) {
  const auto judge = m_impl->judges.find(data.get());
  if (judge == m_impl->judges.end() || judge->second.problem.isEmpty()) return;
  m_impl->judges.erase(judge);
  m_impl->judge(data);
  m_impl->postAll(data); // the views are told that their shares follow
}

QString MeasureBridge::classifierWords(const Dataset& data) const {
  const auto judge = m_impl->judges.find(&data);
  if (judge == m_impl->judges.end() || !judge->second.classifier) return {};
  const ClassifierInfo& info = judge->second.classifier->info();
  if (info.testImages == 0) return tr("read by a small network that no labelled test image has tried");
  return tr("read by a small network that knows %1 % of the %2 test images")
      .arg(100 * info.testAccuracy, 0, 'f', 1)
      .arg(QString::fromStdString(data.name));
}

} // namespace latent::ui
