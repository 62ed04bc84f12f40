// What stands in Compare's rows and columns: runs, snapshots, and the pictures of each mode.
#include "core/figure/colours.h"
#include "core/run/interpolate_figure.h"
#include "core/run/noise_figure.h"
#include "core/run/noise_runs.h"
#include "core/run/sample_figure.h"
#include "tests/ui/views/compare_fixture.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/pin_store.h"
#include "ui/views/compare/cell_pictures.h"
#include "ui/views/compare/compare_bar.h"
#include "ui/views/compare/noise_panel.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/widgets/empty_state.h"

#include <QCheckBox>
#include <QFile>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestCompare : public latent::test::CompareTest {
  Q_OBJECT
 private slots:
  void initTestCase() { trainRuns(); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
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
  void theErrorMapIsTheError();
  void worstComesBeforeBest();
  void whatHasNoMeaningSaysWhy();
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
