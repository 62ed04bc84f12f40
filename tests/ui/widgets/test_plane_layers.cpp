// Layers beside tiles and points: density, magnification, posteriors of chosen points, colours by numbers,
// axes in quantiles, the linked point.
#include "plane_fixture.h"

#include "core/base/plane_density.h"
#include "core/base/random.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/plane_marks.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/viridis.h"

#include <QToolTip>
#include <QtTest>

#include <cmath>
#include <numbers>

using namespace latent;
using namespace latent::ui;

namespace {

PlaneLayers nothing() {
  PlaneLayers layers;
  layers.tiles = layers.points = layers.rings = layers.ellipse = layers.classNames = layers.legend = false;
  return layers;
}

bool near(const QColor& a, const QColor& b, int tolerance) {
  return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
         std::abs(a.blue() - b.blue()) <= tolerance;
}

} // namespace

class TestPlaneLayers : public QObject {
  Q_OBJECT
  std::unique_ptr<LatentPlane> m_plane;
  QImage picture() const { return m_plane->grab().toImage(); }
  QColor colourAt(PlanePoint z) const { return picture().pixelColor(m_plane->pixelOf(z).toPoint()); }

 private slots:
  void init() {
    m_plane = std::make_unique<LatentPlane>();
    m_plane->resize(540, 540);
    m_plane->setHome({-3, 3, -3, 3});
    m_plane->setLayers(nothing());
    m_plane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_plane.get()));
  }

  void theDensityIsHighestAtTheCluster() {
    Random random(1);
    std::vector<float> x, y;
    for (int i = 0; i < 2000; ++i) { // most around (1.2, -0.8), some around (-1.5, 1.5)
      const bool most = i % 5 != 0;
      x.push_back(static_cast<float>((most ? 1.2 : -1.5) + 0.3 * random.normal()));
      y.push_back(static_cast<float>((most ? -0.8 : 1.5) + 0.3 * random.normal()));
    }
    const TileGrid grid{m_plane->frame().visible(), 90, 90};
    PlaneLayers layers = nothing();
    layers.density = true;
    layers.densityOpacity = 1;
    m_plane->setLayers(layers);
    const QImage empty = picture();
    m_plane->setDensity(PlaneField{grid, planeDensity(x, y, grid), "density"});
    const QImage full = picture();
    QVERIFY(full != empty);
    // The yellow end of the map.
    const QRect inside(40, 4, 490, 440);
    const QRect top = boundsOf(full.copy(inside), [](const QColor& c) {
                        return near(c, viridis(1), 12);
                      }).translated(inside.topLeft());
    QVERIFY(top.isValid());
    QVERIFY(QLineF(QPointF(top.center()), m_plane->pixelOf({1.2, -0.8})).length() < 0.15 * 540 / 6);
    QVERIFY(top.width() < 60);
    QVERIFY(near(colourAt({-2.5, -2}), empty.pixelColor(m_plane->pixelOf({-2.5, -2}).toPoint()), 3)); // empty

    layers.contours = true;
    m_plane->setLayers(layers);
    QVERIFY(picture() != full);
    // Inside the highest contour nothing is covered.
    QCOMPARE(colourAt({1.2, -0.8}), empty.pixelColor(m_plane->pixelOf({1.2, -0.8}).toPoint()));
  }

  void contoursRunWhereTheFieldHasTheirValue() {
    PlaneField field{{{-2, 2, -2, 2}, 80, 80}, {}, {}};
    for (int row = 0; row < 80; ++row)
      for (int column = 0; column < 80; ++column) {
        const PlanePoint c = field.grid.centre(row, column);
        field.values.push_back(static_cast<float>(std::hypot(c.x, c.y)));
      }
    const std::vector<QPolygonF> pieces = contourOf(field, 1.25);
    QVERIFY(pieces.size() > 100);
    double length = 0;
    for (const QPolygonF& piece : pieces) {
      for (const QPointF& p : piece) QVERIFY(std::abs(std::hypot(p.x(), p.y()) - 1.25) < 2e-3);
      length += QLineF(piece[0], piece[1]).length();
    }
    QVERIFY(std::abs(length - 2 * std::numbers::pi * 1.25) < 0.01); // all around, once
    QVERIFY(contourOf(field, 9).empty());
    field.values.pop_back();
    QVERIFY(contourOf(field, 1.25).empty()); // damaged
  }

  void magnificationHasTheColoursOfItsBar() {
    const TileGrid grid{m_plane->frame().visible(), 3, 3};
    PlaneLayers layers = nothing();
    layers.magnification = true;
    layers.magnificationOpacity = 1;
    m_plane->setLayers(layers);
    m_plane->setMagnification(PlaneField{grid, {0, 1, 2, 3, 4, 5, 6, 7, 8}, "σ"});
    QVERIFY(near(colourAt(grid.centre(1, 1)), viridis(0.5), 4));
    QVERIFY(near(colourAt(grid.centre(2, 2)), viridis(1), 4));
    QVERIFY(near(colourAt(grid.centre(2, 0)), viridis(0.75), 4));
    const QImage opaque = picture();
    layers.magnificationOpacity = 0.5;
    m_plane->setLayers(layers);
    const QColor ground = colours(m_plane.get()).ground, faded = colourAt(grid.centre(2, 2));
    QVERIFY(near(faded,
                 QColor((viridis(1).red() + ground.red()) / 2, (viridis(1).green() + ground.green()) / 2,
                        (viridis(1).blue() + ground.blue()) / 2),
                 4));
    m_plane->setMagnification(std::nullopt);
    QCOMPARE(colourAt(grid.centre(2, 2)), ground);
  }

  void ellipsesOfChosenPointsAreToScale_data() {
    QTest::addColumn<double>("zoom");
    QTest::addColumn<double>("angle");
    for (const double zoom : {1.0, 2.3})
      for (const double angle : {0.0, 0.7}) QTest::addRow("zoom %g, angle %g", zoom, angle) << zoom << angle;
  }
  void ellipsesOfChosenPointsAreToScale() {
    QFETCH(double, zoom);
    QFETCH(double, angle);
    m_plane->setFrame(m_plane->frame().zoomedAt({270, 270}, zoom));
    PlaneLayers layers = nothing();
    layers.ellipses = true;
    layers.ellipsesOpacity = 1;
    m_plane->setLayers(layers);
    const double a = 0.8, b = 0.35;
    const PlanePoint centre{0.2, 0.3};
    const QImage without = picture();
    m_plane->setEllipses({{centre, a, b, angle}});
    const QImage with = picture();
    QRect drawn;
    for (int y = 0; y < with.height(); ++y)
      for (int x = 0; x < with.width(); ++x) // the middle of the line: more than half covered
        if (std::abs(qGray(with.pixel(x, y)) - qGray(without.pixel(x, y))) > 100) drawn |= QRect(x, y, 1, 1);
    const double scale = 1 / m_plane->frame().unitsPerPixel();
    const double halfWidth = scale * std::hypot(a * std::cos(angle), b * std::sin(angle));
    const double halfHeight = scale * std::hypot(a * std::sin(angle), b * std::cos(angle));
    const QPointF at = m_plane->pixelOf(centre);
    QVERIFY2(std::abs(drawn.left() + 0.5 - (at.x() - halfWidth)) <= 1, qPrintable(QDebug::toString(drawn)));
    QVERIFY(std::abs(drawn.right() + 0.5 - (at.x() + halfWidth)) <= 1);
    QVERIFY(std::abs(drawn.top() + 0.5 - (at.y() - halfHeight)) <= 1);
    QVERIFY(std::abs(drawn.bottom() + 0.5 - (at.y() + halfHeight)) <= 1);
  }

  void pointsTakeTheColourOfTheirNumber() {
    PlanePoints points = pointsAt({{-1, 0}, {0, 0}, {1, 0}, {0, 1}});
    points.values =
        std::make_shared<const std::vector<double>>(std::vector<double>{10, 15, 20, std::nan("")});
    points.low = 10;
    points.high = 20;
    points.valueName = "age";
    PlaneLayers layers = nothing();
    layers.points = true;
    m_plane->setLayers(layers);
    m_plane->setPoints(points);
    QVERIFY(near(colourAt({-1, 0}), viridis(0), 8));
    QVERIFY(near(colourAt({0, 0}), viridis(0.5), 8));
    QVERIFY(near(colourAt({1, 0}), viridis(1), 8));
    QVERIFY(near(colourAt({0, 1}), viridis(std::nan("")), 8));
  }

  void filteredPointsAreNeitherDrawnNorPicked() {
    PlanePoints points = pointsAt({{-1, 0}, {1, 0}}, {0, 1});
    PlaneLayers layers = nothing();
    layers.points = layers.legend = true;
    m_plane->setLayers(layers);
    m_plane->setPoints(points);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({-1, 0}), 4), 0);
    points.kept = std::make_shared<const std::vector<char>>(std::vector<char>{0, 1});
    m_plane->setPoints(points);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({-1, 0}), 4), -1);
    QCOMPARE(colourAt({-1, 0}), colours(m_plane.get()).ground);
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({1, 0}), 4), 1);
    std::vector<int> taken;
    connect(m_plane.get(), &LatentPlane::lassoed, this, [&](const std::vector<int>& all) { taken = all; });
    press(*m_plane, {60, 60}, Qt::LeftButton, Qt::ShiftModifier);
    for (const QPointF& corner : {QPointF(500, 60), QPointF(500, 480), QPointF(60, 480)})
      moveHeld(*m_plane, corner, Qt::LeftButton, Qt::ShiftModifier);
    release(*m_plane, {60, 480}, Qt::LeftButton, Qt::ShiftModifier);
    QCOMPARE(taken, std::vector<int>{1});
  }

  void quantilesStandWhereTheyAre() {
    QVERIFY(std::abs(normalQuantile(0.975) - 1.959963984540054) < 1e-12);
    QVERIFY(std::abs(normalQuantile(0.01) + 2.3263478740408408) < 1e-12);
    QVERIFY(std::abs(normalQuantile(1e-6) + 4.753424308822899) < 1e-11);
    QVERIFY(std::abs(normalQuantile(0.5)) < 1e-12);
    const std::vector<PlaneTick> ticks = ui::quantileTicks(-3, 3, 0.5, 0);
    QStringList words;
    for (const PlaneTick& tick : ticks) {
      words << tick.text;
      QVERIFY(std::abs(normalFraction(tick.at) - tick.text.toDouble()) < 1e-9);
    }
    for (const char* p : {"0.01", "0.1", "0.5", "0.9", "0.99"}) QVERIFY2(words.contains(p), p);
    for (size_t i = 1; i < ticks.size(); ++i) QVERIFY(ticks[i].at - ticks[i - 1].at >= 0.5 - 1e-9);
    // The prior's mean shifts them; zoomed in there are finer ones.
    QVERIFY(std::abs(ui::quantileTicks(1, 3, 5, 2).front().at - 2) < 1e-9);
    const auto fine = ui::quantileTicks(1.0, 1.01, 0.002, 0);
    QVERIFY(fine.size() >= 3);
    for (const PlaneTick& tick : fine)
      QVERIFY(std::abs(normalFraction(tick.at) - tick.text.toDouble()) < 1e-9);
    QVERIFY(ui::quantileTicks(20, 30, 0.5, 0).empty()); // no digits of a double are left there
  }

  void axesCanCountInQuantiles() {
    PlaneLayers layers = nothing();
    const QImage values = picture();
    layers.quantiles = true;
    m_plane->setLayers(layers);
    QCOMPARE(picture(), values); // without a prior they stay values
    m_plane->setPriorMean(PlanePoint{0, 0});
    const QImage quantiles = picture();
    QVERIFY(quantiles != values);
    const QColor muted = colours(m_plane.get()).muted;
    const auto hasTick = [&](const QImage& image, double z) {
      const int x = static_cast<int>(std::lround(m_plane->pixelOf({z, 0}).x()));
      const int y = image.height() - static_cast<int>(axisBottom) + 1;
      return near(image.pixelColor(x, y), muted, 60) || near(image.pixelColor(x - 1, y), muted, 60);
    };
    QVERIFY(hasTick(quantiles, normalQuantile(0.9)));
    QVERIFY(!hasTick(values, normalQuantile(0.9)));
    QVERIFY(hasTick(values, 2) && !hasTick(quantiles, 2));
  }

  void aLinkedPointIsARingWithoutCrosshair() {
    m_plane->setCursor(PlanePoint{0, 0});
    const QPoint arm = m_plane->pixelOf({0, 0}).toPoint() + QPoint(15, 0);
    QCOMPARE(picture().pixelColor(arm), QColor(Qt::white));
    m_plane->setLinked(true);
    QCOMPARE(picture().pixelColor(arm), colours(m_plane.get()).ground);
    const QImage ring = picture();
    m_plane->setCursor(std::nullopt);
    QVERIFY(picture() != ring);
  }

  void aPointTellsMoreInItsTooltip() {
    PlaneLayers layers = nothing();
    layers.points = true;
    m_plane->setLayers(layers);
    m_plane->setPoints(pointsAt({{0, 0}}, {0}));
    int asked = -1;
    m_plane->setPointWords([&](int point) {
      asked = point;
      return QStringLiteral("faces/a.png");
    });
    const QPoint at = m_plane->pixelOf({0, 0}).toPoint();
    QHelpEvent event(QEvent::ToolTip, at, m_plane->mapToGlobal(at));
    QApplication::sendEvent(m_plane.get(), &event);
    QCOMPARE(asked, 0);
    QTRY_VERIFY(QToolTip::text().contains("faces/a.png"));
  }
};

QTEST_MAIN(TestPlaneLayers)
#include "test_plane_layers.moc"
