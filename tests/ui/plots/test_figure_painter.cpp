// What lands in the files: sizes, pixels, text, fonts, provenance.
#include "core/base/plane_frame.h"
#include "core/figure/figure_page.h"
#include "core/figure/provenance_reader.h"
#include "ui/plots/figure_painter.h"

#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

using namespace latent;
using namespace latent::ui;

namespace {

CurvesPanel curves() {
  CurvesPanel panel;
  panel.title = "Test loss";
  panel.xLabel = "epoch";
  panel.yLabel = "nats";
  panel.series = {{"A VAE", "#0072B2", 0, {0, 1, 2, 3}, {200, 150, 120, 110}},
                  {"B AE", "#D55E00", 1, {0, 1, 2, 3}, {180, 140, 100, 90}}};
  return panel;
}

/// A plane without tiles, points or rings.
PlanePanel emptyPlane() {
  PlanePanel panel;
  panel.rect = {-2, 2, -1, 1};
  return panel;
}

ImagesPanel images(int rows, int columns) {
  ImagesPanel panel;
  panel.rows = rows;
  panel.columns = columns;
  panel.height = panel.width = 2;
  for (int i = 0; i < rows * columns; ++i) {
    for (uint8_t value : {uint8_t{0}, uint8_t{80}, uint8_t{160}, uint8_t{250}}) panel.pixels.push_back(value);
  }
  return panel;
}

Figure figureOf(FigurePanel panel) {
  Figure figure;
  figure.title = "A figure & more";
  figure.panels = {std::move(panel)};
  figure.provenance = {{"seed", 7}, {"note", "<é & \"ü\">"}};
  return figure;
}

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

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

QColor classInkOf(int64_t label) {
  return {QString::fromStdString(classColour(label))};
}

QRect inkOf(const QImage& image, const QColor& colour) {
  QRect box;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, y) == colour) box |= QRect(x, y, 1, 1);
    }
  }
  return box;
}

} // namespace

class TestFigurePainter : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

  QImage png(const Figure& figure, double dpi) {
    const Status status = paintFigure(figure, file("a.png"), dpi);
    return status.ok() ? QImage(file("a.png")) : QImage();
  }

  QStringList svgTexts(const Figure& figure) {
    QStringList texts;
    if (!paintFigure(figure, file("texts.svg"), 300).ok()) return texts;
    QXmlStreamReader xml(contents(file("texts.svg")));
    while (!xml.atEnd()) {
      xml.readNext();
      if (xml.isStartElement() && xml.name() == u"text") texts << xml.readElementText().trimmed();
    }
    return texts;
  }

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

  static bool isGrey(const QImage& image) {
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) {
        const QRgb dot = image.pixel(x, y);
        if (qRed(dot) != qGreen(dot) || qRed(dot) != qBlue(dot)) return false;
      }
    return true;
  }

  /// Three classes, each about a place of its own.
  static PlanePanel classes() {
    PlanePanel panel = emptyPlane();
    panel.classes = {"shirt", "boot", "bag"};
    for (int i = 0; i < 60; ++i) {
      panel.pointX.push_back(static_cast<float>(i % 3) - 1 + 0.01F * static_cast<float>(i));
      panel.pointY.push_back(0.01F * static_cast<float>(i) - 0.5F);
      panel.pointLabel.push_back(i % 3);
    }
    return panel;
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

  void theLegendStandsWhereItWasChosen() {
    Figure figure = figureOf(curves());
    figure.title.clear();
    figure.heightMm = 80;
    const auto placeOf = [&](LegendPlace place) {
      figure.legend = place;
      const QImage image = png(figure, 300);
      const QRect ink = inkOf(image, QColor("#D55E00")); // the curve and its sample in the legend
      return std::pair(QPointF(static_cast<double>(ink.right()) / image.width(),
                               static_cast<double>(ink.bottom()) / image.height()),
                       static_cast<double>(ink.top()) / image.height());
    };
    const auto [aboveEnd, aboveTop] = placeOf(LegendPlace::above);
    const auto [belowEnd, belowTop] = placeOf(LegendPlace::below);
    const auto [rightEnd, rightTop] = placeOf(LegendPlace::right);
    QVERIFY(aboveTop < 0.1);
    QVERIFY(belowEnd.y() > 0.93);
    QVERIFY(rightEnd.x() > aboveEnd.x() - 0.2 && rightTop < 0.1);
    for (const LegendPlace place : {LegendPlace::above, LegendPlace::below, LegendPlace::right}) {
      figure.legend = place;
      QCOMPARE(svgTexts(figure).count(QStringLiteral("A VAE")), 1);
    }
    figure.legend = LegendPlace::none;
    QCOMPARE(svgTexts(figure).count(QStringLiteral("A VAE")), 0);
  }

  void linesFollowTheWidthOfCurves() {
    Figure figure = figureOf(curves());
    const auto widthsOf = [&](double points) {
      figure.curvePoints = points;
      std::map<double, int> widths;
      if (!paintFigure(figure, file("w.svg"), 300).ok()) return widths;
      static const QRegularExpression stroke(QStringLiteral("stroke-width=\"([0-9.]+)\""));
      auto found = stroke.globalMatch(QString::fromUtf8(contents(file("w.svg"))));
      while (found.hasNext()) ++widths[found.next().captured(1).toDouble()];
      return widths;
    };
    const auto thin = widthsOf(0.5), thick = widthsOf(2);
    QVERIFY(thin.count(10) > 0);  // 0.5 points in twentieths
    QVERIFY(thick.count(40) > 0); // and hairlines four times as wide, too
    QVERIFY(thick.count(22) > 0 && thin.count(5.5) > 0);
  }

  /// Not one dot of colour in what is for print without colour.
  void aGreyPageHasNoColour() {
    ImagesPanel colour;
    colour.rows = colour.height = colour.width = 1;
    colour.columns = 2;
    colour.channels = 3;
    colour.pixels = {200, 30, 10, 0, 90, 250};
    PlanePanel tiles = classes();
    tiles.grid = {{-2, 2, -1, 1}, 1, 2};
    tiles.tileHeight = tiles.tileWidth = 1;
    tiles.channels = 3;
    tiles.pixels = colour.pixels;
    tiles.rings = {1};
    CurvesPanel bands = curves();
    bands.series[0].lower = {190, 140, 110, 100};
    bands.series[0].upper = {210, 160, 130, 120};
    Figure figure = figureOf(bands);
    figure.panels = {bands, colour, tiles};
    figure.heightMm = 0;
    QVERIFY(!isGrey(png(figure, 60)));
    figure.greyscale = true;
    QVERIFY(isGrey(png(figure, 60)));
    QVERIFY(paintFigure(figure, file("g.svg"), 60).ok());
    static const QRegularExpression hue(QStringLiteral("#(?!([0-9a-fA-F]{2})\\1\\1)[0-9a-fA-F]{6}\\b"));
    const QString svg = QString::fromUtf8(contents(file("g.svg")));
    QVERIFY2(!svg.contains(hue), qPrintable(hue.match(svg).captured()));
  }

  /// Shapes need words: a grey page names its classes, a coloured one where nothing else does.
  void classesAreInTheLegend() {
    Figure figure = figureOf(classes());
    figure.heightMm = 0;
    QCOMPARE(svgTexts(figure).count(QStringLiteral("boot")), 1);
    figure.legend = LegendPlace::none;
    QCOMPARE(svgTexts(figure).count(QStringLiteral("boot")), 0);
    std::get<PlanePanel>(figure.panels[0]).classNames = true;
    figure.legend = LegendPlace::above;
    QCOMPARE(svgTexts(figure).count(QStringLiteral("boot")), 1); // at its points
    figure.greyscale = true;
    QCOMPARE(svgTexts(figure).count(QStringLiteral("boot")), 2);
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

  void imagesAreSmoothedOnlyWhereThatWasChosen() {
    Figure figure = figureOf(images(1, 1));
    figure.title.clear();
    figure.heightMm = 0;
    const auto levels = [&] {
      const QImage image = png(figure, 100);
      std::set<int> found;
      for (int x = 0; x < image.width(); ++x) found.insert(qGray(image.pixel(x, image.height() / 3)));
      return found.size();
    };
    QVERIFY(levels() <= 3);
    QVERIFY(paintFigure(figure, file("s.svg"), 300).ok());
    QVERIFY(contents(file("s.svg")).contains("pixelated"));
    figure.smooth = true;
    QVERIFY(levels() > 40); // 0 to 80 in steps
    QVERIFY(paintFigure(figure, file("s.svg"), 300).ok());
    QVERIFY(!contents(file("s.svg")).contains("pixelated"));
  }

  /// On a slide planes and images keep their shape inside of the page, side by side where that makes them
  /// larger.
  void aSlideHoldsWhatItShows() {
    PlanePanel square = classes();
    square.rect = {-2, 2, -2, 2};
    square.rings = {1.5};
    Figure figure = figureOf(square);
    figure.widthMm = 254;
    figure.heightMm = 142.875;
    figure.fontPoints = 16;
    figure.panels = {square, square}; // one above the other where the height is free
    const QImage image = png(figure, 60);
    QCOMPARE(image.size(), QSize(600, 338));
    const QRect ink = inkOf(image, classInkOf(0));
    QVERIFY(ink.width() > image.width() / 3); // in both planes
    QVERIFY(svgTexts(figure).filter(QStringLiteral("z2")).size() == 2);
    figure.panels = {images(12, 3)};
    const QImage tall = png(figure, 60);
    const QRect pixels = inkOf(tall, QColor(0, 0, 0));
    QVERIFY(!pixels.isNull());
    QVERIFY(pixels.bottom() < tall.height() && pixels.height() > tall.height() / 2);
    QVERIFY(std::abs(pixels.center().x() - tall.width() / 2) < tall.width() / 10); // in the middle
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

  void heightFollowsFromTheContent() {
    Figure figure = figureOf(images(1, 10));
    figure.title.clear();
    figure.heightMm = 0;
    const QImage flat = png(figure, 300);
    figure.panels = {images(5, 5)};
    const QImage square = png(figure, 300);
    QCOMPARE(flat.width(), square.width());
    QVERIFY(flat.height() < square.height() / 5);
  }

  /// Every image pixel is a block of the same whole number of dots, nothing between two levels appears.
  void imagesArePixelsNotSmoothed() {
    Figure figure = figureOf(images(2, 3));
    figure.title.clear();
    figure.heightMm = 0;
    const QImage image = png(figure, 200);
    std::map<int, int> counts;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) ++counts[qGray(image.pixel(x, y))];
    }
    QCOMPARE(counts.size(), size_t{5}); // four levels and white
    QCOMPARE(counts[0], counts[80]);
    QCOMPARE(counts[0], counts[160]);
    QCOMPARE(counts[0], counts[250]);
    const double side = std::sqrt(counts[0] / 6.0);
    QCOMPARE(side, std::round(side));
  }

  /// The page ends within a dot or so of the last image, whatever whole dots a pixel leave.
  void imagesEndWhereThePageEnds() {
    for (const double widthMm : {84.0, 120.0, 174.0}) {
      ImagesPanel panel = images(2, 10);
      panel.rowLabels = {"Input x", "VAE z2 Synthetic digits, seed 12, ELBO -198.6"};
      panel.columnLabels.assign(10, "7");
      Figure figure = figureOf(panel);
      figure.title.clear();
      figure.heightMm = 0;
      figure.widthMm = widthMm;
      const QImage image = png(figure, 300);
      const QRect ink = inkOf(image, QColor(0, 0, 0)); // the upper left pixel of each image
      const int pixel = ink.height() > 0 ? inkOf(image, QColor(80, 80, 80)).right() - ink.right() : 0;
      QVERIFY(pixel > 0);
      QVERIFY2(image.width() - 1 - ink.right() - pixel < 16, qPrintable(QString::number(widthMm)));
    }
  }

  /// Every label is there to its last word, and rows that need more room for it get it.
  void longRowLabelsAreBrokenNotCut() {
    ImagesPanel panel = images(14, 10);
    for (int row = 0; row < 14; ++row)
      panel.rowLabels.push_back("VAE z2 Synthetic digits, seed " + std::to_string(row) + ", ELBO -198.6");
    Figure figure = figureOf(panel);
    figure.title.clear();
    figure.heightMm = 0;
    figure.widthMm = 84;
    const QString all = svgTexts(figure).join(QLatin1Char(' '));
    QVERIFY(!all.contains(QChar(0x2026)));
    for (int row = 0; row < 14; ++row)
      QVERIFY(all.contains(QStringLiteral("VAE z2 Synthetic digits, seed %1, ELBO \u2212198.6").arg(row)));
    figure.panels = {images(14, 10)};
    const int without = png(figure, 100).height();
    figure.panels = {panel};
    QVERIFY(png(figure, 100).height() > without);
  }

  void aLegendOfManyRunsMakesThePageHigher() {
    CurvesPanel panel = curves();
    panel.series.clear();
    for (int run = 0; run < 13; ++run)
      panel.series.push_back({"VAE z2 Synthetic digits, seed " + std::to_string(run) + " (loss: recon + KL)",
                              runColour(run),
                              0,
                              {1, 2, 3},
                              {200, 150, 100.0 + run},
                              true,
                              run / 8});
    Figure figure = figureOf(panel);
    figure.heightMm = 60;
    for (const double widthMm : {84.0, 174.0}) {
      figure.widthMm = widthMm;
      const QStringList texts = svgTexts(figure);
      for (const FigureSeries& series : panel.series)
        QVERIFY2(texts.contains(QString::fromStdString(series.label)), series.label.c_str());
      const QImage image = png(figure, 100);
      QVERIFY(image.height() > 236 + 40); // 60 mm, and rows of the legend beyond the second
    }
    figure.panels = {curves(), curves()}; // the same two runs: one legend for both panels
    figure.panelColumns = 2;
    QCOMPARE(svgTexts(figure).count(QStringLiteral("A VAE")), 1);
    QCOMPARE(png(figure, 100).height(), 236);
  }

  void numbersStayWithTheirWords() {
    ImagesPanel panel = images(1, 10);
    panel.rowLabels = {"VAE z2 of the best kind, seed 12, ELBO -198.6"};
    Figure figure = figureOf(panel);
    figure.widthMm = 84;
    const QStringList texts = svgTexts(figure);
    for (const QString& line : texts)
      QVERIFY2(!line.startsWith(QChar(0x2212)) && !line.startsWith(u'1'), qPrintable(line));
    QVERIFY(texts.join(u' ').contains(QStringLiteral("seed 12, ELBO \u2212198.6")));
  }

  void epochsHaveWholeTicks() {
    CurvesPanel panel = curves();
    panel.wholeX = true;
    panel.series = {{"A", "#0072B2", 0, {1, 2, 3}, {-200, -150, -120}}};
    const QStringList texts = svgTexts(figureOf(panel));
    for (const char* tick : {"1", "2", "3"}) QVERIFY2(texts.contains(QLatin1String(tick)), tick);
    QVERIFY(!texts.contains(QStringLiteral("1.5")) && !texts.contains(QStringLiteral("1.0")));
  }

  /// From the lower to the upper edge in the run's colour, thinned by the white page, and never over a curve.
  void aBandLiesUnderItsCurve() {
    CurvesPanel panel = curves();
    panel.logY = panel.legend = false;
    panel.series = {{"A", "#0072B2", 0, {1, 2, 3}, {10, 10, 10}}};
    const QImage without = png(figureOf(panel), 100);
    panel.series[0].lower = {5, 5, 5};
    panel.series[0].upper = {20, 20, 20};
    const QImage with = png(figureOf(panel), 100);
    const auto thinned = [](const QColor& c) {
      return std::abs(c.red() - 210) < 4 && std::abs(c.green() - 230) < 4 && std::abs(c.blue() - 241) < 4;
    };
    QRect band;
    for (int y = 0; y < with.height(); ++y)
      for (int x = 0; x < with.width(); ++x)
        if (thinned(with.pixelColor(x, y))) band |= QRect(x, y, 1, 1);
    const QRect curve = inkOf(with, QColor("#0072B2"));
    QVERIFY(band.height() > with.height() / 2); // the axis shows all of it
    QVERIFY(band.contains(curve.center()));
    // A third of the way up: 5 to 10 of 5 to 20.
    QVERIFY(std::abs((band.bottom() - curve.center().y()) * 3 - band.height()) < band.height() / 8);
    QVERIFY(!inkOf(without, QColor("#0072B2")).isNull());
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

  void colourImagesKeepTheirColours() {
    ImagesPanel panel;
    panel.rows = panel.columns = 1;
    panel.channels = 3;
    panel.height = panel.width = 1;
    panel.pixels = {200, 30, 10};
    Figure figure = figureOf(panel);
    figure.heightMm = 0;
    QVERIFY(!inkOf(png(figure, 50), QColor(200, 30, 10)).isNull());
  }

  /// The middle of a point's disc is where PlaneFrame puts it between the edges of the tiles.
  void pointsLieWhereTheTilesSay() {
    PlanePanel panel = emptyPlane();
    panel.grid = {{-2, 2, -1, 1}, 2, 4};
    panel.tileHeight = panel.tileWidth = 1;
    panel.pixels = {10, 10, 10, 10, 10, 10, 10, 10};
    panel.pointX = {1.25F};
    panel.pointY = {0.5F};
    panel.pointLabel = {0};
    const Figure figure = figureOf(panel);
    const QImage image = png(figure, 600);
    const QRect tiles = inkOf(image, QColor(10, 10, 10));
    const QRect dot = inkOf(image, QColor("#CC6677"));
    QVERIFY(!tiles.isNull() && !dot.isNull());
    // One scale on both axes; a hair is lost to the antialiased edge.
    QVERIFY(std::abs(tiles.width() - 2.0 * tiles.height()) <= 12);
    const PlaneFrame frame({0, 0}, 4.0 / tiles.width(), tiles.width(), tiles.height());
    const PlanePoint expected = frame.toPixel({1.25, 0.5});
    const QPointF middle = QRectF(dot).center() - QRectF(tiles).topLeft();
    QVERIFY2(std::abs(middle.x() - expected.x) < 6, qPrintable(QString::number(middle.x() - expected.x)));
    QVERIFY2(std::abs(middle.y() - expected.y) < 6, qPrintable(QString::number(middle.y() - expected.y)));
  }

  void tilesStandUpright() {
    PlanePanel panel = emptyPlane();
    panel.rect = {-1, 1, -1, 1};
    panel.grid = {panel.rect, 2, 2};
    panel.tileHeight = panel.tileWidth = 1;
    panel.pixels = {20, 60, 120, 200}; // row 0 is the lowest z2
    const QImage image = png(figureOf(panel), 200);
    const auto levelBox = [&](int level) { return inkOf(image, QColor(level, level, level)); };
    QVERIFY(levelBox(20).center().y() > levelBox(120).center().y());
    QVERIFY(levelBox(20).center().x() < levelBox(60).center().x());
    QVERIFY(levelBox(200).center().y() < levelBox(60).center().y());
    panel.tileOpacity = 0.5;
    QVERIFY(!inkOf(png(figureOf(panel), 200), QColor(138, 138, 138)).isNull()); // half of 20, half of white
  }

  void manyPanelsShareAPage() {
    Figure figure = figureOf(curves());
    figure.widthMm = 174;
    figure.heightMm = 0;
    figure.panelColumns = 2;
    figure.panels = {curves(), emptyPlane(), images(2, 4), CurvesPanel{}};
    for (const char* name : {"m.png", "m.pdf", "m.svg"}) QVERIFY(paintFigure(figure, file(name), 100).ok());
    figure.panels.clear();
    QVERIFY(paintFigure(figure, file("none.png"), 100).ok());
  }

  void hostileValuesAreDrawnWithoutHarm() {
    const double inf = std::numeric_limits<double>::infinity(),
                 nan = std::numeric_limits<double>::quiet_NaN();
    CurvesPanel strange = curves();
    strange.logX = strange.logY = true;
    strange.series.push_back({"", "#000000", 2, {nan, inf, -1, 1e300, 1e-300}, {1, 2, 3, 1e300, 1e-300}});
    strange.series.push_back({"one", "#000000", 2, {1}, {1}});
    PlanePanel plane = emptyPlane();
    plane.pointX = {std::numeric_limits<float>::quiet_NaN(), 1e30F};
    plane.pointY = {0, 0};
    plane.pointLabel = {3, -5};
    plane.classes = {"only one"};
    plane.rings = {0, 1e9};
    Figure figure = figureOf(strange);
    figure.heightMm = 20;
    figure.panels = {strange, plane};
    for (const char* name : {"h.png", "h.pdf", "h.svg"}) QVERIFY(paintFigure(figure, file(name), 100).ok());
    figure.widthMm = figure.heightMm = 5; // no room for anything
    figure.fontPoints = 40;
    for (const char* name : {"h.png", "h.pdf", "h.svg"}) QVERIFY(paintFigure(figure, file(name), 100).ok());
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

QTEST_MAIN(TestFigurePainter)
#include "test_figure_painter.moc"
