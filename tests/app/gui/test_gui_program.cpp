// The program itself: its command line, and its benches through the real window without a display.
#include "core/data/catalogue.h"
#include "core/run/training_run.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace latent;

class TestGuiProgram : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void helpNamesTheOptions();
  void refusesWhatItDoesNotKnow();
  void saysThatThereIsNoDisplay();
  void startupBenchShowsAPicture();
  void dragBenchAnswersTheMoves();

 private:
  struct Outcome {
    int code = -1;
    QByteArray out, err;
  };
  Outcome run(const QStringList& arguments, const QStringList& without = {}) const;
  std::unique_ptr<QTemporaryDir> m_home;
};

void TestGuiProgram::init() {
  m_home = std::make_unique<QTemporaryDir>();
}

TestGuiProgram::Outcome TestGuiProgram::run(const QStringList& arguments, const QStringList& without) const {
  QProcess program;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("XDG_DATA_HOME", m_home->path());
  environment.insert("LATENT_DATA_DIR", m_home->path()); // no data but what is built in
  environment.insert("LATENT_RESOURCES", m_home->path());
  for (const QString& name : without) environment.remove(name);
  program.setProcessEnvironment(environment);
  program.start(LATENT_EXPLORER, arguments);
  if (!program.waitForFinished(300'000)) return {};
  return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
}

void TestGuiProgram::helpNamesTheOptions() {
  const Outcome outcome = run({"--help"});
  QCOMPARE(outcome.code, 0);
  for (const char* option : {"--bench-drag", "--bench-startup", "--json", "--data-dir"})
    QVERIFY2(outcome.out.contains(option), option);
}

void TestGuiProgram::refusesWhatItDoesNotKnow() {
  const Outcome outcome = run({"--no-such-option"});
  QCOMPARE(outcome.code, 2);
  QVERIFY(outcome.err.contains("no-such-option"));
  QCOMPARE(outcome.err.count('\n'), 1);
}

void TestGuiProgram::saysThatThereIsNoDisplay() {
  const Outcome outcome = run({}, {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"});
  QCOMPARE(outcome.code, 2);
  QVERIFY(outcome.err.contains("no display"));
}

void TestGuiProgram::startupBenchShowsAPicture() {
  const QString folder = m_home->filePath("run");
  {
    RunConfig config;
    config.parameters.set("latent", int64_t{2});
    config.parameters.set("hidden", std::vector<int64_t>{8});
    config.parameters.set("batch", int64_t{1000});
    config.dataset = "digits";
    config.epochs = 1;
    auto made = TrainingRun::create(folder.toStdString(), config, *openDataset("digits", {}));
    QVERIFY(made.ok());
    (*made)->trainer().start();
    (*made)->trainer().wait();
  }
  const Outcome outcome = run({"--bench-startup", "--json", folder}, {"QT_QPA_PLATFORM"});
  QVERIFY2(outcome.code == 0, outcome.err.constData());
  const QJsonObject line = QJsonDocument::fromJson(outcome.out).object();
  QCOMPARE(line["bench"].toString(), QString("startup"));
  QVERIFY(line["ms"].toDouble() > 0);
}

void TestGuiProgram::dragBenchAnswersTheMoves() {
  const Outcome outcome = run({"--bench-drag", "--json"}, {"QT_QPA_PLATFORM"});
  QVERIFY2(outcome.code == 0, outcome.err.constData());
  QStringList views;
  for (const QByteArray& text : outcome.out.trimmed().split('\n')) {
    const QJsonObject line = QJsonDocument::fromJson(text).object();
    QCOMPARE(line["bench"].toString(), QString("drag"));
    views << line["view"].toString();
    QCOMPARE(line["dataset"].toString(), QString("digits"));
    QVERIFY(line["training"].toBool());
    QVERIFY(line["moves"].toInt() > 1000);
    QVERIFY(line["p50_ms"].toDouble() > 0);
    QVERIFY(line["p50_ms"].toDouble() <= line["p95_ms"].toDouble());
    QVERIFY(line["p95_ms"].toDouble() <= line["p99_ms"].toDouble());
  }
  QCOMPARE(views, QStringList({"plane", "traverse", "compare"})); // codes need MNIST, which is not here
}

QTEST_GUILESS_MAIN(TestGuiProgram)
#include "test_gui_program.moc"
