// FigureBridge: figures made, drawn, written and put into words, on workers.
#include "core/figure/figure_tex.h"
#include "core/figure/provenance_reader.h"
#include "core/run/run_lock.h"
#include "core/run/snapshots.h"
#include "tests/ui/bridge/tiny_run.h"
#include "ui/bridge/figure_bridge.h"
#include "ui/bridge/job_bridge.h"
#include "ui/bridge/library_bridge.h"

#include <QDir>
#include <QImage>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <optional>

using namespace latent;
using namespace latent::ui;

namespace fs = std::filesystem;

namespace {

constexpr int patience = 60'000;

using Made = std::shared_ptr<const Figure>;

} // namespace

class TestFigures : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void init();
  void makesTheFigureOfARun();
  void pinsTheSnapshotOfARunThatTrains();
  void saysWhatCannotBeMade();
  void answersNobodyThatIsGone();
  void drawsThePageAtItsResolution();
  void theNewestPageWins();
  void greysReachThePage();
  void writesWithAllThatGoesBesideIt();
  void takesNamesWithSpacesAndUmlauts();
  void anUnwritableFolderIsOneSentence();
  void aFailureLeavesNothing();
  void aCancelLeavesNothing();
  void putsNumbersIntoTables();

 private:
  Made make(const FigureRequest& request) {
    std::optional<Result<Made>> made;
    m_figures->make(request, this, [&](const Result<Made>& figure) { made = figure; });
    if (!QTest::qWaitFor([&] { return made.has_value(); }, patience) || !made->ok()) return nullptr;
    return **made;
  }
  QImage draw(const Made& figure, const FigurePage& page, double dpi) {
    std::optional<Result<QImage>> drawn;
    m_figures->draw(figure, page, dpi, this, [&](const Result<QImage>& picture) { drawn = picture; });
    if (!QTest::qWaitFor([&] { return drawn.has_value(); }, patience) || !drawn->ok()) return {};
    return **drawn;
  }
  FigureRequest curves() const {
    FigureRequest request;
    request.kind = FigureRequest::Kind::curves;
    request.runs = {m_run};
    return request;
  }
  FigureRequest reconstructions() const {
    FigureRequest request;
    request.kind = FigureRequest::Kind::reconstruct;
    request.runs = {m_run};
    request.items = {0, 1, 2};
    return request;
  }
  QString at(const QString& name) const {
    return QString::fromStdString((m_home->path() / name.toStdString()).string());
  }
  QStringList filesIn(const QString& folder) const {
    return QDir(at(folder)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
  }

  std::unique_ptr<test::Home> m_home;
  RunId m_run;
  std::unique_ptr<JobBridge> m_jobs;
  std::unique_ptr<LibraryBridge> m_library;
  std::unique_ptr<FigureBridge> m_figures;
};

void TestFigures::initTestCase() {
  m_home = std::make_unique<test::Home>();
  m_run = test::trainRun(m_home->path() / "run");
}

void TestFigures::init() {
  m_figures.reset();
  m_library.reset();
  m_jobs = std::make_unique<JobBridge>();
  m_library = std::make_unique<LibraryBridge>(m_jobs.get());
  m_figures = std::make_unique<FigureBridge>(m_jobs.get(), m_library.get());
  connect(m_figures.get(), &FigureBridge::failed, this,
          [](const QString& sentence) { qInfo("said: %s", qPrintable(sentence)); });
}

void TestFigures::makesTheFigureOfARun() {
  FigureRequest request = reconstructions();
  request.widthMm = 174;
  Focus focus;
  focus.active = m_run;
  focus.shown = {m_run};
  request.focus = focus;
  const Made figure = make(request);
  QVERIFY(figure);
  QCOMPARE(figure->widthMm, 174.0);
  QVERIFY(figure->provenance.contains("focus"));
  QVERIFY(std::holds_alternative<ImagesPanel>(figure->panels.front()));
}

void TestFigures::pinsTheSnapshotOfARunThatTrains() {
  const fs::path copy = m_home->path() / "trains";
  fs::copy(m_run, copy, fs::copy_options::recursive);
  const std::vector<int64_t> kept = listSnapshots(copy);
  QVERIFY(kept.size() > 1);
  // Its training has gone on: the newest weights are of a later step than any snapshot.
  fs::remove(snapshotPath(copy, kept.back()));
  FigureRequest request = reconstructions();
  request.runs = {copy.string()};
  const Made finished = make(request);
  QVERIFY(finished);
  QCOMPARE(finished->provenance["runs"][0]["step"].get<int64_t>(), kept.back());
  const auto lock = RunLock::acquire(copy);
  QVERIFY(lock.ok());
  const Made training = make(request);
  QVERIFY(training);
  QCOMPARE(training->provenance["runs"][0]["step"].get<int64_t>(), kept[kept.size() - 2]);
}

void TestFigures::saysWhatCannotBeMade() {
  std::optional<Result<Made>> made;
  m_figures->make({}, this, [&](const Result<Made>& figure) { made = figure; });
  QTRY_VERIFY(made.has_value());
  QVERIFY(!made->ok());
  QVERIFY(QString::fromStdString(made->error().message).contains("no run"));
  made.reset();
  FigureRequest request = reconstructions();
  request.runs = {at("nowhere").toStdString()};
  m_figures->make(request, this, [&](const Result<Made>& figure) { made = figure; });
  QTRY_VERIFY(made.has_value());
  QVERIFY(!made->ok());
  QVERIFY(QString::fromStdString(made->error().message).contains("nowhere"));
}

void TestFigures::answersNobodyThatIsGone() {
  bool answered = false;
  auto receiver = std::make_unique<QObject>();
  m_figures->make(reconstructions(), receiver.get(), [&](const Result<Made>&) { answered = true; });
  receiver.reset();
  m_figures->make(reconstructions(), this, [&](const Result<Made>&) { answered = true; });
  m_figures->stopMaking(this);
  QVERIFY(make(curves())); // later than both
  QTRY_VERIFY(m_jobs->running().empty());
  QVERIFY(!answered);
}

void TestFigures::drawsThePageAtItsResolution() {
  FigurePage page;
  page.widthMm = 84;
  page.heightMm = 50;
  const QImage picture = draw(make(curves()), page, 254);
  QCOMPARE(picture.width(), 840);
  QCOMPARE(picture.height(), 500);
}

void TestFigures::theNewestPageWins() {
  const Made figure = make(curves());
  QVERIFY(figure);
  QList<int> widths;
  const auto note = [&](const Result<QImage>& picture) { widths << (picture ? picture->width() : -1); };
  for (const double dpi : {50.8, 76.2, 101.6, 127.0}) m_figures->draw(figure, {}, dpi, this, note);
  QTRY_VERIFY_WITH_TIMEOUT(widths.contains(420), patience);
  QCOMPARE(widths, (QList<int>{168, 420})); // the first had begun
}

void TestFigures::greysReachThePage() {
  const Made figure = make(curves());
  QVERIFY(figure);
  const auto coloured = [](const QImage& picture) {
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x)
        if (const QColor c = picture.pixelColor(x, y);
            std::abs(c.red() - c.green()) > 8 || std::abs(c.green() - c.blue()) > 8)
          return true;
    return false;
  };
  FigurePage page;
  QVERIFY(coloured(draw(figure, page, 100)));
  page.greyscale = true;
  QVERIFY(!coloured(draw(figure, page, 100)));
}

void TestFigures::writesWithAllThatGoesBesideIt() {
  const Made figure = make(curves());
  QVERIFY(figure);
  QSignalSpy written(m_figures.get(), &FigureBridge::written);
  int expected = 0;
  for (const QString format : {"pdf", "svg", "png"}) {
    const QString file = at("all/" + format + "/curves." + format);
    m_figures->write(figure, {}, {file, true, true, true});
    ++expected;
    QTRY_COMPARE_WITH_TIMEOUT(written.count(), expected, patience);
    QCOMPARE(written.back().front().toString(), file);
    QStringList names{"curves.csv", "curves.json", "curves.tex", "curves." + format};
    names.sort();
    QCOMPARE(filesIn("all/" + format), names);
    QVERIFY(readProvenance(file.toStdString()).ok());
  }
  m_figures->write(figure, {}, {at("all/csv/curves.csv"), false, false, false});
  QTRY_COMPARE_WITH_TIMEOUT(written.count(), expected + 1, patience);
  QCOMPARE(filesIn("all/csv"), QStringList{"curves.csv"});
}

void TestFigures::takesNamesWithSpacesAndUmlauts() {
  const Made figure = make(curves());
  QVERIFY(figure);
  QSignalSpy written(m_figures.get(), &FigureBridge::written);
  m_figures->write(figure, {}, {at("Bilder für β/Kurven, erste.svg"), true, true, false});
  QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, patience);
  QCOMPARE(filesIn("Bilder für β"),
           (QStringList{"Kurven, erste.csv", "Kurven, erste.svg", "Kurven, erste.tex"}));
}

void TestFigures::anUnwritableFolderIsOneSentence() {
  const Made figure = make(curves());
  QVERIFY(figure);
  QSignalSpy failed(m_figures.get(), &FigureBridge::failed);
  m_figures->write(figure, {}, {"/proc/figures/curves.csv"});
  QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
  const QString sentence = failed.front().front().toString();
  QVERIFY2(sentence.contains("/proc/figures"), qPrintable(sentence));
  QVERIFY(sentence.endsWith('.'));
}

// The table is a folder already, so it cannot be written: the rest does not appear either.
void TestFigures::aFailureLeavesNothing() {
  const Made figure = make(curves());
  QVERIFY(figure);
  QVERIFY(QDir().mkpath(at("half/curves.csv")));
  QVERIFY(QDir().mkpath(at("half/curves.pdf")));
  QSignalSpy failed(m_figures.get(), &FigureBridge::failed);
  m_figures->write(figure, {}, {at("half/curves.svg"), true, true, true});
  QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
  QCOMPARE(filesIn("half"), QStringList());
  // The picture itself comes last.
  m_figures->write(figure, {}, {at("half/curves.pdf"), false, false, true});
  QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, patience);
  QCOMPARE(filesIn("half"), QStringList());
}

void TestFigures::aCancelLeavesNothing() {
  const Made figure = make(curves());
  QVERIFY(figure);
  QSignalSpy written(m_figures.get(), &FigureBridge::written), failed(m_figures.get(), &FigureBridge::failed);
  QVERIFY(QDir().mkpath(at("cancelled")));
  m_figures->write(figure, {}, {at("cancelled/curves.pdf"), true, true, true});
  QCOMPARE(m_jobs->running().size(), size_t{1});
  QVERIFY(m_jobs->running().front().title.contains("curves.pdf"));
  m_jobs->cancelAll();
  QTRY_VERIFY_WITH_TIMEOUT(m_jobs->running().empty(), patience);
  QCOMPARE(filesIn("cancelled"), QStringList());
  QCOMPARE(written.count(), 0);
  QCOMPARE(failed.count(), 0); // who cancels knows
}

void TestFigures::putsNumbersIntoTables() {
  const Made figure = make(curves());
  QVERIFY(figure);
  std::optional<FigureTexts> texts;
  m_figures->texts(figure, {}, this, [&](const Result<FigureTexts>& made) {
    if (made) texts = *made;
  });
  QTRY_VERIFY_WITH_TIMEOUT(texts.has_value(), patience);
  QCOMPARE(texts->csv.toStdString(), figureToCsv(*figure));
  QCOMPARE(texts->tabs.count('\n'), texts->csv.count('\n'));
  QVERIFY(texts->tabs.section('\n', 0, 0).count('\t') >= 3);
  QVERIFY(texts->drawsInTex);
  QVERIFY(texts->latex.contains("\\begin{figure}"));
  texts.reset();
  m_figures->texts(make(reconstructions()), {}, this, [&](const Result<FigureTexts>& made) {
    if (made) texts = *made;
  });
  QTRY_VERIFY_WITH_TIMEOUT(texts.has_value(), patience);
  QVERIFY(!texts->drawsInTex);
  QVERIFY(texts->latex.contains("includegraphics"));
}

QTEST_GUILESS_MAIN(TestFigures)
#include "test_figures.moc"
