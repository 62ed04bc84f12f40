// The dialog "Export figure" and the files that it makes, with real mouse and key events.
#include "core/figure/provenance_reader.h"
#include "tests/ui/views/export_fixture.h"
#include "ui/bridge/job_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/traverse/traverse_view.h"
#include "ui/views/window/export_controls.h"
#include "ui/views/window/window_memory.h"
#include "ui/widgets/image_grid.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QSpinBox>
#include <QToolButton>

#include <cmath>
#include <filesystem>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestExport : public test::ExportTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() {
    m_window.reset();
    QApplication::clipboard()->clear();
  }
  void everyViewExportsInEachFormat();
  void thePreviewIsAsLargeAsThePaper();
  void onlyTheWidthMakesTheFigureAnew();
  void whatIsChosenReachesTheFile();
  void whatDoesNotApplySaysWhy();
  void theLastSettingsAreUsedAgain();
  void filesThatAreThereAreNamedBeforeTheyGo();
  void whereNothingMayBeWrittenIsSaid();
  void theDialogFitsTheSmallestWindow();
  void aTrainingRunIsOneSnapshot();
};

void TestExport::everyViewExportsInEachFormat() {
  openRun("vae", 2, 3);
  const TrainView* train = stage()->trainView();
  struct View {
    QString name, kind;
    std::function<void()> enter;
  };
  const auto explore = [this](ExploreView::Page page) {
    return [this, page] {
      stage()->setWorkspace(Stage::Workspace::explore);
      stage()->exploreView()->setPage(page);
    };
  };
  std::vector<View> views{
      {"plane", "plane", [] {}},
      {"curves", "curves", [&] { train->curvesPanel()->setFocus(); }},
      {"reconstructions", "reconstruct", [&] { train->reconstructionsPanel()->grid()->setFocus(); }},
      {"explore", "plane", explore(ExploreView::Page::plane)},
      {"traverse", "traverse", explore(ExploreView::Page::traverse)}};
  const char* const modes[] = {"reconstruct", "noise", "sample", "interpolate", "traverse"};
  for (int mode = 0; mode < compareModes; ++mode)
    views.push_back({"compare" + QString::number(mode), modes[mode], [this, mode] {
                       stage()->setWorkspace(Stage::Workspace::compare);
                       CompareSettings settings;
                       settings.mode = static_cast<CompareMode>(mode);
                       stage()->compareView()->setSettings(settings);
                     }});
  stage()->setWorkspace(Stage::Workspace::train);
  for (const View& view : views) {
    view.enter();
    if (view.name == "traverse")
      QTRY_VERIFY_WITH_TIMEOUT(stage()->exploreView()->traverseView()->informed(), patience);
    if (view.name.startsWith("compare"))
      QTRY_VERIFY_WITH_TIMEOUT(stage()->compareView()->complete(), patience);
    if (view.name == "curves") train->curvesPanel()->findChild<QWidget*>("curvePart")->setFocus();
    for (const char* format : {"pdf", "svg", "png"}) {
      const QString file = at("out/" + view.name + "." + format);
      write(file);
      if (QTest::currentTestFailed()) return;
      const auto provenance = readProvenance(file.toStdString());
      QVERIFY(provenance.ok());
      QCOMPARE(QString::fromStdString(provenance->value("kind", "")), view.kind);
      QVERIFY(provenance->contains("focus"));
      QVERIFY(QFile(at("out/" + view.name + ".csv")).size() > 0); // beside it, as the settings say
    }
    write(at("out/numbers-" + view.name + ".csv"));
    if (QTest::currentTestFailed()) return;
  }
}

void TestExport::thePreviewIsAsLargeAsThePaper() {
  openRun("vae", 1);
  open();
  PagePreview* preview = dialog()->preview();
  QTest::mouseClick(field<QToolButton>("realSize"), Qt::LeftButton);
  const double perMm = preview->screen()->physicalDotsPerInch() / 25.4;
  const auto right = [&](double width) {
    return std::abs(preview->pageRect().width() - width * perMm) <= 1 &&
           std::abs(preview->page().width() - width * perMm * preview->devicePixelRatioF()) <= 1 &&
           std::abs(preview->page().height() - preview->pageRect().height() * preview->devicePixelRatioF()) <=
               1;
  };
  QTRY_VERIFY_WITH_TIMEOUT(right(84), patience);
  QVERIFY(field<QLabel>("pageSize")->text().startsWith(QLocale().toString(84.0, 'f', 1)));
  choose("exportPreset", "two-columns");
  QTRY_VERIFY_WITH_TIMEOUT(right(174), patience);
  // Fitted: all of it is seen, dot for dot.
  QTest::mouseClick(field<QToolButton>("fitPage"), Qt::LeftButton);
  field<QDoubleSpinBox>("exportHeight")->setValue(900);
  QTRY_VERIFY_WITH_TIMEOUT(preview->viewport()->rect().contains(preview->pageRect()) &&
                               std::abs(preview->page().height() - preview->pageRect().height()) <= 1 &&
                               preview->page().height() > 2 * preview->page().width(),
                           patience);
}

void TestExport::onlyTheWidthMakesTheFigureAnew() {
  openRun("vae", 1);
  open();
  const auto first = dialog()->figure();
  const QImage page = dialog()->preview()->page();
  field<QDoubleSpinBox>("exportFont")->setValue(12);
  QTRY_VERIFY_WITH_TIMEOUT(dialog()->preview()->page() != page, patience);
  QCOMPARE(dialog()->figure(), first);
  choose("exportPreset", "two-columns");
  QTRY_VERIFY_WITH_TIMEOUT(dialog()->figure() && dialog()->figure() != first, patience);
  QCOMPARE(dialog()->figure()->widthMm, 174.0);
}

void TestExport::whatIsChosenReachesTheFile() {
  openRun("vae", 2);
  const QString file = at("Größe/chosen page.png");
  write(file, [this] {
    choose("exportFormat", "png");
    choose("exportPreset", "two-columns");
    field<QDoubleSpinBox>("exportHeight")->setValue(100);
    choose("exportColour", true);
    choose("exportLegend", static_cast<int>(LegendPlace::below));
    type("exportTitle", "Wörter");
    field<QSpinBox>("exportDpi")->setValue(127);
    QTest::mouseClick(field<QCheckBox>("exportSidecar"), Qt::LeftButton, {}, {8, 8});
    drawn();
  });
  if (QTest::currentTestFailed()) return;
  const QImage picture(file);
  QCOMPARE(picture.size(), QSize(870, 500));
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      const QColor c = picture.pixelColor(x, y);
      QVERIFY(std::abs(c.red() - c.green()) < 9 && std::abs(c.green() - c.blue()) < 9);
    }
  }
  QVERIFY(QFile::exists(at("Größe/chosen page.json")));
  const auto provenance = readProvenance(file.toStdString());
  QVERIFY(provenance.ok());
  const Json page = provenance->at("page");
  QCOMPARE(page.at("widthMm").get<double>(), 174.0);
  QCOMPARE(page.at("title").get<std::string>(), std::string("Wörter"));
}

void TestExport::whatDoesNotApplySaysWhy() {
  openRun("vae", 2);
  stage()->trainView()->reconstructionsPanel()->grid()->setFocus();
  open();
  QVERIFY(!field<QCheckBox>("exportTex")->isEnabled());
  QVERIFY(field<QCheckBox>("exportTex")->toolTip().contains("pictures"));
  QVERIFY(!field<QDoubleSpinBox>("exportLine")->isEnabled());
  QVERIFY(!field<QSpinBox>("exportDpi")->isEnabled());
  QVERIFY(field<QCheckBox>("exportSmooth")->isEnabled());
  choose("exportFormat", "png");
  QVERIFY(field<QSpinBox>("exportDpi")->isEnabled());
  QVERIFY(field<QLineEdit>("exportFile")->text().endsWith(".png"));
  choose("exportFormat", "csv");
  QVERIFY(!field<QComboBox>("exportLegend")->isEnabled());
  QVERIFY(!field<QComboBox>("exportLegend")->toolTip().isEmpty());
  // Curves can be drawn by LaTeX, which needs their numbers.
  field<QComboBox>("exportKind")->setCurrentText("Curves");
  emit field<QComboBox>("exportKind")->activated(field<QComboBox>("exportKind")->currentIndex());
  choose("exportFormat", "pdf");
  drawn();
  QVERIFY(field<QCheckBox>("exportTex")->isEnabled());
  QVERIFY(!field<QCheckBox>("exportSmooth")->isEnabled());
  field<QCheckBox>("exportNumbers")->setChecked(false);
  QTest::mouseClick(field<QCheckBox>("exportTex"), Qt::LeftButton, {}, {8, 8});
  QVERIFY(field<QCheckBox>("exportNumbers")->isChecked());
  QVERIFY(!field<QCheckBox>("exportNumbers")->isEnabled());
  QVERIFY(dialog()->files().tex && dialog()->files().numbers);
}

void TestExport::theLastSettingsAreUsedAgain() {
  openRun("vae", 1);
  const QString folder = at("again");
  write(folder + "/first.svg", [this] {
    choose("exportPreset", "two-columns");
    choose("exportFormat", "svg");
    QTest::mouseClick(field<QCheckBox>("exportHasTitle"), Qt::LeftButton, {}, {8, 8});
    drawn();
  });
  if (QTest::currentTestFailed()) return;
  for (const QString name : {"plane-vae.svg", "plane-vae-2.svg"}) {
    QSignalSpy written(bench().figures, &FigureBridge::written);
    QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(!dialog());
    QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, patience);
    QCOMPARE(written.front().front().toString(), folder + '/' + name);
    const auto provenance = readProvenance((folder + '/' + name).toStdString());
    QVERIFY(provenance.ok());
    QCOMPARE(provenance->at("page").at("widthMm").get<double>(), 174.0);
    QCOMPARE(provenance->at("page").at("title").get<std::string>(), std::string());
  }
  // With the window.
  m_window->close();
  const ExportSettings kept = readWindowMemory().exporting;
  QVERIFY(kept.used);
  QCOMPARE(kept.folder, folder);
  QCOMPARE(kept.extension, QString("svg"));
  QCOMPARE(kept.page.widthMm, 174.0);
  QVERIFY(kept.page.title == "");
}

void TestExport::filesThatAreThereAreNamedBeforeTheyGo() {
  openRun("vae", 1);
  QVERIFY(QDir().mkpath(at("there")));
  QFile old(at("there/a.csv"));
  QVERIFY(old.open(QIODevice::WriteOnly) && old.write("mine") == 4);
  old.close();
  open();
  type("exportFile", at("there/b.pdf"));
  QCOMPARE(field<QPushButton>("exportWrite")->text(), QString("Export"));
  type("exportFile", at("there/a.pdf"));
  QCOMPARE(field<QPushButton>("exportWrite")->text(), QString("Replace"));
  QVERIFY(field<QLabel>("exportNote")->text().contains("a.csv"));
  field<QCheckBox>("exportNumbers")->setChecked(false);
  QCOMPARE(field<QPushButton>("exportWrite")->text(), QString("Export"));
  QSignalSpy written(bench().figures, &FigureBridge::written);
  accept();
  QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, patience);
  QVERIFY(old.open(QIODevice::ReadOnly));
  QCOMPARE(old.readAll(), QByteArray("mine"));
}

void TestExport::whereNothingMayBeWrittenIsSaid() {
  openRun("vae", 1);
  open();
  for (const QString& file : {QString(), QString("figure"), at("figure.jpeg"), QString("/dev/null/a.pdf")}) {
    field<QLineEdit>("exportFile")->setText(file);
    QVERIFY2(!field<QPushButton>("exportWrite")->isEnabled(), qPrintable(file));
    QVERIFY(field<QLabel>("exportNote")->text().endsWith('.'));
  }
  // What turns out later is a sentence in the window.
  QStringList said;
  connect(bench().messages, &Messages::said, this, [&said](const QString& sentence, bool isError) {
    if (isError) said << sentence;
  });
  type("exportFile", "/proc/self/a.pdf");
  if (!field<QPushButton>("exportWrite")->isEnabled()) return;
  accept();
  QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), patience);
  QVERIFY2(said.front().contains("/proc/self"), qPrintable(said.front()));
}

void TestExport::theDialogFitsTheSmallestWindow() {
  openRun("vae", 1);
  m_window->resize(1280, 720);
  open();
  QVERIFY2(dialog()->height() <= 720 - 40, qPrintable(QString::number(dialog()->height())));
  QVERIFY(dialog()->width() <= 1280);
  for (const QWidget* control : dialog()->controls()->findChildren<QWidget*>())
    if (control->isVisible())
      QVERIFY2(dialog()->rect().contains(control->mapTo(dialog(), control->rect().center())),
               qPrintable(control->objectName()));
  QTest::keyClick(dialog(), Qt::Key_Escape);
  closed();
  QVERIFY(bench().jobs->running().empty());
}

void TestExport::aTrainingRunIsOneSnapshot() {
  openRun("vae", 1);
  RunConfig config;
  config.family = "vae";
  config.parameters.set("latent", int64_t{2});
  config.parameters.set("hidden", std::vector<int64_t>{16});
  config.parameters.set("batch", int64_t{1000});
  config.dataset = "digits";
  config.epochs = 100'000;
  config.device = "cpu";
  bench().training->enqueue({config});
  RunId run;
  connect(bench().training, &TrainingBridge::runBegan, this,
          [&run](const RunId&, const RunId& began) { run = began; });
  QTRY_VERIFY_WITH_TIMEOUT(!run.empty() && bench().runs->find(run) && bench().runs->find(run)->epoch >= 2,
                           patience);
  bench().navigator->activate(run);
  open();
  if (QTest::currentTestFailed()) return;
  const auto figure = dialog()->figure();
  const int64_t step = figure->provenance["runs"][0]["step"].get<int64_t>();
  QVERIFY(std::filesystem::exists(std::filesystem::path(run) / "snapshots") && step > 0);
  QVERIFY2(figure->title.ends_with("step " + std::to_string(step)), figure->title.c_str());
  // It trains on; what is written is what was seen.
  const double seen = bench().runs->find(run)->epoch;
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(run)->epoch > seen + 1, patience);
  QSignalSpy written(bench().figures, &FigureBridge::written);
  type("exportFile", at("training.pdf"));
  accept();
  QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, patience);
  const auto provenance = readProvenance(at("training.pdf").toStdString());
  QVERIFY(provenance.ok());
  QCOMPARE(provenance->at("runs")[0].at("step").get<int64_t>(), step);
  bench().training->stop();
  QTRY_VERIFY_WITH_TIMEOUT(bench().training->current().empty(), patience);
}

QTEST_MAIN(TestExport)
#include "test_export.moc"
