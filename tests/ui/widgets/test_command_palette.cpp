#include "ui/widgets/command_palette.h"

#include "ui/widgets/theme.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>

using namespace latent::ui;

class TestCommandPalette : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { applyTheme(*qApp, ThemeChoice::dark); }
  void init();
  void cleanup() { m_window.reset(); }

  void scoresLettersInOrder();
  void listsWhatCanBeDone();
  void filtersAndTriggers();
  void saysThatNothingMatches();
  void arrowsChoose();
  void clickTriggers();
  void escapeGivesTheFocusBack();
  void focusElsewhereCloses();

 private:
  QStringList shown() const {
    QStringList texts;
    for (int row = 0; row < m_palette->list()->count(); ++row) texts << m_palette->list()->item(row)->text();
    return texts;
  }

  std::unique_ptr<QMainWindow> m_window;
  CommandPalette* m_palette = nullptr;
  QLineEdit* m_field = nullptr;
  QAction* m_train = nullptr;
  QAction* m_export = nullptr;
};

void TestCommandPalette::init() {
  m_window = std::make_unique<QMainWindow>();
  m_window->resize(900, 600);
  QMenu* run = m_window->menuBar()->addMenu(QStringLiteral("&Run"));
  m_train = run->addAction(QStringLiteral("&Train or pause"));
  m_train->setShortcut(Qt::Key_F5);
  run->addSeparator();
  m_export = run->addAction(QStringLiteral("&Export figure"));
  run->addAction(QStringLiteral("Stop"))->setEnabled(false);
  run->addAction(QStringLiteral("Hidden"))->setVisible(false);
  auto* palette = new QAction(QStringLiteral("Black && white"), m_window.get());
  m_window->addAction(palette);
  m_field = new QLineEdit(m_window.get()); // its own undo and copy actions are no commands
  m_window->setCentralWidget(m_field);
  auto* values = new QMenu(m_field); // the menu of a control holds values, no commands
  values->addAction(QStringLiteral("grey"));
  m_palette = new CommandPalette(m_window.get());
  m_window->show();
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  m_field->setFocus();
}

void TestCommandPalette::scoresLettersInOrder() {
  QVERIFY(fuzzyScore(QStringLiteral("ef"), QStringLiteral("Export figure")) > 0);
  QCOMPARE(fuzzyScore(QStringLiteral("fe"), QStringLiteral("Export fi")), 0);
  QCOMPARE(fuzzyScore(QStringLiteral("exportt"), QStringLiteral("Export figure")), 0);
  // Beginning before middle of a word, words before scattered letters.
  QVERIFY(fuzzyScore(QStringLiteral("run"), QStringLiteral("Runs")) >
          fuzzyScore(QStringLiteral("run"), QStringLiteral("Open run")));
  QVERIFY(fuzzyScore(QStringLiteral("run"), QStringLiteral("Open run")) >
          fuzzyScore(QStringLiteral("run"), QStringLiteral("Return to live now")));
  QVERIFY(fuzzyScore(QStringLiteral("tl"), QStringLiteral("To live")) >
          fuzzyScore(QStringLiteral("tl"), QStringLiteral("Settle")));
}

void TestCommandPalette::listsWhatCanBeDone() {
  m_palette->open();
  QVERIFY(m_palette->isVisible());
  QVERIFY(m_palette->field()->hasFocus());
  QStringList texts = shown();
  texts.sort();
  QCOMPARE(texts, (QStringList{QStringLiteral("Black & white"), QStringLiteral("Export figure"),
                               QStringLiteral("Train or pause")}));
  m_palette->open(); // Ctrl+K again
  QVERIFY(!m_palette->isVisible());
}

void TestCommandPalette::filtersAndTriggers() {
  QSignalSpy exported(m_export, &QAction::triggered);
  m_palette->open();
  QTest::keyClicks(m_palette->field(), QStringLiteral("exfig"));
  QCOMPARE(shown(), QStringList{QStringLiteral("Export figure")});
  QTest::keyClick(m_palette->field(), Qt::Key_Return);
  QCOMPARE(exported.count(), 1);
  QVERIFY(!m_palette->isVisible());
  QVERIFY(m_field->hasFocus());
  m_palette->open();
  QTest::keyClicks(m_palette->field(), QStringLiteral("nonsense"));
  QVERIFY(shown().isEmpty());
  QTest::keyClick(m_palette->field(), Qt::Key_Down);
  QTest::keyClick(m_palette->field(), Qt::Key_Return);
  QCOMPARE(exported.count(), 1);
}

void TestCommandPalette::saysThatNothingMatches() {
  m_palette->open();
  QTest::keyClicks(m_palette->field(), QStringLiteral("qqq"));
  QCOMPARE(m_palette->list()->count(), 0);
  auto* none = m_palette->findChild<QLabel*>(QStringLiteral("noCommand"));
  QVERIFY(none->isVisible() && !m_palette->list()->isVisible());
  QVERIFY(none->text().contains(QStringLiteral("qqq")));
  QTest::keyClick(m_palette->field(), Qt::Key_Return); // does nothing, and does not crash
  m_palette->open();
  QVERIFY(!none->isVisible() && m_palette->list()->count() > 0);
}

void TestCommandPalette::arrowsChoose() {
  m_palette->open();
  QCOMPARE(m_palette->list()->currentRow(), 0);
  QTest::keyClick(m_palette->field(), Qt::Key_Down);
  QCOMPARE(m_palette->list()->currentRow(), 1);
  QTest::keyClick(m_palette->field(), Qt::Key_Up);
  QTest::keyClick(m_palette->field(), Qt::Key_Up);
  QCOMPARE(m_palette->list()->currentRow(), m_palette->list()->count() - 1);
  const QString chosen = m_palette->list()->currentItem()->text();
  QSignalSpy trained(m_train, &QAction::triggered);
  QSignalSpy exported(m_export, &QAction::triggered);
  QTest::keyClick(m_palette->field(), Qt::Key_Return);
  QCOMPARE(trained.count() + exported.count(), chosen == QStringLiteral("Black & white") ? 0 : 1);
}

void TestCommandPalette::clickTriggers() {
  QSignalSpy trained(m_train, &QAction::triggered);
  m_palette->open();
  QTest::keyClicks(m_palette->field(), QStringLiteral("train"));
  QListWidget* list = m_palette->list();
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
  QCOMPARE(trained.count(), 1);
}

void TestCommandPalette::escapeGivesTheFocusBack() {
  m_palette->open();
  QTest::keyClick(m_palette->field(), Qt::Key_Escape);
  QVERIFY(!m_palette->isVisible());
  QVERIFY(m_field->hasFocus());
}

void TestCommandPalette::focusElsewhereCloses() {
  m_palette->open();
  m_field->setFocus(Qt::MouseFocusReason);
  QVERIFY(!m_palette->isVisible());
  QVERIFY(m_field->hasFocus());
}

QTEST_MAIN(TestCommandPalette)
#include "test_command_palette.moc"
