// The menu of a view, and what copying it gives, with real mouse and key events.
#include "tests/ui/views/export_fixture.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/shared/messages.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/widgets/image_grid.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QImage>
#include <QMimeData>

#include <cmath>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestCopy : public test::ExportTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() {
    m_window.reset();
    QApplication::clipboard()->clear();
  }
  void theMenuMeansThePanelUnderIt();
  void theMenuKeyOpensIt();
  void copiesThePictureWithItsNumbers();
  void copiesNumbersAndLatex();
  void withoutARunThereIsOneSentence();
};

void TestCopy::theMenuMeansThePanelUnderIt() {
  openRun("vae", 2);
  plane()->setFocus();
  QMenu* menu = menuAt(stage()->trainView()->curvesPanel());
  QVERIFY(menu);
  QStringList names;
  for (const QAction* action : menu->actions())
    if (!action->isSeparator()) names << action->objectName();
  for (const char* id : {"export", "exportAgain", "copy", "copyNumbers", "copyLatex"})
    QVERIFY2(names.contains(id), id);
  QAction* first = menu->actions().front();
  QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(first).center());
  QVERIFY(dialog());
  QCOMPARE(field<QComboBox>("exportKind")->currentText(), QString("Curves"));
  QTest::keyClick(dialog(), Qt::Key_Escape);
  closed();
  open(); // and no longer afterwards
  QCOMPARE(field<QComboBox>("exportKind")->currentText(), QString("Plane"));
  QTest::keyClick(dialog(), Qt::Key_Escape);
  closed();

  stage()->setWorkspace(Stage::Workspace::explore);
  for (const auto page : {ExploreView::Page::plane, ExploreView::Page::traverse, ExploreView::Page::codes}) {
    stage()->exploreView()->setPage(page);
    QMenu* there = menuAt(stage()->exploreView()->pageInFront());
    QVERIFY(there);
    there->close();
    QTRY_VERIFY(!QApplication::activePopupWidget());
  }
  stage()->setWorkspace(Stage::Workspace::compare);
  QMenu* there = menuAt(stage()->compareView()->keyTarget());
  QVERIFY(there);
  there->close();
}

void TestCopy::theMenuKeyOpensIt() {
  openRun("vae", 2);
  QWidget* grid = stage()->trainView()->reconstructionsPanel()->grid();
  grid->setFocus();
  // What the window system makes of the key.
  const QPoint place = grid->rect().center();
  QContextMenuEvent key(QContextMenuEvent::Keyboard, place, grid->mapToGlobal(place));
  QApplication::sendEvent(grid, &key);
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  QVERIFY(menu);
  QTest::keyClick(menu, Qt::Key_Down);
  QTest::keyClick(menu, Qt::Key_Return);
  QVERIFY(dialog());
  QCOMPARE(field<QComboBox>("exportKind")->currentText(), QString("Reconstructions"));
}

void TestCopy::copiesThePictureWithItsNumbers() {
  openRun("vae", 2);
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_C, Qt::ControlModifier);
  const QClipboard* clipboard = QApplication::clipboard();
  QTRY_VERIFY_WITH_TIMEOUT(clipboard->mimeData() && clipboard->mimeData()->hasImage(), patience);
  const QImage page = clipboard->image();
  QCOMPARE(page.width(), static_cast<int>(std::lround(84 / 25.4 * 300)));
  const QByteArray csv = clipboard->mimeData()->data("text/csv");
  QVERIFY(csv.count('\n') > 100); // the points
  QCOMPARE(clipboard->mimeData()->data("text/tab-separated-values").count('\n'), csv.count('\n'));
  QVERIFY(!clipboard->mimeData()->hasText()); // a text editor is not to get ten thousand lines
}

void TestCopy::copiesNumbersAndLatex() {
  openRun("vae", 2);
  const QClipboard* clipboard = QApplication::clipboard();
  QMenu* menu = menuAt(stage()->trainView()->curvesPanel());
  QVERIFY(menu);
  menu->close();
  QTRY_VERIFY(!QApplication::activePopupWidget());
  stage()->trainView()->curvesPanel()->findChild<QWidget*>("curvePart")->setFocus();
  QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
  QTRY_VERIFY_WITH_TIMEOUT(clipboard->text().contains('\t'), patience);
  QVERIFY(clipboard->mimeData()->hasFormat("text/csv"));
  trigger("copyLatex");
  QTRY_VERIFY_WITH_TIMEOUT(clipboard->text().contains("\\begin{figure}"), patience);
  QVERIFY(clipboard->text().contains("axis"));
}

void TestCopy::withoutARunThereIsOneSentence() {
  m_window = std::make_unique<MainWindow>();
  m_window->resize(1440, 900);
  m_window->show();
  m_window->start({});
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  QStringList said;
  connect(bench().messages, &Messages::said, this,
          [&said](const QString& sentence, bool) { said << sentence; });
  for (const char* id : {"export", "exportAgain", "copy", "copyNumbers", "copyLatex"}) {
    said.clear();
    trigger(id);
    QVERIFY(!dialog());
    QCOMPARE(said.size(), 1);
    QVERIFY2(said.front().contains("run") || said.front().contains("plane"), qPrintable(said.front()));
  }
}

QTEST_MAIN(TestCopy)
#include "test_copy.moc"
