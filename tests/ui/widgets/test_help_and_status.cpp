#include "ui/widgets/empty_state.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/shortcuts.h"
#include "ui/widgets/status_strip.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/thin_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <set>

using namespace latent::ui;

class TestHelpAndStatus : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { applyTheme(*qApp, ThemeChoice::light); }

  void helpOfTheFocusedControl();
  void helpOfTheHoveredControl();
  void helpIsInheritedFromParents();
  void escapeAndClickCloseHelp();
  void statusShowsWhatIsKnown();
  void jobsCanBeCancelled();
  void errorsStayUntilDismissed();
  void emptyStateAsks();
  void shortcutsAreUnique();
};

namespace {

struct Window {
  QWidget widget;
  QLineEdit* beta;
  QLineEdit* plain;
  HelpPopover* help;

  Window() : beta(new QLineEdit(&widget)), plain(new QLineEdit(&widget)) {
    widget.resize(900, 600);
    beta->setGeometry(600, 100, 200, 28);
    plain->setGeometry(600, 300, 200, 28);
    setHelp(beta, {QStringLiteral("Beta"), QStringLiteral("Weight of the KL term."),
                   QStringLiteral("recon + beta KL")});
    help = new HelpPopover(&widget);
    widget.show();
  }
};

} // namespace

void TestHelpAndStatus::helpOfTheFocusedControl() {
  Window window;
  QVERIFY(QTest::qWaitForWindowActive(&window.widget));
  window.beta->setFocus();
  window.help->toggle();
  QVERIFY(window.help->isVisible());
  QCOMPARE(window.help->title(), QStringLiteral("Beta"));
  QCOMPARE(window.help->formula(), QStringLiteral("recon + beta KL"));
  QVERIFY(!window.help->geometry().intersects(window.beta->geometry()));
  QVERIFY(window.widget.rect().contains(window.help->geometry()));
  QCOMPARE(window.beta->accessibleDescription(), QStringLiteral("Weight of the KL term."));
  window.help->toggle();
  QVERIFY(!window.help->isVisible());
}

void TestHelpAndStatus::helpOfTheHoveredControl() {
  Window window;
  QVERIFY(QTest::qWaitForWindowActive(&window.widget));
  window.plain->setFocus();
  window.help->toggle(); // nothing known yet: how F1 works
  QVERIFY(window.help->paragraph().contains(QStringLiteral("F1")));
  window.help->toggle();
  QEnterEvent enter(QPointF(5, 5), QPointF(605, 105), window.beta->mapToGlobal(QPointF(5, 5)));
  QApplication::sendEvent(window.beta, &enter);
  window.help->toggle();
  QCOMPARE(window.help->title(), QStringLiteral("Beta"));
}

void TestHelpAndStatus::helpIsInheritedFromParents() {
  QWidget parent;
  auto* child = new QWidget(&parent);
  QVERIFY(!helpOf(child));
  setHelp(&parent, {QStringLiteral("Plane"), QStringLiteral("All codes."), {}});
  QCOMPARE(helpOf(child)->title, QStringLiteral("Plane"));
  QVERIFY(!helpOf(nullptr));
}

void TestHelpAndStatus::escapeAndClickCloseHelp() {
  Window window;
  QVERIFY(QTest::qWaitForWindowActive(&window.widget));
  window.help->showFor(window.beta);
  QVERIFY(window.help->isVisible());
  QTest::keyClick(window.beta, Qt::Key_Escape);
  QVERIFY(!window.help->isVisible());
  window.help->showFor(window.beta);
  QTest::mouseClick(window.plain, Qt::LeftButton);
  QVERIFY(!window.help->isVisible());
}

void TestHelpAndStatus::statusShowsWhatIsKnown() {
  StatusStrip strip;
  strip.show();
  QCOMPARE(strip.height(), 24);
  const auto visibleTexts = [&] {
    QStringList texts;
    for (const auto* label : strip.findChildren<QLabel*>())
      if (label->isVisible() && !label->text().isEmpty()) texts << label->text();
    return texts.join(QLatin1Char('|'));
  };
  strip.setDevice(QStringLiteral("CPU, 2 threads"));
  QCOMPARE(visibleTexts(), QStringLiteral("CPU, 2 threads"));
  strip.setImagesPerSecond(950);
  strip.setLatency(3.14);
  QVERIFY(visibleTexts().contains(QStringLiteral("950 images/s")));
  QVERIFY(visibleTexts().contains(QStringLiteral("3.1 ms")));
  strip.setImagesPerSecond(std::nullopt);
  strip.setLatency(12.6);
  QVERIFY(!visibleTexts().contains(QStringLiteral("images/s")));
  QVERIFY(visibleTexts().contains(QStringLiteral("13 ms")));
}

void TestHelpAndStatus::jobsCanBeCancelled() {
  StatusStrip strip;
  strip.resize(900, 24);
  strip.show();
  QSignalSpy cancelled(&strip, &StatusStrip::cancelRequested);
  auto* bar = strip.findChild<ThinBar*>();
  QVERIFY(!bar->isVisible());
  strip.setJobs({{7, QStringLiteral("Encoding 10,000 test images"), 0.4}});
  QVERIFY(bar->isVisible());
  QCOMPARE(bar->progress(), 0.4);
  QToolButton *cancel = nullptr, *more = nullptr;
  for (auto* button : strip.findChildren<QToolButton*>()) {
    if (button->accessibleName() == QLatin1String("Cancel")) cancel = button;
    if (button->accessibleName().isEmpty()) more = button;
  }
  QVERIFY(cancel && more && !more->isVisible());
  QTest::mouseClick(cancel, Qt::LeftButton);
  QCOMPARE(cancelled.last().at(0).toInt(), 7);
  strip.setJobs({{7, QStringLiteral("One"), -1}, {9, QStringLiteral("Two"), 0.25}});
  QVERIFY(more->isVisible());
  QTest::mouseClick(more, Qt::LeftButton);
  auto* menu = strip.findChild<QMenu*>();
  QTRY_VERIFY(menu && menu->isVisible());
  QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(menu->actions().at(1)).center());
  QCOMPARE(cancelled.last().at(0).toInt(), 9);
  strip.setJobs({});
  QVERIFY(!bar->isVisible());
}

void TestHelpAndStatus::errorsStayUntilDismissed() {
  StatusStrip strip;
  strip.resize(900, 24);
  strip.show();
  strip.showMessage(QStringLiteral("The folder is read-only."), true);
  QToolButton* dismiss = nullptr;
  for (auto* button : strip.findChildren<QToolButton*>())
    if (button->accessibleName() == QLatin1String("Dismiss")) dismiss = button;
  QVERIFY(dismiss->isVisible());
  QTest::mouseClick(dismiss, Qt::LeftButton);
  QCOMPARE(strip.message(), QString());
  strip.showMessage(QStringLiteral("Figure written."));
  QVERIFY(!dismiss->isVisible());
  QCOMPARE(strip.message(), QStringLiteral("Figure written."));
}

void TestHelpAndStatus::emptyStateAsks() {
  EmptyState state;
  state.setContent(QStringLiteral("MNIST is not here."), QStringLiteral("Download"),
                   QStringLiteral("Use digits"));
  state.resize(300, 200);
  state.show();
  QSignalSpy first(&state, &EmptyState::clicked);
  QSignalSpy second(&state, &EmptyState::secondClicked);
  QTest::mouseClick(state.button(), Qt::LeftButton);
  QTest::mouseClick(state.secondButton(), Qt::LeftButton);
  QCOMPARE(first.count(), 1);
  QCOMPARE(second.count(), 1);
  state.setContent(QStringLiteral("This run came without curves."), QStringLiteral("Train a copy"));
  QVERIFY(!state.secondButton()->isVisible());
  QCOMPARE(state.sentence(), QStringLiteral("This run came without curves."));
}

void TestHelpAndStatus::shortcutsAreUnique() {
  std::set<QString> keys;
  std::set<std::string> ids;
  for (const Shortcut& shortcut : shortcuts()) {
    const QKeySequence sequence = shortcutKeys(shortcut.id);
    QVERIFY2(!sequence.isEmpty(), shortcut.id);
    QVERIFY2(keys.insert(sequence.toString()).second, shortcut.keys);
    QVERIFY2(ids.insert(shortcut.id).second, shortcut.id);
    QVERIFY(!shortcutText(shortcut.id).isEmpty());
    // Letters without Ctrl or Alt must not act in a text field.
    const bool bare = sequence[0].keyboardModifiers() == Qt::NoModifier && sequence[0].key() < Qt::Key_Escape;
    QCOMPARE(shortcut.stageOnly || !bare, true);
  }
  QVERIFY(shortcutKeys("unknown").isEmpty());
}

QTEST_MAIN(TestHelpAndStatus)
#include "test_help_and_status.moc"
