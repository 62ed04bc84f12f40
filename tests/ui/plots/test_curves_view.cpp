// Real mouse events on a CurvesView: read-out, zoom, pan, fit, growth while a person looks elsewhere.
#include "ui/plots/curves_view.h"
#include "ui/plots/fonts.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace latent::ui;

namespace {

CurveLine makeLine(const QString& label, bool test, std::vector<double> x, std::vector<double> y) {
  CurveLine line;
  line.run = label.left(1);
  line.label = label;
  line.colour = QColor("#0072B2");
  line.test = test;
  line.x = std::move(x);
  line.y = std::move(y);
  return line;
}

/// A test curve of a sample each 600 steps.
CurveLine epochs(const QString& label, double base, int count = 6) {
  std::vector<double> x, y;
  for (int i = 1; i <= count; ++i) {
    x.push_back(600.0 * i);
    y.push_back(base + 10.0 / i);
  }
  return makeLine(label, true, x, y);
}

class Shown : public CurvesView {
 public:
  Shown() {
    resize(400, 340);
    show();
    [[maybe_unused]] const bool exposed = QTest::qWaitForWindowExposed(this);
  }
  QWidget* plot() const { return findChild<QWidget*>(QStringLiteral("plot")); }
  /// The pixel whose read-out contains these words, found by looking everywhere; null if there is none.
  QPointF find(const QString& words) const {
    for (int y = 0; y < height(); y += 3) {
      for (int x = 0; x < width(); x += 3) {
        if (readout(QPointF(x, y)).contains(words)) return QPointF(x, y);
      }
    }
    return {};
  }
  /// The middle of all such pixels: on the curve, near the sample.
  QPointF centre(const QString& words) const {
    QPointF sum;
    int count = 0;
    for (int y = 0; y < height(); y += 3) {
      for (int x = 0; x < width(); x += 3) {
        if (!readout(QPointF(x, y)).contains(words)) continue;
        sum += QPointF(x, y);
        ++count;
      }
    }
    return sum / std::max(1, count);
  }
  void wheel(const QPointF& at, int delta) {
    QWheelEvent event(at, plot()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(plot(), &event);
  }
  void drag(const QPoint& from, const QPoint& to) {
    QTest::mousePress(plot(), Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, plot()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(plot(), &move);
    QTest::mouseRelease(plot(), Qt::LeftButton, {}, to);
  }
};

} // namespace

class TestCurvesView : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { loadBundledFonts(); }

  void facetsMayShareOneRangeOfValues() {
    Shown view;
    CurveLine low = epochs("A test loss", 100), high = epochs("B test loss", 160);
    low.facet = "one";
    high.facet = "two";
    view.setLines({low, high}, "step", "loss");
    QVERIFY(view.visibleRange(0).top() != view.visibleRange(1).top());
    QCOMPARE(view.visibleRange(0).left(), view.visibleRange(1).left());
    view.setSharedValues(true);
    QCOMPARE(view.visibleRange(0), view.visibleRange(1));
    QVERIFY(view.visibleRange(0).top() < 102 && view.visibleRange(0).bottom() > 169);
    QVERIFY(!view.area());
  }

  void whatIsSeenIsAValue() {
    Shown view;
    const latent::CurvesArea area{{700, 2000}, {{104, 106}}};
    view.setArea(area); // before there is a curve
    QVERIFY(!view.area());
    view.setLines({epochs("A test loss", 100)}, "step", "loss");
    QCOMPARE(view.visibleRange().left(), 700.0);
    QCOMPARE(view.visibleRange().bottom(), 106.0);
    QVERIFY(view.area() == area);
    view.setLines({epochs("A test loss", 100), epochs("B test loss", 160)}, "step", "loss"); // one by one
    QVERIFY(view.area() == area);
    QTRY_VERIFY(!view.find("A test loss").isNull()); // laid out
    view.wheel(view.find("A test loss"), 120);
    QVERIFY(view.area() && !(view.area() == area));
    view.setArea({});
    QVERIFY(!view.area());
    QVERIFY(view.visibleRange().bottom() > 160);
    view.setArea(area);
    QTest::mouseDClick(view.plot(), Qt::LeftButton, {}, QPoint(200, 170)); // fits
    QVERIFY(!view.area());
    view.setArea(latent::CurvesArea{{700, 2000}, {{104, 106}, {104, 106}}}); // of two facets
    QVERIFY(!view.area());
  }

  void withoutLinesItSaysSoAndOffersAButton() {
    Shown view;
    view.setEmptyText(QStringLiteral("This run came without curves."), QStringLiteral("Train a copy"));
    auto* button = view.findChild<QPushButton*>();
    QVERIFY(button->isVisible());
    QVERIFY(!view.plot()->isVisible());
    QSignalSpy clicked(&view, &CurvesView::emptyButtonClicked);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(clicked.count(), 1);
    view.setLines({epochs("A test loss", 100)}, "step", "loss");
    QVERIFY(!button->isVisible());
    QVERIFY(view.plot()->isVisible());
    view.setLines({}, "step", "loss");
    QVERIFY(button->isVisible());
  }

  void readoutNamesRunStepAndValue() {
    Shown view;
    view.setLines({epochs("A test loss", 100), epochs("B test loss", 160)}, "step", "loss");
    QTRY_VERIFY(!view.find("B test loss").isNull());
    const QPointF at = view.find("A test loss\nstep 1200");
    QVERIFY(!at.isNull());
    QCOMPARE(view.readout(at), QStringLiteral("A test loss\nstep 1200   105"));
    QCOMPARE(view.readout(QPointF(-10, -10)), QString());
    QMouseEvent move(QEvent::MouseMove, at, view.plot()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(view.plot(), &move);
    QCOMPARE(view.accessibleDescription(), view.readout(at));
  }

  void hoverPaintsTheReadoutAndLeavingTakesItAway() {
    Shown view;
    view.setLines({epochs("A test loss", 100)}, "step", "loss");
    QTRY_VERIFY(!view.find("step 1200").isNull());
    QCoreApplication::processEvents();
    const QImage before = view.grab().toImage();
    const QPointF at = view.find("step 1200");
    QMouseEvent move(QEvent::MouseMove, at, view.plot()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(view.plot(), &move);
    QVERIFY(view.grab().toImage() != before);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(view.plot(), &leave);
    QCOMPARE(view.grab().toImage(), before);
  }

  void aFitShowsAllSamplesAndFollowsGrowth() {
    Shown view;
    view.setLines({epochs("A test loss", 100)}, "step", "loss");
    QRectF range = view.visibleRange();
    QVERIFY(range.left() <= 600 && range.right() >= 3600);
    QVERIFY(range.top() <= 100 + 10.0 / 6 && range.bottom() >= 110);
    view.setLines({epochs("A test loss", 100, 20)}, "step", "loss");
    QVERIFY(view.visibleRange().right() >= 12000);
    QCOMPARE(view.visibleRange(1), QRectF());
  }

  void theFirstFallOfATrainingRunDoesNotFlattenTheRest() {
    std::vector<double> x, y;
    for (int i = 0; i < 1000; ++i) {
      x.push_back(i);
      y.push_back(100 + (i < 10 ? 450 : 10.0 * std::exp(-i / 300.0)));
    }
    Shown view;
    view.setLines({makeLine("A train loss", false, x, y)}, "step", "loss");
    QVERIFY(view.visibleRange().bottom() < 120);
    QVERIFY(view.visibleRange().top() < 101);
  }

  void wheelZoomsAtThePointer() {
    Shown view;
    view.setLines({epochs("A test loss", 100)}, "step", "loss");
    QTRY_VERIFY(!view.find("step 1200").isNull());
    // A zoom keeps one value of each axis in place. Its share of the axis must grow with the pointer's pixel:
    // the three pixels are equally far apart, so the shares are, too.
    const auto fixedShare = [&](const QPointF& pixel) {
      const QRectF before = view.visibleRange();
      view.wheel(pixel, 120);
      const QRectF after = view.visibleRange();
      view.wheel(pixel, -120);
      return QPointF((after.left() - before.left()) / (before.width() - after.width()),
                     (after.top() - before.top()) / (before.height() - after.height()));
    };
    const QRectF whole = view.visibleRange();
    const QPointF near = fixedShare({100, 80}), middle = fixedShare({160, 140}), far = fixedShare({220, 200});
    QVERIFY(near.x() > 0 && near.x() < middle.x() && far.x() < 1);
    QVERIFY(far.y() > 0 && far.y() < middle.y() && near.y() < 1);
    QVERIFY(std::abs(middle.x() - (near.x() + far.x()) / 2) < 1e-9);
    QVERIFY(std::abs(middle.y() - (near.y() + far.y()) / 2) < 1e-9);
    QVERIFY(std::abs(view.visibleRange().left() - whole.left()) < 1e-9 * whole.width());

    // And what is under the pointer is there afterwards.
    const QPointF at = view.centre("step 1200");
    const QString under = view.readout(at);
    view.wheel(at, 120);
    QVERIFY(view.visibleRange().width() < 0.9 * whole.width());
    QVERIFY(view.visibleRange().height() < 0.9 * whole.height());
    QCOMPARE(view.readout(at), under);
  }

  void dragPansWithThePointer() {
    Shown view;
    view.setLines({epochs("A test loss", 100)}, "step", "loss");
    QTRY_VERIFY(!view.find("step 1200").isNull());
    const QRectF before = view.visibleRange();
    view.drag({200, 150}, {150, 190});
    const QRectF after = view.visibleRange();
    QVERIFY(after.left() > before.left());
    QVERIFY(after.top() > before.top()); // dragged downwards: higher values come into view
    QVERIFY(std::abs(after.width() - before.width()) < 1e-6 * before.width());
    QVERIFY(std::abs(after.height() - before.height()) < 1e-6 * before.height());
  }

  void aChosenViewStaysUntilADoubleClick() {
    Shown view;
    view.setLines({epochs("A test loss", 100)}, "step", "loss");
    QTRY_VERIFY(!view.find("step 1200").isNull());
    view.wheel({200, 150}, 120);
    const QRectF chosen = view.visibleRange();
    view.setLines({epochs("A test loss", 100, 30)}, "step", "loss");
    view.setSmoothing(0.5);
    view.setMarker(1800);
    view.resize(500, 300);
    QCOMPARE(view.visibleRange(), chosen);
    QTest::mouseDClick(view.plot(), Qt::LeftButton, {}, {200, 150});
    QVERIFY(view.visibleRange().right() >= 18000);
    view.setLines({epochs("A test loss", 100, 40)}, "step", "loss");
    QVERIFY(view.visibleRange().right() >= 24000); // follows again
  }

  void facetsShareTheHorizontalAxis() {
    CurveLine first = epochs("A test loss", 100), second = epochs("B test loss", 500, 12);
    first.facet = "z = 2";
    second.facet = "z = 20";
    Shown view;
    view.setLines({first, second}, "step", "loss");
    QTRY_VERIFY(!view.find("B test loss").isNull());
    QVERIFY(!view.find("A test loss").isNull());
    QCOMPARE(view.visibleRange(0).left(), view.visibleRange(1).left());
    QCOMPARE(view.visibleRange(0).width(), view.visibleRange(1).width());
    QVERIFY(view.visibleRange(0).bottom() < 200);
    QVERIFY(view.visibleRange(1).top() > 400);
    view.wheel(view.find("B test loss"), 120);
    QCOMPARE(view.visibleRange(0).left(), view.visibleRange(1).left());
    QVERIFY(view.visibleRange(0).bottom() < 200); // values are each facet's own
    view.setLines({first}, "step", "loss");
    QCOMPARE(view.visibleRange(1), QRectF());
    QTRY_VERIFY(view.find("B test loss").isNull());
  }

  void logarithmicAxesLeaveOutWhatTheyCannotShow() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    Shown view;
    view.setLines({makeLine("A test kl", true, {0, 10, 100, 1000, 10000}, {5, 0, nan, 1, 100})}, "step",
                  "kl");
    view.setLogarithmic(true, true);
    const QRectF range = view.visibleRange();
    QVERIFY(range.left() > 0 && range.left() <= 10);
    QVERIFY(range.top() > 0.1 && range.top() <= 1);
    QVERIFY(range.bottom() >= 100);
    QTRY_VERIFY(!view.find("step 1000").isNull());
    QVERIFY(view.find("step 100 ").isNull());
    view.setLogarithmic(false, false);
    QVERIFY(view.visibleRange().left() <= 0);
    QTRY_VERIFY(!view.find("step 0").isNull());
  }

  void nothingFiniteIsShownAsEmptyAxes() {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    Shown view;
    view.setLines(
        {makeLine("A train loss", false, {}, {}), makeLine("B train loss", false, {0, 1}, {nan, nan})},
        "step", "loss");
    view.setLogarithmic(true, true);
    view.setSmoothing(0.9);
    QVERIFY(!view.grab().isNull());
    QCOMPARE(view.find("loss"), QPointF());
  }

  void smoothingShowsBothNumbers() {
    std::vector<double> x, y;
    for (int i = 0; i < 40; ++i) {
      x.push_back(i);
      y.push_back(i % 2 == 0 ? 90 : 110);
    }
    Shown view;
    view.setLines({makeLine("A train loss", false, x, y)}, "step", "loss");
    view.setSmoothing(0.9);
    QTRY_VERIFY(!view.find("step 1 ").isNull());
    // Two samples, bias corrected: (0.9 * 0.1 * 90 + 0.1 * 110) / (1 - 0.81)
    const double expected = (0.09 * 90 + 0.1 * 110) / 0.19;
    const QString text = view.readout(view.find("step 1 "));
    QCOMPARE(
        text,
        QStringLiteral("A train loss\nstep 1   110   smoothed %1").arg(QString::number(expected, 'f', 3)));
  }

  void appendedSamplesLookLikeSamplesSetAtOnce() {
    std::vector<double> x, y;
    Shown grown;
    grown.setSmoothing(0.8);
    for (int i = 0; i < 300; ++i) {
      x.push_back(i);
      y.push_back(std::sin(i * 0.1) + 0.3 * std::sin(i * 7.0));
      if (i % 37 == 0 || i == 299) grown.setLines({makeLine("A train loss", false, x, y)}, "step", "loss");
    }
    Shown whole;
    whole.setSmoothing(0.8);
    whole.setLines({makeLine("A train loss", false, x, y)}, "step", "loss");
    QCoreApplication::processEvents();
    QCOMPARE(grown.grab().toImage(), whole.grab().toImage());
  }

  void marksAndMarkerArePaintedAndTakenAway() {
    Shown view;
    view.setLines({epochs("A test loss", 100)}, "step", "loss");
    QCoreApplication::processEvents();
    const QImage plain = view.grab().toImage();
    view.setMarker(1800);
    QCoreApplication::processEvents();
    const QImage marked = view.grab().toImage();
    QVERIFY(marked != plain);
    view.setEvents({{2400, QStringLiteral("learning rate 0.001 to 0.0003")}});
    QCoreApplication::processEvents();
    QVERIFY(view.grab().toImage() != marked);
    view.setMarker({});
    view.setEvents({});
    QCoreApplication::processEvents();
    QCOMPARE(view.grab().toImage(), plain);
  }

  void coloursFollowThePalette() {
    Shown view;
    view.setLines({epochs("A test loss", 100)}, "step", "loss");
    QPalette dark;
    dark.setColor(QPalette::Window, QColor("#16181B"));
    dark.setColor(QPalette::WindowText, QColor("#E8EAED"));
    view.setPalette(dark);
    QCoreApplication::processEvents();
    const QImage image = view.grab().toImage();
    QCOMPARE(image.pixelColor(2, 2), QColor("#16181B"));
    bool light = false; // text on the dark ground
    for (int y = 0; y < image.height() && !light; ++y) {
      for (int x = 0; x < image.width() && !light; ++x) light = image.pixelColor(x, y).lightness() > 200;
    }
    QVERIFY(light);
  }
};

QTEST_MAIN(TestCurvesView)
#include "test_curves_view.moc"
