// The map of codes and the plots of a codebook: clicks, arrow keys, digits.
#include "plane_fixture.h"

#include "ui/widgets/code_colours.h"
#include "ui/widgets/code_plots.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/token_map.h"

#include <QSignalSpy>
#include <QtTest>

#include <set>

using namespace latent::ui;

class TestCodeWidgets : public QObject {
  Q_OBJECT
  std::unique_ptr<TokenMap> m_map;

  static CodebookLook look() {
    // Code 1 right of 0, code 2 above 0, code 3 left and never used.
    const std::vector<float> places{0, 0, 1, 0, 0, 1, -1, 0};
    return {{5, 20, 10, 0}, places, codeColours(places)};
  }

 private slots:
  void init() {
    m_map = std::make_unique<TokenMap>();
    m_map->resize(120, 90);
    m_map->setTokens(3, 4, {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3});
  }

  void aClickChoosesACell() {
    QSignalSpy chosen(m_map.get(), &TokenMap::currentChanged);
    QTest::mouseClick(m_map.get(), Qt::LeftButton, {}, m_map->cellRect(6).center().toPoint());
    QCOMPARE(m_map->current(), 6);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(m_map->accessibleDescription(), QString("Row 2, column 3: code 2"));
  }

  void arrowsStayOnTheMap() {
    QTest::keyClick(m_map.get(), Qt::Key_Right); // the first arrow takes the first cell
    QCOMPARE(m_map->current(), 0);
    QTest::keyClick(m_map.get(), Qt::Key_Left);
    QTest::keyClick(m_map.get(), Qt::Key_Up);
    QCOMPARE(m_map->current(), 0);
    QTest::keyClick(m_map.get(), Qt::Key_Down);
    QTest::keyClick(m_map.get(), Qt::Key_Down);
    QTest::keyClick(m_map.get(), Qt::Key_Down);
    QCOMPARE(m_map->current(), 8);
    for (int i = 0; i < 5; ++i) QTest::keyClick(m_map.get(), Qt::Key_Right);
    QCOMPARE(m_map->current(), 11);
  }

  void digitsBeginANumber() {
    QSignalSpy typed(m_map.get(), &TokenMap::digitTyped);
    QTest::keyClick(m_map.get(), Qt::Key_7); // no cell is chosen
    QCOMPARE(typed.count(), 0);
    m_map->setCurrent(0);
    QTest::keyClick(m_map.get(), Qt::Key_0);
    QCOMPARE(typed.count(), 1);
    QCOMPARE(typed[0][0].toInt(), 0);
  }

  void changedCellsHaveAFoldedCorner() {
    m_map->setColours(std::vector<QColor>(4, Qt::white));
    m_map->setOwn(m_map->tokens());
    const QImage equal = m_map->grab().toImage();
    m_map->setTokens(3, 4, {1, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3});
    const QImage changed = m_map->grab().toImage();
    const auto corner = [this](int cell) {
      return (m_map->cellRect(cell).topRight() + QPointF(-3, 2)).toPoint();
    };
    QVERIFY(changed.pixelColor(corner(0)) != equal.pixelColor(corner(0)));
    QCOMPARE(changed.pixelColor(corner(1)), equal.pixelColor(corner(1)));
  }

  void cellsThatAreNotDrawnYetAreEmpty() {
    m_map->setColours(std::vector<QColor>(4, Qt::red));
    m_map->setDrawn(5);
    const QImage picture = m_map->grab().toImage();
    const auto inside = [this](int cell) {
      return (m_map->cellRect(cell).topLeft() + QPointF(3, 3)).toPoint();
    };
    QCOMPARE(picture.pixelColor(inside(4)), QColor(Qt::red));
    QCOMPARE(picture.pixelColor(inside(5)), colours(m_map.get()).hover);
  }

  void aMapOfOneRowIsWrapped() {
    m_map->setTokens(1, 16, std::vector<int64_t>(16, 0));
    QCOMPARE(m_map->cellRect(4).left(), m_map->cellRect(0).left()); // four beside each other
    QVERIFY(m_map->cellRect(4).top() > m_map->cellRect(0).top());
    m_map->setImage(QImage(28, 28, QImage::Format_RGB32)); // such codes are of no place in the image
    QTest::mouseClick(m_map.get(), Qt::LeftButton, {}, m_map->rect().center());
    QCOMPARE(m_map->current(), -1);
  }

  void theImageOfTheMapLiesUnderItsCells() {
    TokenMap image;
    image.resize(120, 90);
    image.setTokens(2, 2, {0, 1, 2, 3});
    image.setImage(QImage(28, 28, QImage::Format_RGB32)); // three times as large: 84
    QCOMPARE(image.cellRect(0), QRectF(18, 3, 42, 42));
    m_map->setTokens(2, 2, {0, 1, 2, 3});
    m_map->setImageSize({28, 28});
    QCOMPARE(m_map->cellRect(3), image.cellRect(3));
  }

  void barsStandFromTheMostToTheLeastUsed() {
    UsageBars bars;
    bars.resize(212, 112);
    bars.setCodebook(look());
    QCOMPARE(bars.barRect(1).left(), 6.0);
    QCOMPARE(bars.barRect(1).height(), 100.0);
    QCOMPARE(bars.barRect(2).height(), 50.0);
    QCOMPARE(bars.barRect(3).height(), 0.0);
    QSignalSpy chosen(&bars, &CodePlot::currentChanged);
    QTest::mouseClick(&bars, Qt::LeftButton, {}, {80, 20}); // above the second bar
    QCOMPARE(bars.current(), int64_t{2});
    QTest::keyClick(&bars, Qt::Key_Right);
    QCOMPARE(bars.current(), int64_t{0});
    QTest::keyClick(&bars, Qt::Key_Right);
    QTest::keyClick(&bars, Qt::Key_Right); // the end
    QCOMPARE(bars.current(), int64_t{3});
    QCOMPARE(chosen.count(), 3);
    QCOMPARE(bars.accessibleDescription(), QString("Code 3: never used"));
    bars.setCurrent(2);
    QCOMPARE(bars.accessibleDescription(), QString("Code 2: 28.57 % of the cells (10)"));
  }

  void codesAreChosenWhereTheyLie() {
    CodeScatter scatter;
    scatter.resize(200, 200);
    scatter.setCodebook(look());
    QVERIFY(scatter.pixelOf(1).x() > scatter.pixelOf(0).x());
    QVERIFY(scatter.pixelOf(2).y() < scatter.pixelOf(0).y());
    QTest::mouseClick(&scatter, Qt::LeftButton, {}, scatter.pixelOf(0).toPoint());
    QCOMPARE(scatter.current(), int64_t{0});
    QTest::keyClick(&scatter, Qt::Key_Right);
    QCOMPARE(scatter.current(), int64_t{1});
    QTest::keyClick(&scatter, Qt::Key_Right); // nothing lies there
    QCOMPARE(scatter.current(), int64_t{1});
    QTest::keyClick(&scatter, Qt::Key_Left);
    QTest::keyClick(&scatter, Qt::Key_Up);
    QCOMPARE(scatter.current(), int64_t{2});
  }

  void coloursAreManyAndReadable() {
    std::vector<float> places;
    for (int i = 0; i < 64; ++i) {
      const int column = i % 8, row = i / 8;
      places.push_back(static_cast<float>(column));
      places.push_back(static_cast<float>(row));
    }
    std::set<QRgb> different;
    for (const QColor& colour : codeColours(places)) {
      different.insert(colour.rgb());
      const QColor ink = inkOn(colour);
      QVERIFY2(std::abs(ink.lightnessF() - colour.lightnessF()) > 0.25, qPrintable(colour.name()));
    }
    QVERIFY(different.size() > 60);
    QVERIFY(codeColours({}).empty());
  }
};

QTEST_MAIN(TestCodeWidgets)
#include "test_code_widgets.moc"
