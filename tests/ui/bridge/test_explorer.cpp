// ExplorerBridge: requests in, frames out on this thread.
#include "ui/bridge/codes.h"
#include "ui/bridge/explorer_bridge.h"

#include "core/data/dataset.h"
#include "core/explore/viewer.h"
#include "core/models/families.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <numeric>

using namespace latent;
using namespace latent::ui;

namespace {

const PlaneAxes axes{{0, 0}, {1, 0}, {0, 1}};

ModelSpec tinyTokenSpec() {
  Parameters given;
  given.set("stride", int64_t{2});
  given.set("codes", int64_t{5});
  given.set("code_size", int64_t{2});
  for (const char* key : {"channels", "prior_width"}) given.set(key, int64_t{3});
  for (const char* key : {"blocks", "prior_layers"}) given.set(key, int64_t{1});
  return *makeModelSpec("vq-vae", {1, 4, 4}, given);
}

/// Black images.
class BlackSplit : public Split {
 public:
  int64_t size() const override { return 30; }
  ImageShape shape() const override { return {1, 4, 4}; }
  void read(std::span<const int64_t> indices, uint8_t* out) const override {
    std::fill(out, out + indices.size() * 16, uint8_t{0});
  }
  int64_t label(int64_t) const override { return 0; }
};

ModelSpec tinySpec() {
  Parameters given;
  given.set("latent", int64_t{2});
  given.set("hidden", std::vector<int64_t>{8});
  return *makeModelSpec("vae", {1, 4, 3}, given);
}

std::shared_ptr<const Weights> tinyWeights(int64_t step, const ModelSpec& spec = tinySpec()) {
  auto weights = std::make_shared<Weights>();
  weights->step = step;
  weights->layout = weightLayout(spec);
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
  void showsImagesWhileTheyAreDragged();
  void answersTokensAndCodebooks();
  void refreshesTheMagnification();
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

void TestExplorer::showsImagesWhileTheyAreDragged() {
  ExplorerBridge bridge;
  bridge.setSource("run", tinySpec(), tinyWeights(1));
  const ViewId view = bridge.newView();
  std::vector<float> seen;
  connect(&bridge, &ExplorerBridge::imagesReady, this, [&](const ImagesFrame& frame) {
    QCOMPARE(frame.head.view, view);
    QCOMPARE(frame.error, std::string());
    QCOMPARE(frame.pixels.size(), size_t{3000 * 12});
    seen.push_back(frame.z.front());
    // A drag that is always ahead of the picture, as long as there were fewer than five.
    if (seen.size() < 5)
      bridge.requestImages(view, "run", std::vector<float>(6000, frame.z.front() + 1), 3000);
  });
  for (int i = 0; i <= 50; ++i)
    bridge.requestImages(view, "run", std::vector<float>(6000, static_cast<float>(i)), 3000);
  QTRY_VERIFY(seen.size() >= 6 && seen.back() > 50);
  QCOMPARE(seen.front(), 0.0f); // what was under way is shown, then the newest
  QVERIFY(std::find(seen.begin(), seen.end(), 25.0f) == seen.end());
}

void TestExplorer::answersTokensAndCodebooks() {
  ExplorerBridge bridge;
  bridge.setSource("run", tinyTokenSpec(), tinyWeights(3, tinyTokenSpec()));
  const ViewId view = bridge.newView();
  TokensFrame tokens;
  connect(&bridge, &ExplorerBridge::tokensReady, this, [&](const TokensFrame& frame) { tokens = frame; });
  TokensRequest draw;
  draw.drawFrom = 0;
  bridge.requestTokens(view, "run", draw);
  QTRY_COMPARE(tokens.tokens.size(), size_t{4});
  QCOMPARE(tokens.error, std::string());
  QCOMPARE(tokens.head.view, view);
  QCOMPARE(tokens.step, int64_t{3});
  TokensRequest map;
  map.tokens = {1, 2, 3, 4};
  bridge.requestTokens(view, "run", map);
  QTRY_VERIFY(tokens.tokens == map.tokens);

  CodebookFrame codebook;
  connect(&bridge, &ExplorerBridge::codebookReady, this,
          [&](const CodebookFrame& frame) { codebook = frame; });
  bridge.requestCodebook(view, "run", std::make_shared<BlackSplit>(), 20);
  QTRY_COMPARE(codebook.codes, int64_t{5});
  QCOMPARE(codebook.error, std::string());
  QCOMPARE(std::accumulate(codebook.used.begin(), codebook.used.end(), int64_t{0}), int64_t{80});
  QCOMPARE(codebook.perplexity >= 1 && codebook.perplexity <= 4, true); // all images are the same
}

void TestExplorer::refreshesTheMagnification() {
  ExplorerBridge bridge;
  bridge.setSource("run", tinySpec(), tinyWeights(1));
  const ViewId view = bridge.newView();
  MagnificationFrame got;
  connect(&bridge, &ExplorerBridge::magnificationReady, this,
          [&](const MagnificationFrame& frame) { got = frame; });
  const TileGrid grid{{-3, 3, -3, 3}, 10, 12};
  connect(&bridge, &ExplorerBridge::sourceChanged, this,
          [&](const SourceId& source) { bridge.requestMagnification(view, source, axes, grid); });
  for (int64_t step = 2; step <= 20; ++step) bridge.setSource("run", tinySpec(), tinyWeights(step));
  QTRY_COMPARE(got.step, int64_t{20});
  QCOMPARE(got.error, std::string());
  QCOMPARE(got.values.size(), size_t{120});
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
