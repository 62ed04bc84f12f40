// ExplorerBridge: requests in, frames out on this thread.
#include "ui/bridge/codes.h"
#include "ui/bridge/explorer_bridge.h"

#include "core/explore/viewer.h"
#include "core/models/families.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>

using namespace latent;
using namespace latent::ui;

namespace {

const PlaneAxes axes{{0, 0}, {1, 0}, {0, 1}};

ModelSpec tinySpec() {
  Parameters given;
  given.set("latent", int64_t{2});
  given.set("hidden", std::vector<int64_t>{8});
  return *makeModelSpec("vae", {1, 4, 3}, given);
}

std::shared_ptr<const Weights> tinyWeights(int64_t step) {
  auto weights = std::make_shared<Weights>();
  weights->step = step;
  weights->layout = weightLayout(tinySpec());
  for (const WeightEntry& entry : *weights->layout)
    for (int64_t i = 0; i < entry.count(); ++i)
      weights->values.push_back(static_cast<float>((i * 7 + step * 3) % 11) / 11 - 0.4f);
  return weights;
}

} // namespace

class TestExplorer : public QObject {
  Q_OBJECT
 private slots:
  void decodesThePointBitForBit();
  void showsTheNewestAndNeverGoesBackwards();
  void paintsErrors();
  void refreshesTilesWithNewWeights();
  void saysNothingAboutACancelledView();
  void knowsItsSources();
  void endsWithWorkUnderWay();
  void codesAnswerForAFrame();
};

void TestExplorer::decodesThePointBitForBit() {
  ExplorerBridge bridge;
  bridge.setSource("run", tinySpec(), tinyWeights(5));
  PointFrame got;
  connect(&bridge, &ExplorerBridge::pointReady, this, [&](const PointFrame& frame) {
    QCOMPARE(QThread::currentThread(), thread());
    got = frame;
  });
  const ViewId view = bridge.newView();
  bridge.requestPoint(view, "run", {0.25f, -0.75f});
  QTRY_COMPARE(got.head.view, view);
  Result<Viewer> viewer = Viewer::create(tinySpec());
  QVERIFY(viewer->setWeights(tinyWeights(5)).ok());
  QVERIFY(got.image.pixels == viewer->decode(LatentPoint{0.25f, -0.75f}, 1));
  QCOMPARE(got.step, int64_t{5});
}

void TestExplorer::showsTheNewestAndNeverGoesBackwards() {
  ExplorerBridge bridge;
  bridge.setSource("run", tinySpec(), tinyWeights(1));
  const ViewId first = bridge.newView(), second = bridge.newView();
  QVERIFY(first != second);
  std::vector<float> seen[2];
  connect(&bridge, &ExplorerBridge::pointReady, this,
          [&](const PointFrame& frame) { seen[frame.head.view == first ? 0 : 1].push_back(frame.z[0]); });
  for (int i = 1; i <= 500; ++i) {
    bridge.requestPoint(first, "run", {static_cast<float>(i), 0});
    bridge.requestPoint(second, "run", {static_cast<float>(-i), 0});
    if (i % 50 == 0) QCoreApplication::sendPostedEvents();
  }
  QTRY_VERIFY(!seen[0].empty() && seen[0].back() == 500 && !seen[1].empty() && seen[1].back() == -500);
  QVERIFY(std::is_sorted(seen[0].begin(), seen[0].end()));
  QVERIFY(std::is_sorted(seen[1].rbegin(), seen[1].rend()));
}

void TestExplorer::paintsErrors() {
  ExplorerBridge bridge;
  bridge.setSource("run", tinySpec(), tinyWeights(1));
  std::string error;
  connect(&bridge, &ExplorerBridge::pointReady, this, [&](const PointFrame& frame) { error = frame.error; });
  const ViewId view = bridge.newView();
  bridge.requestPoint(view, "run", {1, 2, 3});
  QTRY_VERIFY(!error.empty());
  bridge.requestPoint(view, "run", {1, 2});
  QTRY_VERIFY(error.empty());
}

void TestExplorer::refreshesTilesWithNewWeights() {
  ExplorerBridge bridge;
  bridge.setSource("run", tinySpec(), tinyWeights(1));
  const ViewId view = bridge.newView();
  const TileGrid finest{{-3, 3, -3, 3}, 20, 20};
  std::vector<std::pair<int64_t, bool>> frames;
  connect(&bridge, &ExplorerBridge::tilesReady, this,
          [&](const TilesFrame& frame) { frames.emplace_back(frame.step, frame.last); });
  // A view that asks anew for each new weights, as while training.
  connect(&bridge, &ExplorerBridge::sourceChanged, this,
          [&](const SourceId& source) { bridge.requestTiles(view, source, axes, finest); });
  bridge.requestTiles(view, "run", axes, finest);
  QTRY_VERIFY(!frames.empty() && frames.back().second);
  frames.clear();
  for (int64_t step = 2; step <= 40; ++step) bridge.setSource("run", tinySpec(), tinyWeights(step));
  QTRY_VERIFY(!frames.empty() && frames.back().first == 40);
  for (const auto& [step, last] : frames) QVERIFY(last); // no flicker through coarse tiles
  QVERIFY(std::is_sorted(frames.begin(), frames.end()));
}

void TestExplorer::saysNothingAboutACancelledView() {
  ExplorerBridge bridge;
  bridge.setSource("run", tinySpec(), tinyWeights(1));
  const ViewId cancelled = bridge.newView(), other = bridge.newView();
  QSignalSpy tiles(&bridge, &ExplorerBridge::tilesReady);
  bool answered = false;
  connect(&bridge, &ExplorerBridge::tilesReady, this,
          [&](const TilesFrame& frame) { answered = frame.head.view == other && frame.last; });
  bridge.requestTiles(cancelled, "run", axes, {{-3, 3, -3, 3}, 40, 40});
  bridge.cancel(cancelled);
  bridge.requestTiles(other, "run", axes, {{-3, 3, -3, 3}, 5, 5});
  QTRY_VERIFY(answered);
  QCOMPARE(tiles.count(), 1);
}

void TestExplorer::knowsItsSources() {
  ExplorerBridge bridge;
  QSignalSpy changed(&bridge, &ExplorerBridge::sourceChanged);
  QVERIFY(!bridge.hasSource("run"));
  bridge.setSource("run", tinySpec(), tinyWeights(1));
  QCOMPARE(changed.count(), 1);
  QVERIFY(bridge.hasSource("run"));
  bridge.removeSource("run");
  QVERIFY(!bridge.hasSource("run"));
}

void TestExplorer::endsWithWorkUnderWay() {
  bool answered = false;
  {
    ExplorerBridge bridge;
    bridge.setSource("run", tinySpec(), tinyWeights(1));
    connect(&bridge, &ExplorerBridge::tilesReady, this, [&] { answered = true; });
    bridge.requestTiles(bridge.newView(), "run", axes, {{-3, 3, -3, 3}, 512, 512});
  }
  QCoreApplication::sendPostedEvents();
  QVERIFY(!answered);
}

void TestExplorer::codesAnswerForAFrame() {
  QVERIFY(Codes().nearest({0, 0}, 3).empty());
  QCOMPARE(Codes().supportAt({3, 4}).density, 0.0);
  EncodeFrame frame;
  frame.step = 7;
  frame.points = {4, 2, {0, 0, 4, 0, 0, 1, 4, 1}, {}};
  const Codes codes(frame);
  QCOMPARE(codes.step(), int64_t{7});
  QCOMPARE(codes.nearest({3.9f, 0.9f}, 2), (std::vector<int64_t>{3, 1}));
  QVERIFY(codes.nearest({1, 2, 3}, 2).empty());
  QCOMPARE(codes.summary().mean, (std::vector<float>{2, 0.5f}));
  QVERIFY(codes.supportAt({0, 0}).density > codes.supportAt({40, 0}).density);
  const auto main = codes.mainAxes();
  QVERIFY(main.ok());
  QVERIFY(std::abs(main->axis1[0] - 1) < 1e-5f && std::abs(main->axis2[1] - 1) < 1e-5f);
}

QTEST_GUILESS_MAIN(TestExplorer)
#include "test_explorer.moc"
