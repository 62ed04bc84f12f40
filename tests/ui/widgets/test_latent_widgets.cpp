// The slider of a latent and the images over latents: mouse, keys, one gesture is one undo.
#include "plane_fixture.h"

#include "ui/widgets/histogram_slider.h"
#include "ui/widgets/image_matrix.h"
#include "ui/widgets/theme.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace latent::ui;

class TestLatentWidgets : public QObject {
  Q_OBJECT
  std::unique_ptr<HistogramSlider> m_slider;
  std::unique_ptr<ImageMatrix> m_matrix;
  QStringList m_gestures;
  std::vector<double> m_values;

  /// x of a value on a track from 8 to 208.
  static QPointF at(double value) { return {8 + 200 * (value + 3) / 6, 20}; }

 private slots:
  void init() {
    m_slider = std::make_unique<HistogramSlider>();
    m_slider->resize(216, 40);
    m_slider->setRange(-3, 3);
    m_slider->setValue(0);
    m_slider->setSpread(2);
    m_gestures.clear();
    m_values.clear();
    connect(m_slider.get(), &HistogramSlider::gestureStarted, this, [this] { m_gestures << "started"; });
    connect(m_slider.get(), &HistogramSlider::gestureFinished, this, [this] { m_gestures << "finished"; });
    connect(m_slider.get(), &HistogramSlider::valueMoved, this, [this](double z) { m_values.push_back(z); });
    m_matrix = std::make_unique<ImageMatrix>();
  }

  void aDragIsOneGesture() {
    press(*m_slider, at(0)); // the handle itself: nothing moves
    QVERIFY(m_values.empty());
    moveHeld(*m_slider, at(1.5));
    moveHeld(*m_slider, at(2));
    moveHeld(*m_slider, at(5)); // beyond the track: its end
    release(*m_slider, at(5));
    QCOMPARE(m_gestures, QStringList({"started", "finished"}));
    QCOMPARE(m_values, (std::vector<double>{1.5, 2, 3}));
    moveHeld(*m_slider, at(-2));
    QCOMPARE(m_values.size(), size_t{3});
  }

  void aClickBesideTheHandleJumps() {
    press(*m_slider, at(-1.5));
    release(*m_slider, at(-1.5));
    QCOMPARE(m_values, std::vector<double>{-1.5});
  }

  void escapeTakesADragBack() {
    press(*m_slider, at(0));
    moveHeld(*m_slider, at(2));
    QTest::keyClick(m_slider.get(), Qt::Key_Escape);
    QCOMPARE(m_slider->value(), 0.0);
    QCOMPARE(m_gestures, QStringList({"started", "finished"}));
  }

  void arrowsMoveByTheSpread() {
    QTest::keyClick(m_slider.get(), Qt::Key_Right);
    QCOMPARE(m_slider->value(), 0.1); // 0.05 of a spread of 2
    QTest::keyClick(m_slider.get(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(m_slider->value(), 0.1 - 1.0);
    QTest::keyClick(m_slider.get(), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(m_slider->value(), 0.1 - 1.0 + 0.01);
    QCOMPARE(m_gestures.size(), 6);
  }

  void aHeldKeyIsOneGesture() {
    QTest::keyPress(m_slider.get(), Qt::Key_Right);
    QTest::keyPress(m_slider.get(), Qt::Key_Right);
    QTest::keyPress(m_slider.get(), Qt::Key_Right);
    QTest::keyRelease(m_slider.get(), Qt::Key_Right);
    QCOMPARE(m_gestures, QStringList({"started", "finished"}));
    QVERIFY(std::abs(m_slider->value() - 0.3) < 1e-12);
  }

  void aValueBeyondTheRangeIsKept() {
    m_slider->setValue(7);
    QCOMPARE(m_slider->value(), 7.0);
    QVERIFY(m_values.empty());
    QVERIFY(m_slider->accessibleDescription().startsWith("7.000"));
    press(*m_slider, at(3)); // its mark at the edge: taking it brings the value there
    release(*m_slider, at(3));
    QCOMPARE(m_slider->value(), 3.0);
  }

  void theHistogramStandsInTheTrack() {
    const QImage without = m_slider->grab().toImage();
    m_slider->setHistogram({0, 0, 0, 10});
    const QImage with = m_slider->grab().toImage();
    QCOMPARE(with.pixelColor(30, 12), without.pixelColor(30, 12)); // no data in the first bin
    QVERIFY(with.pixelColor(190, 12) != without.pixelColor(190, 12));
  }

  void aPressPicksAnImage_data() {
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("row");
    QTest::newRow("strip") << 1 << 0;
    QTest::newRow("grid, lowest row") << 5 << 0;
    QTest::newRow("grid, highest row") << 5 << 4;
  }
  void aPressPicksAnImage() {
    QFETCH(int, rows);
    QFETCH(int, row);
    m_matrix->resize(ImageMatrix::sizeFor(rows, 5, {28, 28}, 2));
    m_matrix->setShape(rows, 5, {28, 28});
    QCOMPARE(m_matrix->scale(), 2);
    QSignalSpy picked(m_matrix.get(), &ImageMatrix::picked);
    QSignalSpy finished(m_matrix.get(), &ImageMatrix::gestureFinished);
    press(*m_matrix, m_matrix->cellRect(row, 1).center());
    moveHeld(*m_matrix, m_matrix->cellRect(row, 1).center() + QPointF(3, 0)); // the same image: nothing
    moveHeld(*m_matrix, m_matrix->cellRect(row, 3).center());
    release(*m_matrix, m_matrix->cellRect(row, 3).center());
    QCOMPARE(picked.count(), 2);
    QCOMPARE(picked[0], (QVariantList{row, 1}));
    QCOMPARE(picked[1], (QVariantList{row, 3}));
    QCOMPARE(finished.count(), 1);
    QVERIFY(row == 0 || m_matrix->cellRect(row, 0).top() < m_matrix->cellRect(0, 0).top());
  }

  void thePlaceIsMarked() {
    m_matrix->resize(ImageMatrix::sizeFor(1, 5, {28, 28}, 2));
    m_matrix->setShape(1, 5, {28, 28});
    m_matrix->setImages(std::vector<QImage>(5, QImage(28, 28, QImage::Format_RGB32)));
    m_matrix->setPosition(QPointF(2.5, 0)); // half way between two images
    const QColor accent = colours(m_matrix.get()).accent;
    const QImage picture = m_matrix->grab().toImage();
    const double x = (m_matrix->cellRect(0, 2).center().x() + m_matrix->cellRect(0, 3).center().x()) / 2;
    QCOMPARE(picture.pixelColor(static_cast<int>(x), m_matrix->height() - 5), accent);
    m_matrix->setPosition(QPointF(9, 0)); // beyond the last: hollow
    const QImage beyond = m_matrix->grab().toImage();
    const auto last = static_cast<int>(m_matrix->cellRect(0, 4).center().x());
    QVERIFY(beyond.pixelColor(last, m_matrix->height() - 4) != accent);
  }

  void columnsFit() {
    QCOMPARE(ImageMatrix::columnsFor(ImageMatrix::sizeFor(1, 7, {28, 28}, 2).width(), 56), 7);
    QCOMPARE(ImageMatrix::columnsFor(0, 56), 2);
  }
};

QTEST_MAIN(TestLatentWidgets)
#include "test_latent_widgets.moc"
