// What Compare keeps and reads, and where its cells lie: no window is needed.
#include "ui/views/compare/compare_settings.h"
#include "ui/views/compare/grid_layout.h"

#include <QTest>

#include <cmath>

using namespace latent;
using namespace latent::ui;

class TestCompareValues : public QObject {
  Q_OBJECT
 private slots:
  void settingsSurviveTheirJson();
  void numbersAreReadAsTyped();
  void cellsAreWholeMultiplesOfPixels();
};

void TestCompareValues::settingsSurviveTheirJson() {
  CompareSettings s;
  s.mode = CompareMode::sweep;
  s.snapshots = true;
  s.epochs = {0, 2.5, 40};
  s.zoom = -1;
  s.reconstruct = {{InputChoice::Kind::worst, 7, 9}, true};
  s.noise = {{InputChoice::Kind::byClass, 5, 2}, {0, 0.3}, NoiseScale::raw, true, 4, 11};
  s.sample = {12, 5, 0.7, true};
  s.interpolate = {
      {PathEnd::Kind::item, 4, {}}, {PathEnd::Kind::pin, 0, "thin"}, {PathKind::spherical, 5, true}};
  s.sweep = {SweepSettings::Start::priorMean, 3, {RangeKind::value, -1, 4}, 6};
  QVERIFY(settingsFromJson(toJson(s)) == s);
  QVERIFY(settingsFromJson(Json::parse(toJson(s).dump())) == s);

  QVERIFY(settingsFromJson(Json()) == CompareSettings());
  const CompareSettings damaged =
      settingsFromJson(Json{{"mode", "later"},
                            {"zoom", 900},
                            {"noise", {{"sigmas", {0, -1}}, {"draws", 1e9}}},
                            {"sample", 3},
                            {"sweep", {{"range", "value"}, {"low", 4}, {"high", 1}}},
                            {"unknown", true}});
  QVERIFY(damaged == CompareSettings());
}

void TestCompareValues::numbersAreReadAsTyped() {
  std::vector<double> numbers{7};
  QVERIFY(readNumbers("40, 0;20 0", 24, numbers));
  QCOMPARE(numbers, std::vector<double>({0, 20, 40}));
  QCOMPARE(writeNumbers({0, 0.1, 40}), std::string("0, 0.1, 40"));
  QVERIFY(readNumbers("", 24, numbers) && numbers.empty());
  numbers = {7};
  for (const char* wrong : {"1, x", "-1", "nan", "1e9", "1, 2, 3"})
    QVERIFY2(!readNumbers(wrong, 2, numbers), wrong);
  QCOMPARE(numbers, std::vector<double>{7});
}

void TestCompareValues::cellsAreWholeMultiplesOfPixels() {
  for (const double ratio : {1.0, 1.5, 2.0})
    for (const QSize image : {QSize(28, 28), QSize(64, 64), QSize(3, 3)})
      for (const int columns : {3, 40}) {
        GridLayoutInput input;
        input.image = image;
        input.room = QSizeF(920, 500);
        input.ratio = ratio;
        input.columns = columns;
        input.groupStarts = {true, false, true};
        const GridLayout layout(input);
        QVERIFY(layout.cell().width() >= GridLayout::smallestCell);
        QCOMPARE(layout.cell().width() * ratio, double{1} * image.width() * layout.scale());
        const QRectF cell = layout.cellRect(1, 2);
        QCOMPARE(cell.left() * ratio, std::round(cell.left() * ratio));
        QCOMPARE(layout.columnAt(cell.center().x() - layout.bodyLeft()), 2);
        QCOMPARE(layout.lineAt(cell.center().y() - layout.bodyTop()), 1);
      }
}

QTEST_MAIN(TestCompareValues)
#include "test_compare_values.moc"
