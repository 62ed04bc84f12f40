// The plane's coordinates in latent space, turned or not, and what colours its points.
#include "core/base/plane_alignment.h"
#include "core/base/random.h"
#include "ui/views/explore/plane_ellipse.h"
#include "ui/views/explore/plane_map.h"
#include "ui/views/explore/plane_state.h"
#include "ui/views/explore/point_colouring.h"
#include "ui/views/shared/run_time.h"
#include "ui/widgets/latent_plane.h"

#include <QtTest>

#include <cmath>

using namespace latent;
using namespace latent::ui;

namespace {

Encoded cloud(int64_t count, int latent, uint64_t seed) {
  Random random(seed);
  Encoded codes{count, latent, {}, {}};
  for (int64_t i = 0; i < count * latent; ++i)
    codes.mu.push_back(static_cast<float>(random.normal() * (1 + i % latent)));
  return codes;
}

std::vector<PlanePoint> together(const std::pair<std::vector<float>, std::vector<float>>& coordinates) {
  std::vector<PlanePoint> points;
  for (size_t i = 0; i < coordinates.first.size(); ++i)
    points.push_back({coordinates.first[i], coordinates.second[i]});
  return points;
}

/// All codes turned about the origin by an angle, and mirrored before it.
Encoded turned(Encoded codes, double angle, bool mirrored) {
  for (int64_t i = 0; i < codes.count; ++i) {
    float& x = codes.mu[static_cast<size_t>(2 * i)];
    float& y = codes.mu[static_cast<size_t>(2 * i + 1)];
    const double u = mirrored ? -x : x, v = y;
    x = static_cast<float>(std::cos(angle) * u - std::sin(angle) * v);
    y = static_cast<float>(std::sin(angle) * u + std::cos(angle) * v);
  }
  return codes;
}

PlaneAlignment someTurn() {
  const double angle = 0.6;
  return {{0.5, -1}, {2, 3}, std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle)};
}

RunItem runOf(int64_t step, double epoch, int64_t batch, std::vector<int64_t> snapshots) {
  RunItem run;
  run.step = step;
  run.epoch = epoch;
  run.secondsPerEpoch = 4;
  run.spec.parameters.set("batch", batch);
  run.snapshots = std::move(snapshots);
  return run;
}

} // namespace

class TestPlaneMap : public QObject {
  Q_OBJECT
 private slots:
  void aTurnedPlaneLeadsBackToItsPoints() {
    for (const PlaneMap& map :
         {PlaneMap::latents(2, 0),
          PlaneMap::mainDirections({{1, 2, 3, 4}, {0.6F, 0.8F, 0, 0}, {0, 0, 0.8F, -0.6F}})}) {
      const PlaneMap turn = map.turned(someTurn());
      const LatentPoint z{0.3F, -0.4F, 1.1F, 2.0F};
      const PlanePoint at{-1.3, 0.7};
      const LatentPoint moved = turn.placed(z, at);
      QVERIFY(std::abs(turn.project(moved).x - at.x) < 1e-5 && std::abs(turn.project(moved).y - at.y) < 1e-5);
      const LatentPoint back = turn.placed(moved, turn.project(z));
      for (size_t k = 0; k < z.size(); ++k) QVERIFY(std::abs(back[k] - z[k]) < 1e-5);

      // The plane that tiles are decoded on is the one that points lie on.
      const PlaneAxes axes = turn.axesThrough(z);
      LatentPoint decoded(z.size());
      for (size_t k = 0; k < z.size(); ++k)
        decoded[k] = axes.origin[k] + static_cast<float>(at.x) * axes.axis1[k] +
                     static_cast<float>(at.y) * axes.axis2[k];
      for (size_t k = 0; k < z.size(); ++k) QVERIFY(std::abs(decoded[k] - moved[k]) < 1e-5);
    }
  }

  void turningKeepsTheEllipse() {
    const std::vector<float> logVar{std::log(0.25F), std::log(0.04F)};
    const PlaneMap map = PlaneMap::latents(0, 1);
    const PlaneEllipse before = ellipseOf({}, map.projectVariance(logVar));
    const PlaneEllipse after = ellipseOf({}, map.turned(someTurn()).projectVariance(logVar));
    QVERIFY(std::abs(before.sigmaX - 0.5) < 1e-6 && std::abs(before.sigmaY - 0.2) < 1e-6);
    QVERIFY(std::abs(after.sigmaX - 0.5) < 1e-6 && std::abs(after.sigmaY - 0.2) < 1e-6);
    QVERIFY(std::abs(after.angle - 0.6) < 1e-6); // turned by as much
  }

  void aligningATurnedPlaneGivesTheSamePicture_data() {
    QTest::addColumn<double>("angle");
    QTest::addColumn<bool>("mirrored");
    QTest::newRow("turned") << 1.1 << false;
    QTest::newRow("mirrored") << -2.0 << true;
  }
  void aligningATurnedPlaneGivesTheSamePicture() {
    QFETCH(double, angle);
    QFETCH(bool, mirrored);
    const PlaneMap map = PlaneMap::latents(0, 1);
    const Encoded fixed = cloud(400, 2, 7), moving = turned(fixed, angle, mirrored);
    const PlaneAlignment alignment = alignPlanes(together(map.project(moving)), together(map.project(fixed)));
    QCOMPARE(alignment.reflects(), mirrored);
    const auto expected = map.project(fixed), aligned = map.turned(alignment).project(moving);
    for (size_t i = 0; i < expected.first.size(); ++i) {
      QVERIFY(std::abs(aligned.first[i] - expected.first[i]) < 1e-5);
      QVERIFY(std::abs(aligned.second[i] - expected.second[i]) < 1e-5);
    }
    LatentPlane plane;
    plane.resize(400, 400);
    plane.setHome({-4, 4, -4, 4});
    const auto picture = [&](const std::pair<std::vector<float>, std::vector<float>>& at) {
      PlanePoints points;
      std::tie(points.x, points.y) = at;
      plane.setPoints(points);
      return plane.grab().toImage();
    };
    const auto different = [](const QImage& a, const QImage& b) {
      int count = 0;
      for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) count += a.pixel(x, y) != b.pixel(x, y);
      return count;
    };
    const QImage original = picture(expected);
    // A disc on the edge of a quarter of a pixel may fall to its other side.
    QVERIFY(different(picture(aligned), original) < 100);
    QVERIFY(different(picture(map.project(moving)), original) > 5000);
  }

  void columnsColourAndFilter() {
    PlanePoints points;
    points.x = points.y = {0, 1, 2};
    DataColumn city{"city",
                    false,
                    nullptr,
                    0,
                    0,
                    std::make_shared<const std::vector<int64_t>>(std::vector<int64_t>{1, -1, 0}),
                    {"Lisbon", "Porto"}};
    DataColumn age{"age", true, std::make_shared<const std::vector<double>>(std::vector<double>{30, 40, 50}),
                   30,    50,   nullptr,
                   {}};
    QCOMPARE(city.text(0), QString("Porto"));
    QCOMPARE(city.text(1), QString());
    QCOMPARE(age.text(2), QString("50"));

    PointColouring colouring;
    colouring.column = "city";
    colouring.filter = "age";
    colouring.low = 35;
    PlanePoints coloured = points;
    colourPoints(coloured, {city, age}, colouring);
    QCOMPARE(*coloured.labels, *city.classes);
    QCOMPARE(coloured.classes, city.values);
    QCOMPARE(*coloured.kept, (std::vector<char>{0, 1, 1}));

    colouring.column = "age";
    colouring.filter = "city";
    colouring.value = "Lisbon";
    coloured = points;
    colourPoints(coloured, {city, age}, colouring);
    QCOMPARE(*coloured.values, *age.numbers);
    QCOMPARE(coloured.low, 30.0);
    QCOMPARE(coloured.high, 50.0);
    QCOMPARE(*coloured.kept, (std::vector<char>{0, 0, 1}));

    QCOMPARE(colouringFromJson(colouringToJson(colouring)), colouring);
    QCOMPARE(colouringFromJson(Json{{"column", 3}}), PointColouring());
    colouring.column = colouring.filter = "gone"; // of other data
    coloured = points;
    colourPoints(coloured, {city, age}, colouring);
    QVERIFY(!coloured.values && !coloured.labels && !coloured.kept);
  }

  void layersSurviveASavedWindow() {
    PlaneLayers layers;
    layers.density = layers.contours = layers.quantiles = true;
    layers.tiles = false;
    layers.magnificationOpacity = 0.4;
    QCOMPARE(layersFromJson(layersToJson(layers), {}), layers);
    const Json damaged{{"density", "yes"}, {"point_opacity", 7}, {"rings", false}, {"later", 1}};
    PlaneLayers expected;
    expected.rings = false;
    QCOMPARE(layersFromJson(damaged, {}), expected);
    QCOMPARE(layersFromJson(Json(3), layers), layers);
  }

  void aMomentMeansTheNewestSnapshotBeforeIt() {
    // 600 updates an epoch against 300; 60,000 images each.
    const RunItem a = runOf(6000, 10, 100, {0, 100, 600, 3000, 6000});
    const RunItem b = runOf(3000, 10, 200, {0, 30, 300, 900, 3000});
    const auto seen = [&](int64_t step, TimeUnit unit) {
      return keptAt(b, *timeOf(a, step, unit, 60'000), unit, {}, 60'000);
    };
    using Step = std::optional<int64_t>;
    QCOMPARE(seen(600, TimeUnit::epochs), Step(300)); // exactly the first epoch of both
    QCOMPARE(seen(600, TimeUnit::images), Step(300));
    QCOMPARE(seen(600, TimeUnit::seconds), Step(300));
    QCOMPARE(seen(600, TimeUnit::steps), Step(300));
    QCOMPARE(seen(3000, TimeUnit::epochs), Step(900));
    QCOMPARE(seen(3000, TimeUnit::steps), Step(3000));
    QCOMPARE(seen(100, TimeUnit::epochs), Step(30));
    QCOMPARE(seen(0, TimeUnit::seconds), Step(0));
    QCOMPARE(keptAt(b, 1, TimeUnit::epochs, {300}), Step(30)); // a damaged one is passed over
    QCOMPARE(keptAt(runOf(9, 1, 1, {5, 9}), 4, TimeUnit::steps, {}), Step());
    QCOMPARE(*timeOf(a, 650, TimeUnit::images, 59'950), 59'950.0 + 50 * 100); // the last batch is smaller
    RunItem untold = b;
    untold.epoch = 0;
    QVERIFY(!timeOf(untold, 30, TimeUnit::epochs));
    QCOMPARE(timeUnitFromName(timeUnitName(TimeUnit::images)), TimeUnit::images);
    QCOMPARE(timeUnitFromName("fortnights"), TimeUnit::epochs);
  }
};

QTEST_MAIN(TestPlaneMap)
#include "test_plane_map.moc"
