// The keyboard and those who do not see the screen: names, values, keys, the order of Tab, contrast.
#include "tests/ui/views/window_fixture.h"
#include "ui/views/window/actions.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QSet>

#include <algorithm>
#include <cmath>

using namespace latent;
using namespace latent::ui;

namespace {

/// Relative luminance of WCAG 2.1.
double luminance(const QColor& colour) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double bright = std::max(luminance(a), luminance(b)), dark = std::min(luminance(a), luminance(b));
  return (bright + 0.05) / (dark + 0.05);
}

QString describe(const QWidget* widget) {
  return QStringLiteral("%1 \"%2\" in %3")
      .arg(widget->metaObject()->className(), widget->objectName(),
           widget->parentWidget() ? widget->parentWidget()->metaObject()->className() : "nothing");
}

/// What a screen reader says of it. Buttons say their text, Qt's own views and fields what they hold.
bool hasName(const QWidget* widget) {
  if (!widget->accessibleName().isEmpty()) return true;
  const QVariant text = widget->property("text");
  if (widget->inherits("QAbstractButton") && !text.toString().isEmpty()) return true;
  return false;
}

} // namespace

class TestAccessible : public test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() {
    setComputeThreads(1);
    newHome();
    openRun("vae", 2);
  }
  void cleanupTestCase() { m_window.reset(); }
  void everyFocusableWidgetHasAName();
  void everyActionHasWords();
  void keysDoNotConflict();
  void everyActionIsInAMenuOrHasAKey();
  void tabReachesAllPartsAndComesBack();
  void textHasContrast_data();
  void textHasContrast();
};

void TestAccessible::everyFocusableWidgetHasAName() {
  QStringList nameless;
  for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
    const bool focusable = widget->focusPolicy() & Qt::TabFocus;
    const bool part = widget->objectName().startsWith("qt_") || widget->inherits("QMenu") ||
                      widget->inherits("QScrollArea") || widget->inherits("QTabBar");
    const bool inside =
        widget->parentWidget() && (widget->parentWidget()->inherits("QComboBox") ||
                                   widget->parentWidget()->inherits("QAbstractSpinBox") ||
                                   widget->parentWidget()->inherits("QComboBoxPrivateContainer"));
    // A button that is out of sight gets its words with its reason to be seen.
    if (focusable && !part && !inside && !widget->isHidden() && !hasName(widget))
      nameless << describe(widget);
  }
  QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join("\n")));
}

void TestAccessible::everyActionHasWords() {
  for (const QAction* action : m_window->actionTable()->findChildren<QAction*>()) {
    if (!action->isVisible()) continue; // runs that do not exist
    QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
  }
}

void TestAccessible::keysDoNotConflict() {
  QHash<QString, QString> owners;
  for (const QAction* action : m_window->findChildren<QAction*>()) {
    for (const QKeySequence& keys : action->shortcuts()) {
      const QString text = keys.toString(QKeySequence::PortableText);
      if (text.isEmpty()) continue;
      QVERIFY2(
          !owners.contains(text),
          qPrintable(QStringLiteral("%1: %2 and %3").arg(text, owners.value(text), action->objectName())));
      owners.insert(text, action->objectName());
    }
  }
  QVERIFY(owners.size() > 40);
}

void TestAccessible::everyActionIsInAMenuOrHasAKey() {
  QSet<const QAction*> inMenus;
  for (const QMenu* menu : m_window->menuBar()->findChildren<QMenu*>())
    for (const QAction* action : menu->actions()) inMenus.insert(action);
  for (const QAction* action : m_window->actionTable()->findChildren<QAction*>()) {
    if (!action->isVisible() || action->menu() || action->isSeparator()) continue;
    QVERIFY2(inMenus.contains(action) || !action->shortcut().isEmpty(), qPrintable(action->objectName()));
  }
}

void TestAccessible::tabReachesAllPartsAndComesBack() {
  plane()->setFocus();
  QSet<const QWidget*> seen;
  QWidget* at = QApplication::focusWidget();
  QVERIFY(at);
  for (int i = 0; i < 500 && !seen.contains(at); ++i) {
    seen.insert(at);
    QTest::keyClick(at, Qt::Key_Tab);
    at = QApplication::focusWidget();
    QVERIFY(at);
    QVERIFY2(at->isVisible(), qPrintable(describe(at)));
  }
  QVERIFY2(seen.contains(at), "Tab comes round");
  const auto reached = [&seen](const char* name) {
    return std::ranges::any_of(
        seen, [name](const QWidget* widget) { return widget->objectName() == QLatin1String(name); });
  };
  for (const char* name : {"startButton", "latentPlane", "timeStrip", "drawInput"})
    QVERIFY2(reached(name), name);
  // Of buttons that exclude each other Tab takes one, the arrows go to the others.
  QVERIFY(reached("workspaceTrain") || reached("workspaceExplore") || reached("workspaceCompare"));
  QVERIFY(reached("setupTab") || reached("pointTab") || reached("pinsTab") || reached("historyTab"));
  m_window->findChild<QWidget*>("pointTab")->setFocus();
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
  QCOMPARE(QApplication::focusWidget()->objectName(), QString("pinsTab"));
  QCOMPARE(m_window->inspector()->tab(), Inspector::Tab::pins);
}

void TestAccessible::textHasContrast_data() {
  QTest::addColumn<bool>("dark");
  QTest::newRow("light") << false;
  QTest::newRow("dark") << true;
}

// WCAG 2.1 AA: 4.5 for text, 3 for what shows the focus and other parts that must be seen.
void TestAccessible::textHasContrast() {
  QFETCH(bool, dark);
  applyTheme(*qApp, dark ? ThemeChoice::dark : ThemeChoice::light);
  const ThemeColours& c = colours(m_window.get());
  QCOMPARE(c.dark, dark);
  for (const QColor& ground : {c.ground, c.panel, c.hover, c.selection}) {
    QVERIFY2(contrast(c.text, ground) >= 4.5, qPrintable(ground.name()));
    QVERIFY2(contrast(c.accent, ground) >= 3, qPrintable(ground.name()));
  }
  for (const QColor& ground : {c.ground, c.panel, c.hover}) {
    QVERIFY2(contrast(c.muted, ground) >= 4.5, qPrintable(ground.name()));
    QVERIFY2(contrast(c.amber, ground) >= 4.5, qPrintable(ground.name()));
    QVERIFY2(contrast(c.error, ground) >= 4.5, qPrintable(ground.name()));
    QVERIFY2(contrast(c.accent, ground) >= 4.5, qPrintable(ground.name()));
  }
  QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
  applyTheme(*qApp, ThemeChoice::light);
}

QTEST_MAIN(TestAccessible)
#include "test_accessible.moc"
