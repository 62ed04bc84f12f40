#include "ui/bridge/job_bridge.h"

#include <QTimer>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace latent::ui {

namespace {

constexpr int progressMs = 100;
constexpr std::array lanes{JobBridge::Lane::work, JobBridge::Lane::work, JobBridge::Lane::quick};

struct Task {
  int number = 0;
  Job job;
  std::shared_ptr<JobControl> control;
};

Status interrupted() {
  return Error{Fault::interrupted, "This was cancelled; what was done before is kept."};
}

/// The first line: libraries put stack traces after it.
std::string sentence(const std::exception& exception) {
  const std::string text = exception.what();
  return text.substr(0, text.find('\n'));
}

Status run(Task& task) {
  if (task.control->cancelled()) return interrupted();
  try {
    task.job.process(*task.control);
  } catch (const std::bad_alloc&) {
    return workError("There is not enough memory for this; close other programs or use a smaller model.");
  } catch (const std::exception& exception) {
    return task.control->cancelled() ? interrupted() : workError(sentence(exception));
  } catch (...) {
    return task.control->cancelled() ? interrupted() : workError("The job failed for an unknown reason.");
  }
  return task.control->cancelled() ? interrupted() : done();
}

} // namespace

struct JobBridge::Impl {
  struct Listed {
    int number;
    Lane lane;
    QString title;
    std::shared_ptr<JobControl> control;
    double shown;
  };

  explicit Impl(JobBridge* bridge) : owner(bridge) {}

  JobBridge* owner;
  int lastNumber = 0;
  std::vector<Listed> listed;
  QTimer timer;

  std::mutex mutex; // guards `waiting`
  std::condition_variable_any posted;
  std::array<std::deque<Task>, 2> waiting; ///< by lane

  std::vector<std::jthread> workers; // last: they end before what they use goes

  std::deque<Task>& queue(Lane lane) { return waiting[lane == Lane::quick ? 1 : 0]; }

  void work(Lane lane, const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (posted.wait(lock, stop, [&] { return !queue(lane).empty(); })) {
      if (stop.stop_requested()) return;
      Task task = std::move(queue(lane).front());
      queue(lane).pop_front();
      lock.unlock();
      const Status status = run(task);
      task.job.process = nullptr; // what it holds goes here, not on the GUI thread
      if (!stop.stop_requested()) report(task.number, std::move(task.job.finish), status);
      lock.lock();
    }
  }

  /// To the GUI thread; dropped if the bridge is gone by then.
  void report(int number, std::function<void(const Status&)> finish, const Status& status) {
    QMetaObject::invokeMethod(
        owner, [this, number, finish = std::move(finish), status] { ended(number, finish, status); },
        Qt::QueuedConnection);
  }

  void ended(int number, const std::function<void(const Status&)>& finish, const Status& status) {
    const auto entry =
        std::find_if(listed.begin(), listed.end(), [number](const Listed& e) { return e.number == number; });
    const bool visible = entry != listed.end() && entry->lane == Lane::work;
    if (entry != listed.end()) listed.erase(entry);
    if (listed.empty()) timer.stop();
    if (finish) finish(status);
    if (visible) emit owner->changed();
  }

  void showProgress() {
    bool moved = false;
    for (Listed& entry : listed) {
      const double now = entry.control->progress();
      moved = moved || (entry.lane == Lane::work && now != entry.shown);
      entry.shown = now;
    }
    if (moved) emit owner->changed();
  }
};

JobBridge::JobBridge(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>(this)) {
  m_impl->timer.setInterval(progressMs);
  connect(&m_impl->timer, &QTimer::timeout, this, [this] { m_impl->showProgress(); });
  for (const Lane lane : lanes)
    m_impl->workers.emplace_back(
        [impl = m_impl.get(), lane](const std::stop_token& stop) { impl->work(lane, stop); });
}

JobBridge::~JobBridge() {
  for (const Impl::Listed& entry : m_impl->listed) entry.control->cancel();
  m_impl->workers.clear(); // asks each to stop, then joins
}

int JobBridge::start(Job job, Lane lane) {
  const int number = ++m_impl->lastNumber;
  auto control = std::make_shared<JobControl>();
  m_impl->listed.push_back({number, lane, QString::fromStdString(job.title), control, control->progress()});
  {
    std::lock_guard lock(m_impl->mutex);
    m_impl->queue(lane).push_back({number, std::move(job), std::move(control)});
  }
  m_impl->posted.notify_all(); // one condition for both lanes
  if (!m_impl->timer.isActive()) m_impl->timer.start();
  if (lane == Lane::work) emit changed();
  return number;
}

void JobBridge::cancel(int number) {
  for (const Impl::Listed& entry : m_impl->listed)
    if (entry.number == number) entry.control->cancel();

  std::optional<Task> unbegun;
  {
    std::lock_guard lock(m_impl->mutex);
    for (std::deque<Task>& queue : m_impl->waiting) {
      const auto found = std::find_if(queue.begin(), queue.end(),
                                      [number](const Task& task) { return task.number == number; });
      if (found == queue.end()) continue;
      unbegun = std::move(*found);
      queue.erase(found);
    }
  }
  if (unbegun) m_impl->report(number, std::move(unbegun->job.finish), interrupted());
}

void JobBridge::cancelAll() {
  std::vector<int> numbers;
  for (const Impl::Listed& entry : m_impl->listed)
    if (entry.lane == Lane::work) numbers.push_back(entry.number);
  for (const int number : numbers) cancel(number);
}

std::vector<JobBridge::Entry> JobBridge::running() const {
  std::vector<Entry> entries;
  for (const Impl::Listed& entry : m_impl->listed)
    if (entry.lane == Lane::work) entries.push_back({entry.number, entry.title, entry.control->progress()});
  return entries;
}

} // namespace latent::ui
