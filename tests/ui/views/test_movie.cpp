// Making movies of what the window shows, with real mouse and key events.
#include "core/io/files.h"
#include "tests/ui/views/dialog_fixture.h"
#include "ui/bridge/job_bridge.h"
#include "ui/bridge/movie_bridge.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/shared/messages.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/movie_dialog.h"
#include "ui/views/window/movie_preview.h"
#include "ui/views/window/window_memory.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

class TestMovie : public test::DialogTest<MovieDialog> {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() { m_window.reset(); }
  void trainingIsPreviewedAndWritten();
  void everyKindCanBeChosen();
  void theFormatDecidesWhatCanBeChosen();
  void wrongWishesAreSaidBeforeAnyWork();
  void aCancelledJobLeavesNoFile();
  void theLastSettingsAreUsedAgain();
  void withoutARunThereIsOneSentence();

 private:
  /// Ctrl+Shift+M; the frames are there.
  void open() {
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(dialog());
    previewed();
  }
  void previewed() {
    QTRY_VERIFY_WITH_TIMEOUT(!dialog()->preview()->waiting(), patience);
    QVERIFY2(dialog()->preview()->problem().isEmpty(), qPrintable(dialog()->preview()->problem()));
    QCOMPARE(dialog()->preview()->pictures().size(), size_t{3});
  }
  /// By the keyboard, as a person would.
  void choose(const char* combo, int index) {
    auto* box = field<QComboBox>(combo);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 0; i < index; ++i) QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(box->currentIndex(), index);
  }
  void type(const char* spin, const QString& text) {
    auto* box = field<QAbstractSpinBox>(spin);
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, text);
    QTest::keyClick(box, Qt::Key_Tab);
  }
  void name(const QString& file) {
    auto* line = field<QLineEdit>("movieFile");
    line->setFocus();
    line->selectAll();
    QApplication::clipboard()->setText(file); // Qt Test types ASCII alone
    QTest::keyClick(line, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(line->text(), file);
  }
  void closeDialog() {
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
  }
};

void TestMovie::trainingIsPreviewedAndWritten() {
  openRun("vae", 2);
  if (QTest::currentTestFailed()) return;
  open();
  if (QTest::currentTestFailed()) return;
  QCOMPARE(field<QComboBox>("movieKind")->currentIndex(), 0);
  const auto& pictures = dialog()->preview()->pictures();
  QVERIFY(pictures[0] != pictures[2]);
  QCOMPARE(pictures[0].size(), pictures[2].size());
  QVERIFY(field<QLabel>("movieDuration")->text().contains("frames"));
  type("movieWidth", "200");
  name(at("my film é.gif"));
  QCOMPARE(field<QComboBox>("movieFormat")->currentText(), QString("GIF"));
  previewed();
  QSignalSpy written(bench().movies, &MovieBridge::written);
  QSignalSpy offered(bench().messages, &Messages::said);
  QTest::mouseClick(field<QPushButton>("movieWrite"), Qt::LeftButton);
  QTRY_COMPARE_WITH_TIMEOUT(written.size(), 1, patience);
  QCOMPARE(written[0][0].toString(), at("my film é.gif"));
  QCOMPARE(offered.size(), 1);
  QVERIFY(offered[0][0].toString().contains("my film é.gif"));
  const auto bytes = readFile(at("my film é.gif").toStdString(), 1 << 26);
  QVERIFY(bytes.ok());
  const std::string text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  QCOMPARE(text.substr(0, 6), std::string("GIF89a"));
  QCOMPARE(static_cast<int>(static_cast<unsigned char>(text[6])), 200); // width, little-endian
}

void TestMovie::everyKindCanBeChosen() {
  openRun("vae", 2, 3);
  if (QTest::currentTestFailed()) return;
  open();
  if (QTest::currentTestFailed()) return;
  for (int kind = 0; kind < 5; ++kind) {
    if (kind == 2) continue; // Traverse has not been looked at yet: its range is not known
    choose("movieKind", kind);
    previewed();
    const bool training = kind < 2;
    QCOMPARE(field<QCheckBox>("movieBack")->isVisible(), !training);
    QCOMPARE(field<QDoubleSpinBox>("movieHigh")->isVisible(), kind == 4);
    QVERIFY(field<QPushButton>("movieWrite")->isEnabled());
    const auto request = dialog()->request();
    QVERIFY(request.ok());
    QCOMPARE(static_cast<int>(request->kind), kind);
    QVERIFY(QFileInfo(request->file)
                .fileName()
                .startsWith(training    ? "training-"
                            : kind == 3 ? "path-"
                                        : "noise-"));
  }
  closeDialog();
  // On Traverse its latents are what moves first.
  (*m_window->actionTable())["pageTraverse"]->trigger();
  QTRY_VERIFY_WITH_TIMEOUT(stage()->exploreView()->page() == ExploreView::Page::traverse, patience);
  open();
  if (QTest::currentTestFailed()) return;
  QCOMPARE(field<QComboBox>("movieKind")->currentIndex(), 2);
}

void TestMovie::theFormatDecidesWhatCanBeChosen() {
  openRun("vae", 1);
  if (QTest::currentTestFailed()) return;
  open();
  if (QTest::currentTestFailed()) return;
  choose("movieFormat", 0);
  QVERIFY(field<QLineEdit>("movieFile")->text().endsWith(".mp4"));
  QVERIFY(!field<QComboBox>("movieDither")->isEnabled());
  QVERIFY(!field<QComboBox>("movieLoop")->isEnabled());
  type("movieRate", "60");
  choose("movieFormat", 1);
  QVERIFY(field<QLineEdit>("movieFile")->text().endsWith(".gif"));
  QVERIFY(field<QComboBox>("movieDither")->isEnabled());
  QCOMPARE(field<QDoubleSpinBox>("movieRate")->value(), 50.0);
  QVERIFY(!field<QSpinBox>("moviePlays")->isVisible());
  choose("movieLoop", 2);
  QVERIFY(field<QSpinBox>("moviePlays")->isVisible());
  type("moviePlays", "7");
  QCOMPARE(dialog()->request()->plays, 7);
  choose("movieLoop", 1);
  QCOMPARE(dialog()->request()->plays, 1);
  type("movieWidth", "321");
  QCOMPARE(dialog()->request()->widthPx, 320);
}

void TestMovie::wrongWishesAreSaidBeforeAnyWork() {
  openRun("vae", 1);
  if (QTest::currentTestFailed()) return;
  open();
  if (QTest::currentTestFailed()) return;
  auto* write = field<QPushButton>("movieWrite");
  auto* note = field<QLabel>("movieNote");
  name(at("film.avi"));
  QVERIFY(!write->isEnabled());
  QVERIFY(note->text().contains(".mp4 or .gif"));
  QVERIFY(writeTextAtomically(at("notes.txt").toStdString(), "no folder").ok());
  name(at("notes.txt/film.gif"));
  QVERIFY(!write->isEnabled());
  QVERIFY(note->text().contains("notes.txt"));
  name(at("notes.txt/more/film.gif")); // in a folder that cannot be made
  QVERIFY(!write->isEnabled());
  name(at("film.gif"));
  QVERIFY(write->isEnabled());
  QVERIFY(note->text().isEmpty());
  choose("movieKind", 4);
  type("movieHigh", "0");
  QVERIFY(!write->isEnabled());
  QVERIFY(note->text().contains("rises"));
}

void TestMovie::aCancelledJobLeavesNoFile() {
  openRun("vae", 1);
  if (QTest::currentTestFailed()) return;
  open();
  if (QTest::currentTestFailed()) return;
  choose("movieKind", 3);
  type("movieFrames", "600");
  previewed();
  name(at("long.gif"));
  QSignalSpy written(bench().movies, &MovieBridge::written);
  QTest::mouseClick(field<QPushButton>("movieWrite"), Qt::LeftButton);
  const auto making = [this] {
    for (const JobBridge::Entry& job : bench().jobs->running())
      if (job.title.contains("long.gif") && job.progress > 0) return true;
    return false;
  };
  QTRY_VERIFY_WITH_TIMEOUT(making(), patience);
  bench().jobs->cancelAll();
  QTRY_VERIFY_WITH_TIMEOUT(bench().jobs->running().empty(), patience);
  QCOMPARE(written.size(), 0);
  QVERIFY(!QFileInfo::exists(at("long.gif")));
}

void TestMovie::theLastSettingsAreUsedAgain() {
  openRun("vae", 1);
  if (QTest::currentTestFailed()) return;
  open();
  if (QTest::currentTestFailed()) return;
  type("movieWidth", "128");
  type("movieRate", "9");
  choose("movieFormat", 1);
  choose("movieDither", 1);
  name(at("first.gif"));
  previewed();
  QSignalSpy written(bench().movies, &MovieBridge::written);
  QTest::mouseClick(field<QPushButton>("movieWrite"), Qt::LeftButton);
  QTRY_COMPARE_WITH_TIMEOUT(written.size(), 1, patience);
  m_window->close();
  const MovieSettings kept = readWindowMemory().movie;
  QCOMPARE(kept.widthPx, 128);
  QCOMPARE(kept.trainingRate, 9.0);
  QCOMPARE(kept.rate, MovieSettings().rate);
  QCOMPARE(kept.extension, QString("gif"));
  QVERIFY(kept.dithered);
  QCOMPARE(QFileInfo(kept.folder).canonicalFilePath(), QFileInfo(m_home->path()).canonicalFilePath());
}

void TestMovie::withoutARunThereIsOneSentence() {
  m_window = std::make_unique<MainWindow>();
  m_window->show();
  m_window->start({});
  QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  QSignalSpy said(bench().messages, &Messages::said);
  QTest::keyClick(m_window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
  QVERIFY(!dialog());
  QCOMPARE(said.size(), 1);
  QVERIFY(said[0][0].toString().contains("no run to make a movie of"));
}

QTEST_MAIN(TestMovie)
#include "test_movie.moc"
