// The list of runs, damaged folders, curves and Setup in the real window.
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/plots/curves_view.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/message_bar.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/parameter_form.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestRunsAndSetup : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); } // two pools of threads on a busy machine wait for each other
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void ctrlZBringsADeletedRunBack();
  void theOfferStaysWhileOthersSpeak();
  void aLaterEditIsWhatCtrlZMeans();
  void damagedWeightsAreSaid();
  void lostLinesOfTheCurvesAreSaid();
  void theRowIsOfTheTimeLookedAt();
  void aBoundOnALogarithmicAxisOffersTheLoss();
  void manyRunsScroll();
  void setupIsRememberedAndReset();
  void trainSaysWhatItWillDo();
  void theActiveRunsValuesAreFixedButForLiveOnes();
  void startStaysInSightInASmallWindow();
  void anotherProgramsRunIsFollowed();
  void aStoppedRunIsContinuedFromItsValues();
  void tabGoesThroughSetup();
  void missingDataIsOfferedByStart();
  void imagesOnTheirWayAreNotMissing();

 private:
  /// The run that openRun made, opened once more from its folder.
  void reopen();
  void type(const char* key, const QString& text);
  void setupTab() { QTest::mouseClick(find<QToolButton>("setupTab"), Qt::LeftButton); }
  template<typename T>
  T* find(const char* name) const {
    return m_window->findChild<T*>(QLatin1String(name));
  }
  void deleteActiveRun();
  QString line(const RunId& run) const {
    return bench().runs->index(bench().runs->rowOf(run)).data(Qt::StatusTipRole).toString();
  }
};

void TestRunsAndSetup::reopen() {
  const QString folder = QString::fromStdString(focus().active);
  m_window.reset();
  m_window = std::make_unique<MainWindow>();
  m_window->resize(1440, 900);
  m_window->show();
  m_window->start({folder});
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  QTRY_COMPARE_WITH_TIMEOUT(focus().active, folder.toStdString(), patience);
}

void TestRunsAndSetup::type(const char* key, const QString& text) {
  auto* field = qobject_cast<QLineEdit*>(find<ParameterForm>("setupForm")->control(key));
  QVERIFY2(field, key);
  field->setFocus();
  field->selectAll();
  QTest::keyClicks(field, text);
  QTest::keyClick(field, Qt::Key_Return);
}

void TestRunsAndSetup::deleteActiveRun() {
  const RunId run = focus().active;
  auto* list = find<QWidget>("runsPanel")->findChild<QListView*>();
  list->setFocus();
  list->setCurrentIndex(bench().runs->index(bench().runs->rowOf(run)));
  QTest::keyClick(list, Qt::Key_Delete);
  QTRY_VERIFY_WITH_TIMEOUT(!bench().runs->find(run), patience);
  QVERIFY(!QFile::exists(QString::fromStdString(run) + "/run.json"));
}

void TestRunsAndSetup::ctrlZBringsADeletedRunBack() {
  openRun("vae", 1);
  QTest::mouseClick(plane(), Qt::LeftButton, Qt::NoModifier, QPoint(80, 90));
  const Focus before = focus();
  const QString letter = bench().runs->find(before.active)->letterText();
  deleteActiveRun();
  QCOMPARE(find<QAction>("undo")->text(), QString("Undo delete"));
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(before.active), patience);
  QTRY_COMPARE(focus(), before); // with the point where it was
  QCOMPARE(bench().runs->find(before.active)->letterText(), letter);
  QVERIFY(find<MessageBar>("undoBar")->isHidden());
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
}

void TestRunsAndSetup::theOfferStaysWhileOthersSpeak() {
  openRun("vae", 1);
  const RunId run = focus().active;
  deleteActiveRun();
  auto* offer = find<MessageBar>("undoBar");
  auto* other = find<MessageBar>("messageBar");
  QVERIFY(offer->isVisible());
  bench().messages->error("Something else went wrong.");
  QVERIFY(offer->isVisible() && other->isVisible());
  QVERIFY(other->geometry().bottom() < offer->geometry().top());
  QTest::keyClick(m_window.get(), Qt::Key_Escape); // the upper one first
  QVERIFY(offer->isVisible() && !other->isVisible());
  QTest::mouseClick(offer->findChild<QPushButton*>(), Qt::LeftButton);
  QVERIFY(!offer->isVisible());
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(run), patience);
}

void TestRunsAndSetup::aLaterEditIsWhatCtrlZMeans() {
  openRun("vae", 1);
  const RunId first = focus().active;
  const std::filesystem::path copy = m_home->filePath("copy").toStdString();
  std::filesystem::copy(first, copy, std::filesystem::copy_options::recursive);
  bench().library->openRun(QString::fromStdString(copy.string()));
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(copy.string()), patience);
  deleteActiveRun();
  QTRY_COMPARE_WITH_TIMEOUT(focus().active, copy.string(), patience); // what is left is shown
  QTRY_VERIFY_WITH_TIMEOUT(settled(), patience);
  const LatentPoint before = focus().cursor;
  QTest::mouseClick(plane(), Qt::LeftButton, Qt::NoModifier, QPoint(60, 70));
  QVERIFY(focus().cursor != before);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(focus().cursor, before);
  QVERIFY(!bench().runs->find(first)); // the button still brings it back
  QVERIFY(find<MessageBar>("undoBar")->isVisible());
}

void TestRunsAndSetup::damagedWeightsAreSaid() {
  openRun("vae", 1);
  QVERIFY(QFile(QString::fromStdString(focus().active) + "/weights.safetensors").resize(100));
  reopen();
  const RunItem* run = bench().runs->find(focus().active);
  QVERIFY(run->problem.contains("weights.safetensors"));
  const QModelIndex row = bench().runs->index(bench().runs->rowOf(run->id));
  QVERIFY(row.data(Qt::ToolTipRole).toString().contains(run->problem));
  QTRY_VERIFY(plane()->accessibleDescription().contains("weights.safetensors"));
  QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier); // the other workspace's plane says so, too
  QVERIFY(plane()->accessibleDescription().contains("weights.safetensors"));
}

void TestRunsAndSetup::lostLinesOfTheCurvesAreSaid() {
  openRun("vae", 2);
  QFile file(QString::fromStdString(focus().active) + "/metrics.csv");
  QVERIFY(file.open(QIODevice::ReadWrite));
  QByteArray text = file.readAll();
  const qsizetype second = text.indexOf('\n', text.indexOf('\n') + 1);
  text.insert(second + 1, "this is no row\n");
  file.seek(0);
  file.write(text);
  file.close();
  reopen();
  auto* note = find<QLabel>("curvesNote");
  QTRY_VERIFY(note->isVisible() && note->text().contains("metrics.csv"));
  CurvesView* curves = stage()->trainView()->curvesPanel()->view();
  QVERIFY(!curves->visibleRange().isNull()); // the sound rows are there
  QVERIFY(bench().runs->find(focus().active)->problem.isEmpty());
}

void TestRunsAndSetup::theRowIsOfTheTimeLookedAt() {
  openRun("vae", 3);
  const QString live = line(focus().active);
  QVERIFY(live.contains("epoch 3"));
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_Comma);
  QVERIFY(focus().step);
  QVERIFY(line(focus().active).contains("epoch 2"));
  while (*focus().step > bench().runs->find(focus().active)->step / 3) {
    QVERIFY(!line(focus().active).contains("epoch 3"));
    QTest::keyClick(plane(), Qt::Key_Comma);
  }
  QVERIFY(line(focus().active).contains("epoch 1"));
  QTest::keyClick(plane(), Qt::Key_Comma);
  QCOMPARE(line(focus().active), QString("step 3, not measured"));
  QTest::keyClick(plane(), Qt::Key_L);
  QCOMPARE(line(focus().active), live);
}

void TestRunsAndSetup::aBoundOnALogarithmicAxisOffersTheLoss() {
  openRun("vae", 2);
  CurvesPanel* panel = stage()->trainView()->curvesPanel();
  CurveChoice choice = panel->choice();
  choice.bound = choice.logY = true;
  panel->setChoice(choice);
  QPushButton* way = nullptr;
  const auto offered = [&] {
    for (QPushButton* button : panel->view()->findChildren<QPushButton*>())
      if (button->isVisible() && button->text() == "Show the loss") way = button;
    return way != nullptr;
  };
  QTRY_VERIFY(offered());
  QTest::mouseClick(way, Qt::LeftButton);
  QVERIFY(!panel->choice().bound && panel->choice().logY);
  QTRY_VERIFY(!way->isVisible() && panel->view()->visibleRange().top() > 0);
}

void TestRunsAndSetup::manyRunsScroll() {
  openRun("vae", 1);
  const std::filesystem::path first = focus().active;
  for (int i = 0; i < 7; ++i) {
    const std::filesystem::path copy = m_home->filePath(QString("copy%1").arg(i)).toStdString();
    std::filesystem::copy(first, copy, std::filesystem::copy_options::recursive);
    bench().library->openRun(QString::fromStdString(copy.string()));
    QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(copy.string()), patience);
    bench().focus->setShown(copy.string(), true);
  }
  ImageGrid* grid = stage()->trainView()->reconstructionsPanel()->grid();
  QTRY_COMPARE_WITH_TIMEOUT(grid->accessibleDescription().count(", "), 8,
                            patience); // the input and eight runs
  QVERIFY(grid->isRowShown(1) && !grid->isRowShown(8));
  grid->setFocus();
  for (int i = 0; i < 8; ++i) QTest::keyClick(grid, Qt::Key_Down);
  QVERIFY(grid->isRowShown(8) && grid->isRowShown(0) && !grid->isRowShown(1));
}

void TestRunsAndSetup::setupIsRememberedAndReset() {
  openRun("vae", 1);
  setupTab();
  type("latent", "2, 10");
  type("epochs", "7");
  auto* ae = find<QCheckBox>("family-ae");
  QTest::mouseClick(ae, Qt::LeftButton, Qt::NoModifier, QPoint(8, ae->height() / 2));
  QVERIFY(ae->isChecked());
  m_window->close();
  reopen();
  const auto text = [this](const char* key) {
    return qobject_cast<QLineEdit*>(find<ParameterForm>("setupForm")->control(key))->text();
  };
  QCOMPARE(text("latent"), QString("2, 10"));
  QCOMPARE(text("epochs"), QString("7"));
  QVERIFY(find<QCheckBox>("family-ae")->isChecked() && find<QCheckBox>("family-vae")->isChecked());
  setupTab();
  auto* reset = find<QToolButton>("resetSetup");
  QVERIFY(reset->isEnabled());
  QTest::mouseClick(reset, Qt::LeftButton);
  QCOMPARE(text("latent"), QString("2"));
  QVERIFY(text("epochs") != "7");
  QVERIFY(!reset->isEnabled());
}

void TestRunsAndSetup::trainSaysWhatItWillDo() {
  openRun("vae", 1);
  setupTab();
  auto* train = find<QPushButton>("trainButton");
  auto* beside = find<QLabel>("eta");
  QTRY_VERIFY(train->text().startsWith("Train VAE · z 2 · "));
  QCOMPARE(beside->text(), train->text());
  type("latent", "2, 3, 5");
  QCOMPARE(train->text(), QString("Queue 3 runs"));
  type("epochs", "1");
  QVERIFY(find<QLabel>("setupSummary")->text().contains("1 epoch each"));
  type("latent", "many");
  QVERIFY(!train->isEnabled());
  QCOMPARE(beside->text(), QString());
}

void TestRunsAndSetup::theActiveRunsValuesAreFixedButForLiveOnes() {
  openRun("vae", 1);
  setupTab();
  auto* tab = find<QToolButton>("activeRunTab");
  QTest::mouseClick(tab, Qt::LeftButton);
  auto* form = find<ParameterForm>("runForm");
  QVERIFY(form->isVisible());
  auto* hidden = qobject_cast<QLineEdit*>(form->control("hidden"));
  auto* rate = qobject_cast<QLineEdit*>(form->control("learning_rate"));
  QCOMPARE(hidden->text(), QString("16"));
  QVERIFY(!hidden->isEnabled() && !rate->isEnabled()); // it does not train
  QVERIFY(find<QLabel>("runFormState")->text().contains("fixed"));
  QTest::mouseClick(find<QPushButton>("takeOver"), Qt::LeftButton);
  QVERIFY(!form->isVisible());
  QCOMPARE(qobject_cast<QLineEdit*>(find<ParameterForm>("setupForm")->control("hidden"))->text(),
           QString("16"));

  type("epochs", "100000");
  const RunId was = focus().active;
  QTest::mouseClick(find<QPushButton>("trainButton"), Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(focus().active != was && bench().training->current() == focus().active, patience);
  QTest::mouseClick(tab, Qt::LeftButton);
  QTRY_VERIFY(qobject_cast<QLineEdit*>(form->control("learning_rate"))->isEnabled());
  rate = qobject_cast<QLineEdit*>(form->control("learning_rate"));
  QVERIFY(!form->control("hidden")->isEnabled());
  rate->setFocus();
  rate->selectAll();
  QTest::keyClicks(rate, "0.0005");
  QTest::keyClick(rate, Qt::Key_Return);
  const auto changes = [this] {
    const auto folder = RunFolder::open(focus().active);
    const auto known = folder ? folder->changes() : Result<std::vector<ParameterChange>>(folder.error());
    return known ? *known : std::vector<ParameterChange>();
  };
  QTRY_VERIFY_WITH_TIMEOUT(!changes().empty(), patience);
  QCOMPARE(changes().front().parameter, std::string("learning_rate"));
  QCOMPARE(std::stod(changes().front().newValue), 0.0005);
}

void TestRunsAndSetup::startStaysInSightInASmallWindow() {
  openRun("vae", 1);
  setupTab();
  m_window->resize(1120, 640);
  QTRY_COMPARE(m_window->size(), QSize(1120, 640));
  for (const char* name : {"trainButton", "startButton"}) {
    auto* button = find<QPushButton>(name);
    const QRect place(button->mapTo(m_window.get(), QPoint()), button->size());
    QVERIFY2(button->isVisible() && m_window->rect().contains(place), name);
    QVERIFY2(!button->visibleRegion().isEmpty() && button->visibleRegion().boundingRect() == button->rect(),
             name);
    QVERIFY2(button->fontMetrics().horizontalAdvance(button->text()) < button->width(), name);
  }
}

void TestRunsAndSetup::anotherProgramsRunIsFollowed() {
  openRun("vae", 1);
  const std::filesystem::path folder = m_home->filePath("other").toStdString();
  RunConfig config = bench().runs->find(focus().active)->config;
  const auto data = *openDataset("digits", {});
  auto run = TrainingRun::create(folder, config, data);
  QVERIFY(run.ok());
  (*run)->trainer().start();
  QVERIFY((*run)->trainer().wait() == TrainerState::finished);
  bench().library->openRun(QString::fromStdString(folder.string())); // while its lock is held
  QTRY_VERIFY_WITH_TIMEOUT(bench().runs->find(folder.string()), patience);
  bench().navigator->activate(folder.string());
  QTRY_VERIFY_WITH_TIMEOUT(focus().active == folder.string() && settled(), patience);
  const auto row = [&] { return *bench().runs->find(folder.string()); };
  QVERIFY(row().readOnly);
  const int64_t before = row().step;
  QCOMPARE(bench().sources->shown(folder.string())->step, before);

  run->reset();
  run = TrainingRun::resume(folder, data, 2);
  QVERIFY(run.ok());
  (*run)->trainer().start();
  QVERIFY((*run)->trainer().wait() == TrainerState::finished);
  run->reset();
  QTRY_COMPARE_WITH_TIMEOUT(row().step, 2 * before, patience);
  QTRY_COMPARE_WITH_TIMEOUT(bench().sources->shown(folder.string())->step, 2 * before, patience);
  QCOMPARE(row().snapshots.back(), 2 * before);
  QVERIFY(line(folder.string()).contains("epoch 2"));
  QTRY_VERIFY_WITH_TIMEOUT(!row().readOnly, patience); // the lock is free
}

void TestRunsAndSetup::aStoppedRunIsContinuedFromItsValues() {
  openRun("vae", 1);
  setupTab();
  auto* more = find<QPushButton>("continueRun");
  QTest::mouseClick(find<QToolButton>("activeRunTab"), Qt::LeftButton);
  QVERIFY(!more->isVisible()); // it is finished
  QTest::mouseClick(find<QToolButton>("nextRunTab"), Qt::LeftButton);
  type("epochs", "100000");
  const RunId was = focus().active;
  QTest::mouseClick(find<QPushButton>("trainButton"), Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(focus().active != was && bench().training->training(), patience);
  const RunId run = focus().active;
  QTest::mouseClick(find<QToolButton>("activeRunTab"), Qt::LeftButton);
  QVERIFY(!more->isVisible()); // it trains
  QTest::keyClick(m_window.get(), Qt::Key_F5, Qt::ShiftModifier);
  QTRY_VERIFY_WITH_TIMEOUT(bench().training->current().empty(), patience);
  QTRY_VERIFY_WITH_TIMEOUT(more->isVisible(), patience);
  QVERIFY(bench()
              .runs->index(bench().runs->rowOf(run))
              .data(RunsModel::ProgressTextRole)
              .toString()
              .startsWith("Stopped in epoch"));
  QTest::mouseClick(more, Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(bench().training->current() == run && bench().training->training(), patience);
  QTRY_VERIFY(!more->isVisible());
}

void TestRunsAndSetup::tabGoesThroughSetup() {
  openRun("vae", 1);
  setupTab();
  QTRY_VERIFY(find<QPushButton>("trainButton")->isEnabled());
  auto* form = find<ParameterForm>("setupForm");
  const auto tabFrom = [this](QWidget* from) {
    from->setFocus();
    QTest::keyClick(from, Qt::Key_Tab);
    return m_window->focusWidget();
  };
  QCOMPARE(tabFrom(find<QWidget>("dataset")), form->control("latent"));
  QCOMPARE(tabFrom(form->control("device")), find<QWidget>("trainButton"));
  // Also after another model has brought other rows.
  auto* ae = find<QCheckBox>("family-ae");
  QTest::mouseClick(ae, Qt::LeftButton, Qt::NoModifier, QPoint(8, ae->height() / 2));
  QTRY_VERIFY(find<QPushButton>("trainButton")->isEnabled() && form->control("latent")->isVisible());
  QCOMPARE(tabFrom(find<QWidget>("dataset")), form->control("latent"));
  QCOMPARE(tabFrom(form->control("device")), find<QWidget>("trainButton"));
}

void TestRunsAndSetup::missingDataIsOfferedByStart() {
  openRun("vae", 1);
  setupTab();
  auto* box = find<QComboBox>("dataset");
  QTRY_VERIFY(box->findData("mnist") >= 0);
  box->setFocus();
  QTest::keyClick(box, Qt::Key_Home);
  QCOMPARE(box->currentData().toString(), QString("mnist"));
  QTest::mouseClick(find<QPushButton>("startButton"), Qt::LeftButton);
  auto* bar = find<MessageBar>("messageBar");
  QTRY_VERIFY(bar->isVisible());
  QCOMPARE(bar->sentence(), QString("MNIST is not here yet."));
  const auto buttons = bar->findChildren<QPushButton*>();
  QVERIFY(std::ranges::any_of(buttons, [](const QPushButton* button) {
    return button->isVisible() && button->text().startsWith("Download MNIST (");
  }));
}

void TestRunsAndSetup::imagesOnTheirWayAreNotMissing() {
  openRun("vae", 1);
  const auto words = [this] { return find<ImageView>("inputImage")->accessibleDescription(); };
  RunItem other = *bench().runs->find(focus().active);
  other.id = "shapes";
  other.config.dataset = "shapes";
  other.datasetName = "Shapes";
  bench().runs->put(other);
  bench().navigator->activate("shapes");
  QCOMPARE(words(), QString("Reading Shapes…"));
  other.id = "mnist";
  other.config.dataset = "mnist";
  other.datasetName = "MNIST";
  bench().runs->put(other);
  bench().navigator->activate("mnist");
  QCOMPARE(words(), QString("MNIST is not here"));
}

QTEST_MAIN(TestRunsAndSetup)
#include "test_runs_and_setup.moc"
