// Gestures and keys of the plane, by real events.
#include "plane_fixture.h"

#include "ui/widgets/latent_plane.h"

#include <QSignalSpy>
#include <QtTest>

using namespace latent;
using namespace latent::ui;

namespace {

bool near(PlanePoint a, PlanePoint b, double within = 1e-9) {
  return std::abs(a.x - b.x) <= within && std::abs(a.y - b.y) <= within;
}

} // namespace

class TestPlaneGestures : public QObject {
  Q_OBJECT
  std::unique_ptr<LatentPlane> m_plane;
  QStringList m_log; ///< signals in their order

  PlanePoint latentAt(const QPointF& pixel) const {
    return m_plane->frame().toLatent({pixel.x(), pixel.y()});
  }

 private slots:
  void init() {
    m_plane = std::make_unique<LatentPlane>();
    m_log.clear();
    m_plane->resize(540, 540);
    m_plane->setHome({-3, 3, -3, 3});
    connect(m_plane.get(), &LatentPlane::gestureStarted, this, [this] { m_log << "started"; });
    connect(m_plane.get(), &LatentPlane::cursorMoved, this, [this] { m_log << "moved"; });
    connect(m_plane.get(), &LatentPlane::gestureFinished, this, [this] { m_log << "finished"; });
    m_plane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_plane.get()));
    m_plane->activateWindow();
    m_plane->setFocus();
    QTRY_VERIFY(m_plane->hasFocus());
  }

  void dragMovesTheCursorInOneGesture() {
    press(*m_plane, {200, 150});
    QCOMPARE(m_log, QStringList({"started", "moved"})); // press already moves
    QVERIFY(near(*m_plane->cursor(), latentAt({200, 150})));
    moveHeld(*m_plane, {220, 160});
    moveHeld(*m_plane, {240.5, 170.25});
    QVERIFY(near(*m_plane->cursor(), latentAt({240.5, 170.25})));
    moveHeld(*m_plane, {240.5, 170.25}); // no move, no signal
    release(*m_plane, {240.5, 170.25});
    QCOMPARE(m_log, QStringList({"started", "moved", "moved", "moved", "finished"}));
    moveHeld(*m_plane, {300, 300}); // after the release nothing moves
    QCOMPARE(m_log.size(), 5);
  }

  void dragOutsideStaysAtTheEdge() {
    press(*m_plane, {200, 150});
    moveHeld(*m_plane, {900, -50});
    QVERIFY(near(*m_plane->cursor(), latentAt({540, 0})));
    release(*m_plane, {900, -50});
  }

  void escapeReturnsTheCursor() {
    m_plane->setCursor(PlanePoint{0.25, -0.5});
    press(*m_plane, {200, 150});
    moveHeld(*m_plane, {300, 150});
    QTest::keyClick(m_plane.get(), Qt::Key_Escape);
    QVERIFY(near(*m_plane->cursor(), {0.25, -0.5}));
    QCOMPARE(m_log, QStringList({"started", "moved", "moved", "moved", "finished"}));
    moveHeld(*m_plane, {350, 150}); // the button is still held: the gesture is over all the same
    release(*m_plane, {350, 150});
    QVERIFY(near(*m_plane->cursor(), {0.25, -0.5}));
    QCOMPARE(m_log.size(), 5);
  }

  void escapeWithoutACursorBeforeTakesItAway() {
    press(*m_plane, {200, 150});
    QTest::keyClick(m_plane.get(), Qt::Key_Escape);
    QVERIFY(!m_plane->cursor());
    QCOMPARE(m_log, QStringList({"started", "moved", "finished"}));
  }

  void panMovesTheFrameNotTheCursor_data() {
    QTest::addColumn<bool>("middle");
    QTest::newRow("middle button") << true;
    QTest::newRow("Space and left button") << false;
  }
  void panMovesTheFrameNotTheCursor() {
    QFETCH(bool, middle);
    m_plane->setCursor(PlanePoint{0.5, 0.5});
    const PlanePoint grabbed = latentAt({200, 200});
    const auto button = middle ? Qt::MiddleButton : Qt::LeftButton;
    if (!middle) QTest::keyPress(m_plane.get(), Qt::Key_Space);
    press(*m_plane, {200, 200}, button);
    moveHeld(*m_plane, {230, 180}, button);
    moveHeld(*m_plane, {261, 143}, button);
    release(*m_plane, {261, 143}, button);
    if (!middle) QTest::keyRelease(m_plane.get(), Qt::Key_Space);
    QVERIFY(near(latentAt({261, 143}), grabbed)); // what was grabbed is under the pointer
    QCOMPARE(*m_plane->cursor(), (PlanePoint{0.5, 0.5}));
    QVERIFY(m_log.isEmpty());
    press(*m_plane, {100, 100}); // Space is up again
    QCOMPARE(m_log.size(), 2);
    release(*m_plane, {100, 100});
  }

  void escapeReturnsThePannedFrame() {
    const PlaneFrame before = m_plane->frame();
    press(*m_plane, {200, 200}, Qt::MiddleButton);
    moveHeld(*m_plane, {230, 180}, Qt::MiddleButton);
    QVERIFY(m_plane->frame() != before);
    QTest::keyClick(m_plane.get(), Qt::Key_Escape);
    QCOMPARE(m_plane->frame(), before);
  }

  void wheelKeepsThePointUnderThePointer() {
    const QPointF pointer(123, 401);
    for (const int angle : {120, 120, 240, -120, 15, -360, 120}) {
      const PlanePoint before = latentAt(pointer);
      const double scale = m_plane->frame().unitsPerPixel();
      turnWheel(*m_plane, pointer, angle);
      QVERIFY(near(latentAt(pointer), before));
      QCOMPARE(m_plane->frame().unitsPerPixel() < scale, angle > 0);
    }
    for (int i = 0; i < 400; ++i) turnWheel(*m_plane, pointer, 1200); // a bound, not an overflow
    const PlanePoint before = latentAt(pointer);
    turnWheel(*m_plane, pointer, 120);
    QVERIFY(near(latentAt(pointer), before));
    QVERIFY(m_plane->frame().unitsPerPixel() >= 1e-6 * 0.999);
    QVERIFY(!m_plane->grab().isNull());
  }

  void frameSettlesOnceAfterTheLastChange() {
    QSignalSpy settled(m_plane.get(), &LatentPlane::viewSettled),
        changed(m_plane.get(), &LatentPlane::frameChanged);
    turnWheel(*m_plane, {200, 200}, 120);
    turnWheel(*m_plane, {200, 200}, 120);
    turnWheel(*m_plane, {200, 200}, 120);
    QCOMPARE(changed.size(), 3);
    QCOMPARE(settled.size(), 0); // nothing is asked for while the wheel turns
    QVERIFY(settled.wait());
    QCOMPARE(settled.size(), 1);
    QCOMPARE(settled[0][0].value<PlaneFrame>(), m_plane->frame());
  }

  void lassoTakesThePointsInside() {
    m_plane->setPoints(pointsAt({{0, 0}, {0.5, 0.5}, {2, 2}, {-0.4, 0.1}}));
    QSignalSpy lassoed(m_plane.get(), &LatentPlane::lassoed);
    const auto at = [&](double x, double y) { return m_plane->pixelOf({x, y}); };
    press(*m_plane, at(-1, -1), Qt::LeftButton, Qt::ShiftModifier);
    for (const QPointF& p : {at(1, -1), at(1, 1), at(-1, 1)})
      moveHeld(*m_plane, p, Qt::LeftButton, Qt::ShiftModifier);
    release(*m_plane, at(-1, 1), Qt::LeftButton, Qt::ShiftModifier);
    QCOMPARE(lassoed.size(), 1);
    QCOMPARE(lassoed[0][0].value<std::vector<int>>(), (std::vector<int>{0, 1, 3}));
    QVERIFY(m_log.isEmpty());

    press(*m_plane, at(-1, -1), Qt::LeftButton, Qt::ShiftModifier);
    moveHeld(*m_plane, at(1, 1), Qt::LeftButton, Qt::ShiftModifier);
    QTest::keyClick(m_plane.get(), Qt::Key_Escape);
    release(*m_plane, at(1, 1), Qt::LeftButton, Qt::ShiftModifier);
    QCOMPARE(lassoed.size(), 1);

    press(*m_plane, at(2.5, -2), Qt::LeftButton, Qt::ShiftModifier); // a Shift-click selects nothing
    release(*m_plane, at(2.5, -2), Qt::LeftButton, Qt::ShiftModifier);
    QVERIFY(lassoed[1][0].value<std::vector<int>>().empty());
  }

  void doubleClickPicksAPoint() {
    m_plane->setPoints(pointsAt({{0, 0}, {1, -1}}));
    QSignalSpy picked(m_plane.get(), &LatentPlane::pointPicked);
    doubleClick(*m_plane, m_plane->pixelOf({1, -1}) + QPointF(3, 2));
    QCOMPARE(picked.size(), 1);
    QCOMPARE(picked[0][0].toInt(), 1);
    m_log.clear();
    doubleClick(*m_plane, m_plane->pixelOf({-2, 2})); // nothing there: two ordinary presses
    QCOMPARE(picked.size(), 1);
    QCOMPARE(m_log.count("started"), 2);
    QCOMPARE(m_log.count("finished"), 2);
  }

  void pointAtIsTheNearestWithinTheRadius() {
    m_plane->setPoints(pointsAt({{0, 0}, {0.1, 0}, {1, 1}}));
    const double scale = m_plane->frame().toPixels(0.1);
    QVERIFY(scale > 6);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({0.04, 0}), 20), 0);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({0.06, 0}), 20), 1);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({1, 1}) + QPointF(5, 0), 4.9), -1);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({1, 1}) + QPointF(5, 0), 5.1), 2);
  }

  void arrowsMoveByTheSpread() {
    m_plane->setCursor(PlanePoint{0, 0});
    m_plane->setSpread({2, 4});
    QTest::keyClick(m_plane.get(), Qt::Key_Right);
    QVERIFY(near(*m_plane->cursor(), {0.1, 0}, 1e-12));
    QTest::keyClick(m_plane.get(), Qt::Key_Up);
    QVERIFY(near(*m_plane->cursor(), {0.1, 0.2}, 1e-12)); // up is more z2
    QTest::keyClick(m_plane.get(), Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(near(*m_plane->cursor(), {-0.9, 0.2}, 1e-12));
    QTest::keyClick(m_plane.get(), Qt::Key_Down, Qt::ControlModifier);
    QVERIFY(near(*m_plane->cursor(), {-0.9, 0.18}, 1e-12));
    QCOMPARE(m_log.count("started"), 4);
    QCOMPARE(m_log.count("finished"), 4);
  }

  void aHeldArrowIsOneGesture() {
    m_plane->setCursor(PlanePoint{0, 0});
    QTest::keyPress(m_plane.get(), Qt::Key_Right);
    for (int i = 0; i < 3; ++i) {
      QKeyEvent up(QEvent::KeyRelease, Qt::Key_Right, Qt::NoModifier, {}, true);
      QKeyEvent down(QEvent::KeyPress, Qt::Key_Right, Qt::NoModifier, {}, true);
      QApplication::sendEvent(m_plane.get(), &up);
      QApplication::sendEvent(m_plane.get(), &down);
    }
    QTest::keyRelease(m_plane.get(), Qt::Key_Right);
    QCOMPARE(m_log, QStringList({"started", "moved", "moved", "moved", "moved", "finished"}));
    QVERIFY(near(*m_plane->cursor(), {0.2, 0}, 1e-12));
  }

  void zoomKeys() {
    const double home = m_plane->frame().unitsPerPixel();
    m_plane->setCursor(PlanePoint{1, 1});
    const QPointF at = m_plane->pixelOf({1, 1});
    QTest::keyClick(m_plane.get(), Qt::Key_Plus);
    QVERIFY(m_plane->frame().unitsPerPixel() < home);
    QVERIFY(QLineF(m_plane->pixelOf({1, 1}), at).length() < 1e-9); // zooms at the cursor
    QTest::keyClick(m_plane.get(), Qt::Key_Minus);
    QVERIFY(std::abs(m_plane->frame().unitsPerPixel() - home) < 1e-12);
    QTest::keyClick(m_plane.get(), Qt::Key_Equal);
    QTest::keyClick(m_plane.get(), Qt::Key_0);
    QVERIFY(std::abs(m_plane->frame().unitsPerPixel() - home) < 1e-12);
  }

  void otherKeysPropagate() {
    const auto accepted = [&](int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
      QKeyEvent event(QEvent::KeyPress, key, modifiers);
      event.accept();
      QApplication::sendEvent(m_plane.get(), &event);
      return event.isAccepted();
    };
    for (const int key : {Qt::Key_L, Qt::Key_N, Qt::Key_E, Qt::Key_Comma, Qt::Key_Period, Qt::Key_BracketLeft,
                          Qt::Key_F5, Qt::Key_Home, Qt::Key_Escape})
      QVERIFY2(!accepted(key), qPrintable(QString::number(key)));
    QVERIFY(!accepted(Qt::Key_0, Qt::ControlModifier));
    QVERIFY(!accepted(Qt::Key_H, Qt::ControlModifier));
    QVERIFY(!accepted(Qt::Key_Left, Qt::AltModifier));
    QVERIFY(accepted(Qt::Key_Left));
    QVERIFY(accepted(Qt::Key_H));
  }

  void escapeAsksToClearTheSelection() {
    std::vector<std::vector<int>> lassos;
    connect(m_plane.get(), &LatentPlane::lassoed, this,
            [&](const auto& points) { lassos.push_back(points); });
    m_plane->setPoints(pointsAt({{0, 0}, {1, 1}}));
    const auto escapeTaken = [&] { // before the window's own Esc
      QKeyEvent event(QEvent::ShortcutOverride, Qt::Key_Escape, Qt::NoModifier);
      event.ignore();
      QApplication::sendEvent(m_plane.get(), &event);
      return event.isAccepted();
    };
    QVERIFY(!escapeTaken());
    m_plane->setSelection({1});
    QVERIFY(escapeTaken());
    QTest::keyClick(m_plane.get(), Qt::Key_Escape);
    QCOMPARE(lassos, (std::vector<std::vector<int>>{{}}));
    m_plane->setSelection({});
    QTest::keyClick(m_plane.get(), Qt::Key_Escape);
    QCOMPARE(lassos.size(), size_t{1});
  }

  void rightButtonIsTheWindows() {
    press(*m_plane, {200, 200}, Qt::RightButton);
    release(*m_plane, {200, 200}, Qt::RightButton);
    QVERIFY(m_log.isEmpty());
    press(*m_plane, {200, 200});
    press(*m_plane, {210, 200}, Qt::MiddleButton); // a second button does not disturb the first
    moveHeld(*m_plane, {220, 200});
    release(*m_plane, {220, 200}, Qt::MiddleButton);
    QCOMPARE(m_log.count("finished"), 0);
    release(*m_plane, {220, 200});
    QCOMPARE(m_log.count("finished"), 1);
  }

  void losingTheFocusEndsWhatIsHeld() {
    m_plane->setCursor(PlanePoint{0, 0});
    QTest::keyPress(m_plane.get(), Qt::Key_Right);
    m_plane->clearFocus();
    QCOMPARE(m_log, QStringList({"started", "moved", "finished"}));
  }
};

QTEST_MAIN(TestPlaneGestures)
#include "test_plane_gestures.moc"
