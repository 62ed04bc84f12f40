// The workspace Compare in the real window: rows, modes, what is asked for, and what a click does to the
// Focus.
#include "core/run/interpolate_figure.h"
#include "core/run/noise_figure.h"
#include "core/run/noise_runs.h"
#include "core/run/sample_figure.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/figure_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/pin_store.h"
#include "ui/views/compare/cell_pictures.h"
#include "ui/views/compare/compare_bar.h"
#include "ui/views/compare/compare_grid.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/compare/noise_panel.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/views/shared/navigator.h"
#include "ui/widgets/empty_state.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestCompare : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase();
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void settingsSurviveTheirJson();
  void numbersAreReadAsTyped();
  void cellsAreWholeMultiplesOfPixels();
  void oneRunOffersItsTwin();
  void rowsAreTheShownRuns();
  void rowsAreSnapshotsOfTheActiveRun();
  void noNoiseIsTheReconstruction();
  void theSameEpsReachesEveryRun();
  void theMeanOfDrawsIsTheirMean();
  void endsOfAPathAreReconstructions();
  void aSweepMovesOneLatent();
  void samplesFollowFromTheSeed();
  void picturesAreThoseOfTheCommandLine();
  void curvesAreMeasuredOnEqualNoise();
  void scrollingAsksForMore();
  void aClickEditsTheFocus();
  void aDoubleClickOpensExplore();
  void keysMoveTakeAndWipe();
  void theErrorMapIsTheError();
  void worstComesBeforeBest();
  void everyModeExports();
  void modesSurviveTheWindow();
  void whatHasNoMeaningSaysWhy();

 private:
  void openTwo(); ///< AE and VAE, both shown, in Compare
  void openRuns(const QStringList& folders);
  void settle();
  void mode(const char* name);
  void choose(const char* box, int index);
  void type(const char* field, const QString& text);
  QPoint at(int line, int column) const { return grid()->cellRect(line, column).center().toPoint(); }
  CompareView* view() const { return stage()->compareView(); }
  CompareGrid* grid() const { return view()->grid(); }
  const CellPicture& cell(int line, int column) const;
  int lineOf(const RunId& run) const;
  template<typename T>
  T* find(const char* name) const {
    return view()->findChild<T*>(QLatin1String(name));
  }
  QString folderOf(const char* family) const { return m_runs.filePath(QLatin1String(family)); }

  QTemporaryDir m_runs;
};

namespace {

double distance(const Image& a, const Image& b) {
  if (a.shape != b.shape || a.pixels.size() != b.pixels.size()) return 1e9;
  double furthest = 0;
  for (size_t i = 0; i < a.pixels.size(); ++i)
    furthest = std::max(furthest, std::abs(double{a.pixels[i]} - b.pixels[i]));
  return furthest;
}

} // namespace

// Trained once: every test looks at the same two runs.
void TestCompare::initTestCase() {
  setComputeThreads(1); // two pools of threads on a busy machine wait for each other
  newHome();
  for (const char* family : {"ae", "vae"}) {
    RunConfig config;
    config.family = family;
    config.parameters.set("latent", int64_t{2});
    config.parameters.set("hidden", std::vector<int64_t>{16});
    config.parameters.set("batch", int64_t{1000});
    config.dataset = "digits";
    config.epochs = 3;
    config.device = "cpu";
    auto run = TrainingRun::create(folderOf(family).toStdString(), config, *openDataset("digits", {}));
    QVERIFY2(run.ok(), run.ok() ? "" : run.error().message.c_str());
    (*run)->trainer().start();
    QVERIFY((*run)->trainer().wait() == TrainerState::finished);
  }
}

void TestCompare::openRuns(const QStringList& folders) {
  m_window = std::make_unique<MainWindow>();
  m_window->resize(1440, 900);
  m_window->show();
  m_window->start(folders);
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  QTRY_COMPARE_WITH_TIMEOUT(bench().runs->rowCount(), static_cast<int>(folders.size()), patience);
  for (const QString& folder : folders) bench().focus->setShown(folder.toStdString(), true);
  QTRY_VERIFY_WITH_TIMEOUT(!focus().active.empty() && bench().input->answer(focus().active), patience);
  bench().navigator->activate(folders.back().toStdString());
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  QTest::keyClick(m_window.get(), Qt::Key_3, Qt::AltModifier);
  QVERIFY(stage()->workspace() == Stage::Workspace::compare);
}

void TestCompare::openTwo() {
  openRuns({folderOf("ae"), folderOf("vae")});
  settle();
}

void TestCompare::settle() {
  QTRY_VERIFY_WITH_TIMEOUT(grid()->lineCount() > 0 && view()->complete(), patience);
}

void TestCompare::mode(const char* name) {
  QTest::mouseClick(view()->tools()->findChild<QToolButton*>(QLatin1String(name)), Qt::LeftButton);
  settle();
}

void TestCompare::choose(const char* name, int index) {
  auto* box = find<QComboBox>(name);
  QVERIFY2(box && box->isVisible(), name);
  box->setFocus();
  while (box->currentIndex() > 0) QTest::keyClick(box, Qt::Key_Up); // Home means the prior's mean
  for (int i = 0; i < index; ++i) QTest::keyClick(box, Qt::Key_Down);
  QCOMPARE(box->currentIndex(), index);
}

void TestCompare::type(const char* name, const QString& text) {
  auto* field = view()->findChild<QWidget*>(QLatin1String(name));
  QVERIFY2(field && field->isVisible(), name);
  auto* line = qobject_cast<QLineEdit*>(field);
  if (!line) line = field->findChild<QLineEdit*>();
  line->setFocus();
  line->selectAll();
  QTest::keyClicks(line, text);
  QTest::keyClick(line, Qt::Key_Return);
}

const CellPicture& TestCompare::cell(int line, int column) const {
  static const CellPicture none;
  const CellPicture* picture = view()->feed().picture(line, column);
  return picture ? *picture : none;
}

int TestCompare::lineOf(const RunId& run) const {
  const QString letter = bench().runs->find(run)->letterText();
  for (int line = 0; line < grid()->lineCount(); ++line)
    if (grid()->line(line).letter == letter) return line;
  return -1;
}

void TestCompare::settingsSurviveTheirJson() {
  CompareSettings s;
  s.mode = CompareMode::sweep;
  s.snapshots = true;
  s.epochs = {0, 2.5, 40};
  s.zoom = -1;
  s.reconstruct = {{InputChoice::Kind::worst, 7, 9}, true};
  s.noise = {{InputChoice::Kind::byClass, 5, 2}, {0, 0.3}, NoiseScale::raw, true, 4, 11};
  s.sample = {12, 5, 0.7, true};
  s.interpolate = {
      {PathEnd::Kind::item, 4, {}}, {PathEnd::Kind::pin, 0, "thin"}, {PathKind::spherical, 5, true}};
  s.sweep = {SweepSettings::Start::priorMean, 3, {RangeKind::value, -1, 4}, 6};
  QVERIFY(settingsFromJson(toJson(s)) == s);
  QVERIFY(settingsFromJson(Json::parse(toJson(s).dump())) == s);

  QVERIFY(settingsFromJson(Json()) == CompareSettings());
  const CompareSettings damaged =
      settingsFromJson(Json{{"mode", "later"},
                            {"zoom", 900},
                            {"noise", {{"sigmas", {0, -1}}, {"draws", 1e9}}},
                            {"sample", 3},
                            {"sweep", {{"range", "value"}, {"low", 4}, {"high", 1}}},
                            {"unknown", true}});
  QVERIFY(damaged == CompareSettings());
}

void TestCompare::numbersAreReadAsTyped() {
  std::vector<double> numbers{7};
  QVERIFY(readNumbers("40, 0;20 0", 24, numbers));
  QCOMPARE(numbers, std::vector<double>({0, 20, 40}));
  QCOMPARE(writeNumbers({0, 0.1, 40}), std::string("0, 0.1, 40"));
  QVERIFY(readNumbers("", 24, numbers) && numbers.empty());
  numbers = {7};
  for (const char* wrong : {"1, x", "-1", "nan", "1e9", "1, 2, 3"})
    QVERIFY2(!readNumbers(wrong, 2, numbers), wrong);
  QCOMPARE(numbers, std::vector<double>{7});
}

void TestCompare::cellsAreWholeMultiplesOfPixels() {
  for (const double ratio : {1.0, 1.5, 2.0})
    for (const QSize image : {QSize(28, 28), QSize(64, 64), QSize(3, 3)})
      for (const int columns : {3, 40}) {
        GridLayoutInput input;
        input.image = image;
        input.room = QSizeF(920, 500);
        input.ratio = ratio;
        input.columns = columns;
        input.groupStarts = {true, false, true};
        const GridLayout layout(input);
        QVERIFY(layout.cell().width() >= GridLayout::smallestCell);
        QCOMPARE(layout.cell().width() * ratio, double{1} * image.width() * layout.scale());
        const QRectF cell = layout.cellRect(1, 2);
        QCOMPARE(cell.left() * ratio, std::round(cell.left() * ratio));
        QCOMPARE(layout.columnAt(cell.center().x() - layout.bodyLeft()), 2);
        QCOMPARE(layout.lineAt(cell.center().y() - layout.bodyTop()), 1);
      }
}

void TestCompare::oneRunOffersItsTwin() {
  openRuns({folderOf("vae")});
  QTRY_VERIFY(view()->emptyState()->isVisible());
  QCOMPARE(view()->emptyState()->sentence(), QString("Show two runs to compare."));
  QCOMPARE(view()->emptyState()->button()->text(), QString("Train the AE twin"));
  QTest::mouseClick(view()->emptyState()->button(), Qt::LeftButton);
  QVERIFY(stage()->workspace() == Stage::Workspace::train);
  QCOMPARE(m_window->inspector()->tab(), Inspector::Tab::setup);
  const std::vector<RunConfig> planned = m_window->inspector()->setup()->runs();
  QCOMPARE(planned.size(), size_t{1});
  const RunConfig& was = bench().runs->find(focus().active)->config;
  QCOMPARE(planned.front().family, std::string("ae"));
  QCOMPARE(planned.front().dataset, was.dataset);
  QCOMPARE(planned.front().seed, was.seed);
  QCOMPARE(planned.front().epochs, was.epochs);
  QVERIFY(planned.front().parameters.list("hidden") == was.parameters.list("hidden"));
  QCOMPARE(planned.front().parameters.integer("latent"), int64_t{2});
}

void TestCompare::rowsAreTheShownRuns() {
  openTwo();
  QCOMPARE(grid()->lineCount(), 2);
  QVERIFY(grid()->hasFocus()); // Alt+3 is enough for the arrows
  QCOMPARE(grid()->line(0).letter, QString("A"));
  QCOMPARE(grid()->line(0).label, QString("AE z2"));
  QCOMPARE(grid()->line(0).note, QString("epoch 3"));
  QCOMPARE(grid()->line(0).mark, bench().runs->find(folderOf("ae").toStdString())->colour());
  QVERIFY(!grid()->line(0).active && grid()->line(1).active);
  QVERIFY(distance(cell(0, 0).image, cell(1, 0).image) > 1e-3);
  bench().navigator->toggleShown(folderOf("ae").toStdString());
  QTRY_VERIFY(view()->emptyState()->isVisible());
}

void TestCompare::rowsAreSnapshotsOfTheActiveRun() {
  openTwo();
  choose("compareRows", 1);
  settle();
  const std::vector<int64_t> kept = bench().runs->find(focus().active)->snapshots;
  QVERIFY(kept.size() >= 3);
  QCOMPARE(view()->rows().front().snapshot, std::optional(kept.front()));
  QCOMPARE(view()->rows().back().snapshot, std::optional(kept.back()));
  type("compareEpochs", "3, 0");
  settle();
  QCOMPARE(grid()->lineCount(), 2);
  QCOMPARE(cell(0, 0).step, kept.front());
  QCOMPARE(cell(1, 0).step, kept.back());
  QVERIFY(distance(cell(0, 0).image, cell(1, 0).image) > 1e-3);
  const Image last = cell(1, 0).image;
  QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, at(0, 1));
  QCOMPARE(focus().step, std::optional(kept.front())); // the moment of the row, with its point
  QCOMPARE(focus().cursor, cell(0, 1).z);
  settle();
  QVERIFY(grid()->cell(0, 1).taken);
  choose("compareRows", 0);
  settle();
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QVERIFY(!focus().step);
  settle();
  QVERIFY(distance(cell(lineOf(focus().active), 0).image, last) < 1e-5);
}

void TestCompare::noNoiseIsTheReconstruction() {
  openTwo();
  mode("modeNoise");
  for (int line = 0; line < 2; ++line) {
    const RunId run = view()->rows()[static_cast<size_t>(line)].run;
    QTRY_VERIFY_WITH_TIMEOUT(bench().input->answer(run), patience);
    const ReconstructFrame* answer = bench().input->answer(run);
    QVERIFY(distance(cell(line, 0).image, answer->outputs.front()) < 1e-5);
    QVERIFY(std::ranges::equal(cell(line, 0).z, answer->posteriors.mu));
    QVERIFY(distance(cell(line, 7).image, cell(line, 0).image) > 1e-3);
    QCOMPARE(cell(line, 0).under, bench().input->image());
  }
}

// Two runs of equal weights: whatever is drawn, equal pictures tell that the numbers were equal.
void TestCompare::theSameEpsReachesEveryRun() {
  const QString copy = m_home->filePath("copy");
  std::filesystem::copy(folderOf("vae").toStdString(), copy.toStdString(),
                        std::filesystem::copy_options::recursive);
  openRuns({folderOf("vae"), copy});
  settle();
  for (const char* name : {"modeNoise", "modeSample"}) {
    mode(name);
    const GridWindow seen = grid()->seen();
    for (int column = seen.firstColumn; column < seen.endColumn; ++column) {
      QVERIFY(!cell(0, column).z.empty());
      QCOMPARE(cell(0, column).z, cell(1, column).z);
      QCOMPARE(cell(0, column).image, cell(1, column).image);
    }
  }
}

void TestCompare::theMeanOfDrawsIsTheirMean() {
  openTwo();
  mode("modeNoise");
  type("compareSigmas", "0, 1");
  type("compareDrawCount", "3");
  settle();
  QCOMPARE(grid()->columnCount(), 4); // no noise has one draw
  Image mean = cell(1, 1).image;
  for (size_t i = 0; i < mean.pixels.size(); ++i)
    mean.pixels[i] =
        (cell(1, 1).image.pixels[i] + cell(1, 2).image.pixels[i] + cell(1, 3).image.pixels[i]) / 3;
  QVERIFY(distance(cell(1, 1).image, cell(1, 2).image) > 1e-3);
  choose("compareDraws", 1);
  settle();
  QCOMPARE(grid()->columnCount(), 2);
  QVERIFY(distance(cell(1, 1).image, mean) < 1e-5);
  QVERIFY(cell(1, 1).z.empty());
}

void TestCompare::endsOfAPathAreReconstructions() {
  openTwo();
  const Image first = cell(1, 0).image, fourth = cell(1, 4).image;
  mode("modeInterpolate");
  choose("compareTo", 1);
  type("compareToItem", "4");
  type("compareFrames", "5");
  settle();
  QCOMPARE(focus().subject.index, int64_t{0});
  QCOMPARE(grid()->columnCount(), 5);
  QVERIFY(distance(cell(1, 0).image, first) < 1e-5);
  QVERIFY(distance(cell(1, 4).image, fourth) < 1e-5);
  const LatentPoint middle = cell(1, 2).z;
  for (size_t k = 0; k < 2; ++k)
    QVERIFY(std::abs(middle[k] - (cell(1, 0).z[k] + cell(1, 4).z[k]) / 2) < 1e-5F);
  choose("comparePath", 1);
  settle();
  QCOMPARE(cell(1, 0).z.size(), size_t{2});
  QVERIFY(distance(cell(1, 4).image, fourth) < 1e-5);
  QTest::mouseClick(find<QCheckBox>("compareLoop"), Qt::LeftButton, {}, QPoint(8, 14));
  settle();
  QCOMPARE(grid()->columnCount(), 8); // there and back, no frame twice
  QCOMPARE(cell(1, 5).z, cell(1, 3).z);
}

void TestCompare::aSweepMovesOneLatent() {
  openTwo();
  mode("modeSweep");
  type("compareFrames", "5"); // all of them are seen
  settle();
  const ReconstructFrame* answer = bench().input->answer(focus().active);
  const int line = lineOf(focus().active);
  for (int column = 0; column < grid()->columnCount(); ++column)
    QCOMPARE(cell(line, column).z[1], answer->posteriors.mu[1]);
  QVERIFY(cell(line, 0).z[0] < cell(line, grid()->columnCount() - 1).z[0]);
  grid()->setFocus();
  QTest::keyClick(grid(), Qt::Key_BracketRight);
  QCOMPARE(view()->settings().sweep.latent, 1);
  settle();
  for (int column = 0; column < grid()->columnCount(); ++column) // nothing is left of the other latent
    QCOMPARE(cell(line, column).z[0], answer->posteriors.mu[0]);
  QTest::keyClick(grid(), Qt::Key_BracketRight);
  QCOMPARE(view()->settings().sweep.latent, 0);

  choose("compareStart", 1); // from the point: it follows the cursor
  choose("compareRange", 2);
  settle();
  bench().focus->setCursor({0.25F, -0.75F});
  settle();
  QCOMPARE(cell(line, 3).z[1], -0.75F);
  QCOMPARE(cell(line, 0).z[0], -3.0F);
}

void TestCompare::samplesFollowFromTheSeed() {
  openTwo();
  mode("modeSample");
  QCOMPARE(grid()->lineCount(), 3); // the AE from N(0, I) and from a Gaussian fitted to its codes
  QVERIFY(grid()->line(0).detail.contains("N(0, I)"));
  QVERIFY(grid()->line(1).detail.contains("fitted"));
  QCOMPARE(cell(0, 2).z, cell(2, 2).z); // the same eps
  QVERIFY(cell(1, 2).z != cell(0, 2).z);
  const Image drawn = cell(2, 2).image;
  QTest::mouseClick(find<QToolButton>("compareReseed"), Qt::LeftButton);
  settle();
  QVERIFY(distance(cell(2, 2).image, drawn) > 1e-3);
  type("compareSeed", "1");
  settle();
  QCOMPARE(cell(2, 2).image, drawn);
  const LatentPoint warm = cell(2, 2).z;
  type("compareTemperature", "0.5");
  settle();
  for (size_t k = 0; k < 2; ++k) QVERIFY(std::abs(cell(2, 2).z[k] - warm[k] / 2) < 1e-5F);
  choose("compareBernoulli", 1);
  settle();
  QVERIFY(std::ranges::all_of(cell(2, 2).image.pixels, [](float value) { return value == 0 || value == 1; }));
}

// What `latent` and exported figures compute, cell by cell.
void TestCompare::picturesAreThoseOfTheCommandLine() {
  openTwo();
  const auto opened = openDataset("digits", {});
  QVERIFY(opened.ok());
  const Dataset& data = **opened;
  JobControl control;
  std::vector<FigureSource> sources;
  for (const char* family : {"ae", "vae"}) {
    Result<RunFolder> run = RunFolder::open(folderOf(family).toStdString());
    QVERIFY(run.ok());
    sources.push_back({*std::move(run), std::nullopt});
  }
  const auto pictureAt = [](const ImageShape& shape, const std::vector<float>& pixels, int64_t index) {
    const auto first = pixels.begin() + index * shape.pixels();
    return Image{shape, {first, first + shape.pixels()}};
  };

  mode("modeNoise");
  NoiseOptions noise;
  noise.items = {0};
  noise.scale = NoiseScale::spread;
  noise.draws = 1;
  const auto runs = noiseRunsOf(sources, noise.scale, data, control);
  QVERIFY(runs.ok());
  const auto noisy = noisePictures(*runs, noise, data, control);
  QVERIFY(noisy.ok());
  for (int line = 0; line < 2; ++line)
    for (int column = 0; column < 8; ++column)
      QVERIFY(distance(cell(line, column).image, pictureAt(noisy->shape, noisy->pixels, 8 * line + column)) <
              1e-5);

  mode("modeSample");
  SampleOptions sample;
  sample.count = 4;
  for (const auto& [line, source, from] :
       {std::tuple(0, 0, SampleSource::prior), std::tuple(1, 0, SampleSource::codes),
        std::tuple(2, 1, SampleSource::prior)}) {
    sample.from = from;
    const auto drawn = sampleRun(sources[static_cast<size_t>(source)], sample, data, control);
    QVERIFY(drawn.ok());
    for (int column = 0; column < 4; ++column)
      QVERIFY(distance(cell(line, column).image, pictureAt({1, 28, 28}, *drawn, column)) < 1e-5);
  }

  mode("modeInterpolate");
  InterpolateOptions path;
  const auto between = interpolate(sources, path, data, control);
  QVERIFY(between.ok());
  for (int line = 0; line < 2; ++line)
    for (int column = 0; column < between->frames; ++column)
      QVERIFY(distance(cell(line, column).image,
                       pictureAt(between->shape, between->pixels, line * between->frames + column)) < 1e-5);
}

void TestCompare::curvesAreMeasuredOnEqualNoise() {
  const QString copy = m_home->filePath("copy");
  std::filesystem::copy(folderOf("vae").toStdString(), copy.toStdString(),
                        std::filesystem::copy_options::recursive);
  openRuns({folderOf("vae"), copy});
  settle();
  mode("modeNoise");
  QTRY_COMPARE_WITH_TIMEOUT(view()->noise()->curves().curves.size(), size_t{2}, patience);
  const NoiseCurve& first = view()->noise()->curves().curves[0];
  const NoiseCurve& second = view()->noise()->curves().curves[1];
  QCOMPARE(first.error, second.error);
  QCOMPARE(first.error.size(), view()->settings().noise.sigmas.size());
  std::vector<int64_t> images(NoisePanel::curveImages);
  std::iota(images.begin(), images.end(), 0);
  JobControl control;
  const auto data = openDataset("digits", {});
  Result<RunFolder> run = RunFolder::open(copy.toStdString());
  QVERIFY(data.ok() && run.ok());
  const auto clean =
      reconstructImages({{*std::move(run), std::nullopt}}, {.indices = images}, **data, control);
  QVERIFY(clean.ok());
  double error = 0; // of no noise: the reconstructions'
  for (size_t i = 0; i < images.size(); ++i) error += squaredError(clean->rows[0][i], clean->rows[1][i]);
  error /= static_cast<double>(images.size());
  QVERIFY(std::abs(first.error.front() - error) < 1e-4 * error);
  QVERIFY(first.error.back() != first.error.front());
  QVERIFY(view()->noise()->note().contains("the same eps for every run"));
}

void TestCompare::scrollingAsksForMore() {
  openTwo();
  mode("modeSample");
  const int last = grid()->columnCount() - 1;
  QVERIFY(grid()->seen().endColumn <= last);
  QVERIFY(!view()->feed().picture(0, last)); // what is not seen was not asked for
  const int before = grid()->seen().endColumn;
  QWheelEvent turn(QPointF(400, 100), grid()->viewport()->mapToGlobal(QPointF(400, 100)), {}, QPoint(0, -120),
                   Qt::NoButton, Qt::ShiftModifier, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(grid()->viewport(), &turn);
  QVERIFY(grid()->seen().endColumn > before);
  grid()->setFocus();
  QTest::keyClick(grid(), Qt::Key_End);
  QCOMPARE(grid()->currentColumn(), last);
  QCOMPARE(grid()->seen().endColumn, last + 1);
  settle();
  QVERIFY(!cell(0, last).image.empty());
}

void TestCompare::aClickEditsTheFocus() {
  openTwo();
  const int line = lineOf(focus().active);
  const Focus before = focus();
  const Image was = output();
  QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, grid()->headRect(3).center().toPoint());
  QCOMPARE(focus().subject.index, int64_t{3});
  QCOMPARE(focus().cursor, before.cursor); // an input is taken, the point stays

  QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, at(line, 5));
  QCOMPARE(focus().subject.index, int64_t{5});
  QCOMPARE(focus().cursor, cell(line, 5).z);
  QVERIFY(grid()->cell(line, 5).taken);
  QTRY_VERIFY_WITH_TIMEOUT(settled() && output() != was, patience);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); // one undo
  QCOMPARE(focus().subject.index, int64_t{3});
  QCOMPARE(focus().cursor, before.cursor);
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  QCOMPARE(output(), was); // the same pixels

  mode("modeNoise");
  QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, at(1 - line, 2)); // of the other run
  QCOMPARE(focus().cursor, before.cursor);
  QVERIFY(!view()->bar()->note().isEmpty());
  QTest::mouseClick(grid()->viewport(), Qt::LeftButton, {}, at(line, 2));
  QCOMPARE(focus().cursor, cell(line, 2).z);
}

void TestCompare::aDoubleClickOpensExplore() {
  openTwo();
  mode("modeSample");
  const RunId ae = folderOf("ae").toStdString();
  const LatentPoint z = cell(0, 1).z;
  const RunId before = focus().active;
  QTest::mouseDClick(grid()->viewport(), Qt::LeftButton, {}, at(0, 1));
  QVERIFY(stage()->workspace() == Stage::Workspace::explore);
  QCOMPARE(focus().active, ae);
  QCOMPARE(focus().cursor, z);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(focus().active, before);
}

void TestCompare::keysMoveTakeAndWipe() {
  openTwo();
  grid()->setFocus();
  const int line = lineOf(focus().active);
  while (grid()->currentLine() < line) QTest::keyClick(grid(), Qt::Key_Down);
  QTest::keyClick(grid(), Qt::Key_Right);
  QTest::keyClick(grid(), Qt::Key_Right);
  QCOMPARE(grid()->currentColumn(), 2);
  const QString words = grid()->accessibleDescription();
  QVERIFY2(words.contains("VAE z2") && words.contains("test image 2") && words.contains("squared error"),
           qPrintable(words));
  QTest::keyClick(grid(), Qt::Key_Return);
  QCOMPARE(focus().subject.index, int64_t{2});
  QCOMPARE(focus().cursor, cell(line, 2).z);
  QTest::keyClick(grid(), Qt::Key_N);
  QCOMPARE(focus().subject.index, int64_t{3});

  const QRect place = grid()->cellRect(line, 1).toRect();
  const QImage plain = grid()->viewport()->grab(place).toImage();
  QTest::keyPress(grid(), Qt::Key_W);
  QVERIFY(grid()->wiping());
  QVERIFY(grid()->viewport()->grab(place).toImage() != plain);
  QTest::keyRelease(grid(), Qt::Key_W);
  QVERIFY(!grid()->wiping());

  const Focus before = focus(); // a drag wipes and takes nothing
  QTest::mousePress(grid()->viewport(), Qt::LeftButton, {}, at(line, 1));
  QTest::mouseMove(grid()->viewport(), at(line, 1) + QPoint(20, 0));
  QVERIFY(grid()->wiping());
  const LatentPoint cursor = focus().cursor;
  QTest::mouseRelease(grid()->viewport(), Qt::LeftButton, {}, at(line, 1) + QPoint(20, 0));
  QVERIFY(!grid()->wiping());
  QVERIFY(focus() == before);
  QCOMPARE(focus().cursor, cursor);

  const int scale = grid()->scale();
  QTest::keyClick(grid(), Qt::Key_Plus);
  QCOMPARE(grid()->scale(), scale + 1);
  QTest::keyClick(grid(), Qt::Key_0);
  QCOMPARE(grid()->scale(), scale);
}

void TestCompare::theErrorMapIsTheError() {
  openTwo();
  auto* check = find<QCheckBox>("compareErrorMap");
  check->setFocus();
  QTest::keyClick(check, Qt::Key_Space);
  settle();
  QCOMPARE(grid()->lineCount(), 4);
  QCOMPARE(grid()->line(1).label, QString("|x − x̂|"));
  QCOMPARE(cell(1, 2).image, errorImage(cell(0, 2).under, cell(0, 2).image));
  const Image black{{1, 1, 2}, {0, 0}}, half{{1, 1, 2}, {0, 1}};
  const Image map = errorImage(black, half);
  QVERIFY(map.pixels[0] < 0.3F && map.pixels[1] > 0.9F); // red of viridis(0) and viridis(1)
  QCOMPARE(squaredError(black, half), 1.0);
}

void TestCompare::worstComesBeforeBest() {
  openTwo();
  const int line = lineOf(focus().active);
  const auto errors = [&](int kind) {
    choose("compareInputs", kind);
    QTRY_VERIFY_WITH_TIMEOUT(view()->bar()->note().contains("wipe") && view()->complete(), patience);
  };
  errors(4);
  const double best = *cell(line, 0).error;
  QVERIFY(best <= *cell(line, 1).error);
  errors(5);
  QVERIFY(*cell(line, 0).error >= *cell(line, 1).error);
  QVERIFY(*cell(line, 0).error > best);
  const int64_t size = 2000; // of the digits
  QVERIFY(std::ranges::all_of(view()->inputs(), [](const CompareInput& input) { return input.item < size; }));
  choose("compareInputs", 3);
  settle();
  QVERIFY(std::ranges::is_sorted(view()->inputs(), {}, &CompareInput::label));
  QCOMPARE(view()->inputs().front().label, int64_t{0});
  QCOMPARE(view()->inputs().back().label, int64_t{7}); // 24 images, three of a class
}

void TestCompare::everyModeExports() {
  openTwo();
  for (const char* name : {"modeReconstruct", "modeNoise", "modeSample", "modeInterpolate", "modeSweep"}) {
    mode(name);
    const Result<FigureRequest> request = view()->figure();
    QVERIFY2(request.ok(), name);
    QCOMPARE(request->rows.size(), size_t{2});
    std::optional<Result<std::shared_ptr<const Figure>>> made;
    bench().figures->make(*request, view(),
                          [&](const Result<std::shared_ptr<const Figure>>& figure) { made = figure; });
    QTRY_VERIFY_WITH_TIMEOUT(made.has_value(), patience);
    QVERIFY2(made->ok(), made->ok() ? "" : made->error().message.c_str());
    QVERIFY(std::ranges::count(figureToCsv(***made), '\n') > 100);
  }
  choose("compareStart", 1); // the point: of each row its own
  QTRY_VERIFY_WITH_TIMEOUT(view()->figure().ok(), patience);
  QCOMPARE(view()->figure()->start.z.size(), size_t{2});
}

void TestCompare::modesSurviveTheWindow() {
  openTwo();
  mode("modeNoise");
  type("compareSigmas", "0, 0.4, 2");
  choose("compareScale", 0);
  const Json state = view()->viewState();
  const CompareSettings before = view()->settings();
  view()->setViewState(Json::object());
  QVERIFY(view()->settings() == CompareSettings());
  view()->setViewState(Json::parse(state.dump()));
  QVERIFY(view()->settings() == before);
  QVERIFY(view()->tools()->findChild<QToolButton*>("modeNoise")->isChecked());
  settle();
  QCOMPARE(grid()->columnCount(), 3);
}

void TestCompare::whatHasNoMeaningSaysWhy() {
  openTwo();
  RunItem tokens = *bench().runs->find(focus().active);
  tokens.id = "tokens";
  tokens.shortFamily = "VQ-VAE";
  tokens.hasPrior = false;
  tokens.discrete = true;
  bench().runs->put(tokens);
  RunItem boots = *bench().runs->find(focus().active);
  boots.id = "boots";
  boots.config.dataset = "boots";
  boots.datasetName = "Boots";
  bench().runs->put(boots);
  for (const char* id : {"tokens", "boots"}) bench().focus->setShown(id, true);
  QTRY_COMPARE(grid()->lineCount(), 4);
  const auto sentence = [this](int line) { return grid()->line(line).sentence; };
  QTest::mouseClick(view()->tools()->findChild<QToolButton*>("modeNoise"), Qt::LeftButton);
  QVERIFY2(sentence(grid()->lineCount() - 2).startsWith("Tokens have no σ"), qPrintable(sentence(2)));
  QVERIFY(sentence(grid()->lineCount() - 1).contains("Boots"));
  QTest::mouseClick(view()->tools()->findChild<QToolButton*>("modeInterpolate"), Qt::LeftButton);
  QVERIFY(sentence(2).startsWith("Tokens lie on no line"));
  QTest::mouseClick(view()->tools()->findChild<QToolButton*>("modeSweep"), Qt::LeftButton);
  QVERIFY(sentence(2).startsWith("A map of tokens"));
  QTest::mouseClick(view()->tools()->findChild<QToolButton*>("modeSample"), Qt::LeftButton);
  QVERIFY(sentence(3).startsWith("Trained without a prior over its tokens"));
}

QTEST_MAIN(TestCompare)
#include "test_compare.moc"
