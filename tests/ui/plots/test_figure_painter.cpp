// What a page shows: where curves, points, images and words lie, and in what colours.
#include "tests/ui/plots/figure_fixture.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

#include <cmath>
#include <limits>
#include <map>
#include <set>

using namespace latent;
using namespace latent::ui;
using namespace latent::test;

namespace {

QColor classInkOf(int64_t label) {
  return {QString::fromStdString(classColour(label))};
}

} // namespace

class TestFigurePainter : public FigureTest {
  Q_OBJECT

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

  static bool isGrey(const QImage& image) {
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) {
        const QRgb dot = image.pixel(x, y);
        if (qRed(dot) != qGreen(dot) || qRed(dot) != qBlue(dot)) return false;
      }
    return true;
  }

 private slots:
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
};

QTEST_MAIN(TestFigurePainter)
#include "test_figure_painter.moc"
