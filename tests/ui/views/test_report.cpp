// The workspace Report with real mouse and key events: collecting, order, texts, undo, files, the recipe.
#include "core/figure/figure.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/report_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/views/report/page_view.h"
#include "ui/views/report/recipe_dialog.h"
#include "ui/views/report/report_list.h"
#include "ui/views/report/report_text.h"
#include "ui/views/report/report_view.h"
#include "ui/views/shared/copy_table.h"
#include "ui/views/shared/messages.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/message_bar.h"
#include "ui/views/window/session_keeper.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

using namespace latent;
using namespace latent::ui;
using latent::test::patience;

namespace {

std::shared_ptr<const Figure> curveFigure(const std::string& title) {
  auto figure = std::make_shared<Figure>();
  figure->title = title;
  figure->heightMm = 50;
  figure->panels.push_back(CurvesPanel{.title = {}, .xLabel = "epoch", .yLabel = "recon"});
  FigureSeries series;
  series.label = "VAE z2";
  series.colour = "#0072B2";
  series.x = {1, 2, 3};
  series.y = {200, 170, 160};
  std::get<CurvesPanel>(figure->panels.front()).series.push_back(series);
  return figure;
}

Table smallTable() {
  Table table;
  table.title = "Runs";
  table.columns = {{"Model", "", false, 0}, {"recon", "nats", true, 2}};
  table.rows = {{{.text = "AE", .value = {}, .spread = {}}, {.text = {}, .value = 120.5, .spread = 0.25}}};
  return table;
}

} // namespace

class TestReport : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void init() { newHome(); }
  void cleanup() {
    m_window.reset();
    m_home.reset();
  }
  void theEmptyReportSaysHowToBegin();
  void theViewInFrontIsAdded();
  void rowsAreDraggedAndMovedByKeys();
  void textsAreTypedUndoneAndReset();
  void deleteIsTakenBack();
  void everyFormatIsWritten();
  void itIsKeptAndOpenedAgain();
  void aDamagedFolderIsLeftAlone();
  void tablesAreCopied();
  void theRecipeQueuesWhatIsMissing();
  void theRecipeMakesTheFigures();

 private:
  void openWindow() {
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1440, 900);
    m_window->show();
    m_window->start({});
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  }
  void goToReport() {
    QTest::keyClick(m_window.get(), Qt::Key_5, Qt::AltModifier);
    QCOMPARE(stage()->workspace(), Stage::Workspace::report);
  }
  ReportBridge& report() const { return *bench().report; }
  ReportView* view() const { return stage()->reportView(); }
  ReportList* list() const { return view()->list(); }
  template<class T>
  T* part(const char* name) const {
    return m_window->findChild<T*>(QLatin1String(name));
  }
  MessageBar* bar() const { return part<MessageBar>("messageBar"); }
  QPushButton* barButton(const QString& words) const {
    for (QPushButton* button : bar()->findChildren<QPushButton*>())
      if (button->text() == words && button->isVisible()) return button;
    return nullptr;
  }
  QStringList captions() const {
    QStringList all;
    for (int i = 0; i < report().size(); ++i) all << report().entry(i).caption;
    return all;
  }
  /// Items with the captions "one", "two" and "three".
  void addThree() {
    for (const char* caption : {"one", "two", "three"}) {
      const QString id = report().add(curveFigure(caption));
      report().setText(ReportField::caption, id, QLatin1String(caption));
    }
    report().endTyping();
  }
  QPoint rowCentre(int row) const { return list()->visualRect(list()->model()->index(row, 0)).center(); }
  void answerFileDialog(const QString& path) {
    auto* dialog = m_window->findChild<QFileDialog*>();
    QVERIFY(dialog);
    dialog->selectFile(path);
    static_cast<QDialog*>(dialog)->done(QDialog::Accepted);
    emit dialog->fileSelected(path);
  }
};

void TestReport::theEmptyReportSaysHowToBegin() {
  openWindow();
  goToReport();
  QVERIFY(report().empty());
  QVERIFY(!part<QPushButton>("reportPdf")->isEnabled());
  QVERIFY(!m_window->inspector()->isVisible());
  QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier); // Setup, beside the report
  QVERIFY(m_window->inspector()->isVisible());
  QTest::keyClick(m_window.get(), Qt::Key_1, Qt::AltModifier);
  QVERIFY(m_window->inspector()->isVisible());
}

void TestReport::theViewInFrontIsAdded() {
  openRun("vae", 1);
  if (QTest::currentTestFailed()) return;
  QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
  QTRY_COMPARE_WITH_TIMEOUT(report().size(), 1, patience);
  QVERIFY(report().entry(0).figure);
  QVERIFY(!report().entry(0).caption.isEmpty());
  QCOMPARE(bar()->sentence(), QStringLiteral("Added to the report."));
  QVERIFY(barButton(QStringLiteral("Undo")));
  QTest::mouseClick(barButton(QStringLiteral("Open report")), Qt::LeftButton);
  QCOMPARE(stage()->workspace(), Stage::Workspace::report);
  QCOMPARE(list()->currentId(), report().entry(0).id);
  QTRY_VERIFY_WITH_TIMEOUT(view()->page()->drawn(), patience);
  QVERIFY(!view()->page()->picture().isNull());
  QVERIFY(view()->page()->words().contains(QStringLiteral("Figure 1")));

  // Back to the view that it came from.
  QTest::keyClick(list(), Qt::Key_Return);
  QTRY_COMPARE_WITH_TIMEOUT(stage()->workspace(), Stage::Workspace::explore, patience);
  QCOMPARE(report().size(), 1);

  QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
  QTRY_COMPARE_WITH_TIMEOUT(report().size(), 2, patience);
  QTest::mouseClick(barButton(QStringLiteral("Undo")), Qt::LeftButton);
  QCOMPARE(report().size(), 1);
}

void TestReport::rowsAreDraggedAndMovedByKeys() {
  openWindow();
  addThree();
  goToReport();
  QWidget* rows = list()->viewport();
  const QPoint from = rowCentre(3), to = rowCentre(1) - QPoint(0, 20);
  QTest::mousePress(rows, Qt::LeftButton, {}, from);
  for (int i = 1; i <= 10; ++i) QTest::mouseMove(rows, from + (to - from) * i / 10);
  QCOMPARE(captions(), (QStringList{"one", "two", "three"})); // nothing moves before it is let go
  QTest::mouseRelease(rows, Qt::LeftButton, {}, to);
  QCOMPARE(captions(), (QStringList{"three", "one", "two"}));
  QCOMPARE(list()->currentIndex().row(), 1);

  QTest::keyClick(list(), Qt::Key_Down, Qt::AltModifier);
  QCOMPARE(captions(), (QStringList{"one", "three", "two"}));
  QTest::keyClick(list(), Qt::Key_Up, Qt::AltModifier);
  QTest::keyClick(list(), Qt::Key_Up, Qt::AltModifier); // it is the first already
  QCOMPARE(captions(), (QStringList{"three", "one", "two"}));

  QTest::mousePress(rows, Qt::LeftButton, {}, rowCentre(1));
  QTest::mouseMove(rows, rowCentre(2));
  QTest::mouseMove(rows, rowCentre(3) + QPoint(0, 20));
  QTest::keyClick(list(), Qt::Key_Escape);
  QTest::mouseRelease(rows, Qt::LeftButton, {}, rowCentre(3) + QPoint(0, 20));
  QCOMPARE(captions(), (QStringList{"three", "one", "two"}));

  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(captions(), (QStringList{"one", "two", "three"}));
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  QCOMPARE(captions(), (QStringList{"three", "one", "two"}));
}

void TestReport::textsAreTypedUndoneAndReset() {
  openWindow();
  addThree();
  goToReport();
  QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, rowCentre(2));
  auto* caption = part<ReportText>("reportCaption");
  QCOMPARE(caption->toPlainText(), QStringLiteral("two"));
  QTest::keyClick(list(), Qt::Key_F2);
  QVERIFY(caption->hasFocus());
  QTest::keyClick(caption, Qt::Key_End, Qt::ControlModifier);
  QTest::keyClicks(caption, QStringLiteral(" planes"));
  QCOMPARE(report().entry(1).caption, QStringLiteral("two planes"));
  QVERIFY(view()->page()->words().contains(QStringLiteral("Figure 2: two planes")));
  QTest::keyClick(caption, Qt::Key_Z, Qt::ControlModifier); // the report's undo, all that was typed
  QCOMPARE(caption->toPlainText(), QStringLiteral("two"));
  QCOMPARE(report().entry(1).caption, QStringLiteral("two"));
  QTest::keyClick(caption, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  QCOMPARE(caption->toPlainText(), QStringLiteral("two planes"));

  QTest::mouseClick(part<QPushButton>("resetCaption"), Qt::LeftButton);
  QCOMPARE(report().entry(1).caption, report().templateCaption(report().entry(1).id));
  QVERIFY(!part<QPushButton>("resetCaption")->isEnabled());

  QTest::keyClicks(part<ReportLine>("reportHeading"), QStringLiteral("Results"));
  QTest::keyClicks(part<ReportText>("reportNotes"), QStringLiteral("The AE is sharper."));
  QVERIFY(view()->page()->words().startsWith(QStringLiteral("Results")));
  QVERIFY(view()->page()->words().contains(QStringLiteral("The AE is sharper.")));

  QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, rowCentre(0));
  QTest::keyClicks(part<ReportLine>("reportTitle"), QStringLiteral("AE & VAE <1>"));
  QTest::keyClicks(part<ReportLine>("reportAuthor"), QStringLiteral("A. Student"));
  QTest::keyClicks(part<ReportText>("reportIntroduction"), QStringLiteral("Why."));
  QCOMPARE(report().text(ReportField::title), QStringLiteral("AE & VAE <1>"));
  QVERIFY(view()->page()->words().contains(QStringLiteral("AE & VAE <1>")));
  QCOMPARE(list()->model()->index(0, 0).data().toString(), QStringLiteral("AE & VAE <1>"));
}

void TestReport::deleteIsTakenBack() {
  openWindow();
  addThree();
  goToReport();
  QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, rowCentre(2));
  const QString id = list()->currentId();
  QTest::keyClick(list(), Qt::Key_Delete);
  QCOMPARE(captions(), (QStringList{"one", "three"}));
  QCOMPARE(list()->currentId(), report().entry(1).id); // the next one
  QVERIFY(bar()->sentence().contains(QStringLiteral("Figure 2")));
  QTest::mouseClick(barButton(QStringLiteral("Undo")), Qt::LeftButton);
  QCOMPARE(captions(), (QStringList{"one", "two", "three"}));
  QCOMPARE(list()->currentId(), id);
  QTest::mouseClick(part<QPushButton>("removeReportItem"), Qt::LeftButton);
  QCOMPARE(report().size(), 2);
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(captions(), (QStringList{"one", "two", "three"}));
  QCOMPARE(list()->currentId(), id);
}

void TestReport::everyFormatIsWritten() {
  openWindow();
  addThree();
  report().add(smallTable());
  report().setText(ReportField::title, {}, QStringLiteral("Räume"));
  goToReport();
  QSignalSpy written(&report(), &ReportBridge::written);
  const std::pair<const char*, QString> formats[] = {{"reportLatex", QStringLiteral("mein bericht/main.tex")},
                                                     {"reportPdf", QStringLiteral("bericht ä.pdf")},
                                                     {"reportHtml", QStringLiteral("bericht ä.html")}};
  int count = 0;
  for (const auto& [button, name] : formats) {
    QTest::mouseClick(part<QPushButton>(button), Qt::LeftButton);
    answerFileDialog(m_home->filePath(name.section(QLatin1Char('/'), 0, 0)));
    if (QTest::currentTestFailed()) return;
    ++count;
    QTRY_VERIFY_WITH_TIMEOUT(written.count() == count || !bar()->sentence().isEmpty(), patience);
    QVERIFY2(written.count() == count, qPrintable(bar()->sentence()));
    QVERIFY2(QFileInfo(m_home->filePath(name)).size() > 0, qPrintable(bar()->sentence()));
    QVERIFY(barButton(QStringLiteral("Open folder")));
    bar()->dismiss();
  }
}

void TestReport::itIsKeptAndOpenedAgain() {
  openWindow();
  addThree();
  report().setText(ReportField::author, {}, QStringLiteral("A. Student"));
  goToReport();
  QTRY_VERIFY_WITH_TIMEOUT(!report().folder().isEmpty(), patience);
  const QString folder = report().folder();
  report().move(report().entry(2).id, 0); // kept at the latest when the window closes
  m_window->close();
  m_window.reset();
  openWindow();
  QTRY_COMPARE_WITH_TIMEOUT(captions(), (QStringList{"three", "one", "two"}), patience);
  QCOMPARE(report().folder(), folder);
  QCOMPARE(report().text(ReportField::author), QStringLiteral("A. Student"));
  QCOMPARE(stage()->workspace(), Stage::Workspace::report);
  QVERIFY(!report().canUndo());

  // A copy is a report of its own, a new report leaves the old one where it is.
  const QString copy = m_home->filePath(QStringLiteral("copy.latent-report"));
  QSignalSpy copied(&report(), &ReportBridge::copied);
  report().saveCopy(copy);
  QTRY_COMPARE_WITH_TIMEOUT(copied.count(), 1, patience);
  view()->newReport();
  QVERIFY(report().empty());
  report().open(copy);
  QTRY_COMPARE_WITH_TIMEOUT(report().size(), 3, patience);
  QTRY_COMPARE_WITH_TIMEOUT(report().folder(), copy, patience);
  report().open(folder);
  QTRY_COMPARE_WITH_TIMEOUT(report().folder(), folder, patience);
  QCOMPARE(report().size(), 3);
}

void TestReport::aDamagedFolderIsLeftAlone() {
  openWindow();
  addThree();
  const QDir home(m_home->path());
  QVERIFY(home.mkpath(QStringLiteral("broken.latent-report")));
  const QString file = home.filePath(QStringLiteral("broken.latent-report/report.json"));
  QFile damaged(file);
  QVERIFY(damaged.open(QIODevice::WriteOnly));
  damaged.write("{ not json");
  damaged.close();
  report().open(home.filePath(QStringLiteral("broken.latent-report")));
  QTRY_VERIFY_WITH_TIMEOUT(!bar()->sentence().isEmpty(), patience);
  QVERIFY2(bar()->sentence().contains(QStringLiteral("broken.latent-report")), qPrintable(bar()->sentence()));
  QCOMPARE(report().size(), 3); // what is open stays
  report().setText(ReportField::title, {}, QStringLiteral("Mine"));
  QTRY_VERIFY_WITH_TIMEOUT(!report().folder().isEmpty(), patience);
  QVERIFY(damaged.open(QIODevice::ReadOnly));
  QCOMPARE(damaged.readAll(), QByteArray("{ not json"));
}

void TestReport::tablesAreCopied() {
  openRun("vae", 1);
  if (QTest::currentTestFailed()) return;
  const QClipboard* clipboard = QApplication::clipboard();
  (*m_window->actionTable())["tableMarkdown"]->trigger(); // nothing else has the focus: the shown runs
  QTRY_VERIFY_WITH_TIMEOUT(clipboard->text().contains(QStringLiteral("| VAE |")), patience);
  (*m_window->actionTable())["tableLatex"]->trigger();
  QTRY_VERIFY_WITH_TIMEOUT(clipboard->text().contains(QStringLiteral("\\toprule")), patience);

  goToReport();
  QTest::mouseClick(part<QPushButton>("reportTable"), Qt::LeftButton);
  QTRY_COMPARE_WITH_TIMEOUT(report().size(), 1, patience);
  QVERIFY(report().entry(0).table);
  QVERIFY(view()->page()->words().contains(QStringLiteral("Table 1")));
  list()->setFocus();
  QTest::keyClick(list(), Qt::Key_C, Qt::ControlModifier);
  const Table table = *report().entry(0).table;
  QCOMPARE(clipboard->text(), tableText(table, TableText::tsv));
  QVERIFY(clipboard->mimeData()->hasHtml());
  (*m_window->actionTable())["tableMarkdown"]->trigger();
  QCOMPARE(clipboard->text(), tableText(table, TableText::markdown));
}

void TestReport::theRecipeQueuesWhatIsMissing() {
  openRun("vae", 1);
  if (QTest::currentTestFailed()) return;
  goToReport();
  QTest::mouseClick(part<QPushButton>("reportRecipe"), Qt::LeftButton);
  auto* dialog = m_window->findChild<RecipeDialog*>();
  QVERIFY(dialog);
  QTRY_VERIFY_WITH_TIMEOUT(dialog->planned(), patience);
  QVERIFY(dialog->plan().pairs.empty());
  QCOMPARE(dialog->plan().missing.size(), 1u);
  QCOMPARE(dialog->plan().missing.front().family, std::string("ae"));
  QVERIFY(part<QLabel>("recipeMissing")->text().contains(QStringLiteral("AE with 2 latents")));
  auto* runs = part<QListWidget>("recipeRuns");
  runs->item(0)->setCheckState(Qt::Unchecked);
  QVERIFY(!part<QPushButton>("recipeMake")->isEnabled());
  runs->item(0)->setCheckState(Qt::Checked);
  QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>("recipeQueue")->isEnabled(), patience);
  QTest::mouseClick(part<QPushButton>("recipeQueue"), Qt::LeftButton);
  const auto trained = [this] {
    for (const RunItem& run : bench().runs->items())
      if (run.config.family == "ae" && run.state == RunState::finished) return true;
    return false;
  };
  QTRY_VERIFY_WITH_TIMEOUT(trained(), patience);
}

void TestReport::theRecipeMakesTheFigures() {
  openRun("vae", 1);
  if (QTest::currentTestFailed()) return;
  goToReport();
  QTest::mouseClick(part<QPushButton>("reportRecipe"), Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>("recipeMake")->isEnabled(), patience);
  QTest::mouseClick(part<QPushButton>("recipeMake"), Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(!report().empty() || !bar()->sentence().isEmpty(), patience);
  QVERIFY2(!report().empty(), qPrintable(bar()->sentence()));
  const int count = report().size();
  QVERIFY(!list()->currentId().isEmpty());
  (*m_window->actionTable())["undo"]->trigger(); // all of it is one step
  QCOMPARE(report().size(), 0);
  (*m_window->actionTable())["redo"]->trigger();
  QCOMPARE(report().size(), count);
}

QTEST_MAIN(TestReport)
#include "test_report.moc"
