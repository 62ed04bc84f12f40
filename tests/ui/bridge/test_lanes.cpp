// The plain logic of the bridges: which requests go out, which frames are shown, what is remembered.
#include "ui/bridge/queue_file.h"
#include "ui/bridge/request_lanes.h"
#include "ui/bridge/weights_cache.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace latent;
using namespace latent::ui;

namespace {

const PlaneAxes axes{{0, 0}, {1, 0}, {0, 1}};
const TileGrid finest{{-3, 3, -3, 3}, 40, 40};

RequestHead head(uint64_t generation, const SourceId& source = "a") {
  return {1, generation, source};
}

TilesRequest tiles(uint64_t generation, const TileGrid& grid = finest, const SourceId& source = "a") {
  return {head(generation, source), axes, grid};
}

TilesFrame frame(uint64_t generation, int rows, bool last, const SourceId& source = "a") {
  TilesFrame made;
  made.head = head(generation, source);
  made.axes = axes;
  made.grid = {finest.rect, rows, rows};
  made.last = last;
  return made;
}

std::shared_ptr<const Weights> weightsOf(int64_t step, size_t count) {
  auto weights = std::make_shared<Weights>();
  weights->step = step;
  weights->values.resize(count);
  return weights;
}

} // namespace

class TestLanes : public QObject {
  Q_OBJECT
 private slots:
  void neverGoBackwards();
  void dropOtherSources();
  void forgetWhatWasCancelled();
  void holdARepeatUntilTheFirstIsDone();
  void replaceAnotherPictureAtOnce();
  void refreshWithoutCoarseTiles();
  void showADragOfManyImagesOnTheWay();
  void holdMagnificationAndCodebookOfNewWeights();
  void cacheIsBoundedAndKeepsTheLastUsed();
  void queueSurvivesItsText();
  void queueRefusesDamage();
  void queueFileKeepsTheNewest();
};

void TestLanes::neverGoBackwards() {
  RequestLane<PointRequest> lane;
  QVERIFY(!lane.accepts(head(1)));
  lane.ask({head(1), {0, 0}});
  lane.ask({head(2), {0, 0}});
  QVERIFY(lane.accepts(head(1))); // while a drag goes on, older pictures are better than none
  lane.shown(head(2));
  QVERIFY(!lane.accepts(head(1)));
  QVERIFY(lane.accepts(head(2)));
}

void TestLanes::dropOtherSources() {
  RequestLane<PointRequest> lane;
  lane.ask({head(1, "a"), {0, 0}});
  lane.ask({head(2, "b"), {0, 0}});
  QVERIFY(!lane.accepts(head(1, "a")));
  QVERIFY(lane.accepts(head(2, "b")));
}

void TestLanes::forgetWhatWasCancelled() {
  TilesLane lane;
  QVERIFY(lane.ask(tiles(1)));
  lane.cancel();
  QVERIFY(!lane.accepts(frame(1, 5, false)));
  QVERIFY(lane.ask(tiles(2))); // nothing is under way any more
  QVERIFY(!lane.accepts(frame(1, 5, false)));
  QVERIFY(lane.accepts(frame(2, 5, false)));
}

void TestLanes::holdARepeatUntilTheFirstIsDone() {
  EncodeLane lane;
  const auto request = [](uint64_t generation, int64_t limit = 0) {
    return EncodeRequest{head(generation), nullptr, limit};
  };
  QVERIFY(lane.ask(request(1)));
  QVERIFY(!lane.ask(request(2)));
  QVERIFY(!lane.ask(request(3)));
  QVERIFY(lane.accepts(head(1)));
  const auto next = lane.finished(head(1));
  QVERIFY(next);
  QCOMPARE(next->head.generation, uint64_t{3});
  QVERIFY(!lane.finished(head(1))); // told twice
  QVERIFY(!lane.finished(head(3)));
  QVERIFY(lane.ask(request(4)));
}

void TestLanes::replaceAnotherPictureAtOnce() {
  TilesLane lane;
  QVERIFY(lane.ask(tiles(1)));
  QVERIFY(!lane.ask(tiles(2)));
  QVERIFY(lane.ask(tiles(3, {{0, 1, 0, 1}, 40, 40}))); // a zoom
  QVERIFY(lane.ask(tiles(4, {{0, 1, 0, 1}, 40, 40}, "b")));
  QVERIFY(!lane.finished(head(1))); // the repeat of the first is obsolete
}

void TestLanes::refreshWithoutCoarseTiles() {
  TilesLane lane;
  lane.ask(tiles(1));
  for (const int rows : {5, 10, 20}) {
    QVERIFY(lane.accepts(frame(1, rows, false)));
    lane.shown(frame(1, rows, false));
  }
  QVERIFY(lane.accepts(frame(1, 40, true)));
  lane.shown(frame(1, 40, true));
  lane.finished(head(1));

  lane.ask(tiles(2));
  QVERIFY(!lane.accepts(frame(2, 5, false)));
  QVERIFY(lane.accepts(frame(2, 40, true)));
  lane.shown(frame(2, 40, true));
  lane.finished(head(2));

  lane.ask(tiles(3, finest, "b")); // another run: coarse tiles are better than those of the old one
  QVERIFY(lane.accepts(frame(3, 5, false, "b")));
  TilesFrame turned = frame(3, 5, false, "b");
  turned.axes.axis1 = {0, 1};
  QVERIFY(!lane.accepts(turned));
}

void TestLanes::showADragOfManyImagesOnTheWay() {
  ImagesLane lane;
  const auto points = [](uint64_t generation, float at, size_t count, const SourceId& source = "a") {
    return ImagesRequest{head(generation, source), std::vector<float>(2 * count, at),
                         static_cast<int64_t>(count)};
  };
  QVERIFY(lane.ask(points(1, 0.1f, 10)));
  QVERIFY(!lane.ask(points(2, 0.2f, 10)));
  QVERIFY(!lane.ask(points(3, 0.3f, 10)));
  QVERIFY(lane.accepts(head(1)));
  const auto next = lane.finished(head(1));
  lane.shown(head(1));
  QVERIFY(next);
  QCOMPARE(next->head.generation, uint64_t{3});
  QCOMPARE(next->z.front(), 0.3f);
  QVERIFY(lane.ask(points(4, 0.3f, 12))); // another picture
  QVERIFY(lane.ask(points(5, 0.3f, 12, "b")));
  QVERIFY(!lane.accepts(head(4)));
  QVERIFY(!lane.finished(head(3)));
}

void TestLanes::holdMagnificationAndCodebookOfNewWeights() {
  MagnificationLane magnification;
  QVERIFY(magnification.ask({head(1), axes, finest}));
  QVERIFY(!magnification.ask({head(2), axes, finest}));
  QVERIFY(magnification.ask({head(3), axes, {finest.rect, 10, 10}}));
  CodebookLane codebook;
  QVERIFY(codebook.ask({head(1), nullptr, 0}));
  QVERIFY(!codebook.ask({head(2), nullptr, 0}));
  QVERIFY(codebook.ask({head(3), nullptr, 100}));
}

void TestLanes::cacheIsBoundedAndKeepsTheLastUsed() {
  WeightsCache cache(10 * sizeof(float));
  cache.put("a", weightsOf(1, 4));
  cache.put("a", weightsOf(2, 4));
  QVERIFY(cache.find("a", 1));
  cache.put("b", weightsOf(1, 4)); // 12 > 10: step 2 of a goes, it was not used
  QVERIFY(cache.find("a", 1));
  QVERIFY(!cache.find("a", 2));
  QCOMPARE(cache.bytes(), 8 * sizeof(float));
  cache.put("b", weightsOf(1, 2)); // replaced, not added
  QCOMPARE(cache.bytes(), 6 * sizeof(float));
  cache.put("c", weightsOf(1, 100));
  QCOMPARE(cache.bytes(), size_t{0});
  cache.put("a", weightsOf(1, 4));
  cache.put("b", weightsOf(1, 4));
  cache.forget("a");
  QVERIFY(!cache.find("a", 1));
  QCOMPARE(cache.bytes(), 4 * sizeof(float));
}

void TestLanes::queueSurvivesItsText() {
  RunConfig config;
  config.name = "a \"name\"";
  config.family = "ae";
  config.parameters.set("latent", int64_t{3});
  config.parameters.set("hidden", std::vector<int64_t>{20, 10});
  config.dataset = "digits";
  config.dataDir = "/data";
  config.seed = 9007199254740991;
  config.epochs = 17;
  config.device = "cpu";
  config.threads = 2;
  config.parent = ForkPoint{.run = "/runs/parent", .step = 600};
  const auto read = queueFromText(queueToText({{config, {}}, {{}, "/runs/vae-z2"}}));
  QVERIFY(read.ok());
  QCOMPARE(read->size(), size_t{2});
  const RunConfig& same = read->at(0).config;
  QCOMPARE(same.name, config.name);
  QCOMPARE(same.family, config.family);
  QVERIFY(same.parameters == config.parameters);
  QCOMPARE(same.dataset, config.dataset);
  QCOMPARE(same.dataDir, config.dataDir);
  QCOMPARE(same.seed, config.seed);
  QCOMPARE(same.epochs, config.epochs);
  QCOMPARE(same.device, config.device);
  QCOMPARE(same.threads, config.threads);
  QVERIFY(same.parent == config.parent);
  QVERIFY(read->at(0).folder.empty());
  QCOMPARE(read->at(1).folder, std::string("/runs/vae-z2"));
}

void TestLanes::queueRefusesDamage() {
  const std::string good = queueToText({{RunConfig{}, {}}});
  QVERIFY(queueFromText(good).ok());
  for (const std::string& bad :
       {std::string(), std::string("[1]"), std::string("null"), good.substr(0, good.size() / 2),
        std::string(R"({"format": 99, "runs": []})"),
        std::string(R"({"format": 1, "runs": [{"name": 3}]})")}) {
    const auto read = queueFromText(bad);
    QVERIFY2(!read.ok(), bad.c_str());
    QVERIFY(!read.error().message.empty());
  }
}

void TestLanes::queueFileKeepsTheNewest() {
  QTemporaryDir folder;
  const std::filesystem::path path =
      std::filesystem::path(folder.path().toStdString()) / "new" / "queue.json";
  QueueFile file(path);
  QVERIFY(file.read().ok());
  QVERIFY(file.read()->empty());
  QVERIFY(file.write(2, queueToText({{{}, "/two"}})).ok());
  QVERIFY(file.write(1, queueToText({{{}, "/one"}})).ok()); // a worker that was late
  QCOMPARE(file.read()->at(0).folder, std::string("/two"));

  std::ofstream(path) << "{";
  const auto damaged = file.read();
  QVERIFY(!damaged.ok());
  QVERIFY(damaged.error().message.find(path.string()) != std::string::npos);
  QVERIFY(std::filesystem::exists(path.string() + ".damaged"));
  QVERIFY(file.read()->empty());
}

QTEST_GUILESS_MAIN(TestLanes)
#include "test_lanes.moc"
