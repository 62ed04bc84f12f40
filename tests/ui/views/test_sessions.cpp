// Drawings, pins, history, sessions, forks and presenting, in the real window with real mouse and key events.
#include "core/base/ink.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/files_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_history.h"
#include "ui/models/metrics_store.h"
#include "ui/models/pin_store.h"
#include "ui/views/inspector/history_panel.h"
#include "ui/views/inspector/input_panel.h"
#include "ui/views/inspector/pins_panel.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/views/shared/pinning.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/message_bar.h"
#include "ui/views/window/present_mode.h"
#include "ui/views/window/session_keeper.h"
#include "ui/widgets/draw_pad.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/picture_list.h"
#include "ui/widgets/theme.h"

#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>

using namespace latent;
using namespace latent::ui;

class TestSessions : public test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void aStrokeIsOneStepAndThePointFollows();
  void undoOnThePadTakesAStrokeAway();
  void anOwnPictureBecomesTheInput();
  void aDamagedPictureIsOneSentence();
  void undoReturnsTheSamePixels();
  void pinsReturnToTheirPoint();
  void pinsTravelInAFile();
  void aSessionComesBackAsItWas();
  void missingRunsAreNamed();
  void aDamagedSessionIsRefused();
  void aCrashLosesNothing();
  void aCleanEndLeavesNothingToRecover();
  void aNewSessionCanBeTakenBack();
  void aForkBeginsInSetupAndStandsBelowItsParent();
  void presentingHidesThePanels();

 private:
  template<class T>
  T* find(const char* name) const {
    return m_window->findChild<T*>(QLatin1String(name));
  }
  InputPanel* input() const { return m_window->inspector()->point()->input(); }
  void stroke(QPoint from, QPoint to) {
    DrawPad* pad = input()->pad();
    QTest::mousePress(pad, Qt::LeftButton, Qt::NoModifier, from);
    for (int i = 1; i <= 6; ++i) QTest::mouseMove(pad, from + (to - from) * i / 6);
    QTest::mouseRelease(pad, Qt::LeftButton, Qt::NoModifier, to);
    QTRY_VERIFY_WITH_TIMEOUT(!bench().focus->inGesture(), test::patience);
  }
  QString said() const { return m_window->findChild<MessageBar*>("messageBar")->sentence(); }
  void clickMessage() {
    for (QPushButton* button : m_window->findChild<MessageBar*>("messageBar")->findChildren<QPushButton*>())
      if (button->isVisible()) QTest::mouseClick(button, Qt::LeftButton);
  }
  void restart(const QStringList& paths = {}) {
    m_window.reset();
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1440, 900);
    m_window->show();
    m_window->start(paths);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  }
};

void TestSessions::aStrokeIsOneStepAndThePointFollows() {
  openRun("vae", 1);
  const Focus before = focus();
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_D);
  QVERIFY(input()->drawing());
  QVERIFY(input()->pad()->isVisible());
  stroke({90, 40}, {90, 240});
  QCOMPARE(focus().subject.index, int64_t{-1});
  QVERIFY(focus().subject.image == renderInk(input()->pad()->strokes(), {1, 28, 28}));
  QTRY_VERIFY_WITH_TIMEOUT(bench().input->answer(focus().active), test::patience);
  const Encoded& q = bench().input->answer(focus().active)->posteriors;
  QCOMPARE(focus().cursor, LatentPoint(q.mu.begin(), q.mu.end()));
  QCOMPARE(find<QLabel>("inputCaption")->text(), QString("Input x \u00b7 drawn"));
  (*m_window->actionTable())["undo"]->trigger(); // one step for the whole stroke
  QVERIFY(focus() == before);
  QTest::keyClick(input()->pad(), Qt::Key_Escape);
  QVERIFY(!input()->drawing());
}

void TestSessions::undoOnThePadTakesAStrokeAway() {
  openRun("vae", 1);
  input()->setDrawing(true);
  stroke({60, 60}, {60, 220});
  const Image one = focus().subject.image;
  stroke({60, 60}, {220, 60});
  const Focus two = focus();
  QVERIFY(two.subject.image != one);
  QTest::keyClick(input()->pad(), Qt::Key_Z, Qt::ControlModifier);
  QTRY_VERIFY_WITH_TIMEOUT(!bench().focus->inGesture(), test::patience);
  QVERIFY(focus().subject.image == one);
  bench().focus->undo(); // the window's undo brings the stroke back, on the pad as well
  QVERIFY(focus() == two);
  QCOMPARE(input()->pad()->strokes().size(), size_t{2});
}

void TestSessions::anOwnPictureBecomesTheInput() {
  openRun("vae", 1);
  QImage page(300, 200, QImage::Format_Grayscale8);
  page.fill(230);
  for (int y = 40; y < 160; ++y)
    for (int x = 200; x < 212; ++x) page.setPixel(x, y, qRgb(20, 20, 20));
  const QString file = m_home->filePath("four.png");
  QVERIFY(page.save(file));
  input()->openFile(file);
  QTRY_COMPARE_WITH_TIMEOUT(focus().subject.source, file.toStdString(), test::patience);
  QCOMPARE(focus().subject.image.shape, (ImageShape{1, 28, 28}));
  QVERIFY(focus().subject.image.pixels[0] > 0.8F); // as it is: light paper
  QCOMPARE(find<QLabel>("inputCaption")->text(), QString("Input x \u00b7 four.png"));
  QTest::mouseClick(find<QToolButton>("invertInput"), Qt::LeftButton);
  QTest::mouseClick(find<QToolButton>("centreInput"), Qt::LeftButton);
  const auto centred = [this] {
    const auto centre = centreOfMass(focus().subject.image);
    return focus().subject.image.pixels[0] == 0 && centre && std::abs(centre->x - 14) < 0.6;
  };
  QTRY_VERIFY_WITH_TIMEOUT(centred(), test::patience);
  QTRY_VERIFY_WITH_TIMEOUT(bench().input->answer(focus().active),
                           test::patience); // views see it as any input
}

void TestSessions::aDamagedPictureIsOneSentence() {
  openRun("vae", 1);
  const Focus before = focus();
  QFile file(m_home->filePath("broken.png"));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("\x89PNG\r\n\x1a\nnot really");
  file.close();
  input()->openFile(file.fileName());
  QTRY_VERIFY_WITH_TIMEOUT(said().contains("broken.png"), test::patience);
  QVERIFY(focus() == before);
}

void TestSessions::undoReturnsTheSamePixels() {
  openRun("vae", 2);
  plane()->setFocus();
  const int before = bench().focus->present(); // what opening the run has done
  std::vector<std::pair<Focus, Image>> seen{{focus(), output()}};
  const auto note = [&] {
    QTRY_VERIFY_WITH_TIMEOUT(settled(), test::patience);
    seen.emplace_back(focus(), output());
  };
  QTest::keyClick(plane(), Qt::Key_Right, Qt::ShiftModifier);
  note();
  QTest::keyClick(plane(), Qt::Key_Up, Qt::ShiftModifier);
  note();
  QTest::keyClick(plane(), Qt::Key_Home);
  note();
  m_window->inspector()->setTab(Inspector::Tab::history);
  PictureList* list = m_window->inspector()->history()->list();
  QCOMPARE(list->model()->rowCount(), before + static_cast<int>(seen.size()));
  for (const int moment : {0, 2, 1, 3}) {
    const QModelIndex row = list->model()->index(static_cast<int>(seen.size()) - 1 - moment, 0);
    QVERIFY(!row.data(Qt::DecorationRole).value<QImage>().isNull());
    list->scrollTo(row);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier, list->visualRect(row).center());
    QVERIFY(focus() == seen[static_cast<size_t>(moment)].first);
    QTRY_VERIFY_WITH_TIMEOUT(output() == seen[static_cast<size_t>(moment)].second,
                             test::patience); // the same bits
  }
}

void TestSessions::pinsReturnToTheirPoint() {
  openRun("vae", 1);
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_Right, Qt::ShiftModifier);
  QTRY_VERIFY_WITH_TIMEOUT(settled(), test::patience);
  const Focus pinned = focus();
  const Image picture = output();
  QTest::keyClick(plane(), Qt::Key_P);
  QCOMPARE(bench().pins->rowCount(), 1);
  QVERIFY(bench().pins->pins()[0].thumbnail == picture);
  QTest::keyClick(plane(), Qt::Key_Home);
  QVERIFY(focus().cursor != pinned.cursor);
  m_window->inspector()->setTab(Inspector::Tab::pins);
  PictureList* list = m_window->inspector()->pins()->list();
  const QModelIndex row = list->model()->index(0, 0);
  QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier, list->visualRect(row).center());
  QVERIFY(focus() == pinned);
  list->setFocus();
  list->setCurrentIndex(row);
  QTest::keyClick(list, Qt::Key_F2);
  auto* field = list->viewport()->findChild<QLineEdit*>();
  QVERIFY(field);
  field->selectAll();
  QTest::keyClicks(field, "my four");
  QTest::keyClick(field, Qt::Key_Return);
  QTRY_COMPARE(bench().pins->pins()[0].name, std::string("my four"));
  QTest::keyClick(list, Qt::Key_Delete);
  QCOMPARE(bench().pins->rowCount(), 0);
  clickMessage(); // Undo
  QCOMPARE(bench().pins->rowCount(), 1);
  QCOMPARE(bench().pins->pins()[0].name, std::string("my four"));
}

void TestSessions::pinsTravelInAFile() {
  openRun("vae", 1);
  pinPoint(bench());
  pinPoint(bench());
  const auto pins = bench().pins->pins();
  for (const char* name : {"pins.json", "pins.csv"}) {
    const QString file = m_home->filePath(name);
    QSignalSpy saved(bench().files, &FilesBridge::pinsSaved);
    bench().files->savePins(pins, file);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, test::patience);
    bench().pins->reset({});
    bench().files->openPins(file);
    QTRY_COMPARE_WITH_TIMEOUT(bench().pins->rowCount(), 2, test::patience);
    QCOMPARE(bench().pins->pins()[1].z, pins[1].z);
    goToPin(bench(), bench().pins->pins()[1]);
    QCOMPARE(focus().cursor, pins[1].z);
  }
}

void TestSessions::aSessionComesBackAsItWas() {
  openRun("vae", 3);
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_N);
  QTest::keyClick(plane(), Qt::Key_Comma);
  QTest::keyClick(plane(), Qt::Key_Right, Qt::ShiftModifier);
  QTRY_VERIFY_WITH_TIMEOUT(settled(), test::patience);
  QTest::keyClick(plane(), Qt::Key_P);
  QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
  const Focus saved = focus();
  QVERIFY(saved.step);
  const auto pins = bench().pins->pins();
  const QString file = m_home->filePath("lesson.latent-session");
  QSignalSpy written(bench().files, &FilesBridge::sessionSaved);
  bench().files->saveSession(m_window->sessions()->current(), file);
  QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, test::patience);
  QCOMPARE(m_window->windowTitle(), QString("lesson \u2014 Latent Explorer"));
  m_window->close();
  newConfig();
  restart({file});
  QTRY_VERIFY_WITH_TIMEOUT(focus() == saved, test::patience);
  QCOMPARE(m_window->stage()->workspace(), Stage::Workspace::explore);
  QCOMPARE(bench().pins->pins().size(), pins.size());
  QCOMPARE(bench().pins->pins()[0].z, pins[0].z);
  QCOMPARE(m_window->windowTitle(), QString("lesson \u2014 Latent Explorer"));
  QVERIFY(m_window->sessions()->recent().contains(file));
}

void TestSessions::missingRunsAreNamed() {
  openRun("vae", 1);
  const QString folder = QString::fromStdString(focus().active);
  const QString file = m_home->filePath("gone.latent-session");
  QSignalSpy written(bench().files, &FilesBridge::sessionSaved);
  bench().files->saveSession(m_window->sessions()->current(), file);
  QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, test::patience);
  const QString name = bench().runs->items()[0].name;
  m_window->close();
  m_window.reset();
  QVERIFY(QDir().rename(folder, folder + "-moved"));
  newConfig();
  restart({file});
  QTRY_VERIFY_WITH_TIMEOUT(said().contains(name), test::patience);
  QVERIFY(said().contains("without"));
}

void TestSessions::aDamagedSessionIsRefused() {
  openRun("vae", 1);
  const Focus before = focus();
  QFile file(m_home->filePath("broken.latent-session"));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("{\"format\": 1, \"runs\": [");
  file.close();
  m_window->sessions()->open(file.fileName());
  QTRY_VERIFY_WITH_TIMEOUT(said().contains("broken.latent-session"), test::patience);
  QVERIFY(focus() == before);
}

void TestSessions::aCrashLosesNothing() {
  openRun("vae", 1);
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_Right, Qt::ShiftModifier);
  QTest::keyClick(plane(), Qt::Key_P);
  const Focus last = focus();
  const QString kept = m_home->filePath("data/latent-explorer/running.latent-session");
  const auto isKept = [&] {
    QFile file(kept);
    const auto session = file.open(QIODevice::ReadOnly) ? sessionOf(file.readAll()) : std::nullopt;
    return session && session->focus == last && session->pins.size() == 1;
  };
  QTRY_VERIFY_WITH_TIMEOUT(isKept(), test::patience); // without a word from the person
  // A killed program writes nothing more: the file and no memory of a clean end.
  QVERIFY(QFile::copy(kept, kept + ".copy"));
  m_window->close();
  m_window.reset();
  newConfig();
  QVERIFY(QFile::rename(kept + ".copy", kept));
  restart();
  QTRY_VERIFY_WITH_TIMEOUT(focus() == last, test::patience);
  QCOMPARE(bench().pins->rowCount(), 1);
  QVERIFY(said().contains("unexpectedly"));
}

void TestSessions::aCleanEndLeavesNothingToRecover() {
  openRun("vae", 1);
  const QString kept = m_home->filePath("data/latent-explorer/running.latent-session");
  QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(kept), test::patience);
  m_window->close();
  m_window.reset();
  QVERIFY(!QFile::exists(kept));
  restart();
  QVERIFY(!said().contains("unexpectedly"));
}

void TestSessions::aNewSessionCanBeTakenBack() {
  openRun("vae", 1);
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_P);
  const Focus before = focus();
  (*m_window->actionTable())["newSession"]->trigger();
  QCOMPARE(bench().runs->rowCount(), 0);
  QCOMPARE(bench().pins->rowCount(), 0);
  QVERIFY(focus().active.empty());
  clickMessage(); // back to the one before
  QTRY_VERIFY_WITH_TIMEOUT(focus() == before, test::patience);
  QCOMPARE(bench().pins->rowCount(), 1);
}

void TestSessions::aForkBeginsInSetupAndStandsBelowItsParent() {
  openRun("vae", 3);
  const RunId parent = focus().active;
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_Comma);
  const int64_t step = *focus().step;
  QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
  QCOMPARE(m_window->inspector()->tab(), Inspector::Tab::setup);
  QVERIFY(find<QLabel>("forkWords")->text().contains("Fork of A"));
  SetupPanel* setup = m_window->inspector()->setup();
  auto* rate = qobject_cast<QLineEdit*>(find<ParameterForm>("setupForm")->control("learning_rate"));
  QVERIFY(rate);
  rate->setFocus();
  rate->selectAll();
  QTest::keyClicks(rate, "0.0005");
  QTest::keyClick(rate, Qt::Key_Return);
  const auto labels = setup->findChildren<QLabel*>();
  QVERIFY(std::ranges::any_of(labels,
                              [](const QLabel* l) { return l->isVisible() && l->text() == "was 0.001"; }));
  auto* train = find<QPushButton>("trainButton");
  QTRY_VERIFY_WITH_TIMEOUT(train->isEnabled(), test::patience);
  QTest::mouseClick(train, Qt::LeftButton);
  const auto finished = [this] {
    const auto& runs = bench().runs->items();
    return runs.size() == 2 && runs[1].state == RunState::finished && !runs[1].queued;
  };
  QTRY_VERIFY_WITH_TIMEOUT(finished(), test::patience);
  const RunItem& fork = bench().runs->items()[1];
  QVERIFY(fork.config.parent);
  QCOMPARE(fork.config.parent->run, parent);
  QCOMPARE(fork.config.parent->step, step);
  QCOMPARE(bench().runs->index(1).data(RunsModel::DepthRole).toInt(), 1);
  QVERIFY(!setup->forkPoint()); // the next one is a run of its own again
}

void TestSessions::presentingHidesThePanels() {
  openRun("vae", 1);
  plane()->setFocus();
  const QSize size = m_window->size();
  QTest::keyClick(m_window.get(), Qt::Key_F11);
  QVERIFY(m_window->presentMode()->active());
  QVERIFY(!m_window->inspector()->isVisible());
  QVERIFY(!m_window->menuBar()->isVisible());
  QVERIFY(m_window->stage()->isVisible());
  QCOMPARE(textFont().pixelSize(), 20); // 13 px and a half
  QVERIFY(QApplication::overrideCursor());
  plane()->setFocus();
  QTest::keyClick(plane(), Qt::Key_B);
  QVERIFY(find<QWidget>("curtain")->isVisible());
  QTest::keyClick(m_window.get(), Qt::Key_Escape);
  QVERIFY(!find<QWidget>("curtain")->isVisible());
  QVERIFY(m_window->presentMode()->active());
  QTest::keyClick(m_window.get(), Qt::Key_Escape);
  QVERIFY(!m_window->presentMode()->active());
  QVERIFY(m_window->inspector()->isVisible());
  QVERIFY(m_window->menuBar()->isVisible());
  QCOMPARE(textFont().pixelSize(), 13);
  QVERIFY(!QApplication::overrideCursor());
  QTRY_COMPARE_WITH_TIMEOUT(m_window->size(), size, test::patience);
}

QTEST_MAIN(TestSessions)
#include "test_sessions.moc"
