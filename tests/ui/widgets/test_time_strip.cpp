// Time: mouse, wheel and keys move between kept snapshots and live.
#include "plane_fixture.h"

#include "ui/widgets/theme.h"
#include "ui/widgets/time_strip.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace latent;
using namespace latent::ui;

using Step = std::optional<int64_t>;

class TestTimeStrip : public QObject {
  Q_OBJECT
  std::unique_ptr<TimeStrip> m_strip;
  std::vector<Step> m_moved;
  QStringList m_gestures;

  double xOf(int place) const { return m_strip->placeOf(place).x(); }
  static QPointF livePixel() { return {600 - 12 - 22, 12}; }

 private slots:
  void init() {
    m_strip = std::make_unique<TimeStrip>();
    m_moved.clear();
    m_gestures.clear();
    m_strip->resize(600, 44);
    m_strip->setSnapshots({0, 100, 600, 1200}, 600);
    m_strip->setLiveStep(1300, true);
    connect(m_strip.get(), &TimeStrip::moved, this, [this](Step step) { m_moved.push_back(step); });
    connect(m_strip.get(), &TimeStrip::gestureStarted, this, [this] { m_gestures << "started"; });
    connect(m_strip.get(), &TimeStrip::gestureFinished, this, [this] { m_gestures << "finished"; });
  }

  void dragMovesAcrossTheSnapshots() {
    press(*m_strip, {xOf(3) + 4, 12});
    QCOMPARE(m_strip->current(), Step(1200));
    moveHeld(*m_strip, {xOf(1) - 10, 12});
    moveHeld(*m_strip, {xOf(1) + 10, 12}); // the same place: no signal
    moveHeld(*m_strip, {-50, 12});
    moveHeld(*m_strip, livePixel());
    release(*m_strip, livePixel());
    QCOMPARE(m_moved, (std::vector<Step>{1200, 100, 0, std::nullopt}));
    QCOMPARE(m_gestures, QStringList({"started", "finished"}));
    moveHeld(*m_strip, {xOf(1), 12});
    QCOMPARE(m_moved.size(), size_t{4});
  }

  void escapeReturnsToWhereTheDragBegan() {
    m_strip->setCurrent(600);
    press(*m_strip, {xOf(0), 12});
    QTest::keyClick(m_strip.get(), Qt::Key_Escape);
    QCOMPARE(m_strip->current(), Step(600));
    QCOMPARE(m_gestures, QStringList({"started", "finished"}));
    release(*m_strip, {xOf(0), 12});
    QCOMPARE(m_gestures.size(), 2);
  }

  void keysMove() {
    QTest::keyClick(m_strip.get(), Qt::Key_Left);
    QCOMPARE(m_strip->current(), Step(1200));
    QTest::keyClick(m_strip.get(), Qt::Key_Left);
    QCOMPARE(m_strip->current(), Step(600));
    QTest::keyClick(m_strip.get(), Qt::Key_Right);
    QTest::keyClick(m_strip.get(), Qt::Key_Right);
    QCOMPARE(m_strip->current(), Step());
    QTest::keyClick(m_strip.get(), Qt::Key_Right); // live is the end
    QTest::keyClick(m_strip.get(), Qt::Key_Home);
    QCOMPARE(m_strip->current(), Step(0));
    QTest::keyClick(m_strip.get(), Qt::Key_Left); // step 0 is the other end
    QCOMPARE(m_strip->current(), Step(0));
    QTest::keyClick(m_strip.get(), Qt::Key_L);
    QCOMPARE(m_strip->current(), Step());
    QCOMPARE(m_moved, (std::vector<Step>{1200, 600, 1200, std::nullopt, 0, std::nullopt}));
  }

  void damagedStepsAreCrossedOutAndPassedOver() {
    const auto red = [&] {
      const QColor error = colours(m_strip.get()).error;
      return boundsOf(m_strip->grab().toImage(), [&](const QColor& c) { return c == error; });
    };
    QVERIFY(!red().isValid());
    m_strip->setDamaged({600});
    QVERIFY(std::abs(red().center().x() - xOf(2)) <= 1);
    m_strip->setCurrent(1200);
    QTest::keyClick(m_strip.get(), Qt::Key_Left);
    QCOMPARE(m_strip->current(), Step(100));
    QTest::keyClick(m_strip.get(), Qt::Key_Right);
    QCOMPARE(m_strip->current(), Step(1200));
    press(*m_strip, {xOf(1), 12});
    moveHeld(*m_strip, {xOf(2), 12}); // a drag does not stop there
    QCOMPARE(m_strip->current(), Step(100));
    release(*m_strip, {xOf(2), 12});
    press(*m_strip, {xOf(2), 12}); // a click tries the file again
    QCOMPARE(m_strip->current(), Step(600));
    release(*m_strip, {xOf(2), 12});
    m_strip->setDamaged({0, 100, 600, 1200});
    QTest::keyClick(m_strip.get(), Qt::Key_Home);
    QCOMPARE(m_strip->current(), Step());
  }

  void commaAndDotAreTheWindows() {
    for (const int key : {Qt::Key_Comma, Qt::Key_Period, Qt::Key_Escape}) {
      QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
      event.accept();
      QApplication::sendEvent(m_strip.get(), &event);
      QVERIFY(!event.isAccepted());
    }
    QVERIFY(m_moved.empty());
  }

  void wheelMoves() {
    turnWheel(*m_strip, {100, 12}, -120);
    QCOMPARE(m_strip->current(), Step(1200));
    turnWheel(*m_strip, {100, 12}, 120);
    QCOMPARE(m_strip->current(), Step());
  }

  void previousFromAFinishedRunLooksDifferent() {
    m_strip->setLiveStep(1200, false); // the last snapshot is what live shows
    m_strip->previous();
    QCOMPARE(m_strip->current(), Step(600));
  }

  void returnTextGoesLive() {
    m_strip->setCurrent(600);
    QVERIFY(m_moved.empty()); // the program's own moves are not told
    press(*m_strip, {12 + 20, 31});
    release(*m_strip, {12 + 20, 31});
    QCOMPARE(m_moved, (std::vector<Step>{std::nullopt}));
    QVERIFY(m_gestures.isEmpty());
  }

  void readoutNamesEpochAndStep() {
    m_strip->setLiveStep(7200, true);
    m_strip->setCurrent(600);
    QCOMPARE(m_strip->accessibleDescription(), QStringLiteral("Epoch 1 of 12 · step 600"));
    m_strip->setCurrent(1200);
    QCOMPARE(m_strip->accessibleDescription(), QStringLiteral("Epoch 2 of 12 · step %L1").arg(1200));
    m_strip->setCurrent(100);
    QCOMPARE(m_strip->accessibleDescription(), QStringLiteral("Epoch 0.17 of 12 · step 100"));
    m_strip->goLive();
    QVERIFY(m_strip->accessibleDescription().startsWith("Live, training · epoch 12"));
    m_strip->setSnapshots({0, 30}, 0); // a run that knows no epochs
    m_strip->setCurrent(30);
    QCOMPARE(m_strip->accessibleDescription(), QStringLiteral("Step 30"));
  }

  void theAxisIsStretchedNearItsBeginning() {
    const double left = xOf(0), right = xOf(3);
    QVERIFY(std::abs(xOf(1) - (left + (right - left) * std::sqrt(100.0 / 1200))) < 1e-9);
    m_strip->setTimes({0, 1, 4, 16}); // in another unit
    QVERIFY(std::abs(xOf(1) - (left + (right - left) * 0.25)) < 1e-9);
    QVERIFY(std::abs(xOf(2) - (left + (right - left) * 0.5)) < 1e-9);
    m_strip->setTimes({0, 1}); // not one a snapshot: left out
    QVERIFY(std::abs(xOf(2) - (left + (right - left) * 0.5)) < 1e-9);
    m_strip->setSnapshots({0, 100, 600}, 600); // other snapshots: steps until it is told more
    QVERIFY(std::abs(xOf(1) - (left + (right - left) * std::sqrt(100.0 / 600))) < 1e-9);
  }

  void otherRunsHaveTheirOwnMarksOnTheSameAxis() {
    const QColor colour(0xE6, 0x9F, 0x00);
    const auto marks = [&] {
      return boundsOf(m_strip->grab().toImage(), [&](const QColor& c) { return c == colour; });
    };
    QVERIFY(!marks().isValid());
    const double before = xOf(3);
    m_strip->setLanes({{"B", colour, {0, 300, 600}, {0, 300, 600}, 300}});
    QVERIFY(std::abs(xOf(3) - before) < 1e-9); // the longest run ends the axis
    const double end = xOf(2);                 // 600 of the active run
    QVERIFY(std::abs(marks().right() - end) <= 2);
    QVERIFY(std::abs(marks().left() - xOf(0)) <= 2);
    QVERIFY(marks().top() > 12 + 5); // below its own marks
    m_strip->setLanes({{"B", colour, {0, 2400}, {0, 2400}, {}}});
    QVERIFY(xOf(3) < before);
    QVERIFY(std::abs(marks().right() - before) <= 2);
  }

  void currentSurvivesNewSnapshots() {
    m_strip->setCurrent(600);
    m_strip->setSnapshots({0, 100, 600, 1200, 1800}, 600);
    QCOMPARE(m_strip->current(), Step(600));
    m_strip->setSnapshots({0, 100}, 600);
    QCOMPARE(m_strip->current(), Step());
    QVERIFY(m_moved.empty());
  }

  void amberOnlyAwayFromLive() {
    const auto hasAmber = [&] {
      const QColor amber = colours(m_strip.get()).amber;
      return boundsOf(m_strip->grab().toImage(), [&](const QColor& c) { return c == amber; }).isValid();
    };
    QVERIFY(!hasAmber());
    m_strip->setCurrent(600);
    QVERIFY(hasAmber());
  }

  void worksWithoutSnapshots() {
    m_strip->setSnapshots({}, 600);
    press(*m_strip, {300, 12});
    release(*m_strip, {300, 12});
    m_strip->previous();
    m_strip->next();
    QTest::keyClick(m_strip.get(), Qt::Key_Home);
    QCOMPARE(m_strip->current(), Step());
    m_strip->setSnapshots({0}, 600);
    press(*m_strip, {xOf(0), 12});
    QCOMPARE(m_strip->current(), Step(0));
    release(*m_strip, {xOf(0), 12});
    QVERIFY(!m_strip->grab().isNull());
  }
};

QTEST_MAIN(TestTimeStrip)
#include "test_time_strip.moc"
