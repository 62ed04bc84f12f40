// The plane and what belongs to it in the real window: lasso, time, main directions, places without a plane.
#include "core/run/snapshots.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/inspector/input_panel.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/window/message_bar.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/nearest_strip.h"
#include "ui/widgets/support_meter.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/time_strip.h"
#include "ui/widgets/z_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestPlaneViews : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); } // two pools of threads on a busy machine wait for each other
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void aDamagedSnapshotStepsTheScrubberBack();
  void whatIsDrawnTogetherIsOfOneStep();
  void aLassoShowsTheImagesThatItTook();
  void theSelectionGoesWithTheDataNotWithTheRun();
  void mainDirectionsShowPriorAndPosterior();
  void layersThatARunCannotHaveSayWhy();
  void discreteCodesHaveNoPlane();
  void farOutsideIsSaidInWords();
  void thePointNeedsNoScrolling_data();
  void thePointNeedsNoScrolling();
  void missingImagesAreOfferedBesideThePlane();

 private:
  TimeStrip* strip() const { return m_window->findChild<TimeStrip*>("timeStrip"); }
  QPoint tick(int place) const;
  QWidget* selectedImages() const { return stage()->findChild<QWidget*>("selectedImages"); }
  QString sentences() const; ///< of the message bars
  void explore() { QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier); }
  void lasso(const QRect& around);
  QCheckBox* layer(const QString& text) const;
};

QPoint TestPlaneViews::tick(int place) const {
  return strip()->placeOf(place).toPoint();
}

QString TestPlaneViews::sentences() const {
  QString all;
  for (const MessageBar* bar : m_window->findChildren<MessageBar*>()) all += bar->sentence();
  return all;
}

void TestPlaneViews::lasso(const QRect& around) {
  QTest::mousePress(plane(), Qt::LeftButton, Qt::ShiftModifier, around.topLeft());
  for (const QPoint corner : {around.topRight(), around.bottomRight(), around.bottomLeft()})
    QTest::mouseMove(plane(), corner);
  QTest::mouseRelease(plane(), Qt::LeftButton, Qt::ShiftModifier, around.bottomLeft());
}

QCheckBox* TestPlaneViews::layer(const QString& text) const {
  const auto boxes = stage()->findChildren<QCheckBox*>();
  const auto found = std::ranges::find_if(boxes, [&](const QCheckBox* box) { return box->text() == text; });
  return found == boxes.end() ? nullptr : *found;
}

void TestPlaneViews::aDamagedSnapshotStepsTheScrubberBack() {
  openRun("vae", 3);
  const std::vector<int64_t> steps = bench().runs->find(focus().active)->snapshots;
  QVERIFY(steps.size() >= 4);
  QTest::mouseClick(strip(), Qt::LeftButton, {}, tick(3));
  QTRY_VERIFY_WITH_TIMEOUT(bench().sources->shown(focus().active)->step == steps[3], patience);
  QVERIFY(sentences().isEmpty());

  const std::filesystem::path file = snapshotPath(focus().active, steps[2]);
  const std::string sound = [&] {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  std::ofstream(file, std::ios::binary) << "no weights";
  QTest::mouseClick(strip(), Qt::LeftButton, {}, tick(2));
  QCOMPARE(focus().step, std::optional(steps[2]));
  QTRY_COMPARE_WITH_TIMEOUT(focus().step, std::optional(steps[3]), patience); // where it was
  QCOMPARE(strip()->current(), std::optional(steps[3]));
  QCOMPARE(bench().sources->shown(focus().active)->step, steps[3]);
  QVERIFY2(sentences().contains(QString::fromStdString(file.filename().string())), qPrintable(sentences()));
  const QImage picture = strip()->grab().toImage();
  QCOMPARE(picture.pixelColor(tick(2)), colours(strip()).error); // crossed out

  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_Comma); // the keys pass over it
  QCOMPARE(focus().step, std::optional(steps[1]));
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QVERIFY(!focus().step); // and so does undo

  std::ofstream(file, std::ios::binary) << sound; // put right
  QTest::mouseClick(strip(), Qt::LeftButton, {}, tick(2));
  QTRY_VERIFY_WITH_TIMEOUT(bench().sources->shown(focus().active)->step == steps[2], patience);
  QVERIFY(bench().sources->damaged(focus().active).empty());
}

void TestPlaneViews::whatIsDrawnTogetherIsOfOneStep() {
  openRun("ae", 2);
  QTest::mouseClick(strip(), Qt::LeftButton, {}, tick(0));
  const auto atRest = [this] {
    return bench().codes->codes() && bench().codes->codes()->codes.step() == *focus().step;
  };
  QTRY_VERIFY_WITH_TIMEOUT(atRest(), patience);
  QTRY_VERIFY_WITH_TIMEOUT(!plane()->accessibleDescription().contains("of step"), patience);
}

void TestPlaneViews::aLassoShowsTheImagesThatItTook() {
  openRun("vae", 2);
  explore();
  QVERIFY(!selectedImages()->isVisible());
  const QRect around =
      QRect(QPoint(), plane()->size() / 2).translated(plane()->width() / 4, plane()->height() / 4);
  lasso(around);
  const std::vector<int64_t> taken = bench().navigator->selection();
  QVERIFY(!taken.empty());
  const Encoded& codes = bench().codes->codes()->codes.points();
  for (const int64_t image : taken) {
    const auto at = static_cast<size_t>(2 * image);
    QVERIFY(
        QRectF(around).adjusted(-1, -1, 1, 1).contains(plane()->pixelOf({codes.mu[at], codes.mu[at + 1]})));
  }
  QVERIFY(selectedImages()->isVisible());
  QCOMPARE(selectedImages()->findChild<QLabel*>()->text(), QString("%L1 selected").arg(taken.size()));
  QVERIFY(plane()->accessibleDescription().contains(QString("%L1 selected").arg(taken.size())));

  const auto strips = selectedImages()->findChildren<NearestStrip*>();
  QTest::mouseClick(strips.front(), Qt::LeftButton, {}, QPoint(90, 30)); // the second image
  QVERIFY(std::ranges::binary_search(taken, focus().subject.index));
  QVERIFY(focus().subject.index != taken.front());

  QTest::keyClick(plane(), Qt::Key_Escape);
  QVERIFY(bench().navigator->selection().empty());
  QVERIFY(!selectedImages()->isVisible());
  QVERIFY(!plane()->accessibleDescription().contains("selected"));
}

void TestPlaneViews::theSelectionGoesWithTheDataNotWithTheRun() {
  openRun("vae", 1);
  bench().navigator->select({3, 5});
  RunItem twin = *bench().runs->find(focus().active);
  twin.id = "twin";
  RunItem other = twin;
  other.id = "other";
  other.config.dataset = "elsewhere";
  bench().runs->put(twin);
  bench().runs->put(other);
  bench().navigator->activate("twin");
  QCOMPARE(bench().navigator->selection().size(), size_t{2});
  bench().navigator->activate("other");
  QVERIFY(bench().navigator->selection().empty());
}

void TestPlaneViews::mainDirectionsShowPriorAndPosterior() {
  openRun("vae", 2, 3);
  explore();
  const auto boxes = m_window->findChildren<QComboBox*>("axisX");
  const auto box = std::ranges::find_if(boxes, [](const QComboBox* each) { return each->isVisible(); });
  QVERIFY(box != boxes.end());
  (*box)->setFocus();
  QTest::keyClick(*box, Qt::Key_End);
  QCOMPARE((*box)->currentText(), QString("main 1"));
  for (const QString& text : {QString("Decoded tiles"), QString("Test points")}) {
    layer(text)->setFocus();
    QTest::keyClick(layer(text), Qt::Key_Space); // a plain ground to compare
  }
  for (const QString& text : {QString("Prior rings"), QString("Posterior of x")}) {
    QCheckBox* check = layer(text);
    QVERIFY(check && check->isEnabled() && check->isChecked());
    check->setFocus();
    const QImage with = plane()->grab().toImage();
    QTest::keyClick(check, Qt::Key_Space);
    QVERIFY2(plane()->grab().toImage() != with, qPrintable(text));
    QTest::keyClick(check, Qt::Key_Space);
  }
}

void TestPlaneViews::layersThatARunCannotHaveSayWhy() {
  openRun("ae", 1);
  explore();
  for (const QString& text : {QString("Prior rings"), QString("Posterior of x")}) {
    QVERIFY(!layer(text)->isEnabled());
    QVERIFY2(layer(text)->toolTip().startsWith("AE "), qPrintable(layer(text)->toolTip()));
  }
  QVERIFY(layer("Test points")->isEnabled());
}

void TestPlaneViews::discreteCodesHaveNoPlane() {
  openRun("vae", 1);
  explore();
  RunItem tokens = *bench().runs->find(focus().active);
  tokens.id = "tokens";
  tokens.shortFamily = "VQ-VAE";
  tokens.hasPrior = false;
  tokens.discrete = true;
  bench().runs->put(tokens);
  auto* absence = stage()->planePanel()->findChild<EmptyState*>("noPlane");
  QVERIFY(!absence->isVisible());
  bench().navigator->activate("tokens");
  QVERIFY(absence->isVisible());
  QCOMPARE(absence->geometry(), stage()->planePanel()->rect());
  QCOMPARE(absence->sentence(),
           QString("VQ-VAE has discrete codes; a plane of two continuous latents does not exist."));
  QCOMPARE(absence->button()->text(), QString("Open Codes"));
  QTest::mouseClick(absence->button(), Qt::LeftButton);
  QCOMPARE(stage()->workspace(), Stage::Workspace::explore);
  QCOMPARE(stage()->exploreView()->page(), ExploreView::Page::codes);
  QCOMPARE(focus().active, RunId("tokens"));
  // The plane of Train has the same way out.
  stage()->setWorkspace(Stage::Workspace::train);
  stage()->exploreView()->setPage(ExploreView::Page::plane);
  absence = stage()->planePanel()->findChild<EmptyState*>("noPlane");
  QTRY_VERIFY(absence->isVisible());
  QTest::mouseClick(absence->button(), Qt::LeftButton);
  QCOMPARE(stage()->workspace(), Stage::Workspace::explore);
  QCOMPARE(stage()->exploreView()->page(), ExploreView::Page::codes);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); // back to the run before
  stage()->exploreView()->setPage(ExploreView::Page::plane);
  QVERIFY(!stage()->planePanel()->findChild<EmptyState*>("noPlane")->isVisible());
}

void TestPlaneViews::farOutsideIsSaidInWords() {
  openRun("vae", 2);
  QLineEdit* line = m_window->inspector()->point()->editor()->line(0);
  line->setFocus();
  line->selectAll();
  QTest::keyClicks(line, "1e9");
  QTest::keyClick(line, Qt::Key_Return);
  QCOMPARE(focus().cursor[0], 1e9F);
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  QVERIFY(!output().empty());
  QVERIFY(std::ranges::all_of(output().pixels, [](float value) { return std::isfinite(value); }));
  auto* meter = m_window->inspector()->findChild<SupportMeter*>();
  QTRY_COMPARE(meter->verdict(), QString("far outside of the data"));
  QVERIFY(!meter->accessibleDescription().contains("nan", Qt::CaseInsensitive));
  const auto labels = m_window->inspector()->point()->findChildren<QLabel*>();
  QTRY_VERIFY(std::ranges::any_of(
      labels, [](const QLabel* label) { return label->text() == "Nearest, though far from z"; }));
  // The images that lie farthest in that direction, not the first of the test set.
  const Encoded& codes = bench().codes->codes()->codes.points();
  const std::vector<int64_t> nearest = bench().codes->codes()->codes.nearest(focus().cursor, 1);
  for (int64_t i = 0; i < codes.count; ++i)
    QVERIFY(codes.mu[static_cast<size_t>(2 * i)] <= codes.mu[static_cast<size_t>(2 * nearest.front())]);
}

void TestPlaneViews::thePointNeedsNoScrolling_data() {
  QTest::addColumn<QSize>("size");
  for (const QSize size : {QSize(1440, 900), QSize(1280, 720), QSize(1120, 640)})
    QTest::addRow("%d x %d", size.width(), size.height()) << size;
}
void TestPlaneViews::thePointNeedsNoScrolling() {
  QFETCH(QSize, size);
  openRun("vae", 1);
  m_window->resize(size);
  QTRY_COMPARE(m_window->size(), size);
  PointPanel* panel = m_window->inspector()->point();
  auto* scroll = panel->findChild<QScrollArea*>();
  const auto inside = [&](const QWidget* part) {
    const QRect place(part->mapTo(scroll->viewport(), QPoint()), part->size());
    return part->isVisible() && scroll->viewport()->rect().contains(place);
  };
  auto* nearest = panel->findChild<NearestStrip*>();
  QTRY_VERIFY(inside(nearest)); // below all others
  for (const QWidget* part : std::initializer_list<const QWidget*>{
           panel->input(), panel->output(), panel->editor(), panel->findChild<SupportMeter*>()})
    QVERIFY(inside(part));
  if (size.height() >= 720) QCOMPARE(panel->output()->width(), 280);
}

void TestPlaneViews::missingImagesAreOfferedBesideThePlane() {
  openRun("vae", 1);
  explore();
  RunItem far = *bench().runs->find(focus().active);
  far.id = "far";
  far.config.dataset = "mnist";
  bench().runs->put(far);
  bench().navigator->activate("far");
  const auto offered = [this] {
    const auto states = stage()->findChildren<EmptyState*>();
    return std::ranges::any_of(states, [](const EmptyState* state) {
      return state->isVisible() && state->sentence().startsWith("MNIST is not here") &&
             state->button()->text() == "Download";
    });
  };
  QTRY_VERIFY_WITH_TIMEOUT(offered(), patience);
}

QTEST_MAIN(TestPlaneViews)
#include "test_plane_views.moc"
