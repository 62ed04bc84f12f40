// Pictures of the plane for people to look at: set LATENT_PICTURES to a folder. Skipped without it.
#include "plane_fixture.h"

#include "core/base/random.h"
#include "core/data/catalogue.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/nearest_strip.h"
#include "ui/widgets/support_meter.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/time_strip.h"
#include "ui/widgets/z_editor.h"

#include <QDir>
#include <QVBoxLayout>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <ctime>

using namespace latent;
using namespace latent::ui;

namespace {

/// Ten clouds as a VAE of two latents lays them out: centre, half axes, turn.
struct Cloud {
  double x, y, wide, narrow, turn;
};
constexpr Cloud clouds[10] = {{-1.9, 0.9, .55, .4, .5},   {1.9, -1.6, .6, .16, 2.2},
                              {-0.5, 0.35, .45, .33, 1},  {-0.55, -0.7, .5, .28, .2},
                              {1.05, 0.75, .5, .25, 2.5}, {-1.2, -0.2, .5, .25, 2},
                              {-0.1, 1.75, .6, .35, .1},  {1.9, 0.35, .5, .28, 1.2},
                              {0.3, -0.55, .42, .3, .8},  {1.0, -0.1, .45, .22, 2.6}};

struct Scene {
  std::shared_ptr<const Dataset> data;
  PlanePoints points;
  PlaneTiles tiles;
};

/// Digits in those clouds; a tile is the mean of the images whose points lie nearest.
Scene makeScene(int side) {
  auto opened = openDataset("mnist", {});
  if (!opened) opened = openDataset("digits", {});
  Scene scene{*opened, {}, {}};
  const Split& split = *scene.data->test;
  const int64_t count = std::min<int64_t>(split.size(), 10000);
  auto labels = std::make_shared<std::vector<int64_t>>();
  Random random(3);
  for (int64_t i = 0; i < count; ++i) {
    labels->push_back(split.label(i));
    const Cloud& c = clouds[split.label(i)];
    const double u = c.wide * random.normal(), v = c.narrow * random.normal();
    scene.points.x.push_back(static_cast<float>(c.x + u * std::cos(c.turn) - v * std::sin(c.turn)));
    scene.points.y.push_back(static_cast<float>(c.y + u * std::sin(c.turn) + v * std::cos(c.turn)));
  }
  scene.points.labels = labels;
  for (const std::string& name : scene.data->classes) scene.points.classes << QString::fromStdString(name);

  scene.tiles.grid = {{-3.3, 3.3, -3.3, 3.3}, side, side};
  scene.tiles.shape = split.shape();
  const auto pixels = static_cast<size_t>(split.shape().pixels());
  std::vector<std::pair<float, int64_t>> distances(static_cast<size_t>(count));
  for (int row = 0; row < side; ++row)
    for (int column = 0; column < side; ++column) {
      const PlanePoint z = scene.tiles.grid.centre(row, column);
      for (size_t i = 0; i < distances.size(); ++i)
        distances[i] = {std::hypot(scene.points.x[i] - float(z.x), scene.points.y[i] - float(z.y)),
                        int64_t(i)};
      std::partial_sort(distances.begin(), distances.begin() + 7, distances.end());
      std::vector<float> mean(pixels, 0);
      for (int k = 0; k < 7; ++k) {
        const Image image = imageAt(split, distances[static_cast<size_t>(k)].second);
        for (size_t p = 0; p < pixels; ++p) mean[p] += image.pixels[p] / 7;
      }
      for (const float value : mean)
        scene.tiles.pixels.push_back(static_cast<uint8_t>(255 * std::min(1.0f, value * 1.25f)));
    }
  return scene;
}

} // namespace

class TestPlanePictures : public QObject {
  Q_OBJECT

 private slots:
  void take() {
    const QString folder = qEnvironmentVariable("LATENT_PICTURES");
    if (folder.isEmpty()) QSKIP("LATENT_PICTURES names no folder.");
    QVERIFY(QDir().mkpath(folder));
    const Scene scene = makeScene(20);
    const auto nearest = [&](int i) { return imageAt(*scene.data->test, i); };
    for (const bool dark : {false, true}) {
      applyTheme(*qApp, dark ? ThemeChoice::dark : ThemeChoice::light);
      const QString name = dark ? "dark" : "light";
      for (const int side : {540, 724}) {
        LatentPlane plane;
        plane.resize(side, side);
        plane.setHome({-3, 3, -3, 3});
        plane.setTiles(scene.tiles);
        plane.setRings({1, 2, 3});
        plane.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plane));
        const auto save = [&](const QString& what) {
          QVERIFY(
              plane.grab().save(QStringLiteral("%1/plane_%2_%3_%4.png").arg(folder, what, name).arg(side)));
        };
        plane.setCursor(PlanePoint{0.52, 0.31});
        save("tiles");
        plane.setPoints(scene.points);
        plane.setEllipse(PlaneEllipse{{-1.1, -0.35}, 0.16, 0.09});
        plane.setSubjectPoint(PlanePoint{-1.1, -0.35});
        save("points");
        const std::clock_t start = std::clock(); // processor time: the machine may be shared
        for (int i = 0; i < 20; ++i) {
          plane.setFrame(plane.frame().panned(i % 2 ? 3 : -3, 1));
          plane.grab();
        }
        qInfo("%s %d: a frame of a pan takes %.2f ms", qPrintable(name), side,
              1e3 * double(std::clock() - start) / CLOCKS_PER_SEC / 20);
        plane.setIsolatedClass(4);
        plane.setFrame(plane.frame().zoomedAt({side * 0.67, side * 0.4}, 2.4));
        save("isolated");
        plane.setPoints({});
        plane.setIsolatedClass(std::nullopt);
        plane.clearTiles();
        plane.setNotice(QObject::tr("This run has no weights yet. Press Train to make some."));
        save("notice");
      }
      QWidget column;
      auto* layout = new QVBoxLayout(&column);
      auto* strip = new TimeStrip;
      strip->setSnapshots({0, 1, 3, 10, 30, 100, 300, 600, 1200, 1800, 2400, 3000}, 600);
      strip->setLiveStep(3250, true);
      layout->addWidget(strip);
      auto* back = new TimeStrip;
      back->setSnapshots({0, 1, 3, 10, 30, 100, 300, 600, 1200, 1800, 2400, 3000}, 600);
      back->setLiveStep(7200, false);
      back->setCurrent(1800);
      layout->addWidget(back);
      auto* images = new ImageGrid;
      std::vector<Image> row;
      for (int i = 0; i < 12; ++i) row.push_back(nearest(i));
      images->setRows({{"Input x", {}, "", row, ""}, {"A · VAE z2", runQColor(0), "recon 148.2", row, ""}});
      images->setCurrentColumn(2);
      images->setFixedHeight(176);
      layout->addWidget(images);
      auto* inspector = new QWidget;
      inspector->setFixedWidth(280);
      auto* inner = new QVBoxLayout(inspector);
      inner->setContentsMargins(0, 0, 0, 0);
      auto* editor = new ZEditor;
      editor->setPoint({0.5f, -1.2f, 0.333333f, 2});
      inner->addWidget(editor);
      auto* meter = new SupportMeter;
      meter->setSupport(Support{0.6, 1.3}, 2, true);
      inner->addWidget(meter);
      auto* sparse = new SupportMeter;
      sparse->setSupport(Support{0.03, 5.1}, 20, true);
      inner->addWidget(sparse);
      auto* strips = new NearestStrip;
      std::vector<NearestItem> items;
      for (int i = 0; i < 6; ++i)
        items.push_back({nearest(i), QString::number(scene.data->test->label(i)), i});
      strips->setItems(items);
      inner->addWidget(strips);
      auto* many = new ZEditor;
      many->setPoint(LatentPoint(20, 0.25f));
      inner->addWidget(many);
      layout->addWidget(inspector);
      column.resize(940, 860);
      column.show();
      QVERIFY(QTest::qWaitForWindowExposed(&column));
      QVERIFY(column.grab().save(QStringLiteral("%1/pieces_%2.png").arg(folder, name)));
    }
  }
};

QTEST_MAIN(TestPlanePictures)
#include "test_plane_pictures.moc"
