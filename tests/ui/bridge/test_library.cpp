// LibraryBridge: what is read from disk for the window.
#include "ui/bridge/job_bridge.h"
#include "ui/bridge/library_bridge.h"

#include "core/run/run_lock.h"
#include "tests/ui/bridge/tiny_run.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <fstream>

using namespace latent;
using namespace latent::ui;
using latent::test::Home;
using latent::test::trainRun;

namespace fs = std::filesystem;

class TestLibrary : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void init();
  void cleanup();
  void opensARun();
  void saysWhatIsWrongWithAFolder();
  void opensARunWithoutItsCurves();
  void opensARunWithoutItsWeights();
  void refusesDataThatIsNotThere();
  void leavesOutMissingRunsOfTheLastSession();
  void opensShippedModelsReadOnly();
  void loadsSnapshotsNewestWins();
  void loadsADataSetOnce();
  void listsDataSets();
  void refusesAnUnknownDownload();
  void renames();
  void trashesAndRestores();
  void keepsALockedRun();
  void marksItems();

 private:
  std::unique_ptr<Home> m_home;
  std::unique_ptr<JobBridge> m_jobs;
  std::unique_ptr<LibraryBridge> m_library;
  std::vector<RunItem> m_opened;
  std::vector<std::vector<Metric>> m_metrics;
  QStringList m_failures;
  RunId m_template; ///< a trained run, to be copied

  RunId newRun(const std::string& name = "run") {
    const fs::path folder = m_home->path() / name;
    fs::copy(m_template, folder, fs::copy_options::recursive);
    return folder.string();
  }
  std::unique_ptr<Home> m_templateHome;
};

void TestLibrary::initTestCase() {
  m_templateHome = std::make_unique<Home>();
  m_template = trainRun(m_templateHome->path() / "template");
}

void TestLibrary::init() {
  m_home = std::make_unique<Home>();
  m_jobs = std::make_unique<JobBridge>();
  m_library = std::make_unique<LibraryBridge>(m_jobs.get());
  connect(m_library.get(), &LibraryBridge::runOpened, this,
          [this](const RunItem& item, const std::vector<Metric>& metrics) {
            m_opened.push_back(item);
            m_metrics.push_back(metrics);
          });
  connect(m_library.get(), &LibraryBridge::failed, this, [this](const QString& text) { m_failures << text; });
}

void TestLibrary::cleanup() {
  m_library.reset();
  m_jobs.reset();
  m_home.reset();
  m_opened.clear();
  m_metrics.clear();
  m_failures.clear();
}

void TestLibrary::opensARun() {
  const RunId run = newRun();
  m_library->openRun(QString::fromStdString(run) + "/");
  QTRY_COMPARE(m_opened.size(), size_t{1});
  const RunItem& item = m_opened[0];
  QCOMPARE(item.id, run);
  QCOMPARE(item.shortFamily, QStringLiteral("VAE"));
  QVERIFY(item.hasPrior);
  QVERIFY(!item.name.isEmpty());
  QVERIFY(!item.datasetName.isEmpty());
  QCOMPARE(item.latentSize(), 2);
  QVERIFY(item.state == RunState::finished);
  QCOMPARE(item.step, int64_t{20});
  QCOMPARE(item.epoch, 2.0);
  QCOMPARE(item.snapshots, (std::vector<int64_t>{0, 1, 3, 10, 20}));
  QVERIFY(!item.readOnly && !item.queued && !item.training);
  QVERIFY(std::any_of(m_metrics[0].begin(), m_metrics[0].end(),
                      [](const Metric& metric) { return metric.split == "test" && metric.series == "kl"; }));
  QVERIFY(m_failures.isEmpty());
}

void TestLibrary::saysWhatIsWrongWithAFolder() {
  m_library->openRun(QString::fromStdString((m_home->path() / "nowhere").string()));
  QTRY_COMPARE(m_failures.size(), 1);
  QVERIFY(m_failures[0].contains("nowhere"));
  const RunId run = newRun();
  std::ofstream(fs::path(run) / "run.json") << R"({"format": 1, "id": )";
  m_library->openRun(QString::fromStdString(run));
  QTRY_COMPARE(m_failures.size(), 2);
  QVERIFY(m_failures[1].contains("run.json"));
  QVERIFY(!m_failures[1].contains('\n'));
  QVERIFY(m_opened.empty());
}

void TestLibrary::opensARunWithoutItsCurves() {
  const RunId run = newRun();
  std::ofstream(fs::path(run) / "metrics.csv")
      << "step,epoch,split,series,value\nnonsense\n1,1,test,loss,3\n";
  m_library->openRun(QString::fromStdString(run));
  QTRY_COMPARE(m_opened.size(), size_t{1});
  QCOMPARE(m_metrics[0].size(), size_t{1}); // the sound line
  QCOMPARE(m_failures.size(), 1);
  QVERIFY(m_failures[0].contains("metrics.csv"));
}

void TestLibrary::opensARunWithoutItsWeights() {
  const RunId run = newRun();
  fs::remove(fs::path(run) / "weights.safetensors");
  m_library->openRun(QString::fromStdString(run));
  QTRY_COMPARE(m_opened.size(), size_t{1});
  QVERIFY(!m_opened[0].problem.isEmpty());
  QVERIFY(!m_metrics[0].empty()); // its curves can be looked at
  QCOMPARE(m_failures.size(), 1); // said once
  QCOMPARE(m_failures[0], m_opened[0].problem);
}

void TestLibrary::refusesDataThatIsNotThere() {
  m_library->addDataset("/no/such/folder");
  QTRY_COMPARE(m_failures.size(), 1);
  QVERIFY(m_failures[0].contains("/no/such/folder"));
  QVERIFY(std::ranges::none_of(m_library->datasets(),
                               [](const DatasetCard& card) { return card.id == "/no/such/folder"; }));
}

void TestLibrary::leavesOutMissingRunsOfTheLastSession() {
  const RunId first = newRun("first"), second = newRun("second");
  m_library->reopenRuns({first, "/no/such/run", second});
  QTRY_COMPARE(m_opened.size(), size_t{2});
  QCOMPARE(m_opened[0].id, first);
  QCOMPARE(m_opened[1].id, second);
  QVERIFY(m_failures.isEmpty());
}

void TestLibrary::opensShippedModelsReadOnly() {
  const QByteArray before = qgetenv("LATENT_RESOURCES");
  qputenv("LATENT_RESOURCES", m_home->path().c_str());
  fs::create_directories(m_home->path() / "models" / "pretrained" / "notes");
  const RunId shipped = newRun("models/pretrained/vae");
  m_library->openShippedModels();
  QTRY_COMPARE(m_opened.size(), size_t{1});
  QVERIFY(m_opened[0].readOnly);
  QVERIFY(m_library->isShipped(shipped));
  m_library->renameRun(shipped, "mine");
  QTRY_COMPARE(m_failures.size(), 1);
  m_library->trashRun(shipped);
  QTRY_COMPARE(m_failures.size(), 2);
  QVERIFY(fs::exists(shipped));
  qputenv("LATENT_RESOURCES", before);
}

void TestLibrary::loadsSnapshotsNewestWins() {
  const RunId run = newRun();
  std::vector<std::pair<std::optional<int64_t>, int64_t>> loaded;
  connect(m_library.get(), &LibraryBridge::snapshotLoaded, this,
          [&](const RunId&, std::optional<int64_t> step, const std::shared_ptr<const Weights>& weights) {
            loaded.emplace_back(step, weights ? weights->step : -1);
          });
  for (const int64_t step : {0, 1, 3, 10}) m_library->loadSnapshot(run, step);
  QTRY_COMPARE(loaded.size(), size_t{1});
  QCOMPARE(loaded[0], std::make_pair(std::optional<int64_t>(10), int64_t{10}));
  m_library->loadSnapshot(run, 10); // remembered, answered later all the same
  QCOMPARE(loaded.size(), size_t{1});
  QTRY_COMPARE(loaded.size(), size_t{2});
  m_library->loadSnapshot(run, std::nullopt);
  QTRY_COMPARE(loaded.size(), size_t{3});
  QCOMPARE(loaded[2].second, int64_t{20});
  m_library->loadSnapshot(run, 12345);
  QTRY_COMPARE(m_failures.size(), 1);
  QVERIFY(m_failures[0].contains("12345"));
  QCOMPARE(loaded.size(), size_t{4}); // answered all the same
  QCOMPARE(loaded[3], std::make_pair(std::optional<int64_t>(12345), int64_t{-1}));
  m_library->loadSnapshot(run, 1);
  QTRY_COMPARE(loaded.size(), size_t{5});
}

void TestLibrary::loadsADataSetOnce() {
  QSignalSpy loaded(m_library.get(), &LibraryBridge::datasetLoaded);
  QCOMPARE(m_library->itemCount("digits", "test"), int64_t{0});
  QVERIFY(m_library->image("digits", "test", 0).empty());
  QVERIFY(!m_library->split("digits", "test"));
  m_library->loadDataset("digits");
  m_library->loadDataset("digits");
  std::shared_ptr<const Dataset> third;
  m_library->withDataset("digits", {}, [&](const auto& result) { third = *result; });
  QTRY_VERIFY(third);
  QCOMPARE(loaded.count(), 2);
  QCOMPARE(third, m_library->dataset("digits"));
  QCOMPARE(m_library->itemCount("digits", "test"), int64_t{2000});
  QVERIFY(m_library->image("digits", "test", 3) == imageAt(*third->test, 3));
  QVERIFY(m_library->image("digits", "test", 2000).empty());
  QVERIFY(m_library->image("digits", "test", -1).empty());
  QCOMPARE(m_library->label("digits", "train", 5), third->train->label(5));
  QCOMPARE(m_library->label("digits", "train", -1), int64_t{-1});
  QVERIFY(m_library->classNames("digits") == third->classes);

  m_library->loadDataset("mnist"); // not in the test's data folder
  QTRY_COMPARE(m_failures.size(), 1);
}

void TestLibrary::listsDataSets() {
  QVERIFY(m_library->datasets().empty());
  m_library->refreshDatasets();
  QTRY_VERIFY(!m_library->datasets().empty());
  const auto card = [&](const std::string& id) {
    const auto& cards = m_library->datasets();
    return *std::find_if(cards.begin(), cards.end(), [&](const DatasetCard& c) { return c.id == id; });
  };
  QVERIFY(card("digits").available && card("digits").builtIn);
  QVERIFY(card("digits").shape == (ImageShape{1, 28, 28}));
  QVERIFY(!card("mnist").available);
  QVERIFY(card("mnist").downloadBytes > 0);
  QVERIFY(!card("mnist").source.isEmpty());
}

void TestLibrary::refusesAnUnknownDownload() {
  m_library->download("no-such-data");
  QTRY_COMPARE(m_failures.size(), 1);
}

void TestLibrary::renames() {
  const RunId run = newRun();
  m_library->renameRun(run, "  My best run ");
  QTRY_COMPARE(m_opened.size(), size_t{1});
  QCOMPARE(m_opened[0].name, QStringLiteral("My best run"));
  QCOMPARE(RunFolder::open(run)->record().config.name, std::string("My best run"));
}

void TestLibrary::trashesAndRestores() {
  const RunId run = newRun();
  QSignalSpy trashed(m_library.get(), &LibraryBridge::runTrashed);
  m_library->trashRun(run);
  QTRY_COMPARE(trashed.count(), 1);
  QVERIFY(!fs::exists(run));
  m_library->restoreRun(run);
  QTRY_COMPARE(m_opened.size(), size_t{1});
  QCOMPARE(m_opened[0].id, run);
  QCOMPARE(m_opened[0].step, int64_t{20});
  m_library->restoreRun(run); // once only
  QTRY_COMPARE(m_failures.size(), 1);
  QVERIFY(fs::exists(run));
}

void TestLibrary::keepsALockedRun() {
  const RunId run = newRun();
  const auto lock = RunLock::acquire(run);
  QVERIFY(lock.ok());
  m_library->trashRun(run);
  QTRY_COMPARE(m_failures.size(), 1);
  m_library->renameRun(run, "other");
  QTRY_COMPARE(m_failures.size(), 2);
  QTRY_COMPARE(m_opened.size(), size_t{1});
  QVERIFY(m_opened[0].readOnly);
  QVERIFY(!m_opened[0].message.isEmpty());
  QVERIFY(m_opened[0].name != "other");
}

void TestLibrary::marksItems() {
  m_library->setMarker([](RunItem& item) { item.queued = true; });
  m_library->openRun(QString::fromStdString(newRun()));
  QTRY_COMPARE(m_opened.size(), size_t{1});
  QVERIFY(m_opened[0].queued);
}

QTEST_GUILESS_MAIN(TestLibrary)
#include "test_library.moc"
