// What lands in the files: sizes, text, fonts, provenance, whole or not at all.
#include "core/figure/figure_page.h"
#include "core/figure/provenance_reader.h"
#include "tests/ui/plots/figure_fixture.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

#include <cmath>
#include <limits>
#include <map>

using namespace latent;
using namespace latent::ui;
using namespace latent::test;

namespace {

/// Objects of a pdf by the cross-reference table: every offset must point at its object.
bool crossReferencesHold(const QByteArray& pdf) {
  const qsizetype start = pdf.lastIndexOf("startxref\n") + 10;
  const qsizetype table = pdf.mid(start, pdf.indexOf('\n', start) - start).toLongLong();
  if (pdf.mid(table, 5) != "xref\n") return false;
  const qsizetype line = table + 5;
  const qsizetype count = pdf.mid(line, pdf.indexOf('\n', line) - line).split(' ').value(1).toLongLong();
  const qsizetype entries = pdf.indexOf('\n', line) + 1;
  for (qsizetype i = 1; i < count; ++i) {
    const QByteArray entry = pdf.mid(entries + i * 20, 20);
    if (entry.at(17) != 'n') continue;
    if (!pdf.mid(entry.left(10).toLongLong()).startsWith(QByteArray::number(i) + " 0 obj")) return false;
  }
  return count > 1;
}

} // namespace

class TestFigureFiles : public FigureTest {
  Q_OBJECT

  /// Pages of pdf, svg and png in millimetres.
  std::map<QString, QSizeF> sizesOf(const Figure& figure, double dpi) {
    std::map<QString, QSizeF> sizes;
    for (const char* name : {"size.pdf", "size.svg", "size.png"})
      if (!paintFigure(figure, file(name), dpi).ok()) return sizes;
    const auto box = QRegularExpression("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]")
                         .match(QString::fromLatin1(contents(file("size.pdf"))));
    sizes["pdf"] = QSizeF(box.captured(1).toDouble(), box.captured(2).toDouble()) * 25.4 / 72;
    const auto mm = QRegularExpression("<svg width=\"([0-9.]+)mm\" height=\"([0-9.]+)mm\"")
                        .match(QString::fromUtf8(contents(file("size.svg"))));
    sizes["svg"] = QSizeF(mm.captured(1).toDouble(), mm.captured(2).toDouble());
    const QImage image(file("size.png"));
    sizes["png"] = QSizeF(image.width(), image.height()) / image.dotsPerMeterX() * 1000;
    return sizes;
  }

 private slots:
  void pngHasItsSizeResolutionAndProvenance() {
    Figure figure = figureOf(curves());
    figure.widthMm = 84;
    figure.heightMm = 60;
    const QImage image = png(figure, 300);
    QCOMPARE(image.size(), QSize(992, 709)); // 84 and 60 mm at 300 dots an inch
    QCOMPARE(image.dotsPerMeterX(), 11811);
    QCOMPARE(image.dotsPerMeterY(), 11811);
    QCOMPARE(image.text("Title"), QStringLiteral("A figure & more"));
    QVERIFY(Json::parse(image.text("provenance").toStdString()) == figure.provenance);
    QVERIFY(!inkOf(image, QColor("#0072B2")).isNull());
    QVERIFY(!inkOf(image, QColor("#D55E00")).isNull());
    QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
  }

  void theSameFigureIsTheSamePicture() {
    const Figure figure = figureOf(curves());
    QCOMPARE(png(figure, 150), png(figure, 150));
  }

  void theSameFigureIsTheSameFile() {
    const Figure figure = figureOf(curves());
    // What Qt writes anew each time: when, and a random name of the document.
    static const QRegularExpression when(QStringLiteral("/CreationDate \\(D:[^)]*\\)|/ID \\[[^\\]]*\\]"));
    const auto fileOf = [&](const char* name) {
      if (!paintFigure(figure, file(name), 150).ok()) return QString();
      return QString::fromLatin1(contents(file(name))).remove(when);
    };
    for (const char* name : {"s.png", "s.svg", "s.pdf"}) {
      const QString first = fileOf(name);
      QVERIFY2(!first.isEmpty() && first == fileOf(name), name);
    }
  }

  void pdfHasItsPageFontsAndProvenance() {
    Figure figure = figureOf(curves());
    figure.widthMm = 84.3;
    figure.heightMm = 59.7;
    QVERIFY(paintFigure(figure, file("a.pdf"), 300).ok());
    const QByteArray pdf = contents(file("a.pdf"));
    const auto box =
        QRegularExpression("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]").match(QString::fromLatin1(pdf));
    QVERIFY(box.hasMatch());
    QVERIFY(std::abs(box.captured(1).toDouble() * 25.4 / 72 - 84.3) < 0.01);
    QVERIFY(std::abs(box.captured(2).toDouble() * 25.4 / 72 - 59.7) < 0.01);
    QVERIFY(crossReferencesHold(pdf));
    QVERIFY(pdf.contains("Roboto-Regular"));
    QVERIFY(pdf.contains("/FontFile2")); // embedded
    QVERIFY(pdf.contains("/ToUnicode")); // text can be copied out
    QVERIFY(pdf.contains("<latent:provenance"));
    QVERIFY(pdf.contains("&quot;seed&quot;:7"));
    QVERIFY(pdf.contains("A figure &amp; more"));
    QVERIFY(pdf.contains("/Creator"));
    QVERIFY(!pdf.contains("/Subtype /Image")); // curves are vectors
  }

  void pdfImagesAreOneObjectWithoutLossOrSmoothing() {
    Figure figure = figureOf(images(3, 10));
    figure.heightMm = 0;
    QVERIFY(paintFigure(figure, file("i.pdf"), 300).ok());
    const QByteArray pdf = contents(file("i.pdf"));
    QCOMPARE(pdf.count("/Subtype /Image"), 1);
    QVERIFY(!pdf.contains("DCTDecode"));
    QVERIFY(!pdf.contains("/Interpolate true"));
  }

  /// One image object, whether a label is higher than its row or not.
  void imagesWithHighLabelsAreOneObject() {
    ImagesPanel panel = images(5, 10);
    panel.rowLabels.assign(5, "VAE z2 Synthetic digits, seed 12, ELBO -198.6, and more words");
    Figure figure = figureOf(panel);
    figure.heightMm = 0;
    for (const double heightMm : {0.0, 40.0}) {
      figure.heightMm = heightMm;
      QVERIFY(paintFigure(figure, file("i.pdf"), 300).ok());
      QCOMPARE(contents(file("i.pdf")).count("/Subtype /Image"), 1);
      QVERIFY(paintFigure(figure, file("i.svg"), 300).ok());
      QCOMPARE(contents(file("i.svg")).count("<image "), 1);
    }
  }

  void svgIsWellFormedTextWithMetadata() {
    Figure figure = figureOf(curves());
    figure.widthMm = 84;
    figure.heightMm = 60;
    QVERIFY(paintFigure(figure, file("a.svg"), 300).ok());
    QXmlStreamReader xml(contents(file("a.svg")));
    QString provenance, texts;
    while (!xml.atEnd()) {
      xml.readNext();
      if (!xml.isStartElement()) continue;
      if (xml.name() == u"svg") {
        QCOMPARE(xml.attributes().value("width"), u"84mm");
        QCOMPARE(xml.attributes().value("height"), u"60mm");
      } else if (xml.name() == u"provenance") {
        provenance = xml.readElementText();
      } else if (xml.name() == u"text") {
        texts += xml.readElementText().trimmed() + QLatin1Char('|');
      }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(Json::parse(provenance.toStdString()) == figure.provenance);
    for (const char* text : {"A figure & more", "Test loss", "epoch", "nats", "A VAE", "B AE", "100"}) {
      QVERIFY2(texts.contains(QLatin1String(text) + QLatin1Char('|')), text);
    }
  }

  void whatAFileShowsIsReadBackFromIt() {
    Figure figure = figureOf(curves());
    figure.title = "Größe <& more>";
    figure.provenance = {{"kind", "curves"}, {"runs", Json::array()}, {"note", "<é & \"ü\"> ]]> \n\\"}};
    for (const char* name : {"p.png", "p.pdf", "p.svg"}) {
      QVERIFY(paintFigure(figure, file(name), 300).ok());
      const auto read = readProvenance(file(name).toStdString());
      QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
      QVERIFY2(*read == figure.provenance, name);
    }
  }

  void everyPresetHasItsSize_data() {
    QTest::addColumn<int>("preset");
    for (size_t i = 0; i < pagePresets().size(); ++i)
      QTest::addRow("%s", pagePresets()[i].id.c_str()) << static_cast<int>(i);
  }

  /// To 0.1 mm in all formats, whatever the panels; the png to half a dot.
  void everyPresetHasItsSize() {
    QFETCH(int, preset);
    const PagePreset& page = pagePresets()[static_cast<size_t>(preset)];
    const std::vector<std::vector<FigurePanel>> contents{
        {curves()}, {classes()}, {images(3, 10)}, {curves(), classes(), images(2, 4), classes()}};
    for (const auto& panels : contents) {
      Figure figure = figureOf(panels.front());
      figure.panels = panels;
      figure.widthMm = page.widthMm;
      figure.heightMm = page.heightMm;
      figure.fontPoints = page.fontPoints;
      figure.curvePoints = page.curvePoints;
      const auto sizes = sizesOf(figure, 254);
      QCOMPARE(sizes.size(), size_t{3});
      for (const auto& [format, size] : sizes) {
        const bool dots = format == QLatin1String("png"); // a tenth of a millimetre each
        QVERIFY2(std::abs(size.width() - page.widthMm) < (dots ? 0.06 : 0.01), qPrintable(format));
        // Where the height follows, whole dots an image pixel make a png a little lower than the others.
        const double height = page.heightMm > 0 ? page.heightMm : sizes.at(dots ? "png" : "pdf").height();
        QVERIFY2(std::abs(size.height() - height) < 0.1, qPrintable(format));
      }
    }
  }

  void aFigureWithoutATitleIsADocumentWithOne() {
    Figure figure = figureOf(curves());
    figure.title.clear();
    figure.provenance = {{"kind", "curves"},
                         {"runs", {{{"name", "A"}}, {{"name", "B"}}, {{"name", "C"}}, {{"name", "D"}}, 7}}};
    QVERIFY(paintFigure(figure, file("t.pdf"), 300).ok());
    QVERIFY(contents(file("t.pdf")).contains("Training curves: A; B; C and 1 more"));
    figure.provenance = {{"kind", 3}, {"runs", "none"}};
    QVERIFY(paintFigure(figure, file("t.pdf"), 300).ok());
  }

  void errorsSayWhatAndWhere() {
    const Figure figure = figureOf(curves());
    const Status kind = paintFigure(figure, file("a.gif"), 300);
    QVERIFY(!kind.ok());
    QCOMPARE(kind.error().fault, Fault::usage);
    QVERIFY(kind.error().message.find("a.gif") != std::string::npos);
    const Status folder = paintFigure(figure, file("missing/a.png"), 300);
    QVERIFY(!folder.ok());
    QCOMPARE(folder.error().fault, Fault::work);
    QVERIFY(folder.error().message.find("missing/a.png") != std::string::npos);
    for (double dpi : {0.0, -1.0, 1e9, std::numeric_limits<double>::quiet_NaN()}) {
      const Status resolution = paintFigure(figure, file("b.png"), dpi);
      QVERIFY(!resolution.ok());
      QCOMPARE(resolution.error().fault, Fault::usage);
    }
    QVERIFY(!QFile::exists(file("b.png")));
    Figure large = figure;
    large.widthMm = large.heightMm = 2000;
    QCOMPARE(paintFigure(large, file("b.png"), 2400).error().fault, Fault::usage);
  }

  void aFailedWriteLeavesTheOldFile() {
    QVERIFY(paintFigure(figureOf(curves()), file("keep.svg"), 300).ok());
    const QByteArray before = contents(file("keep.svg"));
    Figure large = figureOf(curves());
    large.widthMm = large.heightMm = 2000;
    QVERIFY(QFile::rename(file("keep.svg"), file("keep.png")));
    QVERIFY(!paintFigure(large, file("keep.png"), 2400).ok());
    QCOMPARE(contents(file("keep.png")), before);
  }
};

QTEST_MAIN(TestFigureFiles)
#include "test_figure_files.moc"
