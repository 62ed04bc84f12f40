// Images at whole multiples of their pixels, alone, in rows and beside their labels; the support meter.
#include "plane_fixture.h"

#include "ui/widgets/image_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/nearest_strip.h"
#include "ui/widgets/pixel_scale.h"
#include "ui/widgets/support_meter.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

#include <cmath>

using namespace latent;
using namespace latent::ui;

namespace {

Image greyImage(int side, float value) {
  return {{1, side, side}, std::vector<float>(static_cast<size_t>(side) * side, value)};
}

/// Left half black, right half white.
Image halves(int side) {
  Image image = greyImage(side, 0);
  for (int y = 0; y < side; ++y)
    for (int x = side / 2; x < side; ++x) image.pixels[static_cast<size_t>(y * side + x)] = 1;
  return image;
}

bool isWhite(const QColor& c) {
  return c == QColor(255, 255, 255);
}

} // namespace

class TestImages : public QObject {
  Q_OBJECT

 private slots:
  void valuesBecomeBytes() {
    const QImage grey = toQImage({{1, 1, 5}, {-1, 0, 0.5f, 2, NAN}});
    const int expected[] = {0, 0, 128, 255, 0};
    for (int x = 0; x < 5; ++x) QCOMPARE(qRed(grey.pixel(x, 0)), expected[x]);
    const QImage colour = toQImage({{3, 1, 1}, {1, 0.5f, 0}});
    QCOMPARE(QColor(colour.pixel(0, 0)), QColor(255, 128, 0));
    QVERIFY(toQImage({}).isNull());
    QVERIFY(toQImage({{1, 2, 2}, {1, 1, 1}}).isNull()); // three pixels of four
    QVERIFY(toQImage({{2, 1, 1}, {1, 1}}).isNull());
  }

  void scaleIsAWholeNumberOfDevicePixels() {
    QCOMPARE(integerScale({28, 28}, {280, 280}, 1), 10);
    QCOMPARE(integerScale({28, 28}, {279.9, 280}, 1), 9);
    QCOMPARE(integerScale({28, 28}, {280, 280}, 2), 20);
    QCOMPARE(integerScale({28, 28}, {280, 280}, 1.25), 12);
    QCOMPARE(integerScale({64, 64}, {280, 280}, 1), 4);
    QCOMPARE(integerScale({64, 64}, {20, 20}, 1), 1);
  }

  void wordsThatDoNotFitAreNotCut() {
    ImageView view;
    view.resize(56, 56);
    view.setPlaceholder("Fashion-MNIST is not here");
    const auto ink = [](const QImage& image) {
      return boundsOf(image.copy(4, 4, 48, 48),
                      [&](const QColor& pixel) { return pixel != image.pixelColor(28, 2); });
    };
    QVERIFY(ink(view.grab().toImage()).isEmpty());
    QCOMPARE(view.accessibleDescription(), QStringLiteral("Fashion-MNIST is not here"));
    view.setPlaceholder("MNIST is not here");
    QVERIFY(ink(view.grab().toImage()).isEmpty()); // three short lines in the room of two
    view.setPlaceholder("No");
    QVERIFY(!ink(view.grab().toImage()).isEmpty());
  }

  void viewDrawsWholePixelsInTheMiddle() {
    ImageView view;
    view.resize(290, 281);
    view.setImage(halves(28));
    QCOMPARE(view.scale(), 10);
    QCOMPARE(boundsOf(view.grab().toImage(), isWhite), QRect(5 + 140, 1, 140, 280));
    view.setError("The model did not answer.");
    QVERIFY(boundsOf(view.grab().toImage(), isWhite) != QRect(145, 1, 140, 280));
    QCOMPARE(view.accessibleDescription(), QStringLiteral("The model did not answer."));
    view.setImage(halves(28)); // a new image takes the error away
    QVERIFY(boundsOf(view.grab().toImage(), isWhite).width() == 140);
    view.setImage({});
    view.setPlaceholder("Nothing yet");
    QCOMPARE(view.accessibleDescription(), QStringLiteral("Nothing yet"));
    QVERIFY(!view.grab().isNull());
  }

  void viewIsClickableOnlyWhenSaid() {
    ImageView view;
    view.resize(56, 56);
    QSignalSpy clicked(&view, &ImageView::clicked);
    QTest::mouseClick(&view, Qt::LeftButton);
    QCOMPARE(clicked.size(), 0);
    view.setClickable(true);
    QTest::mouseClick(&view, Qt::LeftButton);
    QTest::keyClick(&view, Qt::Key_Space);
    QCOMPARE(clicked.size(), 2);
  }

  void gridShowsTheColumnsThatFit() {
    ImageGrid images;
    images.resize(920, 176);
    images.show();
    QVERIFY(QTest::qWaitForWindowExposed(&images));
    QSignalSpy shown(&images, &ImageGrid::columnsShownChanged);
    const std::vector<Image> row(20, greyImage(28, 1));
    images.setRows({{"Input x", {}, "", row, ""}, {"A VAE z2", Qt::red, "recon 148.2", row, ""}});
    // Two rows in 176: 84 px each, 800 px of columns at 84 + 4.
    QCOMPARE(images.columnsShown(), 9);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(images.columnAt({120, 10}), 0);
    QCOMPARE(images.columnAt({120 + 84 + 2, 10}), -1); // the gap
    QCOMPARE(images.columnAt({120 + 88 * 8 + 5, 100}), 8);
    QCOMPARE(images.columnAt({60, 10}), -1);
    const QImage drawn = images.grab().toImage();
    QCOMPARE(boundsOf(drawn.copy(118, 0, 90, 86), isWhite), QRect(2, 0, 84, 84));
    images.resize(400, 176);
    QCOMPARE(images.columnsShown(), 3);
    QCOMPARE(shown.size(), 2);
    images.setRows({});
    QCOMPARE(images.columnsShown(), 0);
    QCOMPARE(images.columnAt({200, 10}), -1);
  }

  void gridRowsAreAsHighAsTheTallestImage() {
    ImageGrid images;
    images.resize(920, 2 * 64 + 4);
    const std::vector<Image> large(4, greyImage(64, 1)), small(4, greyImage(28, 1));
    images.setRows({{"Input x", {}, "", large, ""}, {"A", {}, "", small, ""}});
    QImage drawn = images.grab().toImage();
    QCOMPARE(boundsOf(drawn.copy(118, 0, 68, 68), isWhite), QRect(2, 0, 64, 64));
    QCOMPARE(boundsOf(drawn.copy(118, 68, 68, 64), isWhite),
             QRect(2 + 18, 18, 28, 28)); // same scale, centred
    // Three rows of 64 do not fit: the last is scrolled to, nothing overlaps.
    images.setRows({{"Input x", {}, "", large, ""}, {"A", {}, "", large, ""}, {"B", {}, "", large, ""}});
    drawn = images.grab().toImage();
    QCOMPARE(boundsOf(drawn.copy(118, 0, 68, 68), isWhite), QRect(2, 0, 64, 64));
    QCOMPARE(boundsOf(drawn.copy(118, 66, 68, 66), isWhite), QRect(2, 2, 64, 64));
    QCOMPARE(images.columnAt({130, 100}), 0);
  }

  void rowsThatDoNotFitScrollUnderTheFirst() {
    ImageGrid images;
    images.resize(400, 2 * 68 - 4); // room for two rows of 64
    const auto row = [](float grey) { return std::vector<Image>(3, greyImage(64, grey)); };
    images.setRows({{"x", {}, "", row(1), ""},
                    {"A", {}, "", row(0.2F), ""},
                    {"B", {}, "", row(0.4F), ""},
                    {"C", {}, "", row(0.6F), ""}});
    images.show();
    QVERIFY(QTest::qWaitForWindowExposed(&images));
    const auto shades = [&] { // of the two rows that are seen
      const QImage drawn = images.grab().toImage();
      return std::pair(qRed(drawn.pixel(150, 30)), qRed(drawn.pixel(150, 98)));
    };
    QCOMPARE(shades(), std::pair(255, 51));
    QVERIFY(images.isRowShown(0) && images.isRowShown(1) && !images.isRowShown(2));
    QSignalSpy scrolled(&images, &ImageGrid::scrolled);
    const auto wheel = [&](int eighths) {
      QWheelEvent event(QPointF(150, 98), images.mapToGlobal(QPointF(150, 98)), {}, {0, eighths}, {}, {},
                        Qt::NoScrollPhase, false);
      QApplication::sendEvent(&images, &event);
    };
    wheel(-120);
    QCOMPARE(shades(), std::pair(255, 102)); // the input stays
    QVERIFY(images.isRowShown(0) && !images.isRowShown(1) && images.isRowShown(2));
    wheel(-60);
    wheel(-60); // half a notch twice is one
    QCOMPARE(shades(), std::pair(255, 153));
    wheel(-120); // the end
    QCOMPARE(shades(), std::pair(255, 153));
    QCOMPARE(scrolled.size(), 2);
    QTest::keyClick(&images, Qt::Key_Up);
    QCOMPARE(shades(), std::pair(255, 102));
    images.resize(400, 4 * 68); // all fit
    QCOMPARE(shades(), std::pair(255, 51));
  }

  void gridColumnIsPickedByMouseAndKeys() {
    ImageGrid images;
    images.resize(920, 176);
    const std::vector<Image> row(5, greyImage(28, 0));
    images.setRows({{"Input x", {}, "", row, ""}, {"B", {}, "", {}, "This run came without weights."}});
    QSignalSpy clicked(&images, &ImageGrid::columnClicked);
    connect(&images, &ImageGrid::columnClicked, &images, &ImageGrid::setCurrentColumn);
    press(images, {120 + 88 * 2 + 10, 40});
    QCOMPARE(clicked.takeFirst()[0].toInt(), 2);
    QTest::keyClick(&images, Qt::Key_Right);
    QCOMPARE(clicked.takeFirst()[0].toInt(), 3);
    QTest::keyClick(&images, Qt::Key_End);
    QCOMPARE(clicked.takeFirst()[0].toInt(), 4);
    QTest::keyClick(&images, Qt::Key_Right); // the last one
    QCOMPARE(clicked.size(), 0);
    QTest::keyClick(&images, Qt::Key_Home);
    QCOMPARE(clicked.takeFirst()[0].toInt(), 0);
    press(images, {50, 40}); // a label is no column
    QCOMPARE(clicked.size(), 0);
  }

  void gridOutlinesTheCurrentColumn() {
    ImageGrid images;
    images.resize(920, 176);
    images.setRows({{"Input x", {}, "", std::vector<Image>(5, greyImage(28, 0)), ""}});
    images.setCurrentColumn(1);
    const QColor accent = colours(&images).accent;
    const QRect outline = boundsOf(images.grab().toImage(), [&](const QColor& c) { return c == accent; });
    QVERIFY(outline.isValid());
    const double cell = 168; // one row in 176: 6 times 28
    QVERIFY(std::abs(outline.left() - (120 + cell + 4)) <= 3);
    QVERIFY(std::abs(outline.right() - (120 + 2 * cell + 4)) <= 3);
  }

  void nearestTellsTheIndex() {
    NearestStrip strip;
    strip.resize(280, strip.sizeHint().height());
    std::vector<NearestItem> items;
    for (int i = 0; i < 8; ++i) items.push_back({greyImage(28, 1), QString::number(i), 100 + i});
    strip.setItems(items);
    QSignalSpy clicked(&strip, &NearestStrip::clicked);
    press(strip, {2 + 60 * 2 + 5, 20});
    QCOMPARE(clicked.takeFirst()[0].toLongLong(), 102);
    QCOMPARE(strip.itemAt({2 + 60 * 4 + 1, 20}), -1); // the fifth does not fit into 280
    QTest::keyClick(&strip, Qt::Key_Right);
    QTest::keyClick(&strip, Qt::Key_Return);
    QCOMPARE(clicked.takeFirst()[0].toLongLong(), 103);
    QTest::keyClick(&strip, Qt::Key_Right); // stays on the last one shown
    QTest::keyClick(&strip, Qt::Key_Space);
    QCOMPARE(clicked.takeFirst()[0].toLongLong(), 103);
    strip.setItems({});
    QTest::keyClick(&strip, Qt::Key_Return);
    QCOMPARE(clicked.size(), 0);
  }

  void supportHasWords() {
    QCOMPARE(supportLevel(1), SupportLevel::well);
    QCOMPARE(supportLevel(0.2), SupportLevel::well);
    QCOMPARE(supportLevel(0.1), SupportLevel::sparse);
    QCOMPARE(supportLevel(0.001), SupportLevel::outside);
    QCOMPARE(supportLevel(0), SupportLevel::outside);
    QCOMPARE(supportLevel(NAN), SupportLevel::outside);
    SupportMeter meter;
    QCOMPARE(meter.verdict(), QString());
    meter.setSupport(Support{0.5, 1.3}, 2, true);
    QCOMPARE(meter.verdict(), QStringLiteral("well supported"));
    QCOMPARE(meter.accessibleDescription(), QStringLiteral("well supported, |z| = 1.30 σ of the prior"));
    meter.setSupport(Support{0.05, 4}, 20, true);
    QCOMPARE(meter.accessibleDescription(), QStringLiteral("sparse, |z| = 4.00, prior near 4.47"));
    meter.setSupport(Support{0, 4}, 20, false);
    QCOMPARE(meter.accessibleDescription(), QStringLiteral("outside the data"));
    meter.setSupport(Support{0, 1e9}, 2, true, true); // typed, not dragged
    QCOMPARE(meter.accessibleDescription(),
             QStringLiteral("far outside of the data, |z| = 1e+09 σ of the prior"));
    meter.setSupport(Support{NAN, NAN}, 2, true);
    QVERIFY(!meter.grab().isNull());
  }

  void supportBarGrowsWithTheDensity() {
    SupportMeter meter;
    meter.resize(280, 48);
    const auto filled = [&](double density) {
      meter.setSupport(Support{density, 1}, 2, false);
      const QColor empty = colours(&meter).line;
      const QImage image = meter.grab().toImage();
      int x = 0;
      while (x < image.width() - 3 && image.pixelColor(x + 2, 25) != empty) ++x;
      return x;
    };
    QVERIFY(filled(0.001) < filled(0.05));
    QVERIFY(filled(0.05) < filled(0.5));
    QVERIFY(filled(0.5) < filled(2));
  }
};

QTEST_MAIN(TestImages)
#include "test_images.moc"
