// MeasureBridge: noise measured off the GUI thread, with a classifier that is trained once.
#include "ui/bridge/measure_bridge.h"

#include "core/measure/noise_robustness.h"
#include "core/models/compute.h"
#include "core/models/families.h"
#include "tests/core/fixtures/tiny_dataset.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>

using namespace latent;
using namespace latent::ui;

namespace {

const ImageShape shape{1, 8, 8};

ModelSpec tinySpec() {
  Parameters given;
  given.set("latent", int64_t{2});
  given.set("hidden", std::vector<int64_t>{8});
  return *makeModelSpec("vae", shape, given);
}

std::shared_ptr<const Weights> tinyWeights() {
  auto weights = std::make_shared<Weights>();
  weights->step = 5;
  weights->layout = weightLayout(tinySpec());
  for (const WeightEntry& entry : *weights->layout)
    for (int64_t i = 0; i < entry.count(); ++i)
      weights->values.push_back(static_cast<float>(i * 7 % 11) / 11 - 0.4F);
  return weights;
}

NoiseRequest requestOf(ViewId view, uint64_t generation, std::shared_ptr<const Dataset> data,
                       int subjects = 4) {
  static const auto images = fixtures::tinyDataset(10, 60, shape);
  NoiseRequest request;
  request.view = view;
  request.generation = generation;
  request.data = std::move(data);
  request.question.runs = {{"run", tinySpec(), tinyWeights(), {}}};
  for (int i = 0; i < subjects; ++i) request.question.subjects.push_back({i, imageAt(*images->test, i % 60)});
  request.question.sigmas = {0, 1};
  request.question.draws = 2;
  return request;
}

/// A data set of its own name, so that its classifier is its own.
std::shared_ptr<const Dataset> dataOf(const std::string& name, int64_t train = 200) {
  auto data = std::make_shared<Dataset>(*fixtures::tinyDataset(train, 40, shape));
  data->name = data->id = name;
  return data;
}

bool isListed(const JobBridge& jobs, const QString& title) {
  const auto running = jobs.running();
  return std::any_of(running.begin(), running.end(), [&](const auto& entry) { return entry.title == title; });
}

/// A bridge and what it said.
struct Listening {
  JobBridge jobs;
  MeasureBridge bridge{&jobs};
  std::vector<NoiseFrame> frames;

  Listening() {
    QObject::connect(&bridge, &MeasureBridge::noiseMeasured, &bridge, [this](const NoiseFrame& frame) {
      QCOMPARE(QThread::currentThread(), bridge.thread());
      frames.push_back(frame);
    });
  }
  bool hasShares() const { return !frames.empty() && frames.back().withoutClasses.isEmpty(); }
};

} // namespace

class TestMeasure : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_cache;

 private slots:
  void initTestCase() {
    setComputeThreads(1);
    qputenv("XDG_CACHE_HOME", m_cache.path().toUtf8());
  }

  void measuresErrorsWithoutData() {
    Listening here;
    here.bridge.requestNoise(requestOf(3, 1, nullptr));
    QTRY_COMPARE(here.frames.size(), size_t{1});
    const NoiseFrame& frame = here.frames[0];
    QCOMPARE(frame.view, 3);
    QVERIFY(frame.error.isEmpty());
    QVERIFY(!frame.withoutClasses.isEmpty());
    QVERIFY(!frame.classesFollow);
    JobControl control;
    const auto expected = measureNoise(requestOf(3, 1, nullptr).question, nullptr, control);
    QCOMPARE(frame.result.curves.at(0).error, expected->curves.at(0).error);
    QCOMPARE(frame.result.curves.at(0).step, int64_t{5});
  }

  void classesFollowOnceTheClassifierHasLearnt() {
    const auto data = dataOf("follows");
    {
      Listening here;
      QSignalSpy changed(&here.bridge, &MeasureBridge::classifierChanged);
      QVERIFY(here.bridge.classifierWords(*data).isEmpty());
      bool listed = false;
      QObject::connect(&here.jobs, &JobBridge::changed, &here.bridge, [&] {
        listed =
            listed || isListed(here.jobs, QStringLiteral("Learning to read follows, for the noise view"));
      });
      here.bridge.requestNoise(requestOf(1, 7, data));
      QTRY_VERIFY_WITH_TIMEOUT(here.hasShares(), 60000);
      QVERIFY(listed);
      QCOMPARE(changed.count(), 1);
      QVERIFY(here.frames.front().classesFollow);
      QVERIFY(here.frames.front().result.curves[0].kept.empty());
      QCOMPARE(here.frames.back().generation, uint64_t{7});
      QCOMPARE(here.frames.back().result.curves[0].kept.size(), size_t{2});
      QVERIFY(!here.frames.back().classesFollow);
      QVERIFY(here.bridge.classifierWords(*data).contains(QStringLiteral("% of the follows test images")));
    }
    Listening again; // from the cache
    bool learning = false;
    QObject::connect(&again.jobs, &JobBridge::changed, &again.bridge, [&] {
      learning =
          learning || isListed(again.jobs, QStringLiteral("Learning to read follows, for the noise view"));
    });
    again.bridge.requestNoise(requestOf(1, 1, data));
    QTRY_VERIFY(again.hasShares());
    QVERIFY(!learning);
  }

  void theNewestRequestOfAViewWins() {
    Listening here;
    here.bridge.requestNoise(requestOf(1, 1, nullptr, 20000)); // would take a while
    here.bridge.requestNoise(requestOf(1, 2, nullptr, 20000));
    here.bridge.requestNoise(requestOf(2, 3, nullptr));
    here.bridge.requestNoise(requestOf(1, 4, nullptr));
    QTRY_COMPARE(here.frames.size(), size_t{2});
    for (const NoiseFrame& frame : here.frames) QCOMPARE(frame.generation, frame.view == 1 ? 4U : 3U);
  }

  void aForgottenViewHearsNothing() {
    Listening here;
    here.bridge.requestNoise(requestOf(1, 1, nullptr, 20000));
    here.bridge.forget(1);
    here.bridge.requestNoise(requestOf(2, 2, nullptr));
    QTRY_COMPARE(here.frames.size(), size_t{1});
    QCOMPARE(here.frames[0].view, 2);
  }

  void whatCannotBeMeasuredIsSaid() {
    Listening here;
    NoiseRequest request = requestOf(1, 1, nullptr);
    request.question.sigmas = {-1};
    here.bridge.requestNoise(request);
    QTRY_COMPARE(here.frames.size(), size_t{1});
    QVERIFY(here.frames[0].error.contains(QStringLiteral("Sigma")));
  }

  void withoutLabelsThereAreErrorsAndTheReason() {
    auto data = std::make_shared<Dataset>(*dataOf("unlabelled"));
    data->train = std::make_shared<fixtures::VectorSplit>(shape, std::vector<uint8_t>(20 * 64, 0),
                                                          std::vector<int64_t>(20, -1));
    Listening here;
    here.bridge.requestNoise(requestOf(1, 1, data));
    QTRY_VERIFY(!here.frames.empty() && !here.frames.back().classesFollow);
    QCOMPARE(
        here.frames.back().withoutClasses,
        QStringLiteral("unlabelled has no labels of two classes, so that no classifier can learn them."));
    QVERIFY(!here.frames.back().result.curves.empty());
  }

  void learningIsCancelledAndBegunAgain() {
    const auto data = dataOf("cancelled", 12000); // long enough to be caught
    Listening here;
    bool caught = false;
    const auto cancel = QObject::connect(&here.jobs, &JobBridge::changed, &here.bridge, [&] {
      if (!isListed(here.jobs, QStringLiteral("Learning to read cancelled, for the noise view"))) return;
      caught = true;
      here.jobs.cancelAll();
    });
    here.bridge.requestNoise(requestOf(1, 1, data));
    QTRY_VERIFY(!here.frames.empty() && !here.frames.back().classesFollow);
    QVERIFY(caught);
    QVERIFY(here.frames.back().withoutClasses.contains(QStringLiteral("cancelled")));
    QObject::disconnect(cancel);

    bool again = false;
    QObject::connect(&here.jobs, &JobBridge::changed, &here.bridge, [&] {
      again = again || isListed(here.jobs, QStringLiteral("Learning to read cancelled, for the noise view"));
    });
    here.bridge.learnClasses(data);
    QTRY_VERIFY(again);
    here.jobs.cancelAll();
    QTRY_VERIFY(here.jobs.running().empty());
  }

  void spreadIsMeasuredWhereItIsNotKnown() {
    const auto data = dataOf("spread");
    Listening here;
    NoiseRequest request = requestOf(1, 1, data);
    request.question.scale = NoiseScale::spread;
    here.bridge.requestNoise(request);
    QTRY_VERIFY(!here.frames.empty());
    QVERIFY2(here.frames[0].error.isEmpty(), qPrintable(here.frames[0].error));
    QVERIFY(here.frames[0].result.curves[0].error[1] > 0);
    request.data = nullptr; // and nowhere to measure it
    request.generation = 2;
    here.frames.clear();
    here.bridge.requestNoise(request);
    QTRY_VERIFY(!here.frames.empty());
    QVERIFY(here.frames.back().error.contains(QStringLiteral("spread")));
  }

  void endsWithWorkUnderWay() {
    Listening here;
    here.bridge.requestNoise(requestOf(1, 1, dataOf("never", 12000), 20000));
  }
};

QTEST_GUILESS_MAIN(TestMeasure)
#include "test_measure.moc"
