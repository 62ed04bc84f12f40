// The real window, driven with real mouse and key events, in folders of the test's own, on the built-in
// digits.
#include "core/data/catalogue.h"
#include "core/models/compute.h"
#include "core/run/run_folder.h"
#include "core/run/training_run.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/metrics_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/inspector/input_panel.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/point_panel.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/point_feed.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/shared/view_header.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/main_window.h"
#include "ui/views/window/stage.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/z_editor.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

using namespace latent;
using namespace latent::ui;

namespace {

constexpr int patience = 60'000;

RunConfig tinyConfig(const std::string& family, int64_t epochs) {
  RunConfig config;
  config.family = family;
  config.parameters.set("latent", int64_t{2});
  config.parameters.set("hidden", std::vector<int64_t>{16});
  config.parameters.set("batch", int64_t{1000});
  config.dataset = "digits";
  config.epochs = epochs;
  config.device = "cpu";
  return config;
}

} // namespace

class TestWindow : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); } // two pools of threads on a busy machine wait for each other
  void init();
  void cleanup();
  void trainsFromSetupWithTheMouse();
  void aListTimesTwoModelsQueuesFourRuns();
  void dragMovesThePointAndItsPicture();
  void undoTakesAWholeDragBack();
  void typedNumbersGiveTheSamePicture();
  void keysOfTheStage();
  void lettersDoNothingElsewhere();
  void scrubbingTurnsTheHeaderAmberAndBack();
  void picksAnInputFromTheReconstructions();
  void startMovesNothing();
  void closingWhileTrainingKeepsAResumableRun();
  void remembersWhatWasOpen();
  void missingDataIsSaidAndThePlaneStillWorks();
  void fitsBothDesignSizes();

 private:
  void open();
  void openRun(const std::string& family = "vae", int64_t epochs = 2);
  void type(const char* key, const QString& text);
  LatentPlane* plane() const { return m_window->stage()->planePanel()->plane(); }
  const Workbench& bench() const { return m_window->bench(); }
  const Focus& focus() const { return bench().focus->focus(); }
  Image output() const { return m_window->inspector()->point()->output()->image(); }
  bool settled() const { return !bench().point->empty() && bench().point->frame().z == focus().cursor; }
  void drag(QPoint from, QPoint to);

  std::unique_ptr<QTemporaryDir> m_home;
  std::unique_ptr<MainWindow> m_window;
};

void TestWindow::init() {
  m_home = std::make_unique<QTemporaryDir>();
  qputenv("XDG_DATA_HOME", m_home->filePath("data").toUtf8());
  qputenv("XDG_CONFIG_HOME", m_home->filePath("config").toUtf8());
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                     m_home->filePath("config"));       // Qt reads the variable once
  qputenv("LATENT_DATA_DIR", m_home->path().toUtf8());  // no data but what is built in
  qputenv("LATENT_RESOURCES", m_home->path().toUtf8()); // no shipped models
}

void TestWindow::cleanup() {
  m_window.reset();
}

void TestWindow::open() {
  m_window = std::make_unique<MainWindow>();
  m_window->resize(1440, 900);
  m_window->show();
  m_window->start({});
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  QTRY_VERIFY_WITH_TIMEOUT(!bench().library->datasets().empty(), patience);
}

// A run from the disk, looked at: picture, codes and input are there.
void TestWindow::openRun(const std::string& family, int64_t epochs) {
  const std::filesystem::path folder = m_home->filePath(QString::fromStdString(family)).toStdString();
  {
    auto run = TrainingRun::create(folder, tinyConfig(family, epochs), *openDataset("digits", {}));
    QVERIFY2(run.ok(), run.ok() ? "" : run.error().message.c_str());
    (*run)->trainer().start();
    QVERIFY((*run)->trainer().wait() == TrainerState::finished);
  }
  m_window = std::make_unique<MainWindow>();
  m_window->resize(1440, 900);
  m_window->show();
  m_window->start({QString::fromStdString(folder.string())});
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  QTRY_VERIFY_WITH_TIMEOUT(focus().active == folder.string() && bench().codes->codes() &&
                               bench().input->answer(focus().active),
                           patience);
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
}

void TestWindow::type(const char* key, const QString& text) {
  auto* form = m_window->inspector()->setup()->findChild<ParameterForm*>("setupForm");
  auto* field = qobject_cast<QLineEdit*>(form->control(key));
  QVERIFY2(field, key);
  field->setFocus();
  field->selectAll();
  QTest::keyClicks(field, text);
  QTest::keyClick(field, Qt::Key_Return);
}

void TestWindow::drag(QPoint from, QPoint to) {
  QTest::mousePress(plane(), Qt::LeftButton, Qt::NoModifier, from);
  for (int i = 1; i <= 8; ++i) QTest::mouseMove(plane(), from + (to - from) * i / 8);
  QTest::mouseRelease(plane(), Qt::LeftButton, Qt::NoModifier, to);
}

void TestWindow::trainsFromSetupWithTheMouse() {
  open();
  auto* setupTab = m_window->findChild<QToolButton*>("setupTab");
  QTest::mouseClick(setupTab, Qt::LeftButton);
  QCOMPARE(m_window->inspector()->tab(), Inspector::Tab::setup);
  type("hidden", "16");
  type("batch", "1000");
  type("epochs", "3");
  auto* train = m_window->findChild<QPushButton*>("trainButton");
  QTRY_VERIFY(train->isEnabled());
  QTest::mouseClick(train, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(!focus().active.empty(), patience);
  const RunId run = focus().active;
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(run)->state == RunState::finished, patience);
  QCOMPARE(bench().metrics->curve(run, "test", "elbo").value.size(), size_t{3});
  QTRY_VERIFY_WITH_TIMEOUT(bench().codes->codes() &&
                               bench().codes->codes()->codes.step() == bench().runs->find(run)->step,
                           patience);
  QTRY_VERIFY_WITH_TIMEOUT(!output().empty(), patience);
  QTRY_VERIFY_WITH_TIMEOUT(m_window->stage()->trainView()->reconstructionsPanel()->items().size() >= 8,
                           patience);
  QVERIFY(RunFolder::open(run).ok());
}

void TestWindow::aListTimesTwoModelsQueuesFourRuns() {
  open();
  QTest::mouseClick(m_window->findChild<QToolButton*>("setupTab"), Qt::LeftButton);
  auto* ae = m_window->findChild<QCheckBox*>("family-ae");
  QTest::mouseClick(ae, Qt::LeftButton, Qt::NoModifier, QPoint(8, ae->height() / 2));
  QVERIFY(ae->isChecked());
  type("latent", "2, 3");
  type("hidden", "16");
  type("batch", "1000");
  type("epochs", "1");
  auto* train = m_window->findChild<QPushButton*>("trainButton");
  QTRY_COMPARE(train->text(), QString("Queue 4 runs"));
  QTest::mouseClick(train, Qt::LeftButton);
  QTRY_COMPARE(bench().runs->rowCount(), 4);
  const auto finished = [this] {
    return std::ranges::all_of(bench().runs->items(),
                               [](const RunItem& run) { return run.state == RunState::finished; });
  };
  QTRY_VERIFY_WITH_TIMEOUT(finished(), patience);
  std::set<std::pair<QString, int>> kinds;
  for (const RunItem& run : bench().runs->items()) kinds.insert({run.shortFamily, run.latentSize()});
  QCOMPARE(kinds.size(), size_t{4});
}

void TestWindow::dragMovesThePointAndItsPicture() {
  openRun();
  const Image before = output();
  const LatentPoint from = focus().cursor;
  const QPoint target(plane()->width() / 4, plane()->height() / 4);
  drag(plane()->rect().center(), target);
  QVERIFY(focus().cursor != from);
  const PlanePoint expected = plane()->frame().toLatent({double(target.x()), double(target.y())});
  QCOMPARE(focus().cursor[0], static_cast<float>(expected.x));
  QCOMPARE(focus().cursor[1], static_cast<float>(expected.y));
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  QVERIFY(output() != before);
  QCOMPARE(m_window->inspector()->point()->editor()->point(), focus().cursor);
}

void TestWindow::undoTakesAWholeDragBack() {
  openRun();
  const LatentPoint from = focus().cursor;
  const Image before = output();
  drag(plane()->rect().center(), {40, 60});
  QVERIFY(focus().cursor != from);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(focus().cursor, from);
  QTRY_VERIFY_WITH_TIMEOUT(output() == before, patience); // the same bits
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  QVERIFY(focus().cursor != from);
}

void TestWindow::typedNumbersGiveTheSamePicture() {
  openRun();
  drag(plane()->rect().center(), {123, 77});
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  const Image dragged = output();
  const LatentPoint z = focus().cursor;
  ZEditor* editor = m_window->inspector()->point()->editor();
  const QString text = editor->text();
  QTest::keyClick(plane(), Qt::Key_Home); // away
  QTRY_VERIFY_WITH_TIMEOUT(settled() && focus().cursor != z, patience);
  QLineEdit* line = editor->line(0);
  QVERIFY(line);
  line->setFocus();
  line->selectAll();
  QTest::keyClicks(line, text);
  QTest::keyClick(line, Qt::Key_Return);
  QCOMPARE(focus().cursor, z);
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  QCOMPARE(output(), dragged);
}

void TestWindow::keysOfTheStage() {
  openRun();
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_N);
  QCOMPARE(focus().subject.index, int64_t{1});
  QTRY_VERIFY_WITH_TIMEOUT(bench().input->answer(focus().active), patience);
  QTest::keyClick(plane(), Qt::Key_E);
  const Encoded& q = bench().input->answer(focus().active)->posteriors;
  QCOMPARE(focus().cursor, LatentPoint(q.mu.begin(), q.mu.end()));
  QTest::keyClick(plane(), Qt::Key_Home);
  QCOMPARE(focus().cursor, (LatentPoint{0, 0}));
  QTest::keyClick(plane(), Qt::Key_Right);
  QVERIFY(focus().cursor[0] > 0);
  QCOMPARE(focus().cursor[1], 0.0F);
  const double scale = plane()->frame().unitsPerPixel();
  QTest::keyClick(plane(), Qt::Key_Plus);
  QVERIFY(plane()->frame().unitsPerPixel() < scale);
  QTest::keyClick(plane(), Qt::Key_0);
  QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
  QCOMPARE(m_window->stage()->workspace(), Stage::Workspace::explore);
  QTest::keyClick(m_window.get(), Qt::Key_1, Qt::AltModifier);
  QCOMPARE(m_window->stage()->workspace(), Stage::Workspace::train);
}

void TestWindow::lettersDoNothingElsewhere() {
  openRun();
  QTest::mouseClick(m_window->findChild<QToolButton*>("setupTab"), Qt::LeftButton);
  auto* tab = m_window->findChild<QToolButton*>("setupTab");
  tab->setFocus();
  QTest::keyClick(tab, Qt::Key_N);
  QCOMPARE(focus().subject.index, int64_t{0});
}

void TestWindow::scrubbingTurnsTheHeaderAmberAndBack() {
  openRun("vae", 3);
  QTRY_VERIFY_WITH_TIMEOUT(bench().sources->shown(focus().active), patience);
  const int64_t last = bench().sources->shown(focus().active)->step;
  const Image live = output();
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_Comma);
  QVERIFY(focus().step);
  QVERIFY(*focus().step < last);
  QTRY_VERIFY_WITH_TIMEOUT(bench().sources->shown(focus().active)->step == *focus().step, patience);
  QTRY_VERIFY_WITH_TIMEOUT(bench().point->frame().step == *focus().step, patience);
  QVERIFY(output() != live);
  auto* back = m_window->findChild<QToolButton*>("returnToLive");
  QVERIFY(back->isVisible());
  QVERIFY(m_window->stage()->header()->text().contains("of"));
  QTest::mouseClick(back, Qt::LeftButton);
  QVERIFY(!focus().step);
  QVERIFY(!back->isVisible());
  QTRY_VERIFY_WITH_TIMEOUT(output() == live, patience);
}

void TestWindow::picksAnInputFromTheReconstructions() {
  openRun();
  ReconstructionsPanel* panel = m_window->stage()->trainView()->reconstructionsPanel();
  QTRY_VERIFY_WITH_TIMEOUT(panel->grid()->columnsShown() > 3, patience);
  QPoint third;
  for (int x = 0; x < panel->grid()->width() && third.isNull(); ++x) {
    const QPoint at(x, 40);
    if (panel->grid()->columnAt(at) == 3) third = at;
  }
  QVERIFY(!third.isNull());
  QTest::mouseClick(panel->grid(), Qt::LeftButton, Qt::NoModifier, third);
  QCOMPARE(focus().subject.index, int64_t{3});
  QCOMPARE(m_window->inspector()->point()->input()->image()->image(), bench().library->image("digits", "test", 3));
}

void TestWindow::startMovesNothing() {
  openRun();
  const auto places = [this] {
    std::vector<QRect> rects;
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
      const bool part = widget->objectName() == "latentPlane" || widget->objectName() == "startButton" ||
                        widget->objectName() == "curvesView" || widget->objectName() == "reconstructions" ||
                        widget->objectName() == "outputImage" || widget->objectName() == "workspaceTrain";
      if (part && widget->isVisible())
        rects.push_back({widget->mapTo(m_window.get(), QPoint()), widget->size()});
    }
    return rects;
  };
  bench().training->setQueuePaused(true);
  const auto before = places();
  QVERIFY(before.size() >= 6);
  type("hidden", "16");
  type("batch", "1000");
  QTest::mouseClick(m_window->findChild<QPushButton*>("startButton"), Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(bench().training->training(), patience);
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->rowCount() == 2, patience);
  QCOMPARE(places(), before);
  QCOMPARE(m_window->findChild<QPushButton*>("startButton")->text(), QString("Pause"));
}

void TestWindow::closingWhileTrainingKeepsAResumableRun() {
  open();
  bench().training->enqueue({tinyConfig("vae", 100'000)});
  RunId run;
  connect(bench().training, &TrainingBridge::runBegan, this,
          [&run](const RunId&, const RunId& began) { run = began; });
  QTRY_VERIFY_WITH_TIMEOUT(!run.empty() && bench().runs->find(run) && bench().runs->find(run)->step > 0,
                           patience);
  m_window->close();
  m_window.reset();
  const Result<RunFolder> folder = RunFolder::open(run);
  QVERIFY(folder.ok());
  QVERIFY(!folder->lockedByAnother());
  QVERIFY(folder->record().step > 0);
  const auto again = TrainingRun::resume(run, *openDataset("digits", {}));
  QVERIFY2(again.ok(), again.ok() ? "" : again.error().message.c_str());
}

void TestWindow::remembersWhatWasOpen() {
  openRun();
  const RunId run = focus().active;
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_N);
  drag(plane()->rect().center(), {90, 200});
  const Focus last = focus();
  QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
  m_window->resize(1300, 760);
  QTRY_COMPARE(m_window->width(), 1300);
  m_window->close();
  m_window = std::make_unique<MainWindow>();
  m_window->show();
  m_window->start({});
  QTRY_COMPARE_WITH_TIMEOUT(focus(), last, patience);
  QCOMPARE(m_window->stage()->workspace(), Stage::Workspace::explore);
  QCOMPARE(m_window->size(), QSize(1300, 760));
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
}

void TestWindow::missingDataIsSaidAndThePlaneStillWorks() {
  openRun();
  const RunId run = focus().active;
  m_window->close();
  m_window.reset();
  // The same run, as if it had been trained on data that is not on this machine.
  const std::filesystem::path record = std::filesystem::path(run) / "run.json";
  QFile file(QString::fromStdString(record.string()));
  QVERIFY(file.open(QIODevice::ReadWrite));
  QByteArray text = file.readAll();
  QVERIFY(text.contains("\"digits\""));
  text.replace("\"digits\"", "\"mnist\"");
  file.resize(0);
  file.seek(0);
  file.write(text);
  file.close();
  m_window = std::make_unique<MainWindow>();
  m_window->show();
  m_window->start({QString::fromStdString(run)});
  QTRY_VERIFY_WITH_TIMEOUT(focus().active == run && settled(), patience);
  const Image before = output();
  drag(plane()->rect().center(), {50, 50});
  QTRY_VERIFY_WITH_TIMEOUT(settled() && output() != before, patience);
  const auto saysSo = [this] {
    const auto labels = m_window->stage()->trainView()->reconstructionsPanel()->findChildren<QLabel*>();
    return std::ranges::any_of(labels, [](const QLabel* label) {
      return label->isVisible() && label->text().contains("is not here");
    });
  };
  QTRY_VERIFY_WITH_TIMEOUT(saysSo(), patience);
}

void TestWindow::fitsBothDesignSizes() {
  openRun();
  m_window->resize(1440, 900);
  QTRY_COMPARE(m_window->size(), QSize(1440, 900));
  QTRY_COMPARE(plane()->size(), QSize(540, 540));
  QCOMPARE(m_window->stage()->width(), 920);
  QCOMPARE(m_window->inspector()->width(), 312);
  m_window->resize(1280, 720);
  QTRY_COMPARE(m_window->size(), QSize(1280, 720));
  QTRY_COMPARE(plane()->size(), QSize(548, 548));
  QCOMPARE(m_window->stage()->width(), 936);
  m_window->resize(1120, 640);
  QTRY_COMPARE(m_window->size(), QSize(1120, 640)); // nothing demands more
}

QTEST_MAIN(TestWindow)
#include "test_window.moc"
