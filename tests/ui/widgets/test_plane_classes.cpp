// How the plane tells classes apart and lets one stand alone: legend, fading, hiding.
#include "plane_fixture.h"

#include "ui/widgets/class_legend.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/theme.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace latent;
using namespace latent::ui;

class TestPlaneClasses : public QObject {
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

  void pointsOfAnotherStepFadeAndAreNamed() {
    m_plane->setPoints(pointsAt({{0, 0}}, {1}));
    m_plane->setLegendFolded(true);
    const auto dot = [&] { return m_plane->grab().toImage().pixelColor(m_plane->pixelOf({0, 0}).toPoint()); };
    QCOMPARE(dot(), classQColor(1));
    m_plane->setPointsFaded(true);
    m_plane->setNotes({"points of step 1,200"});
    QVERIFY(dot() != classQColor(1) && dot() != colours(m_plane.get()).ground);
    QVERIFY(m_plane->accessibleDescription().contains("points of step 1,200"));
    m_plane->setPointsFaded(false);
    QCOMPARE(dot(), classQColor(1));
  }

  void legendGoesToTheEmptiestCorner() {
    auto* legend = m_plane->findChild<ClassLegend*>();
    std::vector<PlanePoint> places;
    std::vector<int64_t> labels;
    const auto fill = [&](double left, double lower, int count) {
      for (int i = 0; i < count; ++i) {
        const int column = i % 15, row = i / 15;
        places.push_back({left + 0.06 * column, lower + 0.06 * row});
        labels.push_back(i % 3);
      }
    };
    fill(2, 2, 200);    // upper right
    fill(2, -2.8, 150); // lower right
    fill(-2.7, 2, 100); // upper left
    m_plane->setPoints(pointsAt(places, labels));
    QVERIFY(legend->isVisible());
    QVERIFY(legend->geometry().right() < 270 && legend->geometry().top() > 270);
    for (const PlanePoint& z : places) QVERIFY(!legend->geometry().contains(m_plane->pixelOf(z).toPoint()));
    const QRect before = legend->geometry();
    fill(-2.7, -2.8, 30); // a few points are no reason to wander
    m_plane->setPoints(pointsAt(places, labels));
    QCOMPARE(legend->geometry(), before);
    const int bottom = before.bottom();
    QTest::mouseClick(legend, Qt::LeftButton, {}, legend->rowRect(-1).center().toPoint());
    QCOMPARE(legend->geometry().bottom(), bottom); // folds towards its corner
    PlaneLayers layers = m_plane->layers();
    layers.legend = false;
    m_plane->setLayers(layers);
    QVERIFY(!legend->isVisible());
  }

  void holdingHHidesThePoints() {
    m_plane->setPoints(pointsAt({{0, 0}}, {1}));
    m_plane->setLegendFolded(true);
    m_plane->setFocus();
    const QColor colour = classQColor(1);
    const auto drawn = [&] {
      return boundsOf(m_plane->grab().toImage(), [&](const QColor& c) { return c == colour; }).isValid();
    };
    QVERIFY(drawn());
    QTest::keyPress(m_plane.get(), Qt::Key_H);
    QVERIFY(!drawn());
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({0, 0}), 3), -1);
    QTest::keyRelease(m_plane.get(), Qt::Key_H);
    QVERIFY(drawn());
  }

  void isolatedClassFadesTheOthers() {
    m_plane->setPoints(pointsAt({{-1, 0}, {1, 0}}, {1, 4}));
    m_plane->setIsolatedClass(4);
    const QImage image = m_plane->grab().toImage();
    QCOMPARE(image.pixelColor(m_plane->pixelOf({1, 0}).toPoint()), classQColor(4));
    QVERIFY(image.pixelColor(m_plane->pixelOf({-1, 0}).toPoint()) != classQColor(1));
    QCOMPARE(m_plane->pointAt(m_plane->pixelOf({-1, 0}), 4), -1);
    m_plane->setIsolatedClass(std::nullopt);
    QCOMPARE(m_plane->grab().toImage().pixelColor(m_plane->pixelOf({-1, 0}).toPoint()), classQColor(1));
    m_plane->setSelection({1});
    QVERIFY(m_plane->grab().toImage().pixelColor(m_plane->pixelOf({-1, 0}).toPoint()) != classQColor(1));
  }

  void legendIsolatesAndFolds() {
    PlanePoints points = pointsAt({{-1, 0}, {1, 0}, {0, 1}}, {0, 2, 2});
    points.classes = {"zero", "one", "two"};
    m_plane->setPoints(points);
    auto* legend = m_plane->findChild<ClassLegend*>();
    QVERIFY(legend && legend->isVisible());
    QCOMPARE(legend->entries().size(), size_t{2});
    QCOMPARE(legend->entries()[1].name, QStringLiteral("two"));
    QVERIFY(m_plane->rect().contains(legend->geometry()));
    QSignalSpy clicked(m_plane.get(), &LatentPlane::classClicked),
        moved(m_plane.get(), &LatentPlane::cursorMoved);
    QTest::mouseClick(legend, Qt::LeftButton, {}, legend->rowRect(1).center().toPoint());
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(clicked[0][0].value<std::optional<int64_t>>(), std::optional<int64_t>(2));
    m_plane->setIsolatedClass(2);
    QTest::mouseClick(legend, Qt::LeftButton, {}, legend->rowRect(1).center().toPoint());
    QCOMPARE(clicked[1][0].value<std::optional<int64_t>>(), std::optional<int64_t>());
    QCOMPARE(moved.size(), 0); // the plane below heard nothing

    QSignalSpy folded(m_plane.get(), &LatentPlane::legendFoldedChanged);
    const int height = legend->height(), right = legend->geometry().right();
    QTest::mouseClick(legend, Qt::LeftButton, {}, legend->rowRect(-1).center().toPoint());
    QCOMPARE(folded.size(), 1);
    QVERIFY(m_plane->legendFolded() && legend->height() < height);
    QCOMPARE(legend->geometry().right(), right);
    QTest::keyClick(legend, Qt::Key_Right);
    QVERIFY(!m_plane->legendFolded());
    QTest::keyClick(legend, Qt::Key_Down);
    QTest::keyClick(legend, Qt::Key_Space);
    QCOMPARE(clicked[2][0].value<std::optional<int64_t>>(), std::optional<int64_t>(0));
    m_plane->setPoints({});
    QVERIFY(!legend->isVisible());
  }
};

QTEST_MAIN(TestPlaneClasses)
#include "test_plane_classes.moc"
