#include "ui/widgets/draw_pad.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace latent;
using namespace latent::ui;

class TestDrawPad : public QObject {
  Q_OBJECT
 private slots:
  void init() {
    m_pad = std::make_unique<DrawPad>();
    m_pad->resize(280, 280);
    m_pad->show();
    QVERIFY(QTest::qWaitForWindowActive(m_pad.get()));
    m_pad->setFocus();
  }
  void aDragIsAStroke();
  void keysUndoAndClear();
  void otherButtonsDrawNothing();
  void theShapeIsThatOfTheModel();
  void tellsItsValue();
  void keysThatLeave();

 private:
  void stroke(QPoint from, QPoint to) {
    QTest::mousePress(m_pad.get(), Qt::LeftButton, Qt::NoModifier, from);
    for (int i = 1; i <= 10; ++i) QTest::mouseMove(m_pad.get(), from + (to - from) * i / 10);
    QTest::mouseRelease(m_pad.get(), Qt::LeftButton, Qt::NoModifier, to);
  }
  std::unique_ptr<DrawPad> m_pad;
};

void TestDrawPad::aDragIsAStroke() {
  QSignalSpy began(m_pad.get(), &DrawPad::strokeStarted), ended(m_pad.get(), &DrawPad::strokeFinished);
  QSignalSpy changed(m_pad.get(), &DrawPad::changed);
  stroke({60, 60}, {220, 200});
  QCOMPARE(began.count(), 1);
  QCOMPARE(ended.count(), 1);
  QCOMPARE(changed.count(), 11); // live: at every move of the pen
  QCOMPARE(m_pad->strokes().size(), size_t{1});
  const InkPoint first = m_pad->strokes()[0].front();
  QCOMPARE(first.x, 60 / 280.0F);
  QVERIFY(std::ranges::any_of(m_pad->image().pixels, [](float v) { return v > 0.9F; }));
  QVERIFY(m_pad->image() == renderInk(m_pad->strokes(), {1, 28, 28}));
}

void TestDrawPad::keysUndoAndClear() {
  stroke({60, 60}, {60, 200});
  const Image one = m_pad->image();
  stroke({60, 60}, {200, 60});
  QSignalSpy edited(m_pad.get(), &DrawPad::edited);
  QTest::keyClick(m_pad.get(), Qt::Key_Z, Qt::ControlModifier);
  QVERIFY(m_pad->image() == one);
  stroke({60, 60}, {200, 60});
  QTest::keyClick(m_pad.get(), Qt::Key_Delete);
  QVERIFY(m_pad->strokes().empty());
  QCOMPARE(edited.count(), 2);
  QTest::keyClick(m_pad.get(), Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(edited.count(), 2); // nothing is left to take away
}

void TestDrawPad::otherButtonsDrawNothing() {
  QTest::mousePress(m_pad.get(), Qt::RightButton, Qt::NoModifier, {60, 60});
  QTest::mouseMove(m_pad.get(), {90, 90});
  QTest::mouseRelease(m_pad.get(), Qt::RightButton, Qt::NoModifier, {90, 90});
  QVERIFY(m_pad->strokes().empty());
}

void TestDrawPad::theShapeIsThatOfTheModel() {
  stroke({60, 60}, {200, 200});
  m_pad->setShape({3, 32, 32});
  QCOMPARE(m_pad->image().shape, (ImageShape{3, 32, 32}));
  const auto& pixels = m_pad->image().pixels;
  QVERIFY(std::equal(pixels.begin(), pixels.begin() + 1024, pixels.begin() + 1024)); // a grey brush
}

void TestDrawPad::tellsItsValue() {
  QVERIFY(!m_pad->accessibleName().isEmpty());
  const QString before = m_pad->accessibleDescription();
  stroke({60, 60}, {200, 200});
  QVERIFY(m_pad->accessibleDescription() != before);
}

void TestDrawPad::keysThatLeave() {
  QSignalSpy leave(m_pad.get(), &DrawPad::leaveRequested);
  QTest::keyClick(m_pad.get(), Qt::Key_Escape);
  QTest::keyClick(m_pad.get(), Qt::Key_D);
  QCOMPARE(leave.count(), 2);
}

QTEST_MAIN(TestDrawPad)
#include "test_draw_pad.moc"
