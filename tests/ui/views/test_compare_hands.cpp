// What a person does in Compare: scroll, click, keys, export, and come back to it.
#include "tests/ui/views/compare_fixture.h"
#include "ui/bridge/figure_bridge.h"
#include "ui/views/compare/compare_bar.h"

#include <QWheelEvent>

#include <algorithm>
#include <optional>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestCompareHands : public latent::test::CompareTest {
  Q_OBJECT
 private slots:
  void initTestCase() { trainRuns(); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void scrollingAsksForMore();
  void aClickEditsTheFocus();
  void aDoubleClickOpensExplore();
  void keysMoveTakeAndWipe();
  void everyModeExports();
  void modesSurviveTheWindow();
};

void TestCompareHands::scrollingAsksForMore() {
  openTwo();
  mode("modeSample");
  const int last = grid()->columnCount() - 1;
  QVERIFY(grid()->seen().endColumn <= last);
  QVERIFY(!view()->feed().picture(0, last)); // what is not seen was not asked for
  const int before = grid()->seen().endColumn;
  QWheelEvent turn(QPointF(400, 100), grid()->viewport()->mapToGlobal(QPointF(400, 100)), {}, QPoint(0, -120),
                   Qt::NoButton, Qt::ShiftModifier, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(grid()->viewport(), &turn);
  QVERIFY(grid()->seen().endColumn > before);
  grid()->setFocus();
  QTest::keyClick(grid(), Qt::Key_End);
  QCOMPARE(grid()->currentColumn(), last);
  QCOMPARE(grid()->seen().endColumn, last + 1);
  settle();
  QVERIFY(!cell(0, last).image.empty());
}

void TestCompareHands::aClickEditsTheFocus() {
  openTwo();
  const int line = lineOf(focus().active);
  const Focus before = focus();
  const Image was = output();
  QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, grid()->headRect(3).center().toPoint());
  QCOMPARE(focus().subject.index, int64_t{3});
  QCOMPARE(focus().cursor, before.cursor); // an input is taken, the point stays

  QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, at(line, 5));
  QCOMPARE(focus().subject.index, int64_t{5});
  QCOMPARE(focus().cursor, cell(line, 5).z);
  QVERIFY(grid()->cell(line, 5).taken);
  QTRY_VERIFY_WITH_TIMEOUT(settled() && output() != was, patience);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); // one undo
  QCOMPARE(focus().subject.index, int64_t{3});
  QCOMPARE(focus().cursor, before.cursor);
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  QCOMPARE(output(), was); // the same pixels

  mode("modeNoise");
  QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, at(1 - line, 2)); // of the other run
  QCOMPARE(focus().cursor, before.cursor);
  QVERIFY(!view()->bar()->note().isEmpty());
  QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, at(line, 2));
  QCOMPARE(focus().cursor, cell(line, 2).z);
}

void TestCompareHands::aDoubleClickOpensExplore() {
  openTwo();
  mode("modeSample");
  const RunId ae = folderOf("ae").toStdString();
  const LatentPoint z = cell(0, 1).z;
  const RunId before = focus().active;
  QTest::mouseDClick(grid()->viewport(), Qt::LeftButton, {}, at(0, 1));
  QVERIFY(stage()->workspace() == Stage::Workspace::explore);
  QCOMPARE(focus().active, ae);
  QCOMPARE(focus().cursor, z);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(focus().active, before);
}

void TestCompareHands::keysMoveTakeAndWipe() {
  openTwo();
  grid()->setFocus();
  const int line = lineOf(focus().active);
  while (grid()->currentLine() < line) QTest::keyClick(grid(), Qt::Key_Down);
  QTest::keyClick(grid(), Qt::Key_Right);
  QTest::keyClick(grid(), Qt::Key_Right);
  QCOMPARE(grid()->currentColumn(), 2);
  const QString words = grid()->accessibleDescription();
  QVERIFY2(words.contains("VAE z2") && words.contains("test image 2") && words.contains("squared error"),
           qPrintable(words));
  QTest::keyClick(grid(), Qt::Key_Return);
  QCOMPARE(focus().subject.index, int64_t{2});
  QCOMPARE(focus().cursor, cell(line, 2).z);
  QTest::keyClick(grid(), Qt::Key_N);
  QCOMPARE(focus().subject.index, int64_t{3});

  const QRect place = grid()->cellRect(line, 1).toRect();
  const QImage plain = grid()->viewport()->grab(place).toImage();
  QTest::keyPress(grid(), Qt::Key_W);
  QVERIFY(grid()->wiping());
  QVERIFY(grid()->viewport()->grab(place).toImage() != plain);
  QTest::keyRelease(grid(), Qt::Key_W);
  QVERIFY(!grid()->wiping());

  const Focus before = focus(); // a drag wipes and takes nothing
  QTest::mousePress(grid()->viewport(), Qt::LeftButton, {}, at(line, 1));
  QTest::mouseMove(grid()->viewport(), at(line, 1) + QPoint(20, 0));
  QVERIFY(grid()->wiping());
  const LatentPoint cursor = focus().cursor;
  QTest::mouseRelease(grid()->viewport(), Qt::LeftButton, {}, at(line, 1) + QPoint(20, 0));
  QVERIFY(!grid()->wiping());
  QVERIFY(focus() == before);
  QCOMPARE(focus().cursor, cursor);

  const int scale = grid()->scale();
  QTest::keyClick(grid(), Qt::Key_Plus);
  QCOMPARE(grid()->scale(), scale + 1);
  QTest::keyClick(grid(), Qt::Key_0);
  QCOMPARE(grid()->scale(), scale);
}

void TestCompareHands::everyModeExports() {
  openTwo();
  for (const char* name : {"modeReconstruct", "modeNoise", "modeSample", "modeInterpolate", "modeSweep"}) {
    mode(name);
    const Result<FigureRequest> request = view()->figure();
    QVERIFY2(request.ok(), name);
    QCOMPARE(request->rows.size(), size_t{2});
    std::optional<Result<std::shared_ptr<const Figure>>> made;
    bench().figures->make(*request, view(),
                          [&](const Result<std::shared_ptr<const Figure>>& figure) { made = figure; });
    QTRY_VERIFY_WITH_TIMEOUT(made.has_value(), patience);
    QVERIFY2(made->ok(), made->ok() ? "" : made->error().message.c_str());
    QVERIFY(std::ranges::count(figureToCsv(***made), '\n') > 100);
  }
  choose("compareStart", 1); // the point: of each row its own
  QTRY_VERIFY_WITH_TIMEOUT(view()->figure().ok(), patience);
  QCOMPARE(view()->figure()->start.z.size(), size_t{2});
}

void TestCompareHands::modesSurviveTheWindow() {
  openTwo();
  mode("modeNoise");
  type("compareSigmas", "0, 0.4, 2");
  choose("compareScale", 0);
  const Json state = view()->viewState();
  const CompareSettings before = view()->settings();
  view()->setViewState(Json::object());
  QVERIFY(view()->settings() == CompareSettings());
  view()->setViewState(Json::parse(state.dump()));
  QVERIFY(view()->settings() == before);
  QVERIFY(view()->tools()->findChild<QToolButton*>("modeNoise")->isChecked());
  settle();
  QCOMPARE(grid()->columnCount(), 3);
}

QTEST_MAIN(TestCompareHands)
#include "test_compare_hands.moc"
