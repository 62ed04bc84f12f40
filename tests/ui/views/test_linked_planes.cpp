// Planes side by side and the time of several runs in the real window: where linked points land, what a
// moment means for each run, playing, aligning, layers.
#include "core/base/latent_links.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/library_bridge.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/explore/plane_group.h"
#include "ui/views/explore/plane_view.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/time_player.h"
#include "ui/views/window/time_panel.h"
#include "ui/widgets/time_strip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestLinkedPlanes : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void linkedPointsLandWhereTheirRuleSays();
  void aLinkThatCannotWorkSaysWhy();
  void aPressOnAnotherPlaneMakesItsRunActive();
  void planesStayInTheirPlaces();
  void aMomentIsTheNearestSnapshotOfEachRun();
  void playingEndsLive();
  void alignedPlanesMoveNoMoreThanTheyMust();
  void layersAreDrawnAndKept();

 private:
  /// A second run of the same data with batches half as large, shown beside the first.
  void openSecond(const std::string& family, int64_t epochs);
  PlaneView* view() const { return stage()->exploreView()->planeView(); }
  PlanePanel* panel(int place) const { return view()->planes()->panels()[static_cast<size_t>(place)]; }
  LatentPlane* planeAt(int place) const { return panel(place)->plane(); }
  void twoPlanes();
  void chooseLink(const QString& text);
  Encoded codesOf(const RunId& run) const { return bench().codes->codes(run)->codes.points(); }
  bool hasCodes(const RunId& run, int64_t step) const {
    const auto codes = bench().codes->codes(run);
    return codes && codes->codes.step() == step;
  }
  TimeStrip* strip() const { return m_window->findChild<TimeStrip*>("timeStrip"); }
  RunId m_first, m_second;
};

void TestLinkedPlanes::openSecond(const std::string& family, int64_t epochs) {
  m_first = focus().active;
  m_second = m_home->filePath("second").toStdString();
  {
    RunConfig config;
    config.family = family;
    config.seed = 5;
    config.parameters.set("latent", int64_t{2});
    config.parameters.set("hidden", std::vector<int64_t>{16});
    config.parameters.set("batch", int64_t{500});
    config.dataset = "digits";
    config.epochs = epochs;
    config.device = "cpu";
    auto run = TrainingRun::create(m_second, config, *openDataset("digits", {}));
    QVERIFY2(run.ok(), run.ok() ? "" : run.error().message.c_str());
    (*run)->trainer().start();
    QVERIFY((*run)->trainer().wait() == TrainerState::finished);
  }
  QSignalSpy opened(bench().library, &LibraryBridge::runOpened);
  bench().library->openRun(QString::fromStdString(m_second));
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(m_second), patience);
  bench().navigator->activate(m_first); // what is opened is looked at
  bench().focus->setShown(m_second, true);
  QTRY_VERIFY_WITH_TIMEOUT(settled() && bench().input->answer(m_second), patience);
}

void TestLinkedPlanes::twoPlanes() {
  QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
  auto* count = stage()->findChild<QToolButton*>("planeCount");
  QVERIFY(count && count->isVisible());
  count->menu()->actions()[1]->trigger();
  QCOMPARE(view()->planes()->count(), 2);
  QVERIFY(planeAt(0)->isVisible() && planeAt(1)->isVisible() && !planeAt(2)->isVisible());
  QCOMPARE(panel(0)->run(), m_first);
  QCOMPARE(panel(1)->run(), m_second);
  QTRY_VERIFY_WITH_TIMEOUT(bench().codes->codes(m_second), patience);
  QTRY_VERIFY_WITH_TIMEOUT(!planeAt(1)->points().x.empty(), patience);
}

void TestLinkedPlanes::chooseLink(const QString& text) {
  auto* button = m_window->findChild<QToolButton*>("linkButton");
  QVERIFY(button->isVisible());
  const auto actions = button->menu()->actions();
  const auto found = std::ranges::find(actions, text, &QAction::text);
  QVERIFY(found != actions.end());
  (*found)->trigger();
  QVERIFY(button->text().endsWith(text.toLower()));
}

void TestLinkedPlanes::linkedPointsLandWhereTheirRuleSays() {
  openRun("vae", 2);
  openSecond("vae", 1);
  twoPlanes();
  const auto other = [&] { return *planeAt(1)->cursor(); };
  const auto lies = [&](PlanePoint at) {
    return std::abs(other().x - at.x) < 1e-6 && std::abs(other().y - at.y) < 1e-6;
  };
  // The same input: its code, wherever the point is.
  const auto& mu = bench().input->answer(m_second)->posteriors.mu;
  QVERIFY(lies({mu[0], mu[1]}));
  QTest::mouseClick(planeAt(0), Qt::LeftButton, {}, QPoint(120, 140));
  QVERIFY(lies({mu[0], mu[1]}));

  chooseLink("Same z");
  const LatentPoint z = focus().cursor;
  QVERIFY(lies({z[0], z[1]}));
  QTest::mousePress(planeAt(0), Qt::LeftButton, {}, QPoint(200, 140));
  QTest::mouseMove(planeAt(0), QPoint(210, 180)); // it follows the hand
  QVERIFY(focus().cursor != z);
  QVERIFY(lies({focus().cursor[0], focus().cursor[1]}));
  QTest::mouseRelease(planeAt(0), Qt::LeftButton, {}, QPoint(210, 180));

  chooseLink("Same prior quantile");
  QVERIFY(lies({focus().cursor[0], focus().cursor[1]}));

  chooseLink("Same data quantile");
  const SortedCodes from(codesOf(m_first)), to(codesOf(m_second));
  for (const int j : {0, 1}) {
    const double part = fractionAt(from.of(j), focus().cursor[static_cast<size_t>(j)]);
    if (part <= 0 || part >= 1) continue;
    const double at = j == 0 ? other().x : other().y;
    QVERIFY2(std::abs(fractionAt(to.of(j), at) - part) < 2.0 / static_cast<double>(to.of(j).size()),
             qPrintable(QString::number(fractionAt(to.of(j), at)) + " " + QString::number(part)));
  }
  // One undo takes back the choice and the point with it.
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QVERIFY(lies({focus().cursor[0], focus().cursor[1]}));
}

void TestLinkedPlanes::aLinkThatCannotWorkSaysWhy() {
  openRun("vae", 1);
  openSecond("ae", 1);
  twoPlanes();
  QVERIFY(planeAt(1)->cursor());
  chooseLink("Same prior quantile");
  QVERIFY(!planeAt(1)->cursor());
  QVERIFY2(planeAt(1)->accessibleDescription().contains("prior"),
           qPrintable(planeAt(1)->accessibleDescription()));
  QVERIFY(!planeAt(0)->accessibleDescription().contains("prior"));
  chooseLink("Same input");
  QVERIFY(planeAt(1)->cursor());
  QVERIFY(!planeAt(1)->accessibleDescription().contains("prior"));
}

void TestLinkedPlanes::aPressOnAnotherPlaneMakesItsRunActive() {
  openRun("vae", 2);
  openSecond("vae", 1);
  twoPlanes();
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  const Focus before = focus();
  const Image picture = output();
  const PlanePoint there = planeAt(1)->frame().toLatent({150, 160});
  QTest::mousePress(planeAt(1), Qt::LeftButton, {}, QPoint(100, 100));
  QCOMPARE(focus().active, m_second);
  QTest::mouseMove(planeAt(1), QPoint(150, 160)); // the same gesture goes on
  QTest::mouseRelease(planeAt(1), Qt::LeftButton, {}, QPoint(150, 160));
  QVERIFY(std::abs(focus().cursor[0] - there.x) < 1e-5 && std::abs(focus().cursor[1] - there.y) < 1e-5);
  QCOMPARE(view()->planePanel(), panel(1));
  QCOMPARE(panel(0)->run(), m_first); // where it was, now linked
  QVERIFY(planeAt(0)->cursor());
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);

  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); // one gesture, one undo
  QCOMPARE(focus(), before);
  QCOMPARE(view()->planePanel(), panel(0));
  QTRY_VERIFY_WITH_TIMEOUT(settled() && bench().point->frame().head.source == m_first, patience);
  QCOMPARE(output(), picture); // the same pixels
}

void TestLinkedPlanes::planesStayInTheirPlaces() {
  openRun("vae", 1);
  openSecond("ae", 1);
  twoPlanes();
  bench().navigator->activate(m_second); // in the Runs list
  QCOMPARE(panel(0)->run(), m_first);
  QCOMPARE(panel(1)->run(), m_second);
  QCOMPARE(view()->planePanel(), panel(1));
  view()->planes()->setCount(1); // that of the active run stays
  QCOMPARE(panel(0)->run(), m_second);
  QVERIFY(!planeAt(1)->isVisible());
  bench().navigator->activate(m_first); // a run without a plane takes the place
  QCOMPARE(panel(0)->run(), m_first);
  view()->planes()->setCount(3);
  QCOMPARE(panel(1)->run(), m_second);
  QCOMPARE(panel(2)->run(), RunId()); // there is no third
  bench().focus->setShown(m_second, false);
  QCOMPARE(panel(1)->run(), RunId());
  bench().focus->setShown(m_second, true);
  QCOMPARE(panel(1)->run(), m_second);

  const Json state = view()->viewState();
  view()->planes()->setCount(1);
  view()->setViewState(state);
  QCOMPARE(view()->planes()->count(), 3);
  QVERIFY(view()->viewState() == state);
  view()->setViewState(Json{{"planes", "many"}, {"layers", 3}, {"runs", {1, 2}}}); // damaged
  QCOMPARE(view()->planes()->count(), 3);
}

void TestLinkedPlanes::aMomentIsTheNearestSnapshotOfEachRun() {
  openRun("vae", 3);
  openSecond("vae", 2);
  twoPlanes();
  const RunItem first = *bench().runs->find(m_first), second = *bench().runs->find(m_second);
  QVERIFY(first.snapshots != second.snapshots);
  auto* unit = m_window->findChild<QComboBox*>("timeUnit");
  for (const TimeUnit chosen : {TimeUnit::epochs, TimeUnit::steps, TimeUnit::images}) {
    unit->setCurrentIndex(unit->findData(static_cast<int>(chosen)));
    emit unit->activated(unit->currentIndex());
    QCOMPARE(bench().sources->timeUnit(), chosen);
    for (size_t place = 0; place < first.snapshots.size(); ++place) {
      QTest::mouseClick(strip(), Qt::LeftButton, {}, strip()->placeOf(static_cast<int>(place)).toPoint());
      const int64_t step = *focus().step;
      const double moment = *timeOf(first, step, chosen, 10'000);
      std::optional<int64_t> expected;
      for (const int64_t kept : second.snapshots)
        if (*timeOf(second, kept, chosen, 10'000) <= moment * (1 + 1e-9)) expected = kept;
      QVERIFY(expected);
      QTRY_VERIFY_WITH_TIMEOUT(bench().sources->shown(m_second)->step == *expected, patience);
      QTRY_VERIFY_WITH_TIMEOUT(bench().sources->shown(m_first)->step == step, patience);
    }
  }
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_L);
  QTRY_VERIFY_WITH_TIMEOUT(bench().sources->shown(m_second)->step == second.step, patience);
  // The moment stays when the other run becomes active.
  bench().sources->setTimeUnit(TimeUnit::epochs);
  bench().focus->setStep(first.snapshots.front());
  bench().navigator->activate(m_second);
  QCOMPARE(focus().step, std::optional(second.snapshots.front()));
}

void TestLinkedPlanes::playingEndsLive() {
  openRun("vae", 2);
  const std::vector<int64_t> kept = bench().runs->find(focus().active)->snapshots;
  TimePlayer* player = stage()->timePanel()->player();
  player->setSpeed(60);
  std::vector<std::optional<int64_t>> seen;
  connect(bench().focus, &FocusStore::changed, this, [&](const Focus& before, const Focus& now) {
    if (before.step != now.step) seen.push_back(now.step);
  });
  const int past = bench().focus->present();
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_T);
  QVERIFY(player->playing());
  QTRY_VERIFY_WITH_TIMEOUT(!player->playing(), patience);
  std::vector<std::optional<int64_t>> expected(kept.begin(), kept.end());
  expected.emplace_back(); // live
  QCOMPARE(seen, expected);
  QVERIFY(!focus().step);
  QCOMPARE(bench().focus->present(), past); // it came back to where it began: nothing to undo

  auto* button = m_window->findChild<QToolButton*>("playTime");
  QTest::mouseClick(button, Qt::LeftButton);
  QVERIFY(player->playing());
  QTest::mouseClick(strip(), Qt::LeftButton, {}, strip()->placeOf(1).toPoint()); // the hand takes over
  QVERIFY(!player->playing());
  QCOMPARE(focus().step, std::optional(kept[1]));
  QTest::mouseClick(button, Qt::LeftButton); // from here
  QVERIFY(player->playing());
  QTRY_VERIFY_WITH_TIMEOUT(focus().step != std::optional(kept[1]), patience);
  QTRY_VERIFY_WITH_TIMEOUT(!player->playing(), patience);
  QVERIFY(!focus().step);

  const Json state = stage()->timePanel()->viewState();
  player->setSpeed(1);
  bench().sources->setTimeUnit(TimeUnit::seconds);
  stage()->timePanel()->setViewState(state);
  QCOMPARE(player->speed(), 60.0);
  QCOMPARE(bench().sources->timeUnit(), TimeUnit::epochs);
  stage()->timePanel()->setViewState(Json{{"unit", 3}, {"speed", "fast"}});
  QCOMPARE(player->speed(), 60.0);
}

void TestLinkedPlanes::alignedPlanesMoveNoMoreThanTheyMust() {
  openRun("vae", 2);
  m_first = focus().active;
  QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
  QTRY_VERIFY_WITH_TIMEOUT(!planeAt(0)->points().x.empty(), patience);
  const PlanePoints reference = planeAt(0)->points();
  const QImage original = planeAt(0)->grab().toImage();
  auto* align = stage()->findChild<QCheckBox*>("alignOverTime");
  align->setFocus();
  QTest::keyClick(align, Qt::Key_Space);
  QVERIFY(align->isChecked());
  auto* note = view()->tools()->findChild<QLabel*>("alignedNote");
  QVERIFY(note && note->isVisible());               // the header says so
  for (size_t i = 0; i < reference.x.size(); ++i) { // it is its own reference
    QVERIFY(std::abs(planeAt(0)->points().x[i] - reference.x[i]) < 1e-4);
    QVERIFY(std::abs(planeAt(0)->points().y[i] - reference.y[i]) < 1e-4);
  }
  const int64_t early = bench().runs->find(m_first)->snapshots[1];
  bench().focus->setStep(early);
  QTRY_VERIFY_WITH_TIMEOUT(hasCodes(m_first, early), patience);
  const auto apart = [&](const PlanePoints& points) {
    double sum = 0;
    for (size_t i = 0; i < points.x.size(); ++i)
      sum += std::pow(points.x[i] - reference.x[i], 2) + std::pow(points.y[i] - reference.y[i], 2);
    return sum;
  };
  const double aligned = apart(planeAt(0)->points());
  QVERIFY(planeAt(0)->accessibleDescription().contains("aligned to step"));
  QTest::keyClick(align, Qt::Key_Space);
  QVERIFY(!note->isVisible());
  const Encoded codes = codesOf(m_first);
  QCOMPARE(planeAt(0)->points().x[0], codes.mu[0]); // the true coordinates again
  QVERIFY(aligned <= apart(planeAt(0)->points()));
}

void TestLinkedPlanes::layersAreDrawnAndKept() {
  openRun("vae", 2);
  QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
  const auto toggle = [&](const QString& text) {
    const auto boxes = stage()->findChildren<QCheckBox*>();
    const auto box = std::ranges::find_if(boxes, [&](const QCheckBox* each) { return each->text() == text; });
    QVERIFY2(box != boxes.end() && (*box)->isVisible(), qPrintable(text));
    (*box)->setFocus();
    QTest::keyClick(*box, Qt::Key_Space);
  };
  for (const QString& text : {QString("Decoded tiles"), QString("Test points")}) toggle(text);
  for (const QString& text : {QString("Density"), QString("Magnification")}) {
    QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
    const QImage without = planeAt(0)->grab().toImage();
    toggle(text);
    const auto isDrawn = [&] {
      const QImage with = planeAt(0)->grab().toImage();
      int changed = 0;
      for (int y = 40; y < with.height() - 120; y += 4)
        for (int x = 60; x < with.width() - 40; x += 4) changed += with.pixel(x, y) != without.pixel(x, y);
      return changed > 500;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isDrawn(), qPrintable(text), patience);
    toggle(text);
    QVERIFY(!isDrawn());
  }
  bench().navigator->select({1, 2, 3});
  const QImage without = planeAt(0)->grab().toImage();
  toggle("… of selected");
  QVERIFY(planeAt(0)->grab().toImage() != without);
  const Json state = view()->viewState();
  QVERIFY(state["layers"]["ellipses"].get<bool>());
  QVERIFY(!state["layers"]["tiles"].get<bool>());
}

QTEST_MAIN(TestLinkedPlanes)
#include "test_linked_planes.moc"
