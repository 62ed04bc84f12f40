// One figure, made by the window and by `latent`: the same panels, numbers and words.
#include "core/figure/figure_page.h"
#include "core/io/files.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/figure_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/plots/curves_view.h"
#include "ui/views/codes/codes_view.h"
#include "ui/views/compare/compare_figure.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/explore/plane_view.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/tokens_feed.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/traverse/traverse_view.h"
#include "ui/views/window/exporter.h"

#include <QProcess>

#include <cstring>
#include <functional>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

namespace {

/// A figure file: its JSON, which refers to the arrays behind it.
struct FigureBytes {
  Json json;
  QByteArray arrays;
};

FigureBytes readFigureFile(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QByteArray bytes = file.readAll();
  uint64_t length = 0;
  if (bytes.size() < 8) return {};
  std::memcpy(&length, bytes.constData(), 8);
  const auto text = bytes.mid(8, static_cast<qsizetype>(length)).toStdString();
  return {Json::parse(text, nullptr, false), bytes.mid(static_cast<qsizetype>(8 + length))};
}

QString number(double value) {
  return QString::number(value, 'g', 17);
}

template<class Numbers>
QString listed(const Numbers& numbers) {
  QStringList words;
  for (const auto value : numbers) words << number(static_cast<double>(value));
  return words.join(QLatin1Char(','));
}

QString wordOf(NoiseScale scale) {
  return scale == NoiseScale::raw ? QStringLiteral("raw") : QStringLiteral("spread");
}

/// What of the layers `latent plane --layers` names.
QString layersOf(const PlaneLook& look) {
  QStringList words;
  const std::pair<bool, const char*> layers[] = {{look.tiles, "tiles"},
                                                 {look.points, "points"},
                                                 {look.rings, "rings"},
                                                 {look.classNames, "names"},
                                                 {look.density, "density"},
                                                 {look.contours, "contours"},
                                                 {look.magnification, "magnification"},
                                                 {look.ellipse, "posterior"},
                                                 {look.ellipses, "posteriors"},
                                                 {look.quantiles, "quantiles"}};
  for (const auto& [on, word] : layers)
    if (on) words << word;
  return words.join(QLatin1Char(','));
}

/// The command that a person would type for this view. `classes`: a network that reads them was there, as the
/// window has one only after it measured with it.
QStringList commandOf(const FigureRequest& request, bool classes) {
  QStringList words;
  switch (request.kind) {
  case FigureRequest::Kind::plane: {
    const FigureRequest::Plane& plane = request.planes.front();
    const PlaneRect& rect = plane.rect;
    words = {"plane",
             "--rect=" + listed(std::vector{rect.left, rect.right, rect.lower, rect.upper}),
             "--rows",
             QString::number(plane.rows),
             "--columns",
             QString::number(plane.columns),
             "--at=" + listed(plane.axes.origin),
             "--layers",
             layersOf(request.look)};
    if (!plane.z.empty()) words << "--z=" + listed(plane.z);
    if (!request.subjects.empty()) words << "--item" << QString::number(request.subjects.front().index);
    if (plane.isolated) words << "--class" << QString::number(*plane.isolated);
    if (!request.look.selected.empty()) words << "--selected" << listed(request.look.selected);
    break;
  }
  case FigureRequest::Kind::curves:
    words = {"curves",
             "--part",
             QString::fromStdString(request.curves.part),
             "--smoothing",
             number(request.curves.smoothing),
             "--facet",
             QString::fromStdString(request.curves.facet)};
    if (request.curves.sharedY) words << "--shared-values";
    if (request.curves.bound) words << "--bound";
    if (request.curves.logY) words << "--log-y";
    break;
  case FigureRequest::Kind::reconstruct:
    words = {"reconstruct", "--items", listed(request.items)};
    if (request.errorMaps) words << "--error-maps";
    break;
  case FigureRequest::Kind::noise:
    words = {"noise",
             "--items",
             listed(request.items),
             "--sigmas",
             listed(request.sigmas),
             "--scale",
             wordOf(request.scale),
             "--draws",
             QString::number(request.draws),
             "--seed",
             QString::number(request.seed)};
    if (request.mean) words << "--mean";
    if (!classes) words << "--no-classes";
    words << "--subjects"
          << "200"; // that the window measures over
    break;
  case FigureRequest::Kind::sample:
    words = {"sample",
             "--from",
             "each",
             "--n",
             QString::number(request.count),
             "--seed",
             QString::number(request.seed),
             "--temperature",
             number(request.temperature)};
    if (request.bernoulli) words << "--draws";
    break;
  case FigureRequest::Kind::interpolate:
    words = {"interpolate",
             "--items",
             listed(std::vector{request.from.subject->index, request.to.subject->index}),
             "--path",
             request.path.kind == PathKind::straight ? "straight" : "spherical",
             "--frames",
             QString::number(request.path.frames)};
    if (request.path.loop) words << "--loop";
    break;
  case FigureRequest::Kind::traverse: {
    std::vector<int> latents;
    for (const int latent : request.latents) latents.push_back(latent + 1);
    const TraversalRange& range = request.range;
    words = {"traverse",
             "--latents",
             listed(latents),
             "--by",
             QString::fromStdString(rangeKindName(range.kind)),
             "--range=" + listed(std::vector{range.low, range.high}),
             "--frames",
             QString::number(request.frames)};
    if (request.grid) words << "--grid";
    if (request.start.subject) words << "--item" << QString::number(request.start.subject->index);
    if (!request.start.z.empty()) words << "--z=" + listed(request.start.z.front());
    break;
  }
  case FigureRequest::Kind::codes:
    words = {"codes", "--item", QString::number(request.subjects.front().index)};
    if (!request.tokens.empty()) words << "--tokens" << listed(request.tokens);
    break;
  }
  std::vector<RunId> runs = request.runs;
  if (!request.rows.empty()) {
    runs.clear();
    for (const FigureRequest::Row& row : request.rows) runs.push_back(row.run);
  }
  for (const RunId& run : runs) words << QString::fromStdString(run);
  return words << "--width" << number(request.widthMm);
}

} // namespace

class TestSameFigures : public test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase();
  void cleanupTestCase() { m_window.reset(); }
  void planes();
  void curves();
  void reconstructions();
  void traversals();
  void compareInItsModes();
  void codes();
  void decodedPoints();

 private:
  QString at(const QString& name) const { return m_home->filePath(name); }
  std::string train(RunConfig config, const QString& name);
  void open(const RunId& run);
  /// `latent` beside a program that hands it the figure file in place of a picture.
  void latent(const QStringList& words);
  /// What the exporter would make of the panel in front.
  Result<FigureRequest> request(FigureRequest::Kind kind);
  /// The figure of a view, and of both ways to the same on the command line.
  void compare(FigureRequest::Kind kind, bool asCommand = true);
  void compareFiles(const QString& one, const QString& two, bool wholly);

  RunId m_vae, m_ae, m_tokens;
};

std::string TestSameFigures::train(RunConfig config, const QString& name) {
  const std::string folder = at(name).toStdString();
  config.parameters.set("batch", int64_t{1000});
  config.dataset = "digits";
  config.device = "cpu";
  config.epochs = 2;
  config.threads = 1;
  auto run = TrainingRun::create(folder, config, *openDataset("digits", {}));
  if (!run) return {};
  (*run)->trainer().start();
  return (*run)->trainer().wait() == TrainerState::finished ? folder : std::string();
}

void TestSameFigures::open(const RunId& run) {
  if (!bench().runs->find(run)) bench().library->openRun(QString::fromStdString(run));
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(run), patience);
  bench().navigator->activate(run);
  QTRY_VERIFY_WITH_TIMEOUT(focus().active == run && bench().input->answer(run), patience);
}

void TestSameFigures::initTestCase() {
  setComputeThreads(1);
  newHome();
  RunConfig config;
  config.parameters.set("latent", int64_t{3});
  config.parameters.set("hidden", std::vector<int64_t>{16});
  for (const char* family : {"vae", "ae"}) {
    config.family = family;
    (config.family == "vae" ? m_vae : m_ae) = train(config, family);
  }
  RunConfig tokens;
  tokens.family = "vq-vae";
  tokens.parameters.set("stride", int64_t{7});
  tokens.parameters.set("channels", int64_t{4});
  tokens.parameters.set("blocks", int64_t{0});
  tokens.parameters.set("codes", int64_t{12});
  tokens.parameters.set("code_size", int64_t{4});
  tokens.parameters.set("prior", false);
  m_tokens = train(tokens, "tokens");
  QVERIFY(!m_vae.empty() && !m_ae.empty() && !m_tokens.empty());

  QVERIFY(QDir().mkpath(at("programs")));
  QVERIFY(QFile::copy(QCoreApplication::applicationDirPath() + "/latent", at("programs/latent")));
  QVERIFY(
      writeTextAtomically(at("programs/latent-figures").toStdString(), "#!/bin/sh\nexec cp \"$1\" \"$2\"\n")
          .ok());
  QVERIFY(QFile::setPermissions(at("programs/latent-figures"),
                                QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));

  m_window = std::make_unique<MainWindow>();
  m_window->resize(1440, 900);
  m_window->show();
  m_window->start({QString::fromStdString(m_vae)});
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  QTRY_VERIFY_WITH_TIMEOUT(focus().active == m_vae && bench().input->answer(m_vae), patience);
  open(m_ae);
  open(m_vae);
  bench().focus->setShown(m_ae, true);
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
}

void TestSameFigures::latent(const QStringList& words) {
  QProcess program;
  program.start(at("programs/latent"), words);
  QVERIFY(program.waitForFinished(patience));
  QVERIFY2(program.exitCode() == 0,
           qPrintable(words.join(' ') + ": " + QString::fromUtf8(program.readAllStandardError())));
}

Result<FigureRequest> TestSameFigures::request(FigureRequest::Kind kind) {
  for (const FigureChoice& choice : m_window->findChild<Exporter*>()->figures())
    if (choice.kind == kind) return choice.request();
  return usageError("No panel in front makes such a figure.");
}

void TestSameFigures::compareFiles(const QString& one, const QString& two, bool wholly) {
  FigureBytes a = readFigureFile(one), b = readFigureFile(two);
  QVERIFY(a.json.is_object() && b.json.is_object());
  if (!wholly) { // how it was asked for, and what else the window shows
    for (Json* json : {&a.json, &b.json}) {
      (*json)["provenance"].erase("view");
      (*json)["provenance"].erase("focus");
    }
  }
  const std::string differences = Json::diff(a.json, b.json).dump().substr(0, 2000);
  QVERIFY2(a.json.dump() == b.json.dump(), differences.c_str());
  QVERIFY(a.arrays == b.arrays);
}

void TestSameFigures::compare(FigureRequest::Kind kind, bool asCommand) {
  Result<FigureRequest> wanted = usageError("");
  QTRY_VERIFY_WITH_TIMEOUT((wanted = request(kind)).ok(), patience);
  std::shared_ptr<const Figure> made;
  bench().figures->make(*wanted, m_window.get(), [&](const Result<std::shared_ptr<const Figure>>& figure) {
    QVERIFY2(figure.ok(), figure.ok() ? "" : figure.error().message.c_str());
    made = *figure;
  });
  QTRY_VERIFY_WITH_TIMEOUT(made, patience);
  Figure figure = *made;
  figure.provenance["page"] = pageOf(figure, 300);
  QVERIFY(writeFigure(at("window.figure").toStdString(), figure).ok());
  QVERIFY(writeTextAtomically(at("window.json").toStdString(), figure.provenance.dump()).ok());
  latent({"figure", "--from", at("window.json"), "--out", at("again.svg")});
  if (QTest::currentTestFailed()) return;
  compareFiles(at("window.figure"), at("again.svg"), true);
  if (QTest::currentTestFailed() || !asCommand) return;
  const bool classes = figure.provenance["view"].value("classes", false);
  latent(commandOf(*wanted, classes) << "--out" << at("command.svg"));
  if (QTest::currentTestFailed()) return;
  compareFiles(at("window.figure"), at("command.svg"), false);
}

void TestSameFigures::planes() {
  using Kind = FigureRequest::Kind;
  stage()->setWorkspace(Stage::Workspace::train);
  QTRY_VERIFY_WITH_TIMEOUT(!plane()->points().x.empty(), patience);
  compare(Kind::plane);
  if (QTest::currentTestFailed()) return;
  stage()->setWorkspace(Stage::Workspace::explore);
  stage()->exploreView()->setPage(ExploreView::Page::plane);
  QTRY_VERIFY_WITH_TIMEOUT(!plane()->points().x.empty(), patience);
  plane()->classClicked(3);
  plane()->lassoed({2, 5, 8});
  PlaneLayers layers = stage()->planePanel()->layers();
  layers.ellipses = true;
  stage()->planePanel()->setLayers(layers);
  compare(Kind::plane);
  if (QTest::currentTestFailed()) return;
  // Fields have the window's cells, which a command has not; two planes side by side have axes of their own.
  layers.density = layers.magnification = layers.quantiles = true;
  stage()->planePanel()->setLayers(layers);
  compare(Kind::plane, false);
  if (QTest::currentTestFailed()) return;
  Json state = stage()->exploreView()->planeView()->viewState();
  state["planes"] = 2;
  state["layers"]["density"] = state["layers"]["magnification"] = false;
  stage()->exploreView()->planeView()->setViewState(state);
  QTRY_COMPARE_WITH_TIMEOUT(request(Kind::plane)->planes.size(), size_t{2}, patience);
  compare(Kind::plane, false);
}

void TestSameFigures::curves() {
  stage()->setWorkspace(Stage::Workspace::train);
  auto* panel = stage()->trainView()->curvesPanel();
  QTRY_VERIFY_WITH_TIMEOUT(!panel->view()->visibleRange().isNull(), patience);
  compare(FigureRequest::Kind::curves);
  if (QTest::currentTestFailed()) return;
  CurveChoice choice = panel->choice();
  choice.facet = "family";
  choice.sharedY = choice.bound = true;
  choice.smoothing = 0.6;
  panel->setChoice(choice);
  compare(FigureRequest::Kind::curves);
  if (QTest::currentTestFailed()) return;
  panel->setChoice({});
  panel->view()->setArea(CurvesArea{{0.5, 1.5}, {{100, 300}}}); // which no option says
  compare(FigureRequest::Kind::curves, false);
  panel->view()->setArea({});
}

void TestSameFigures::reconstructions() {
  stage()->setWorkspace(Stage::Workspace::train);
  compare(FigureRequest::Kind::reconstruct);
}

void TestSameFigures::traversals() {
  stage()->setWorkspace(Stage::Workspace::explore);
  stage()->exploreView()->setPage(ExploreView::Page::traverse);
  TraverseView* view = stage()->exploreView()->traverseView();
  for (const char* from : {"mean", "input", "point"})
    for (const bool grid : {false, true}) {
      Json state = view->viewState();
      state["from"] = from;
      state["grid"] = grid;
      view->setViewState(state);
      QTRY_VERIFY_WITH_TIMEOUT(request(FigureRequest::Kind::traverse).ok() &&
                                   !request(FigureRequest::Kind::traverse)->latents.empty() &&
                                   request(FigureRequest::Kind::traverse)->grid == grid,
                               patience);
      compare(FigureRequest::Kind::traverse);
      if (QTest::currentTestFailed()) return;
    }
}

void TestSameFigures::compareInItsModes() {
  stage()->setWorkspace(Stage::Workspace::compare);
  for (int mode = 0; mode < compareModes; ++mode) {
    CompareSettings settings;
    settings.mode = static_cast<CompareMode>(mode);
    settings.reconstruct.errorMap = true;
    settings.noise.sigmas = {0, 1};
    settings.noise.subjects = {InputChoice::Kind::first, 2, 1};
    settings.sample.count = 6;
    settings.interpolate.from = {PathEnd::Kind::item, 3, {}};
    settings.interpolate.to = {PathEnd::Kind::item, 8, {}};
    settings.interpolate.path = {PathKind::spherical, 5, true};
    settings.sweep.start = SweepSettings::Start::input;
    stage()->compareView()->setSettings(settings);
    compare(figureKind(settings.mode));
    if (QTest::currentTestFailed()) return;
  }
}

void TestSameFigures::codes() {
  open(m_tokens);
  stage()->setWorkspace(Stage::Workspace::explore);
  stage()->exploreView()->setPage(ExploreView::Page::codes);
  QTRY_VERIFY_WITH_TIMEOUT(bench().tokens->ready() && !bench().tokens->own().empty(), patience);
  compare(FigureRequest::Kind::codes);
  if (QTest::currentTestFailed()) return;
  Focus edited = focus();
  edited.tokens = bench().tokens->own();
  edited.tokens[5] = (edited.tokens[5] + 1) % bench().tokens->codes();
  bench().focus->set(edited);
  compare(FigureRequest::Kind::codes);
}

// Which the command line alone makes.
void TestSameFigures::decodedPoints() {
  latent({"decode", QString::fromStdString(m_vae), "--z=0.5,-1.25,0.125", "--sidecar", "--out",
          at("point.svg")});
  latent({"figure", "--from", at("point.json"), "--out", at("point-again.svg")});
  if (!QTest::currentTestFailed()) compareFiles(at("point.svg"), at("point-again.svg"), true);
}

QTEST_MAIN(TestSameFigures)
#include "test_same_figures.moc"
