// The page Traverse in the real window: sliders, strips, grid, play, folding, many latents.
#include "core/base/latent_statistics.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/views/codes/codes_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/traverse/grid_panel.h"
#include "ui/views/traverse/strip_feed.h"
#include "ui/views/traverse/sweep.h"
#include "ui/views/traverse/traverse_rows.h"
#include "ui/views/traverse/traverse_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/histogram_slider.h"
#include "ui/widgets/image_matrix.h"

#include <QComboBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestTraverse : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void anImageOfAStripChangesOneLatent();
  void nothingIsLeftBehindForTheNextLatent();
  void aDragIsOneUndoOfTheSamePixels();
  void theStripsFollowThePoint();
  void keysMoveChooseAndPlay();
  void undoEndsThePlay();
  void onlyRowsThatAreSeenAreDecoded();
  void latentsAreSortedAndFolded();
  void anotherRangeMovesTheEnds();
  void twoLatentsMakeAGrid();
  void aHiddenPageAsksForNothing();
  void aModelOfCodesSaysWhyAndShowsTheWay();
  void theChoiceIsRemembered();

 private:
  void openTraverse(const std::string& family, int64_t epochs, int64_t latent) {
    openRun(family, epochs, latent);
    if (QTest::currentTestFailed()) return;
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
    QTest::mouseClick(stage()->findChild<QToolButton*>("page-traverse"), Qt::LeftButton);
    QVERIFY(view()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  }
  TraverseView* view() const { return stage()->exploreView()->traverseView(); }
  TraverseRows* rows() const { return view()->rows(); }
  TraverseRow* row(int latent) const { return rows()->rowOf(latent); }
  /// Sorted by the codes, and every strip that is seen is the one asked for.
  bool atRest() const {
    const auto seen = rows()->seen();
    return view()->informed() && !seen.empty() &&
           !row(seen[0]->latent())->findChild<HistogramSlider*>()->isMoving() && settled() &&
           std::ranges::all_of(seen,
                               [this](const TraverseRow* r) { return view()->strips()->fresh(r->latent()); });
  }
  void pick(int latent, int column) const {
    QTest::mouseClick(row(latent)->strip(), Qt::LeftButton, {},
                      row(latent)->strip()->cellRect(0, column).center().toPoint());
  }
  static std::vector<int> differing(const LatentPoint& a, const LatentPoint& b) {
    std::vector<int> latents;
    for (size_t j = 0; j < a.size(); ++j)
      if (a[j] != b[j]) latents.push_back(static_cast<int>(j));
    return latents;
  }
  void undo() const { QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); }
};

void TestTraverse::anImageOfAStripChangesOneLatent() {
  openTraverse("vae", 2, 3);
  const LatentPoint before = focus().cursor;
  for (const int latent : {0, 1, 2}) {
    const LatentPoint from = focus().cursor;
    const int last = row(latent)->strip()->columns() - 1;
    const QImage image = row(latent)->strip()->images()[static_cast<size_t>(last)];
    pick(latent, last);
    QCOMPARE(differing(from, focus().cursor), std::vector<int>{latent});
    QCOMPARE(focus().cursor[static_cast<size_t>(latent)], 3.0F); // the upper end of the prior's range
    QCOMPARE(view()->latent(), latent);
    QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
    // Decoded alone and among others: equal before rounding to 1e-5, so by at most one step of 255 after it.
    const QImage alone = toQImage(output());
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        QVERIFY(std::abs(qGray(alone.pixel(x, y)) - qGray(image.pixel(x, y))) <= 1);
  }
  for (int i = 0; i < 3; ++i) undo();
  QCOMPARE(focus().cursor, before);
}

void TestTraverse::nothingIsLeftBehindForTheNextLatent() {
  openTraverse("vae", 2, 3);
  auto* from = view()->findChild<QComboBox*>("traverseFrom");
  from->setFocus();
  QTest::keyClick(from, Qt::Key_Down); // the input's code
  QCOMPARE(from->currentIndex(), 1);
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  const LatentPoint code = bench().navigator->inputCode();
  const std::vector<QImage> second = row(1)->strip()->images();
  pick(0, 0);
  QCOMPARE(differing(code, focus().cursor), std::vector<int>{0});
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  QVERIFY(row(1)->strip()->images() == second); // still from the code alone
  pick(1, 0);
  QCOMPARE(differing(code, focus().cursor), std::vector<int>{1}); // z1 is back at the code
}

void TestTraverse::aDragIsOneUndoOfTheSamePixels() {
  openTraverse("vae", 2, 3);
  const LatentPoint before = focus().cursor;
  const Image picture = output();
  HistogramSlider* slider = row(1)->slider();
  const int y = slider->height() / 2;
  QTest::mousePress(slider, Qt::LeftButton, {}, {slider->width() / 4, y});
  for (int x = slider->width() / 4; x < slider->width() - 10; x += 7) QTest::mouseMove(slider, {x, y});
  QTest::mouseRelease(slider, Qt::LeftButton, {}, {slider->width() - 12, y});
  QCOMPARE(differing(before, focus().cursor), std::vector<int>{1});
  QCOMPARE(static_cast<float>(slider->value()), focus().cursor[1]);
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  QVERIFY(!(output() == picture));
  undo();
  QCOMPARE(focus().cursor, before);
  QCOMPARE(static_cast<float>(slider->value()), before[1]);
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  QVERIFY(output() == picture);
}

void TestTraverse::theStripsFollowThePoint() {
  openTraverse("vae", 2, 3);
  const std::vector<QImage> own = row(0)->strip()->images(), other = row(1)->strip()->images();
  pick(0, 0);
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  QVERIFY(row(0)->strip()->images() == own); // it replaces z1 anyway
  QVERIFY(row(1)->strip()->images() != other);
}

void TestTraverse::keysMoveChooseAndPlay() {
  openTraverse("vae", 2, 3);
  auto* sort = view()->findChild<QComboBox*>("traverseSort");
  sort->setFocus();
  QTest::keyClick(sort, Qt::Key_Down); // by index
  rows()->setFocus();
  QTest::keyClick(rows(), Qt::Key_BracketRight);
  const int latent = view()->latent();
  QTest::keyClick(rows(), Qt::Key_BracketLeft);
  QTest::keyClick(rows(), Qt::Key_Down);
  QCOMPARE(view()->latent(), latent);
  const auto j = static_cast<size_t>(latent);

  const LatentPoint before = focus().cursor;
  const float spread = bench().codes->codes()->codes.summary().spread[j];
  QTest::keyClick(rows(), Qt::Key_Right);
  QVERIFY(std::abs(focus().cursor[j] - before[j] - 0.05F * spread) < 1e-5F);
  QTest::keyClick(rows(), Qt::Key_Right, Qt::ShiftModifier);
  QVERIFY(std::abs(focus().cursor[j] - before[j] - 0.55F * spread) < 1e-5F);
  QTest::keyClick(rows(), Qt::Key_Left, Qt::ControlModifier);
  QVERIFY(std::abs(focus().cursor[j] - before[j] - 0.545F * spread) < 1e-5F);
  QCOMPARE(differing(before, focus().cursor), std::vector<int>{latent});

  const LatentPoint still = focus().cursor;
  QTest::keyPress(rows(), Qt::Key_S);
  QVERIFY(view()->sweep()->running());
  QTRY_VERIFY_WITH_TIMEOUT(std::abs(focus().cursor[j] - still[j]) > 0.2F, patience);
  QTest::keyRelease(rows(), Qt::Key_S);
  QVERIFY(!view()->sweep()->running());
  QCOMPARE(differing(still, focus().cursor), std::vector<int>{latent});
  undo(); // one gesture
  QCOMPARE(focus().cursor, still);

  QTest::keyClick(rows(), Qt::Key_Home);
  QCOMPARE(focus().cursor, LatentPoint(3, 0.0F));
  QTest::keyClick(rows(), Qt::Key_E);
  QCOMPARE(focus().cursor, bench().navigator->inputCode());
}

void TestTraverse::undoEndsThePlay() {
  openTraverse("vae", 2, 3);
  const LatentPoint before = focus().cursor;
  auto* play = view()->findChild<QToolButton*>("traversePlay");
  QTest::mouseClick(play, Qt::LeftButton);
  QVERIFY(play->isChecked());
  QTRY_VERIFY_WITH_TIMEOUT(focus().cursor != before, patience);
  rows()->setFocus();
  undo();
  QVERIFY(!view()->sweep()->running());
  QVERIFY(!play->isChecked());
  QCOMPARE(focus().cursor, before);
}

void TestTraverse::onlyRowsThatAreSeenAreDecoded() {
  openTraverse("vae", 1, 200);
  auto* fold = view()->findChild<QToolButton*>("traverseFold");
  if (fold->isVisible()) QTest::mouseClick(fold, Qt::LeftButton);
  QCOMPARE(rows()->order().size(), size_t{200});
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  const auto seen = static_cast<int>(rows()->seen().size());
  QVERIFY(seen >= 4 && seen < 30);
  QVERIFY(rows()->made() <= seen + 2);

  QSignalSpy asked(view()->strips(), &StripFeed::asked);
  bench().navigator->setLatent(5, 0.5F); // every strip starts elsewhere
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  rows()->verticalScrollBar()->setValue(rows()->verticalScrollBar()->maximum());
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  QCOMPARE(rows()->seen().back()->latent(), rows()->order().back());
  rows()->setFocus();
  for (int i = 0; i < 3; ++i)
    QTest::keyClick(rows(), Qt::Key_PageUp); // the current one comes back into sight
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  QVERIFY(asked.count() >= 2);
  for (const QList<QVariant>& request : asked) QVERIFY(request[0].toInt() <= seen + 1);
  QVERIFY(rows()->made() <= seen + 2);
}

void TestTraverse::latentsAreSortedAndFolded() {
  openTraverse("vae", 3, 12);
  const LatentUse use = latentUse(bench().codes->codes()->codes.points());
  const auto dead = static_cast<int>(std::ranges::count(use.dead, true));
  QVERIFY2(dead > 0 && dead < 12, qPrintable(QString::number(dead)));
  const auto alive = [&](const std::vector<int>& latents) {
    std::vector<int> kept;
    std::ranges::copy_if(latents, std::back_inserter(kept),
                         [&](int latent) { return !use.dead[static_cast<size_t>(latent)]; });
    return kept;
  };
  std::vector<int> byIndex(12);
  std::iota(byIndex.begin(), byIndex.end(), 0);
  QCOMPARE(rows()->order(), alive(use.order));
  auto* fold = view()->findChild<QToolButton*>("traverseFold");
  QVERIFY(fold->isVisible());
  QVERIFY(fold->text().contains(QString::number(dead)));
  QTest::mouseClick(fold, Qt::LeftButton);
  QCOMPARE(rows()->order(), use.order);
  auto* sort = view()->findChild<QComboBox*>("traverseSort");
  sort->setFocus();
  QTest::keyClick(sort, Qt::Key_Down);
  QCOMPARE(rows()->order(), byIndex);
  QTest::mouseClick(fold, Qt::LeftButton);
  QCOMPARE(rows()->order(), alive(byIndex));
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
}

void TestTraverse::anotherRangeMovesTheEnds() {
  openTraverse("vae", 2, 3);
  const int latent = rows()->order().front();
  QCOMPARE(row(latent)->slider()->high(), 3.0);
  auto* kind = view()->findChild<QComboBox*>("traverseRange");
  kind->setFocus();
  QTest::keyClick(kind, Qt::Key_Down); // data quantile
  const std::vector<float> sorted = sortedCodes(bench().codes->codes()->codes.points(), latent);
  QCOMPARE(row(latent)->slider()->low(), quantile(sorted, 0.01));
  QCOMPARE(row(latent)->slider()->high(), quantile(sorted, 0.99));
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  pick(latent, 0);
  QCOMPARE(focus().cursor[static_cast<size_t>(latent)], static_cast<float>(quantile(sorted, 0.01)));
}

void TestTraverse::twoLatentsMakeAGrid() {
  openTraverse("vae", 2, 4);
  QTest::mouseClick(view()->findChild<QToolButton*>("traverseGrid"), Qt::LeftButton);
  GridPanel* panel = view()->gridPanel();
  QVERIFY(panel->isVisible());
  ImageMatrix* matrix = panel->matrix();
  const int side = panel->side();
  QVERIFY(side % 2 == 1 && matrix->rows() == side && matrix->columns() == side);
  QTRY_COMPARE_WITH_TIMEOUT(matrix->images().size(), static_cast<size_t>(side) * static_cast<size_t>(side),
                            patience);
  const LatentPoint before = focus().cursor;
  const auto across = static_cast<size_t>(panel->findChild<QComboBox*>("gridAcross")->currentData().toInt());
  const auto up = static_cast<size_t>(panel->findChild<QComboBox*>("gridUp")->currentData().toInt());
  QVERIFY(across != up);
  QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect(side - 1, 0).center().toPoint());
  LatentPoint wanted = before;
  wanted[across] = -3;
  wanted[up] = 3;
  QCOMPARE(focus().cursor, wanted);
  panel->setFocus();
  QTest::keyClick(panel, Qt::Key_Down);
  QCOMPARE(differing(wanted, focus().cursor), std::vector<int>{static_cast<int>(up)});
  undo();
  undo();
  QCOMPARE(focus().cursor, before);
}

void TestTraverse::aHiddenPageAsksForNothing() {
  openTraverse("vae", 2, 3);
  QTest::mouseClick(stage()->findChild<QToolButton*>("page-plane"), Qt::LeftButton);
  QSignalSpy asked(view()->strips(), &StripFeed::asked);
  bench().navigator->setLatent(0, 1.5F);
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  QCOMPARE(asked.count(), 0);
  QTest::mouseClick(stage()->findChild<QToolButton*>("page-traverse"), Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  QVERIFY(asked.count() > 0);
}

void TestTraverse::aModelOfCodesSaysWhyAndShowsTheWay() {
  openTraverse("vae", 1, 2);
  RunItem tokens = *bench().runs->find(focus().active);
  tokens.id = "tokens";
  tokens.shortFamily = "VQ-VAE";
  tokens.hasPrior = false;
  tokens.discrete = true;
  bench().runs->put(tokens);
  auto* absence = view()->findChild<EmptyState*>("noTraverse");
  QVERIFY(!absence->isVisible());
  bench().navigator->activate("tokens");
  QVERIFY(absence->isVisible());
  QCOMPARE(absence->sentence(),
           QString("VQ-VAE has codes of a codebook in place of coordinates: there is no z_j to move."));
  QTest::mouseClick(absence->button(), Qt::LeftButton);
  QCOMPARE(stage()->exploreView()->page(), ExploreView::Page::codes);
}

void TestTraverse::theChoiceIsRemembered() {
  openTraverse("vae", 1, 3);
  auto* sort = view()->findChild<QComboBox*>("traverseSort");
  sort->setFocus();
  QTest::keyClick(sort, Qt::Key_Down);
  QTest::mouseClick(view()->findChild<QToolButton*>("traverseGrid"), Qt::LeftButton);
  ExploreView* explore = stage()->exploreView();
  const Json kept = explore->viewState();
  QCOMPARE(QString::fromStdString(kept["page"]), QString("traverse"));
  QCOMPARE(QString::fromStdString(kept["traverse"]["sort"]), QString("index"));
  explore->setPage(ExploreView::Page::plane);
  view()->setViewState(Json::object());
  QVERIFY(explore->viewState() != kept);
  explore->setViewState(kept);
  QVERIFY(explore->viewState() == kept);
  QVERIFY(view()->gridPanel()->isVisible());
  // What is damaged or unknown changes nothing.
  explore->setViewState(Json::parse(R"({"page": 7, "traverse": {"sort": 3, "range": {"kind": "no"}}})"));
  QCOMPARE(explore->page(), ExploreView::Page::traverse);
}

QTEST_MAIN(TestTraverse)
#include "test_traverse.moc"
