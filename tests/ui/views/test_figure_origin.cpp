// Figures dropped on the real window: the view that they came from, or one sentence on what is missing.
#include "core/io/files.h"
#include "core/run/figures.h"
#include "core/run/sample_figure.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/figure_bridge.h"
#include "ui/bridge/movie_bridge.h"
#include "ui/plots/curves_view.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/explore/plane_view.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/drops.h"
#include "ui/views/window/figure_view.h"
#include "ui/views/window/message_bar.h"

#include <QDropEvent>
#include <QImage>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QUrl>

using namespace latent;
using namespace latent::ui;

class TestFigureOrigin : public test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void aDroppedPlaneBringsItsViewBackAndTheOneBeforeToo();
  void whatStandsOutComesBackAndGoesAgain();
  void aDroppedMovieOpensItsView();
  void aFigureOfTheCommandLineOpensItsRunAndSettings();
  void whatIsMissingIsOneSentence();
  void aPictureThatIsNoFigureIsAnInput();
  void aForeignDocumentIsOneSentence();
  void eachKindHasItsView();

 private:
  QString at(const char* name) const { return m_home->filePath(QString::fromUtf8(name)); }
  QString said() const { return m_window->findChild<MessageBar*>("messageBar")->sentence(); }
  void clickMessage() {
    for (QPushButton* button : m_window->findChild<MessageBar*>("messageBar")->findChildren<QPushButton*>())
      if (button->isVisible()) QTest::mouseClick(button, Qt::LeftButton);
  }
  void drop(const QString& file) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(400, 400), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &event);
    QVERIFY(event.isAccepted());
  }
  /// A figure without a window: numbers, and what it shows as .json beside them.
  void writeSamples(const QString& csv, std::optional<int64_t> step) {
    const auto run = RunFolder::open(at("vae").toStdString());
    QVERIFY(run.ok());
    SampleOptions options;
    options.count = 12;
    options.seed = 9;
    options.temperature = 0.5;
    JobControl control;
    const auto figure = sampleFigure({{*run, step}}, options, 84, **openDataset("digits", {}), control);
    QVERIFY2(figure.ok(), figure.ok() ? "" : figure.error().message.c_str());
    QVERIFY(drawFigure(*figure, csv.toStdString(), {300, true}, control).ok());
  }
};

void TestFigureOrigin::aDroppedPlaneBringsItsViewBackAndTheOneBeforeToo() {
  openRun("vae", 2);
  Focus shown = focus();
  shown.cursor = {0.5F, -1.25F};
  shown.subject.index = 3;
  shown.step = 10;
  FigureRequest request;
  request.runs = {shown.active};
  request.step = shown.step;
  request.look.rings = false;
  request.focus = shown;
  const QString file = at("plane ünal.png");
  QSignalSpy written(bench().figures, &FigureBridge::written);
  bench().figures->make(request, m_window.get(), [&](const Result<std::shared_ptr<const Figure>>& figure) {
    QVERIFY(figure.ok());
    bench().figures->write(*figure, {}, {file});
  });
  QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, test::patience);

  stage()->setWorkspace(Stage::Workspace::train);
  Focus other = focus();
  other.cursor = {1, 1};
  other.subject.index = 7;
  bench().focus->set(other);
  drop(file);
  QTRY_COMPARE_WITH_TIMEOUT(focus().subject.index, int64_t{3}, test::patience);
  QCOMPARE(focus().cursor, shown.cursor);
  QCOMPARE(focus().step, std::optional<int64_t>(10));
  QCOMPARE(focus().active, shown.active);
  QCOMPARE(stage()->workspace(), Stage::Workspace::explore);
  QCOMPARE(stage()->exploreView()->page(), ExploreView::Page::plane);
  QVERIFY(!plane()->layers().rings);
  QVERIFY(plane()->layers().tiles);
  QVERIFY2(said().contains("This is what plane ünal.png shows."), qPrintable(said()));

  clickMessage();
  QTRY_COMPARE_WITH_TIMEOUT(focus().subject.index, int64_t{7}, test::patience);
  QCOMPARE(focus().cursor, other.cursor);
  QCOMPARE(stage()->workspace(), Stage::Workspace::train);
}

// The class that fades the others, a lasso's points and what of the curves is seen.
void TestFigureOrigin::whatStandsOutComesBackAndGoesAgain() {
  openRun("vae", 2);
  const auto write = [this](const Result<FigureRequest>& request, const QString& file) {
    QVERIFY(request.ok());
    QSignalSpy written(bench().figures, &FigureBridge::written);
    bench().figures->make(*request, m_window.get(), [&](const Result<std::shared_ptr<const Figure>>& figure) {
      QVERIFY(figure.ok());
      bench().figures->write(*figure, {}, {file, false, false, true});
    });
    QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, test::patience);
  };
  const auto withFocus = [this](Result<FigureRequest> request) {
    if (request) request->focus = focus();
    return request;
  };
  CurvesView* curves = stage()->trainView()->curvesPanel()->view();
  const CurvesArea area{{0.25, 1.5}, {{100, 400}}};
  QTRY_VERIFY(!curves->visibleRange().isNull());
  curves->setArea(area);
  write(withFocus(stage()->trainView()->curvesPanel()->figure()), at("curves.csv"));
  curves->setArea({});
  stage()->setWorkspace(Stage::Workspace::explore);
  QTRY_VERIFY(!plane()->points().x.empty());
  plane()->classClicked(3); // in the legend
  QCOMPARE(plane()->isolatedClass(), std::optional<int64_t>(3));
  plane()->lassoed({2, 5, 8});
  const std::vector<int64_t> selected{2, 5, 8};
  QCOMPARE(bench().navigator->selection(), selected);
  write(withFocus(stage()->exploreView()->planeView()->figure()), at("plane.csv"));
  if (QTest::currentTestFailed()) return;

  plane()->classClicked(std::nullopt);
  bench().navigator->select({1});
  drop(at("plane.json"));
  QTRY_COMPARE_WITH_TIMEOUT(bench().navigator->selection(), selected, test::patience);
  QTRY_COMPARE_WITH_TIMEOUT(plane()->isolatedClass(), std::optional<int64_t>(3), test::patience);
  QVERIFY(plane()->isVisible());
  clickMessage(); // back to what was there before
  QTRY_COMPARE_WITH_TIMEOUT(bench().navigator->selection(), std::vector<int64_t>{1}, test::patience);
  QTRY_COMPARE_WITH_TIMEOUT(plane()->isolatedClass(), std::optional<int64_t>(), test::patience);

  drop(at("curves.json"));
  QTRY_VERIFY_WITH_TIMEOUT(curves->area() == area, test::patience);
  QCOMPARE(stage()->workspace(), Stage::Workspace::train);
  clickMessage();
  QTRY_VERIFY_WITH_TIMEOUT(!curves->area(), test::patience);
}

void TestFigureOrigin::aDroppedMovieOpensItsView() {
  openRun("vae", 2);
  Focus shown = focus();
  shown.cursor = {0.5F, -1.25F};
  MovieRequest movie;
  movie.kind = MovieRequest::Kind::path;
  movie.view.kind = FigureRequest::Kind::interpolate;
  movie.view.runs = {shown.active};
  movie.view.rows = {{shown.active, {}}};
  movie.view.from.subject = Subject{"test", 4, {}, {}};
  movie.view.to.subject = Subject{"test", 6, {}, {}};
  movie.view.path = {PathKind::spherical, 9, true};
  movie.view.focus = shown;
  movie.frames = 2;
  movie.widthPx = 64;
  movie.file = at("my way é.gif");
  QSignalSpy written(bench().movies, &MovieBridge::written), failed(bench().movies, &MovieBridge::failed);
  bench().movies->write(movie);
  QTRY_VERIFY_WITH_TIMEOUT(written.count() + failed.count() > 0, test::patience);
  if (failed.count() > 0 && failed[0][0].toString().contains("made without")) QSKIP("no GIF library");
  QCOMPARE(written.count(), 1);
  drop(movie.file);
  QTRY_COMPARE_WITH_TIMEOUT(focus().cursor, shown.cursor, test::patience);
  QCOMPARE(stage()->workspace(), Stage::Workspace::compare);
  const CompareSettings& settings = stage()->compareView()->settings();
  QCOMPARE(settings.mode, CompareMode::interpolate);
  QCOMPARE(settings.interpolate.from.item, int64_t{4});
  QCOMPARE(settings.interpolate.to.item, int64_t{6});
  QVERIFY(settings.interpolate.path == movie.view.path);
  QVERIFY2(said().contains("This is what my way é.gif shows."), qPrintable(said()));
  QVERIFY(writeTextAtomically(at("other.mp4").toStdString(), std::string("\0\0\0\x10"
                                                                         "ftypisom\0\0\0\0",
                                                                         16))
              .ok());
  drop(at("other.mp4"));
  QTRY_VERIFY_WITH_TIMEOUT(said().contains("does not say what it shows"), test::patience);
}

void TestFigureOrigin::aFigureOfTheCommandLineOpensItsRunAndSettings() {
  openRun("vae", 2);
  const RunId run = focus().active;
  writeSamples(at("s.csv"), std::nullopt);
  m_window.reset();
  newConfig(); // a window that knows no run
  m_window = std::make_unique<MainWindow>();
  m_window->resize(1440, 900);
  m_window->show();
  m_window->start({});
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  drop(at("s.json"));
  // Runs are opened meanwhile: the view and its Focus come one after the other.
  QTRY_COMPARE_WITH_TIMEOUT(stage()->workspace(), Stage::Workspace::compare, test::patience);
  QTRY_COMPARE_WITH_TIMEOUT(focus().active, run, test::patience);
  QTRY_COMPARE_WITH_TIMEOUT(stage()->compareView()->settings().mode, CompareMode::sample, test::patience);
  QCOMPARE(focus().shown, std::vector<RunId>{run});
  QCOMPARE(focus().step, std::nullopt);
  const CompareSettings& settings = stage()->compareView()->settings();
  QCOMPARE(settings.mode, CompareMode::sample);
  QCOMPARE(settings.sample.count, 12);
  QCOMPARE(settings.sample.seed, uint64_t{9});
  QCOMPARE(settings.sample.temperature, 0.5);
}

void TestFigureOrigin::whatIsMissingIsOneSentence() {
  openRun("vae", 2);
  writeSamples(at("s.csv"), 10);
  const Focus before = focus();
  QVERIFY(QFile::rename(at("vae/snapshots/step-000010.safetensors"), at("kept")));
  drop(at("s.json"));
  QTRY_VERIFY_WITH_TIMEOUT(said().contains("the snapshot of step 10 of the run"), test::patience);
  QVERIFY(QFile::rename(at("vae"), at("gone")));
  drop(at("s.json"));
  QTRY_VERIFY_WITH_TIMEOUT(said().contains("vae: the folder is not there"), test::patience);
  QVERIFY(focus() == before); // nothing is shown by halves
}

void TestFigureOrigin::aPictureThatIsNoFigureIsAnInput() {
  openRun("vae", 1);
  QImage page(60, 60, QImage::Format_Grayscale8);
  page.fill(10);
  QVERIFY(page.save(at("four.png")));
  drop(at("four.png"));
  QTRY_COMPARE_WITH_TIMEOUT(focus().subject.source, at("four.png").toStdString(), test::patience);
}

void TestFigureOrigin::aForeignDocumentIsOneSentence() {
  openRun("vae", 1);
  QVERIFY(writeTextAtomically(at("paper.pdf").toStdString(), "%PDF-1.4\n").ok());
  drop(at("paper.pdf"));
  QTRY_VERIFY_WITH_TIMEOUT(said().contains("does not say what it shows"), test::patience);
}

void TestFigureOrigin::eachKindHasItsView() {
  const auto partsOf = [](const char* kind, const Json& view, std::vector<RunId> runs = {"/a"}) {
    FigureView figure;
    figure.kind = kind;
    figure.view = view;
    figure.runs = std::move(runs);
    return figureParts(figure, {});
  };
  const auto workspaceOf = [](const SessionParts& parts) {
    return static_cast<Stage::Workspace>(parts.window.at("workspace").get<int>());
  };
  const auto compared = [](const SessionParts& parts) { return settingsFromJson(parts.views.at("compare")); };

  QCOMPARE(workspaceOf(partsOf("curves", Json::object())), Stage::Workspace::train);
  const Json sweep = {{"latents", {3}}, {"frames", 7}, {"item", 4}, {"grid", false}};
  const SessionParts one = partsOf("traverse", sweep);
  QCOMPARE(workspaceOf(one), Stage::Workspace::explore);
  QCOMPARE(one.views.at("explore").at("page").get<std::string>(), std::string("traverse"));
  QCOMPARE(one.views.at("explore").at("traverse").at("latent").get<int>(), 2);
  const CompareSettings several = compared(partsOf("traverse", sweep, {"/a", "/b"}));
  QCOMPARE(several.mode, CompareMode::sweep);
  QCOMPARE(several.sweep.latent, 2);
  QCOMPARE(several.sweep.frames, 7);
  QVERIFY(several.sweep.start == SweepSettings::Start::input);

  const CompareSettings first = compared(partsOf("reconstruct", {{"items", {0, 1, 2}}}));
  QCOMPARE(first.mode, CompareMode::reconstruct);
  QVERIFY((first.reconstruct.inputs == InputChoice{InputChoice::Kind::first, 3, 1}));
  const CompareSettings noise = compared(partsOf(
      "noise",
      {{"items", {5}}, {"sigmas", {0, 2}}, {"scale", "raw"}, {"draws", 3}, {"mean", true}, {"seed", 8}}));
  QCOMPARE(noise.mode, CompareMode::noise);
  QCOMPARE(noise.noise.sigmas, (std::vector<double>{0, 2}));
  QVERIFY(noise.noise.scale == NoiseScale::raw && noise.noise.mean);
  QCOMPARE(noise.noise.draws, 3);
  QVERIFY(noise.noise.subjects.kind == InputChoice::Kind::input);
  const CompareSettings path = compared(
      partsOf("interpolate", {{"items", {5, 9}}, {"path", "spherical"}, {"frames", 6}, {"loop", true}}));
  QCOMPARE(path.interpolate.from.item, int64_t{5});
  QCOMPARE(path.interpolate.to.item, int64_t{9});
  QVERIFY((path.interpolate.path == PathOptions{PathKind::spherical, 6, true}));
  // What a strange file says is passed over.
  const CompareSettings strange = compared(partsOf("noise", {{"sigmas", "many"}, {"draws", -4}}));
  QCOMPARE(strange.noise.sigmas, NoiseSettings().sigmas);
  QCOMPARE(strange.noise.draws, NoiseSettings().draws);
}

QTEST_MAIN(TestFigureOrigin)
#include "test_figure_origin.moc"
