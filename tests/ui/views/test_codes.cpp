// The page Codes in the real window with a small VQ-VAE: editing, undo, drawing, the codebook.
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/library_bridge.h"
#include "ui/views/codes/code_panel.h"
#include "ui/views/codes/codebook_feed.h"
#include "ui/views/codes/codes_view.h"
#include "ui/views/codes/map_draw.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/tokens_feed.h"
#include "ui/widgets/code_plots.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/token_map.h"

#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <numeric>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestCodes : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void anotherCodeChangesTheOutputAndUndoReturnsIt();
  void aCodeIsChangedEverywhere();
  void theCodebookIsCountedAndChosenFrom();
  void drawingFillsTheMapAndIsOneUndo();
  void drawingFromACellKeepsTheCellsBefore();
  void withoutAPriorOneLineSaysWhy();
  void continuousLatentsShowTheWay();
  void anotherInputBringsItsOwnCodes();

 private:
  void openCodes(bool prior = true) {
    RunConfig config;
    config.family = "vq-vae";
    config.parameters.set("stride", int64_t{7}); // a map of 4 x 4
    config.parameters.set("channels", int64_t{4});
    config.parameters.set("blocks", int64_t{0});
    config.parameters.set("codes", int64_t{12});
    config.parameters.set("code_size", int64_t{4});
    config.parameters.set("prior", prior);
    if (prior) {
      config.parameters.set("prior_width", int64_t{4});
      config.parameters.set("prior_layers", int64_t{1});
    }
    config.epochs = 1;
    openRun(config);
    if (QTest::currentTestFailed()) return;
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
    QTest::mouseClick(stage()->findChild<QToolButton*>("page-codes"), Qt::LeftButton);
    QVERIFY(view()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(tokens()->ready() && !tokens()->image().empty(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(view()->codebook()->frame().codes > 0, patience);
  }
  CodesView* view() const { return stage()->exploreView()->codesView(); }
  TokensFeed* tokens() const { return bench().tokens; }
  TokenMap* map() const { return view()->map(); }
  void choose(int cell) const {
    QTest::mouseClick(map(), Qt::LeftButton, {}, map()->cellRect(cell).center().toPoint());
  }
  void undo() const { QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); }
  /// Types a code after a cell was chosen.
  void type(int64_t code) const {
    auto* field = view()->findChild<QSpinBox*>("cellCode");
    const QString digits = QString::number(code);
    map()->setFocus();
    QTest::keyClick(map(), digits[0].toLatin1());
    if (digits.size() > 1) QTest::keyClicks(field, digits.mid(1));
    QTest::keyClick(field, Qt::Key_Return);
  }
  int64_t another(int64_t code) const { return (code + 5) % tokens()->codes(); }
};

void TestCodes::anotherCodeChangesTheOutputAndUndoReturnsIt() {
  openCodes();
  const std::vector<int64_t> own = tokens()->own();
  QCOMPARE(own.size(), size_t{16});
  const Image before = tokens()->image();
  choose(5);
  const int64_t code = another(own[5]);
  type(code);
  std::vector<int64_t> wanted = own;
  wanted[5] = code;
  QCOMPARE(focus().tokens, wanted);
  QCOMPARE(map()->tokens(), wanted);
  QTRY_VERIFY_WITH_TIMEOUT(!(tokens()->image() == before), patience);
  QVERIFY(output() == tokens()->image()); // the inspector shows it too

  map()->setFocus();
  QTest::keyClick(map(), Qt::Key_BracketRight);
  wanted[5] = (code + 1) % tokens()->codes();
  QCOMPARE(focus().tokens, wanted);
  undo();
  undo();
  QVERIFY(focus().tokens.empty());
  QCOMPARE(map()->tokens(), own);
  QTRY_VERIFY_WITH_TIMEOUT(tokens()->image() == before, patience);
}

void TestCodes::aCodeIsChangedEverywhere() {
  openCodes();
  const std::vector<int64_t> own = tokens()->own();
  // A code that several cells hold.
  const auto often =
      std::ranges::max_element(own, {}, [&](int64_t code) { return std::ranges::count(own, code); });
  const int64_t from = *often;
  QVERIFY(std::ranges::count(own, from) > 1);
  choose(static_cast<int>(often - own.begin()));
  auto* everywhere = view()->findChild<QCheckBox*>("everywhere");
  everywhere->setFocus();
  QTest::keyClick(everywhere, Qt::Key_Space);
  QVERIFY(everywhere->isChecked());
  type(another(from));
  std::vector<int64_t> wanted = own;
  std::ranges::replace(wanted, from, another(from));
  QCOMPARE(focus().tokens, wanted);
  // On to the next code: the same cells, none that were met on the way.
  map()->setFocus();
  QTest::keyClick(map(), Qt::Key_BracketRight);
  for (size_t i = 0; i < own.size(); ++i)
    QCOMPARE(focus().tokens[i], own[i] == from ? (another(from) + 1) % tokens()->codes() : own[i]);
  undo();
  undo();
  QCOMPARE(map()->tokens(), own);
}

void TestCodes::theCodebookIsCountedAndChosenFrom() {
  openCodes();
  const CodebookFrame& book = view()->codebook()->frame();
  QCOMPARE(book.codes, int64_t{12});
  QCOMPARE(std::accumulate(book.used.begin(), book.used.end(), int64_t{0}),
           16 * bench().library->itemCount("digits", "test"));
  for (const int64_t dead : view()->codebook()->dead()) QCOMPARE(book.used[static_cast<size_t>(dead)], 0);
  QCOMPARE(static_cast<int64_t>(view()->codebook()->dead().size()), std::ranges::count(book.used, 0));
  const auto near = view()->codebook()->nearest(3, 5);
  QCOMPARE(near.size(), size_t{5});
  QCOMPARE(near[0].code, int64_t{3});
  QVERIFY(std::ranges::is_sorted(near, {}, &NearCode::distance));

  choose(2);
  auto* list = view()->findChild<QListWidget*>("nearCodes");
  const int64_t own = tokens()->own()[2];
  QCOMPARE(list->item(0)->data(Qt::UserRole).toLongLong(), own);
  const int64_t second = list->item(1)->data(Qt::UserRole).toLongLong();
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(1)).center());
  QCOMPARE(focus().tokens[2], second);
  auto* bars = view()->findChild<UsageBars*>("usageBars");
  auto* scatter = view()->findChild<CodeScatter*>("codeScatter");
  QCOMPARE(bars->current(), second);
  QCOMPARE(scatter->current(), second);
  // A code that is chosen in a plot is looked at, not put into the map.
  bars->setFocus();
  QTest::keyClick(bars, bars->barRect(second).left() > 20 ? Qt::Key_Left : Qt::Key_Right);
  QVERIFY(bars->current() != second);
  QCOMPARE(scatter->current(), bars->current());
  QCOMPARE(list->item(0)->data(Qt::UserRole).toLongLong(), bars->current());
  QCOMPARE(focus().tokens[2], second);
}

void TestCodes::drawingFillsTheMapAndIsOneUndo() {
  openCodes();
  const std::vector<int64_t> own = tokens()->own();
  const Image before = tokens()->image();
  auto* button = view()->findChild<QPushButton*>("draw");
  auto* seed = view()->findChild<QSpinBox*>("drawSeed");
  QTest::mouseClick(button, Qt::LeftButton);
  QVERIFY(view()->drawing()->running());
  QCOMPARE(button->text(), QString("Stop"));
  QTRY_VERIFY_WITH_TIMEOUT(!view()->drawing()->running(), patience);
  const std::vector<int64_t> drawn = focus().tokens;
  QCOMPARE(drawn.size(), own.size());
  QCOMPARE(map()->tokens(), drawn);
  QCOMPARE(seed->value(), 2);
  undo();
  QVERIFY(focus().tokens.empty());
  QTRY_VERIFY_WITH_TIMEOUT(tokens()->image() == before, patience);

  // The same seed draws the same map; another one seldom does. Stopped on its way it keeps what is drawn.
  seed->setValue(1);
  QTest::mouseClick(button, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(view()->drawing()->drawn() > 2 || !view()->drawing()->running(), patience);
  QVERIFY(view()->drawing()->running());
  const auto count = static_cast<size_t>(view()->drawing()->drawn());
  QTest::mouseClick(button, Qt::LeftButton);
  QVERIFY(!view()->drawing()->running());
  for (size_t i = 0; i < own.size(); ++i) QCOMPARE(map()->tokens()[i], i < count ? drawn[i] : own[i]);

  QTest::mouseClick(button, Qt::LeftButton); // undo while it draws takes back just this one
  const std::vector<int64_t> kept = focus().tokens;
  QTRY_VERIFY_WITH_TIMEOUT(view()->drawing()->drawn() > 2, patience);
  map()->setFocus();
  undo();
  QVERIFY(!view()->drawing()->running());
  QCOMPARE(focus().tokens, kept);
}

void TestCodes::drawingFromACellKeepsTheCellsBefore() {
  openCodes();
  const std::vector<int64_t> own = tokens()->own();
  auto* button = view()->findChild<QPushButton*>("drawFromCell");
  QVERIFY(!button->isEnabled()); // no cell is chosen
  choose(9);
  QVERIFY(button->isEnabled());
  view()->findChild<QSpinBox*>("drawSeed")->setValue(5);
  QTest::mouseClick(button, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(!view()->drawing()->running(), patience);
  const std::vector<int64_t>& map = tokens()->tokens();
  QVERIFY(std::equal(own.begin(), own.begin() + 9, map.begin()));
  QVERIFY(std::ranges::all_of(map, [this](int64_t code) { return code >= 0 && code < tokens()->codes(); }));
}

void TestCodes::withoutAPriorOneLineSaysWhy() {
  openCodes(false);
  auto* why = view()->findChild<QLabel*>("whyNoDraw");
  QVERIFY(why->isVisible());
  QVERIFY(why->text().contains("no prior"));
  QVERIFY(!view()->findChild<QPushButton*>("draw")->isVisible());
  choose(0); // editing works without it
  type(another(tokens()->own()[0]));
  QVERIFY(tokens()->edited());
}

void TestCodes::continuousLatentsShowTheWay() {
  openRun("vae", 1);
  QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
  QTest::mouseClick(stage()->findChild<QToolButton*>("page-codes"), Qt::LeftButton);
  auto* absence = view()->findChild<EmptyState*>("noCodes");
  QVERIFY(absence->isVisible());
  QCOMPARE(absence->sentence(), QString("This model has continuous latents."));
  QCOMPARE(absence->button()->text(), QString("Open Traverse"));
  absence->button()->setFocus();
  QTest::keyClick(absence->button(), Qt::Key_Space);
  QCOMPARE(stage()->exploreView()->page(), ExploreView::Page::traverse);
}

void TestCodes::anotherInputBringsItsOwnCodes() {
  openCodes();
  choose(3);
  type(another(tokens()->own()[3]));
  const std::vector<int64_t> edited = focus().tokens;
  map()->setFocus();
  QTest::keyClick(map(), Qt::Key_N); // the next input
  QVERIFY(focus().tokens.empty());
  undo();
  QCOMPARE(focus().tokens, edited);
  QTest::keyClick(map(), Qt::Key_E); // the input's own codes
  QVERIFY(focus().tokens.empty());
}

QTEST_MAIN(TestCodes)
#include "test_codes.moc"
