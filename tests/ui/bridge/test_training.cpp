// TrainingBridge: the queue and the run that trains, on real runs of the built-in digits.
#include "ui/bridge/job_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"

#include "tests/ui/bridge/tiny_run.h"

#include <QSignalSpy>
#include <QTest>

#include <fcntl.h>
#include <map>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace latent;
using namespace latent::ui;
using latent::test::Home;
using latent::test::tinyConfig;

namespace fs = std::filesystem;

namespace {

constexpr int64_t forEver = 1000000;
constexpr int patience = 60000;

/// Another program that writes a run: holds its lock until it is told to end.
class OtherProgram {
 public:
  explicit OtherProgram(const RunId& run) {
    const std::string file = run + "/.lock";
    int ready[2];
    if (pipe(ready) != 0 || pipe(m_end) != 0) qFatal("pipe");
    m_child = fork();
    if (m_child == 0) { // only calls that are safe after a fork of many threads
      const int lock = open(file.c_str(), O_RDWR | O_CREAT, 0600);
      char byte = flock(lock, LOCK_EX) == 0 ? 1 : 0;
      close(m_end[1]);
      if (write(ready[1], &byte, 1) == 1 && read(m_end[0], &byte, 1) < 0) _exit(1);
      _exit(0);
    }
    close(m_end[0]);
    char byte = 0;
    m_locked = read(ready[0], &byte, 1) == 1 && byte == 1;
    close(ready[0]);
    close(ready[1]);
  }
  ~OtherProgram() {
    close(m_end[1]);
    waitpid(m_child, nullptr, 0);
  }
  bool locked() const { return m_locked; }

 private:
  int m_end[2];
  pid_t m_child = 0;
  bool m_locked = false;
};

} // namespace

class TestTraining : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void cleanup();
  void trainsTheQueueOneAfterTheOther();
  void sendsMetricsAndWeights();
  void pausesStepsAndStops();
  void stopsTheQueueAndSkipsOn();
  void changesTheLearningRate();
  void queueCanBeReorderedAndPaused();
  void keepsARunThatCannotBegin();
  void queueSurvivesARestart();
  void aRunInProgressGoesOnAfterARestart();
  void saysWhenAnotherProgramHoldsTheLock();

 private:
  void makeBridges();
  void closeBridges();
  const RunItem& item(const RunId& run) { return m_items[run]; }

  std::unique_ptr<Home> m_home;
  std::unique_ptr<JobBridge> m_jobs;
  std::unique_ptr<LibraryBridge> m_library;
  std::unique_ptr<TrainingBridge> m_training;
  std::map<RunId, RunItem> m_items;
  std::map<RunId, std::vector<Metric>> m_metrics;
  std::map<RunId, std::vector<int64_t>> m_weightSteps;
  std::vector<std::pair<RunId, RunId>> m_began;
  QStringList m_failures;
  int m_mostTraining = 0;
};

void TestTraining::makeBridges() {
  m_jobs = std::make_unique<JobBridge>();
  m_library = std::make_unique<LibraryBridge>(m_jobs.get());
  m_training = std::make_unique<TrainingBridge>(m_jobs.get(), m_library.get());
  const auto put = [this](const RunItem& row) {
    m_items[row.id] = row;
    int training = 0;
    for (const auto& [id, other] : m_items) training += other.training ? 1 : 0;
    m_mostTraining = std::max(m_mostTraining, training);
  };
  connect(m_training.get(), &TrainingBridge::runChanged, this, put);
  connect(m_library.get(), &LibraryBridge::runOpened, this, put);
  connect(m_training.get(), &TrainingBridge::runRemoved, this,
          [this](const RunId& run) { m_items.erase(run); });
  connect(m_training.get(), &TrainingBridge::runBegan, this,
          [this](const RunId& was, const RunId& is) { m_began.emplace_back(was, is); });
  connect(m_training.get(), &TrainingBridge::metricsArrived, this,
          [this](const RunId& run, const std::vector<Metric>& rows) {
            m_metrics[run].insert(m_metrics[run].end(), rows.begin(), rows.end());
          });
  connect(m_training.get(), &TrainingBridge::weightsArrived, this,
          [this](const RunId& run, const std::shared_ptr<const Weights>& weights) {
            m_weightSteps[run].push_back(weights->step);
          });
  connect(m_training.get(), &TrainingBridge::failed, this,
          [this](const QString& text) { m_failures << text; });
}

void TestTraining::closeBridges() {
  m_training.reset();
  m_library.reset();
  m_jobs.reset();
  m_items.clear();
  m_metrics.clear();
  m_weightSteps.clear();
  m_began.clear();
  m_failures.clear();
  m_mostTraining = 0;
}

void TestTraining::init() {
  m_home = std::make_unique<Home>();
  makeBridges();
}

void TestTraining::cleanup() {
  closeBridges();
  m_home.reset();
}

void TestTraining::trainsTheQueueOneAfterTheOther() {
  m_training->enqueue({tinyConfig(2), tinyConfig(2, 3)});
  QVERIFY(m_training->training());
  QCOMPARE(m_training->queueLength(), 1);
  QVERIFY(m_items.contains("queue:2"));
  QVERIFY(item("queue:2").queued);
  QCOMPARE(item("queue:2").latentSize(), 3);
  QTRY_VERIFY_WITH_TIMEOUT(m_began.size() == 2 && m_training->current().empty(), patience);
  QCOMPARE(m_began[0].first, std::string("queue:1"));
  QCOMPARE(m_began[1].first, std::string("queue:2"));
  QCOMPARE(m_items.size(), size_t{2}); // the queued rows are gone
  for (const auto& [id, row] : m_items) {
    QCOMPARE(fs::path(id).parent_path(), standardRunsFolder());
    QVERIFY(row.state == RunState::finished);
    QVERIFY(!row.training && !row.queued && !row.readOnly);
    QCOMPARE(row.step, int64_t{20});
    QCOMPARE(row.snapshots, (std::vector<int64_t>{0, 1, 3, 10, 20}));
  }
  QCOMPARE(fs::path(m_began[0].second).filename().string(), std::string("vae-z2-digits"));
  QCOMPARE(m_mostTraining, 1);
  QVERIFY(!m_training->training());
  QVERIFY(m_training->progressText().isEmpty());
  QVERIFY(m_failures.isEmpty());
}

void TestTraining::sendsMetricsAndWeights() {
  m_training->enqueue({tinyConfig(3)});
  QTRY_VERIFY_WITH_TIMEOUT(m_began.size() == 1 && m_training->current().empty(), patience);
  const RunId run = m_began[0].second;
  // What was sent is what is on the disk.
  const auto onDisk = RunFolder::open(run)->metrics();
  QVERIFY(onDisk.ok());
  QVERIFY(!onDisk->rows.empty());
  QCOMPARE(m_metrics[run].size(), onDisk->rows.size());
  for (size_t i = 0; i < onDisk->rows.size(); ++i) {
    QCOMPARE(m_metrics[run][i].step, onDisk->rows.at(i).step);
    QCOMPARE(m_metrics[run][i].series, onDisk->rows.at(i).series);
  }
  QVERIFY(!m_weightSteps[run].empty());
  QVERIFY(std::is_sorted(m_weightSteps[run].begin(), m_weightSteps[run].end()));
  QCOMPARE(m_weightSteps[run].back(), int64_t{30});
}

void TestTraining::pausesStepsAndStops() {
  m_training->enqueue({tinyConfig(forEver)});
  QTRY_VERIFY_WITH_TIMEOUT(!m_began.empty(), patience);
  const RunId run = m_began[0].second;
  QTRY_VERIFY_WITH_TIMEOUT(item(run).state == RunState::running && item(run).step > 0, patience);
  QCOMPARE(m_training->current(), run);
  QVERIFY(item(run).training);
  QVERIFY(m_training->progressText().contains("Epoch"));

  m_training->trainOrPause();
  QVERIFY(!m_training->training()); // at once
  QTRY_VERIFY_WITH_TIMEOUT(item(run).state == RunState::paused, patience);
  const int64_t paused = item(run).step;
  QTRY_VERIFY(!m_weightSteps[run].empty() && m_weightSteps[run].back() == paused);

  m_training->step();
  QTRY_COMPARE_WITH_TIMEOUT(m_weightSteps[run].back(), paused + 1, patience);
  QTRY_VERIFY_WITH_TIMEOUT(item(run).state == RunState::paused && item(run).step == paused + 1, patience);

  m_training->trainOrPause();
  QVERIFY(m_training->training());
  QTRY_VERIFY_WITH_TIMEOUT(item(run).step > paused + 1, patience);
  m_training->stop();
  QTRY_VERIFY_WITH_TIMEOUT(m_training->current().empty(), patience);
  QVERIFY(item(run).state == RunState::stopped);
  QVERIFY(!item(run).training && !item(run).readOnly);
  QVERIFY(!RunFolder::open(run)->lockedByAnother());

  m_training->continueRun(run);
  QTRY_VERIFY_WITH_TIMEOUT(item(run).training && item(run).state == RunState::running, patience);
  m_training->stop();
  QTRY_VERIFY_WITH_TIMEOUT(m_training->current().empty(), patience);
  QVERIFY(m_failures.isEmpty());
}

void TestTraining::stopsTheQueueAndSkipsOn() {
  m_training->enqueue({tinyConfig(forEver), tinyConfig(forEver), tinyConfig(1)});
  QTRY_COMPARE_WITH_TIMEOUT(m_began.size(), size_t{1}, patience);
  QVERIFY(m_training->progressText().contains("run 1 of 3"));
  m_training->skip();
  QTRY_COMPARE_WITH_TIMEOUT(m_began.size(), size_t{2}, patience);
  m_training->stop();
  QTRY_VERIFY_WITH_TIMEOUT(m_training->current().empty(), patience);
  QVERIFY(m_training->queuePaused());
  QCOMPARE(m_training->queueLength(), 1);
  m_training->trainOrPause();
  QTRY_VERIFY_WITH_TIMEOUT(m_began.size() == 3 && m_training->current().empty(), patience);
  QVERIFY(item(m_began[0].second).state == RunState::stopped);
  QVERIFY(item(m_began[1].second).state == RunState::stopped);
  QVERIFY(item(m_began[2].second).state == RunState::finished);
}

void TestTraining::changesTheLearningRate() {
  m_training->enqueue({tinyConfig(forEver)});
  QTRY_VERIFY_WITH_TIMEOUT(!m_began.empty() && item(m_began[0].second).step > 0, patience);
  m_training->setParameter("learning_rate", 5e-4);
  m_training->step(); // pauses
  QTRY_VERIFY_WITH_TIMEOUT(item(m_began[0].second).state == RunState::paused, patience);
  m_training->stop();
  QTRY_VERIFY_WITH_TIMEOUT(m_training->current().empty(), patience);
  const auto changes = RunFolder::open(m_began[0].second)->changes();
  QVERIFY(changes.ok());
  QCOMPARE(changes->size(), size_t{1});
  QCOMPARE(changes->at(0).parameter, std::string("learning_rate"));
}

void TestTraining::queueCanBeReorderedAndPaused() {
  m_training->setQueuePaused(true);
  m_training->enqueue({tinyConfig(1)}); // Train with nothing waiting means now
  QVERIFY(!m_training->queuePaused());
  m_training->setQueuePaused(true);
  m_training->enqueue({tinyConfig(1, 3), tinyConfig(1, 4), tinyConfig(1, 5)});
  QTRY_VERIFY_WITH_TIMEOUT(m_began.size() == 1 && m_training->current().empty(), patience);
  QCOMPARE(m_training->queueLength(), 3);
  m_training->moveInQueue("queue:4", -9);
  m_training->removeFromQueue("queue:2");
  QVERIFY(!m_items.contains("queue:2"));
  m_training->setQueuePaused(false);
  QTRY_VERIFY_WITH_TIMEOUT(m_began.size() == 3 && m_training->current().empty(), patience);
  QCOMPARE(item(m_began[1].second).latentSize(), 5);
  QCOMPARE(item(m_began[2].second).latentSize(), 4);
}

void TestTraining::keepsARunThatCannotBegin() {
  RunConfig missing = tinyConfig(1);
  missing.dataset = "mnist"; // not in the test's data folder
  RunConfig wrong = tinyConfig(1);
  wrong.parameters.set("latent", int64_t{-4});
  m_training->enqueue({wrong, missing, tinyConfig(1)});
  QTRY_COMPARE_WITH_TIMEOUT(m_failures.size(), 2, patience);
  QCOMPARE(m_training->queueLength(), 2);
  QVERIFY(m_training->queuePaused());
  QVERIFY(item("queue:1").queued);
  QVERIFY(!item("queue:1").message.isEmpty());
  QVERIFY(m_training->current().empty());
  m_training->removeFromQueue("queue:1");
  m_training->trainOrPause();
  QTRY_VERIFY_WITH_TIMEOUT(m_began.size() == 1 && m_training->current().empty(), patience);
}

void TestTraining::queueSurvivesARestart() {
  m_training->setQueuePaused(true);
  m_training->enqueue({tinyConfig(forEver)});
  QTRY_VERIFY_WITH_TIMEOUT(!m_began.empty(), patience);
  m_training->stop();
  QTRY_VERIFY_WITH_TIMEOUT(m_training->current().empty(), patience);
  m_training->enqueue({tinyConfig(forEver)});
  m_training->enqueue({tinyConfig(1, 3), tinyConfig(1, 4)});
  m_training->stop(); // before it has begun
  QTRY_VERIFY_WITH_TIMEOUT(m_training->current().empty(), patience);
  QCOMPARE(m_training->queueLength(), 2);
  closeBridges();
  QVERIFY(fs::exists(standardRunsFolder().parent_path() / "queue.json"));

  makeBridges();
  m_training->restoreQueue();
  QTRY_COMPARE(m_training->queueLength(), 2);
  QVERIFY(m_training->queuePaused());
  QVERIFY(m_training->current().empty());
  QCOMPARE(m_items.size(), size_t{2});
  for (const auto& [id, row] : m_items) QVERIFY(row.queued);
  m_training->trainOrPause();
  QTRY_VERIFY_WITH_TIMEOUT(m_began.size() == 2 && m_training->current().empty(), patience);
  QCOMPARE(item(m_began[0].second).latentSize(), 3);
  QCOMPARE(item(m_began[1].second).latentSize(), 4);
  closeBridges();

  makeBridges();
  QSignalSpy changed(m_training.get(), &TrainingBridge::stateChanged);
  m_training->restoreQueue();
  QTRY_VERIFY(changed.count() > 0);
  QCOMPARE(m_training->queueLength(), 0);
}

void TestTraining::aRunInProgressGoesOnAfterARestart() {
  m_training->enqueue({tinyConfig(forEver)});
  QTRY_VERIFY_WITH_TIMEOUT(!m_began.empty() && item(m_began[0].second).step > 0, patience);
  const RunId run = m_began[0].second;
  closeBridges(); // as when the window closes
  const auto folder = RunFolder::open(run);
  QVERIFY(folder.ok());
  QVERIFY(folder->record().state == RunState::stopped);
  QVERIFY(!folder->lockedByAnother());
  const int64_t step = folder->record().step;
  QVERIFY(step > 0);

  makeBridges();
  m_training->restoreQueue();
  QTRY_VERIFY(m_items.contains(run));
  QVERIFY(item(run).queued);
  QCOMPARE(m_training->queueLength(), 1);
  m_training->trainOrPause();
  QTRY_VERIFY_WITH_TIMEOUT(item(run).training && item(run).step > step, patience);
  QVERIFY(m_began.empty()); // the row is the same
  m_training->stop();
  QTRY_VERIFY_WITH_TIMEOUT(m_training->current().empty(), patience);
}

void TestTraining::saysWhenAnotherProgramHoldsTheLock() {
  const RunId run = latent::test::trainRun(m_home->path() / "shared");
  {
    const OtherProgram other(run);
    QVERIFY(other.locked());
    m_training->continueRun(run);
    QTRY_COMPARE_WITH_TIMEOUT(m_failures.size(), 1, patience);
    QVERIFY(m_failures[0].contains("another program"));
    QVERIFY(!m_failures[0].contains('\n'));
    QTRY_VERIFY(m_items.contains(run) && item(run).readOnly && !item(run).queued);
    QCOMPARE(m_training->queueLength(), 0);
    QVERIFY(m_training->current().empty());
  }
  m_training->continueRun(run);
  QTRY_VERIFY_WITH_TIMEOUT(m_training->current().empty() && !item(run).readOnly, patience);
  QVERIFY(item(run).state == RunState::finished);
  QCOMPARE(m_failures.size(), 1);
}

QTEST_GUILESS_MAIN(TestTraining)
#include "test_training.moc"
