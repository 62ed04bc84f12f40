// What the plane draws lies where the coordinates say: tiles, points, ellipse, rings.
#include "plane_fixture.h"

#include "ui/widgets/latent_plane.h"
#include "ui/widgets/plane_marks.h"
#include "ui/widgets/plane_tiles.h"
#include "ui/widgets/theme.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace latent;
using namespace latent::ui;

namespace {

const TileGrid tenByTen{{-3, 3, -3, 3}, 10, 10};

bool isWhite(const QColor& c) {
  return c.red() == 255 && c.green() == 255 && c.blue() == 255;
}

/// Each edge of the drawn rectangle within one pixel of the expected one.
bool covers(const QRect& drawn, const QRectF& expected) {
  return std::abs(drawn.left() - expected.left()) <= 1 && std::abs(drawn.top() - expected.top()) <= 1 &&
         std::abs(drawn.right() + 1 - expected.right()) <= 1 &&
         std::abs(drawn.bottom() + 1 - expected.bottom()) <= 1;
}

} // namespace

class TestPlane : public QObject {
  Q_OBJECT
  std::unique_ptr<LatentPlane> m_plane;

 private slots:
  void init() {
    m_plane = std::make_unique<LatentPlane>();
    m_plane->resize(540, 540);
    m_plane->setHome({-3, 3, -3, 3});
    PlaneLayers layers;
    layers.rings = layers.classNames = false;
    m_plane->setLayers(layers);
    m_plane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_plane.get()));
  }

  void tileLiesWhereItsCoordinatesAre_data() {
    QTest::addColumn<double>("zoom");
    QTest::addColumn<int>("side");
    for (const double zoom : {0.2, 0.5, 0.93, 1.0, 1.7, 3.0, 4.5})
      for (const int side : {1, 8, 28}) QTest::addRow("zoom %g, tiles of %d", zoom, side) << zoom << side;
  }
  void tileLiesWhereItsCoordinatesAre() {
    QFETCH(double, zoom);
    QFETCH(int, side);
    m_plane->setTiles(oneWhiteTile(tenByTen, side, 5, 4));
    m_plane->setFrame(m_plane->frame().zoomedAt({270, 270}, zoom));
    const QRectF rect = m_plane->tileRect(5, 4);
    const PlanePoint centre = tenByTen.centre(5, 4);
    QVERIFY(QLineF(rect.center(), m_plane->pixelOf(centre)).length() < 1e-9);
    // Between the axes only tiles are a pure grey; half way between black and white runs an interpolated
    // edge.
    const QPoint corner(36, 4);
    const QRect drawn =
        boundsOf(m_plane->grab().toImage().copy(QRect(corner, QSize(500, 512))), [](const QColor& c) {
          return c.red() == c.green() && c.green() == c.blue() && c.red() >= 128;
        }).translated(corner);
    QVERIFY2(covers(drawn, rect), qPrintable(QDebug::toString(drawn) + QDebug::toString(rect)));
  }

  void everyTileIsUnderItsOwnPoint() {
    // 6 x 5 tiles of different grey; the pixel at pixelOf(centre) has that grey, after pans, zooms and a
    // resize.
    const TileGrid some{{-2, 2.5, -1.5, 2}, 5, 6};
    PlaneTiles tiles{some, {1, 4, 4}, {}};
    for (int i = 0; i < 30; ++i) tiles.pixels.insert(tiles.pixels.end(), 16, static_cast<uint8_t>(8 * i));
    m_plane->setTiles(tiles);
    const auto check = [&] {
      const QImage image = m_plane->grab().toImage();
      int seen = 0;
      for (int row = 0; row < 5; ++row)
        for (int column = 0; column < 6; ++column) {
          const QPoint pixel = m_plane->pixelOf(some.centre(row, column)).toPoint();
          if (!QRect(36, 2, image.width() - 40, image.height() - 24).contains(pixel)) continue;
          const int expected = 8 * (row * 6 + column);
          if (std::abs(image.pixelColor(pixel).red() - expected) > 1) return -1;
          ++seen;
        }
      return seen;
    };
    QCOMPARE(check(), 30);
    m_plane->setFrame(m_plane->frame().panned(83, -41));
    QVERIFY(check() >= 20);
    m_plane->setFrame(m_plane->frame().zoomedAt({200, 300}, 2.3));
    QVERIFY(check() >= 4);
    m_plane->resize(700, 410);
    QVERIFY(check() >= 4);
  }

  void secondLatentGrowsUpwards() {
    m_plane->setTiles(oneWhiteTile(tenByTen, 4, 9, 5)); // the highest row
    QVERIFY(m_plane->tileRect(9, 5).bottom() < m_plane->tileRect(0, 5).top());
    QVERIFY(m_plane->pixelOf({0, 1}).y() < m_plane->pixelOf({0, -1}).y());
    const QRect drawn = boundsOf(m_plane->grab().toImage(), isWhite);
    QVERIFY(drawn.bottom() < 270);
    QVERIFY(covers(drawn, m_plane->tileRect(9, 5)));
  }

  void pixelsInsideATileStandUpright() {
    // Top pixel row of the image white: it must be drawn at the top of the tile.
    PlaneTiles tiles{{{-3, 3, -3, 3}, 1, 1}, {1, 4, 4}, std::vector<uint8_t>(16, 0)};
    std::fill_n(tiles.pixels.begin(), 4, 255);
    m_plane->setTiles(tiles);
    const QImage image = m_plane->grab().toImage();
    QVERIFY(isWhite(image.pixelColor(m_plane->pixelOf({0, 2.5}).toPoint())));
    QCOMPARE(image.pixelColor(m_plane->pixelOf({0, -1}).toPoint()).red(), 0);
  }

  void colourTilesKeepTheirChannels() {
    PlaneTiles tiles{
        {{-3, 3, -3, 3}, 1, 1}, {3, 2, 2}, {200, 200, 200, 200, 100, 100, 100, 100, 50, 50, 50, 50}};
    m_plane->setTiles(tiles);
    QCOMPARE(m_plane->grab().toImage().pixelColor(m_plane->pixelOf({0, 0}).toPoint()), QColor(200, 100, 50));
  }

  void deepZoomShowsTheExactPixel() {
    m_plane->setTiles(oneWhiteTile(tenByTen, 28, 5, 4));
    // 20,000 times enlarged at the tile's lower left corner: its edges still meet the coordinates.
    const PlaneRect cell = tenByTen.cell(5, 4);
    m_plane->setFrame(PlaneFrame({cell.left, cell.lower}, 6.0 / 540 / 20000, 540, 540));
    const QImage image = m_plane->grab().toImage();
    QCOMPARE(image.pixelColor(275, 265).red(), 255);
    QCOMPARE(image.pixelColor(265, 265).red(), 0);
    QCOMPARE(image.pixelColor(275, 275).red(), 0);
  }

  void damagedTilesAreIgnored() {
    m_plane->setTiles(oneWhiteTile(tenByTen, 4, 5, 4));
    const QImage before = m_plane->grab().toImage();
    PlaneTiles damaged = oneWhiteTile(tenByTen, 4, 2, 2);
    damaged.pixels.pop_back();
    m_plane->setTiles(damaged);
    damaged = oneWhiteTile(tenByTen, 4, 2, 2);
    damaged.grid.rows = 0;
    m_plane->setTiles(damaged);
    damaged.grid.rows = -10;
    damaged.grid.columns = -10;
    m_plane->setTiles(damaged);
    damaged = oneWhiteTile(tenByTen, 4, 2, 2);
    damaged.grid.rect.right = std::numeric_limits<double>::quiet_NaN();
    m_plane->setTiles(damaged);
    damaged = oneWhiteTile(tenByTen, 4, 2, 2);
    damaged.shape.channels = 2;
    m_plane->setTiles(damaged);
    damaged.shape = {1, std::numeric_limits<int>::max(), std::numeric_limits<int>::max()};
    m_plane->setTiles(damaged);
    QCOMPARE(m_plane->grab().toImage(), before);
    m_plane->clearTiles();
    QVERIFY(m_plane->grab().toImage() != before);
  }

  void damagedPointsAreIgnored() {
    PlanePoints points = pointsAt({{0, 0}, {1, 1}}, {0, 1});
    m_plane->setPoints(points);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({1, 1}), 3), 1);
    points.y.pop_back();
    m_plane->setPoints(points);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({1, 1}), 3), 1);
    points = pointsAt({{0, 0}, {NAN, 2}}, {0, 1, 2}); // too many labels, one point that is nowhere
    m_plane->setPoints(points);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({0, 0}), 3), 0);
    m_plane->setSelection({-1, 7});
    m_plane->setCursor(PlanePoint{NAN, 0});
    QVERIFY(!m_plane->cursor());
    QVERIFY(!m_plane->grab().isNull());
  }

  void pointIsDrawnAtItsCoordinates_data() {
    QTest::addColumn<double>("zoom");
    for (const double zoom : {0.3, 1.0, 2.6}) QTest::addRow("zoom %g", zoom) << zoom;
  }
  void pointIsDrawnAtItsCoordinates() {
    QFETCH(double, zoom);
    const PlanePoint z{0.4, 0.7};
    m_plane->setPoints(pointsAt({z}, {6}));
    m_plane->setFrame(m_plane->frame().zoomedAt({270, 270}, zoom));
    m_plane->setLegendFolded(true);
    const QColor colour = classQColor(6);
    const QRect drawn = boundsOf(m_plane->grab().toImage(), [&](const QColor& c) { return c == colour; });
    QVERIFY(drawn.isValid());
    const QPointF middle = QRectF(drawn).center(), expected = m_plane->pixelOf(z);
    QVERIFY2(QLineF(middle, expected).length() < 0.75,
             qPrintable(QDebug::toString(middle) + QDebug::toString(expected)));
  }

  void tileAndPointOfTheSameCoordinatesMeet() {
    // The tile's centre and a point there, through pan, zoom and resize.
    const PlanePoint z = tenByTen.centre(7, 3);
    m_plane->setTiles(oneWhiteTile(tenByTen, 28, 7, 3));
    m_plane->setPoints(pointsAt({z}));
    for (int i = 0; i < 4; ++i) {
      QVERIFY(m_plane->tileRect(7, 3).contains(m_plane->pixelOf(z)));
      QVERIFY(QLineF(m_plane->tileRect(7, 3).center(), m_plane->pixelOf(z)).length() < 1e-9);
      QCOMPARE(m_plane->pointAt(m_plane->tileRect(7, 3).center(), 1), 0);
      m_plane->setFrame(m_plane->frame().zoomedAt({100.0 + i, 431}, 1.37).panned(-13, 29.5));
      m_plane->resize(500 + 40 * i, 640 - 30 * i);
    }
  }

  void ellipseHasTheHalfAxesOfItsSigmas_data() {
    QTest::addColumn<double>("zoom");
    for (const double zoom : {0.6, 1.0, 1.9}) QTest::addRow("zoom %g", zoom) << zoom;
  }
  void ellipseHasTheHalfAxesOfItsSigmas() {
    QFETCH(double, zoom);
    m_plane->setFrame(m_plane->frame().zoomedAt({270, 270}, zoom));
    m_plane->setEllipse(PlaneEllipse{{0.2, -0.1}, 0.9, 0.4});
    const QImage image = m_plane->grab().toImage();
    const QPointF centre = m_plane->pixelOf({0.2, -0.1});
    const QColor line = colours(m_plane.get()).accent;
    const auto alongLine = [&](QPointF direction, double expected) {
      // The middle of the accent line, walking outwards in tenths of a pixel.
      double first = -1, last = -1;
      for (int tenths = -120; tenths < 120; ++tenths) {
        const double r = expected + 0.1 * tenths;
        const QPointF at = centre + direction * r;
        const QColor c =
            image.pixelColor(static_cast<int>(std::floor(at.x())), static_cast<int>(std::floor(at.y())));
        if (std::abs(c.red() - line.red()) + std::abs(c.green() - line.green()) +
                std::abs(c.blue() - line.blue()) >
            60)
          continue;
        if (first < 0) first = r;
        last = r;
      }
      return first < 0 ? -1.0 : (first + last) / 2;
    };
    const double rx = m_plane->frame().toPixels(0.9), ry = m_plane->frame().toPixels(0.4);
    for (const double sign : {-1.0, 1.0}) {
      QVERIFY2(std::abs(alongLine({sign, 0}, rx) - rx) <= 0.75,
               qPrintable(QString::number(alongLine({sign, 0}, rx) - rx)));
      QVERIFY2(std::abs(alongLine({0, sign}, ry) - ry) <= 0.75,
               qPrintable(QString::number(alongLine({0, sign}, ry) - ry)));
    }
    m_plane->setEllipse(PlaneEllipse{{0, 0}, -1, NAN}); // damaged: none
    QVERIFY(boundsOf(m_plane->grab().toImage(), [&](const QColor& c) { return c == line; }).isNull() ||
            m_plane->hasFocus());
  }

  void ellipseTurnsCounterClockwise() {
    const PlanePoint centre{0.3, -0.2};
    const double angle = 0.7;
    m_plane->setEllipse(PlaneEllipse{centre, 1.2, 0.3, angle});
    const QImage image = m_plane->grab().toImage();
    const QColor line = colours(m_plane.get()).accent;
    const auto onLine = [&](double x, double y) { // of the ellipse's own axes
      const PlanePoint z{centre.x + x * std::cos(angle) - y * std::sin(angle),
                         centre.y + x * std::sin(angle) + y * std::cos(angle)};
      const QPointF at = m_plane->pixelOf(z);
      const QColor c =
          image.pixelColor(static_cast<int>(std::floor(at.x())), static_cast<int>(std::floor(at.y())));
      return std::abs(c.red() - line.red()) + std::abs(c.blue() - line.blue()) < 100;
    };
    for (const double t : {0.0, 0.9, 2.0, 3.14, 4.4, 5.5})
      QVERIFY2(onLine(1.2 * std::cos(t), 0.3 * std::sin(t)), qPrintable(QString::number(t)));
    QVERIFY(!onLine(0.9, 0) && !onLine(0, 0.45));
  }

  void ringsStandAroundTheirCentre() {
    PlaneLayers layers;
    layers.rings = true;
    m_plane->setLayers(layers);
    m_plane->setRings({});
    const QImage without = m_plane->grab().toImage();
    m_plane->setRings({1}, {0.5, -0.5});
    const QImage with = m_plane->grab().toImage();
    const auto drawn = [&](PlanePoint z) {
      const QPoint at = m_plane->pixelOf(z).toPoint();
      return with.pixelColor(at) != without.pixelColor(at);
    };
    QVERIFY(drawn({1.5, -0.5}) && drawn({0.5, 0.5}) && drawn({-0.5, -0.5}));
    QVERIFY(!drawn({1, 0}) && !drawn({0.5, -0.5}));
  }

  void ringsAreCirclesAlsoWhenHuge() {
    PlaneLayers layers;
    layers.rings = true;
    m_plane->setLayers(layers);
    for (const double zoom : {1.0, 50.0, 2000.0}) {
      // Looks at (1, 0) and (0.6, 0.8): both on the unit circle.
      for (const PlanePoint spot : {PlanePoint{1, 0}, PlanePoint{0.6, 0.8}}) {
        m_plane->setFrame(PlaneFrame(spot, 6.0 / 540 / zoom, 540, 540));
        m_plane->setRings({});
        const QImage without = m_plane->grab().toImage();
        m_plane->setRings({1});
        const QImage with = m_plane->grab().toImage();
        QVERIFY(with.pixelColor(270, 270) != without.pixelColor(270, 270) ||
                with.pixelColor(269, 270) != without.pixelColor(269, 270));
        QCOMPARE(with.pixelColor(258, 276),
                 without.pixelColor(258, 276)); // towards the origin nothing is drawn
      }
    }
  }

  void cursorShowsOnAnyGround() {
    for (const int level : {0, 128, 255}) {
      PlaneTiles tiles{{{-3, 3, -3, 3}, 1, 1}, {1, 1, 1}, {static_cast<uint8_t>(level)}};
      m_plane->setTiles(tiles);
      m_plane->setCursor(std::nullopt);
      const QImage without = m_plane->grab().toImage();
      m_plane->setCursor(PlanePoint{0.5, 0.5});
      const QImage with = m_plane->grab().toImage();
      const QPointF at = m_plane->pixelOf({0.5, 0.5});
      int strongest = 0;
      for (int x = -20; x <= 20; ++x)
        for (int y = -20; y <= 20; ++y) {
          const QPoint p = at.toPoint() + QPoint(x, y);
          strongest = std::max(strongest, std::abs(with.pixelColor(p).red() - without.pixelColor(p).red()));
        }
      QVERIFY2(strongest > 100, qPrintable(QString::number(level)));
      QCOMPARE(with.pixelColor(at.toPoint()),
               without.pixelColor(at.toPoint())); // the very point stays visible
    }
  }

  void movingTheCursorRepaintsOnlyAroundIt() {
    m_plane->setCursor(PlanePoint{-1, -1});
    QCoreApplication::processEvents();
    struct Watch : QObject {
      QRegion region;
      bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) region += static_cast<QPaintEvent*>(event)->region();
        return false;
      }
    } watch;
    m_plane->installEventFilter(&watch);
    m_plane->setCursor(PlanePoint{1, 1});
    QTRY_VERIFY(!watch.region.isEmpty());
    QVERIFY(watch.region.contains(m_plane->pixelOf({1, 1}).toPoint()));
    QVERIFY(watch.region.contains(m_plane->pixelOf({-1, -1}).toPoint()));
    QVERIFY(!watch.region.contains(m_plane->pixelOf({0, 0}).toPoint()));
    int area = 0;
    for (const QRect& rect : watch.region) area += rect.width() * rect.height();
    QVERIFY(area < 2 * 50 * 50);
  }

  void firstShowFitsHome() {
    LatentPlane plane;
    plane.setHome({-4, 4, -4, 4});
    plane.resize(400, 300);
    plane.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plane));
    const PlaneRect seen = plane.frame().visible();
    QVERIFY(seen.lower <= -4 && seen.upper >= 4 && seen.left < seen.lower);
    QCOMPARE(plane.frame().width(), 400.0);
    plane.setHome({-1, 1, -1, 1}); // nobody has moved the frame yet
    QVERIFY(plane.frame().visible().upper < 1.2);
    plane.zoomBy(1.5);
    const PlaneFrame chosen = plane.frame();
    plane.setHome({-9, 9, -9, 9}); // "No view changes by itself"
    QCOMPARE(plane.frame(), chosen);
    plane.setHome({1, -1, 0, 0}); // empty: ignored
    plane.zoomToHome();
    QVERIFY(plane.frame().visible().upper >= 9);
  }

  void accessibleTextFollowsTheCursor() {
    m_plane->setAxisLabels("z3", "z7");
    m_plane->setCursor(PlanePoint{0.5, -1.2});
    QCOMPARE(m_plane->accessibleDescription(), QStringLiteral("Point at z3 0.50, z7 -1.20"));
    QVERIFY(!m_plane->accessibleName().isEmpty());
    m_plane->setNotice("No run yet.");
    QVERIFY(m_plane->accessibleDescription().contains("No run yet."));
  }

  void ticksAreRoundNumbers() {
    QCOMPARE(tickStep(0.9), 1.0);
    QCOMPARE(tickStep(1.0), 1.0);
    QCOMPARE(tickStep(1.1), 2.0);
    QCOMPARE(tickStep(0.03), 0.05);
    QCOMPARE(tickText(-0.5, 0.5), QStringLiteral("−0.5"));
    QCOMPARE(tickText(-1e-12, 0.5), QStringLiteral("0.0"));
    QCOMPARE(tickText(3, 1), QStringLiteral("3"));
    QCOMPARE(tickText(0.05, 0.05), QStringLiteral("0.05"));
  }
};

QTEST_MAIN(TestPlane)
#include "test_plane.moc"
