// latent-figures as others start it: a process, its exit codes and its one sentence.
#include "core/figure/figure.h"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace latent;

class TestLatentFigures : public QObject {
  Q_OBJECT

 private:
  struct Ended {
    int code = -1;
    QString output, errors;
  };
  QTemporaryDir m_folder;
  QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

  static Ended run(const QStringList& arguments) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("QT_QPA_PLATFORM"); // as on a server without a display
    environment.remove("DISPLAY");
    environment.remove("WAYLAND_DISPLAY");
    process.setProcessEnvironment(environment);
    process.start(LATENT_FIGURES, arguments);
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit) return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
  }

  /// Exactly one sentence, ended by a line break.
  static void compareFailure(const Ended& ended, int code, const QString& names) {
    QCOMPARE(ended.code, code);
    QVERIFY2(ended.errors.contains(names), qPrintable(ended.errors));
    QCOMPARE(ended.errors.count('\n'), 1);
    QVERIFY(ended.errors.endsWith(".\n"));
    QCOMPARE(ended.output, QString());
  }

 private slots:
  void initTestCase() {
    Figure figure;
    figure.title = "Loss";
    figure.heightMm = 50;
    CurvesPanel panel;
    panel.series = {{"A", "#0072B2", 0, {0, 1}, {2, 1}}};
    figure.panels = {panel};
    QVERIFY(writeFigure(file("a.figure").toStdString(), figure).ok());
  }

  void drawsEachFormatWithoutADisplay() {
    for (const char* name : {"a.png", "a.pdf", "a.svg"}) {
      const Ended ended = run({file("a.figure"), file(name)});
      QCOMPARE(ended.errors, QString());
      QCOMPARE(ended.code, 0);
      QVERIFY(QFile(file(name)).size() > 500);
    }
    QCOMPARE(QImage(file("a.png")).size(), QSize(992, 591));
    QCOMPARE(run({file("a.figure"), file("a.png"), "--dpi", "100"}).code, 0);
    QCOMPARE(QImage(file("a.png")).size(), QSize(331, 197));
  }

  void severalPairsAreDrawnInOneCall() {
    const Ended ended =
        run({file("a.figure"), file("p1.png"), "--dpi", "50", file("a.figure"), file("p2.svg")});
    QCOMPARE(ended.errors, QString());
    QCOMPARE(ended.code, 0);
    QCOMPARE(QImage(file("p1.png")).size(), QSize(165, 98));
    QVERIFY(QFile(file("p2.svg")).size() > 500);
    // What stands behind the first that fails is not drawn.
    compareFailure(run({file("a.figure"), file("p3.png"), file("none.figure"), file("p4.png"),
                        file("a.figure"), file("p5.png")}),
                   3, "none.figure");
    QVERIFY(QFile::exists(file("p3.png")));
    QVERIFY(!QFile::exists(file("p4.png")) && !QFile::exists(file("p5.png")));
    compareFailure(run({file("a.figure"), file("p6.png"), file("a.figure")}), 2, "pairs");
    QVERIFY(!QFile::exists(file("p6.png")));
  }

  void helpGoesToStandardOutput() {
    const Ended ended = run({"--help"});
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.output.contains("--dpi"));
    QCOMPARE(ended.errors, QString());
  }

  void wrongUsageIsTwo() {
    compareFailure(run({}), 2, "latent-figures takes");
    compareFailure(run({file("a.figure"), file("a.bmp")}), 2, "a.bmp");
    compareFailure(run({file("a.figure"), file("b.png"), "--dpi"}), 2, "--dpi");
    compareFailure(run({file("a.figure"), file("b.png"), "--dpi", "many"}), 2, "--dpi");
    compareFailure(run({file("a.figure"), file("b.png"), "--dpi", "0"}), 2, "resolution");
    compareFailure(run({file("a.figure"), file("b.png"), "--size", "3"}), 2, "--size");
    QVERIFY(!QFile::exists(file("b.png")));
  }

  void aMissingOrDamagedFigureIsThree() {
    compareFailure(run({file("none.figure"), file("b.png")}), 3, "none.figure");
    compareFailure(run({m_folder.path(), file("b.png")}), 3, "is not a file");
    QFile whole(file("a.figure")), part(file("part.figure"));
    QVERIFY(whole.open(QIODevice::ReadOnly) && part.open(QIODevice::WriteOnly));
    const QByteArray bytes = whole.readAll();
    part.write(bytes.left(bytes.size() - 5));
    part.close();
    compareFailure(run({file("part.figure"), file("b.png")}), 3, "part.figure is damaged");
    QVERIFY(!QFile::exists(file("b.png")));
  }

  void whatCannotBeWrittenIsFour() {
    compareFailure(run({file("a.figure"), file("missing/a.png")}), 4, "missing/a.png");
    compareFailure(run({file("a.figure"), "/proc/a.pdf"}), 4, "/proc/a.pdf");
  }
};

QTEST_GUILESS_MAIN(TestLatentFigures)
#include "test_latent_figures.moc"
