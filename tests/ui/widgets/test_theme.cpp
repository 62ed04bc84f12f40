#include "ui/widgets/theme.h"

#include "tests/ui/widgets/gallery.h"
#include "ui/models/fonts.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/shortcuts.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFontInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace latent::ui;

namespace {

/// Contrast ratio of WCAG 2.1, 1 to 21.
double contrast(const QColor& a, const QColor& b) {
  const auto luminance = [](const QColor& colour) {
    const auto linear = [](double v) {
      return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
  };
  const double high = std::max(luminance(a), luminance(b)), low = std::min(luminance(a), luminance(b));
  return (high + 0.05) / (low + 0.05);
}

} // namespace

class TestTheme : public QObject {
  Q_OBJECT
 private slots:
  void coloursAreThoseOfTheDesign();
  void textIsLegible_data();
  void textIsLegible();
  void coloursFollowThePalette();
  void fontIsBundled();
  void controlsAre28High_data();
  void controlsAre28High();
  void focusDoesNotMoveAnything();
  void iconsAreThereAndFollowTheTheme();
  void galleryPaints_data();
  void galleryPaints();
};

void TestTheme::coloursAreThoseOfTheDesign() {
  applyTheme(*qApp, ThemeChoice::light);
  const ThemeColours& light = colours(nullptr);
  QCOMPARE(light.ground.name(), QStringLiteral("#f7f7f5"));
  QCOMPARE(light.panel.name(), QStringLiteral("#ffffff"));
  QCOMPARE(light.line.name(), QStringLiteral("#d9d9d6"));
  QCOMPARE(light.text.name(), QStringLiteral("#1d1f22"));
  QCOMPARE(light.muted.name(), QStringLiteral("#5e646b"));
  QCOMPARE(light.accent.name(), QStringLiteral("#0b62b8"));
  QVERIFY(!light.dark);
  applyTheme(*qApp, ThemeChoice::dark);
  const ThemeColours& dark = colours(nullptr);
  QCOMPARE(dark.ground.name(), QStringLiteral("#16181b"));
  QCOMPARE(dark.panel.name(), QStringLiteral("#1e2125"));
  QCOMPARE(dark.line.name(), QStringLiteral("#34383e"));
  QCOMPARE(dark.text.name(), QStringLiteral("#e8eaed"));
  QCOMPARE(dark.muted.name(), QStringLiteral("#a4abb3"));
  QCOMPARE(dark.accent.name(), QStringLiteral("#6cb2ff"));
  QVERIFY(dark.dark);
  QVERIFY(!qApp->styleSheet().contains(QLatin1Char('@'))); // every name was replaced
}

void TestTheme::textIsLegible_data() {
  QTest::addColumn<bool>("dark");
  QTest::newRow("light") << false;
  QTest::newRow("dark") << true;
}

void TestTheme::textIsLegible() {
  QFETCH(bool, dark);
  applyTheme(*qApp, dark ? ThemeChoice::dark : ThemeChoice::light);
  const ThemeColours& c = colours(nullptr);
  for (const QColor& back : {c.ground, c.panel, c.hover, c.selection})
    for (const QColor& ink : {c.text, c.muted, c.accent, c.error})
      QVERIFY2(contrast(ink, back) >= 4.5, qPrintable(ink.name() + QStringLiteral(" on ") + back.name()));
  QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
  QVERIFY(contrast(c.amber, c.panel) >= 4.5);
}

void TestTheme::coloursFollowThePalette() {
  applyTheme(*qApp, ThemeChoice::light);
  QWidget widget;
  QPalette night;
  night.setColor(QPalette::Window, Qt::black);
  widget.setPalette(night);
  QVERIFY(colours(&widget).dark);
  QVERIFY(!colours(nullptr).dark);
}

void TestTheme::fontIsBundled() {
  applyTheme(*qApp, ThemeChoice::light);
  loadBundledFonts(); // any number of times
  QCOMPARE(QFontInfo(textFont()).family(), QStringLiteral("Roboto"));
  QCOMPARE(QFontInfo(textFont()).pixelSize(), 13);
  QCOMPARE(QFontInfo(captionFont()).pixelSize(), 11);
  QCOMPARE(QFontInfo(headingFont()).pixelSize(), 15);
  const QFontMetrics readout(readoutFont());
  for (const QChar digit : QStringLiteral("023456789")) // tabular: no read-out trembles
    QCOMPARE(readout.horizontalAdvance(digit), readout.horizontalAdvance(QLatin1Char('1')));
}

void TestTheme::controlsAre28High_data() {
  textIsLegible_data();
}

void TestTheme::controlsAre28High() {
  QFETCH(bool, dark);
  applyTheme(*qApp, dark ? ThemeChoice::dark : ThemeChoice::light);
  QPushButton button(QStringLiteral("Start"));
  QPushButton primary(QStringLiteral("Start"));
  setRole(&primary, "primary");
  QLineEdit edit;
  QComboBox box;
  box.addItem(QStringLiteral("relu"));
  QCheckBox check(QStringLiteral("clip"));
  QToolButton tool;
  tool.setIcon(themedIcon(QStringLiteral("play")));
  QToolButton tab;
  tab.setText(QStringLiteral("Train"));
  setRole(&tab, "tab");
  for (QWidget* control :
       std::initializer_list<QWidget*>{&button, &primary, &edit, &box, &check, &tool, &tab}) {
    control->adjustSize(); // within the limits of the style sheet
    QVERIFY2(control->height() == controlHeight,
             qPrintable(QStringLiteral("%1 is %2 high")
                            .arg(QLatin1String(control->metaObject()->className()))
                            .arg(control->height())));
  }
}

void TestTheme::focusDoesNotMoveAnything() {
  applyTheme(*qApp, ThemeChoice::light);
  QWidget window;
  auto* first = new QLineEdit(&window);
  auto* second = new QPushButton(QStringLiteral("Start"), &window);
  second->move(0, 40);
  window.show();
  QVERIFY(QTest::qWaitForWindowActive(&window));
  const QSize edit = first->sizeHint(), button = second->sizeHint();
  first->setFocus();
  const QImage focused = first->grab().toImage();
  QCOMPARE(first->sizeHint(), edit);
  second->setFocus();
  QCOMPARE(second->sizeHint(), button);
  // The ring: accent, two pixels.
  const int middle = first->height() / 2;
  QCOMPARE(QColor(focused.pixel(0, middle)), colours(nullptr).accent);
  QCOMPARE(QColor(focused.pixel(1, middle)), colours(nullptr).accent);
  QCOMPARE(QColor(focused.pixel(3, middle)), colours(nullptr).panel);
}

void TestTheme::iconsAreThereAndFollowTheTheme() {
  for (const char* name :
       {"play", "pause",  "step",   "stop",  "skip",       "export",       "eye",          "eye-off",
        "plus", "search", "home",   "pin",   "lock",       "warning",      "close",        "help",
        "dice", "pencil", "folder", "reset", "chevron-up", "chevron-down", "chevron-left", "chevron-right"})
    QVERIFY2(!themedIcon(QLatin1String(name)).isNull(), name);
  QVERIFY(themedIcon(QStringLiteral("no-such-icon")).isNull());
  QVERIFY(!applicationIcon().isNull());
  const QIcon stop = themedIcon(QStringLiteral("stop"));
  applyTheme(*qApp, ThemeChoice::light);
  QCOMPARE(stop.pixmap(16).toImage().pixelColor(8, 8), colours(nullptr).text);
  applyTheme(*qApp, ThemeChoice::dark);
  QCOMPARE(stop.pixmap(16).toImage().pixelColor(8, 8), colours(nullptr).text);
  QCOMPARE(themedIcon(QStringLiteral("stop"), Qt::red).pixmap(16).toImage().pixelColor(8, 8),
           QColor(Qt::red));
}

void TestTheme::galleryPaints_data() {
  textIsLegible_data();
}

void TestTheme::galleryPaints() {
  QFETCH(bool, dark);
  applyTheme(*qApp, dark ? ThemeChoice::dark : ThemeChoice::light);
  Gallery gallery;
  auto* palette = new CommandPalette(&gallery);
  auto* help = new HelpPopover(&gallery);
  for (const char* id : {"train", "step", "stop", "export", "open", "undo"}) {
    auto* action = new QAction(shortcutText(id), &gallery);
    action->setShortcut(shortcutKeys(id));
    gallery.addAction(action);
  }
  gallery.show();
  QVERIFY(QTest::qWaitForWindowActive(&gallery));
  palette->open();
  help->showFor(gallery.findChild<ParameterForm*>()->control(QStringLiteral("latent")));
  QVERIFY(palette->isVisible() && help->isVisible());
  const QImage image = gallery.grab().toImage();
  QCOMPARE(image.pixelColor(2, image.height() / 2), colours(nullptr).ground);
  // For a person's eyes: LATENT_GALLERY names a folder.
  const QString folder = qEnvironmentVariable("LATENT_GALLERY");
  if (!folder.isEmpty())
    QVERIFY(
        image.save(QStringLiteral("%1/gallery-%2.png").arg(folder, QLatin1String(dark ? "dark" : "light"))));
}

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
